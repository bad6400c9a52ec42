"""The payslip on paper."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from dougong import Actor, Forbidden
from dougong_hr.payroll.models import Payroll, Payslip
from dougong_hr.payroll.posting import post_payrolls
from dougong_hr.payroll.service import compute_payrolls
from dougong_hr.structures.models import Structure

D = Decimal


@pytest.fixture
def slip(office):
    """A posted payslip of January."""
    simple = office.look(Structure, code="SIMPLE")[0].id
    person = office.hired("Ann", "4321.5", structure_id=simple)
    row = Payroll(year=2025, month=1)
    office.do(lambda uow: uow.add(row))
    office.do(compute_payrolls, [row.id])
    office.do(post_payrolls, [row.id])
    (found,) = office.look(Payslip, employee_id=person)
    return found


def test_a_payslip_adds_up_on_paper(office, slip, printed):
    found = printed(office.house, "hr.payslips", slip.id)

    assert "Payslip Jan 2025" in found
    assert "Ann" in found
    assert "Employee number ANN" in found
    assert "4,321.50" in found
    assert f"Net pay €{slip.net:,.2f}" in found
    chinese = printed(office.house, "hr.payslips", slip.id, said="zh_Hans_CN")
    assert "工资单 2025年1月" in chinese
    assert "实发工资" in chinese


def test_who_may_not_see_payslips_prints_none(office, slip, printed):
    clerk = dataclasses.replace(Actor.system(), rights=frozenset({"hr.employee.read"}))

    with pytest.raises(Forbidden):
        printed(office.house, "hr.payslips", slip.id, "payslip", actor=clerk)

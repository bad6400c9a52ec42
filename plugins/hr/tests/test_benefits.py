"""What the company offers beside the wage, and what it means for pay."""

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import text

from dougong import Invalid, Refused
from dougong_hr.benefits.models import BenefitEnrolment
from dougong_hr.payroll.models import Payroll, Payslip, PayslipLine
from dougong_hr.payroll.posting import post_payrolls
from dougong_hr.payroll.service import compute_payrolls
from dougong_hr.structures.models import Structure

D = Decimal


def plan(office, **more):
    rates = [
        {"from_on": "2025-01-01", "employee": "100", "employer_percent": "2"},
        {"from_on": "2025-04-01", "employee": "150", "employer_percent": "3"},
    ]
    return office.enter("hr.benefit-plans", code="H", name="Health", rates=rates, **more)


@pytest.fixture
def ann(office):
    return office.hired("Ann", "10000", structure_id=office.look(Structure, code="CN")[0].id)


def amounts(office, person, month):
    row = Payroll(year=2025, month=month)
    office.do(lambda uow: uow.add(row))
    office.do(compute_payrolls, [row.id])
    (slip,) = office.look(Payslip, payroll_id=row.id, employee_id=person)
    office.do(post_payrolls, [row.id])
    return {line.code: line.amount for line in office.look(PayslipLine, payslip_id=slip.id)}


def test_both_shares_go_into_pay_by_the_rates_of_the_month(office, ann):
    office.enter("hr.benefits", employee=ann, plan=plan(office), from_on="2025-02-10")
    months = {month: amounts(office, ann, month) for month in (1, 2, 4)}
    assert "benefit" not in months[1]
    assert (months[2]["benefit"], months[2]["benefit_employer_part"]) == (100, 200)
    assert (months[4]["benefit"], months[4]["benefit_employer_part"]) == (150, 300)
    # Neither share touches the tax unless the plan says so: 5,000 at 3 %.
    assert months[2]["tax"] == 150


def test_a_share_before_tax_lowers_it_and_a_taxed_one_raises_it(office, ann):
    key = plan(office, before_tax=True, taxable=True)
    office.enter("hr.benefits", employee=ann, plan=key, from_on="2025-01-01")
    # 10,000 less 5,000, less 100 of one's own, with 200 of the employer.
    assert amounts(office, ann, 1)["tax"] == 5100 * D("0.03")


def test_own_shares_go_before_those_of_the_plan_and_an_end_ends_them(office, ann):
    key = office.enter(
        "hr.benefits", employee=ann, plan=plan(office), from_on="2025-01-01",
        until_on="2025-01-31", employee_share="30",
    )  # fmt: skip
    assert amounts(office, ann, 1)["benefit"] == 30
    assert "benefit" not in amounts(office, ann, 2)
    assert office.look(BenefitEnrolment, key).until_on == dt.date(2025, 1, 31)


def test_nobody_takes_part_twice_nor_backwards_and_no_share_is_negative(office, ann):
    key = plan(office)
    office.enter("hr.benefits", employee=ann, plan=key, from_on="2025-01-01")
    with pytest.raises(Refused, match="has this benefit at that time already"):
        office.enter("hr.benefits", employee=ann, plan=key, from_on="2025-06-01")
    with pytest.raises(Invalid, match="does not end before it begins"):
        office.enter(
            "hr.benefits", employee=ann, plan=key, from_on="2024-06-01", until_on="2024-05-01"
        )
    with pytest.raises(Refused, match="not negative"):
        office.do(
            lambda uow: uow.session.connection().execute(
                text("UPDATE hr_benefit_rate SET employee = -1")
            )
        )
    assert len(office.look(BenefitEnrolment)) == 1


def test_a_plan_that_is_no_longer_offered_takes_nobody_in(office, ann):
    with pytest.raises(Invalid, match="Health is no longer offered"):
        office.enter(
            "hr.benefits", employee=ann, plan=plan(office, active=False), from_on="2025-01-01"
        )

"""The demo company employs people."""

import datetime as dt

import pytest
from sqlalchemy import func, select

from dougong import Actor
from dougong.clock import at
from dougong_hr.checks import CHECKS
from dougong_hr.employees.models import Employee
from dougong_hr.payroll.models import Payroll, Payslip

SYSTEM = Actor.system()


@pytest.mark.parametrize("day", [(1, 2), (5, 20)])
def test_people_are_at_work_and_twice_is_once(make_runtime, day):
    runtime = make_runtime("base", "hr")
    with at(dt.datetime(2026, *day, tzinfo=dt.UTC)):
        for _again in range(2):
            for plugin in runtime.wiring.plugins.values():
                runtime.house.run(SYSTEM, plugin.demo)

    with runtime.house.read(SYSTEM) as session:
        assert session.scalar(select(func.count(Employee.id))) == 10
        assert session.scalar(select(func.count(Payslip.id))) in (9, 10)
        states = set(session.scalars(select(Payroll.state)))
        assert states == {"draft", "posted"}
        assert [list(check.run(session)) for check in CHECKS] == [[] for _check in CHECKS]

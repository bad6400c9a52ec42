"""What a company needs from the first day; doing it twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from dougong import UnitOfWork
from dougong.companies.models import Company
from dougong_hr.china.places import example_places
from dougong_hr.china.structure import china_structure, china_tables, simple_structure
from dougong_hr.insurance.models import InsurancePlan
from dougong_hr.leave.models import LeaveType
from dougong_hr.plans.models import Plan, PlanLine
from dougong_hr.recruitment.models import ApplicantStage
from dougong_hr.structures.models import Structure
from dougong_hr.tables.models import RateTable

#: English, Chinese, who does it, days after.
JOINING = [
    ("Prepare the workplace", "准备工位", "it", -3),
    ("Create the log-in and the badge", "开通账号并制作工卡", "it", -1),
    ("Welcome and introduction", "入职欢迎与介绍", "manager", 0),
    ("Collect identity, bank and tax details", "收集身份、银行及个税资料", "hr", 0),
    ("Register for social insurance", "办理社会保险登记", "hr", 7),
    ("Talk after the first month", "首月面谈", "manager", 30),
]
LEAVING = [
    ("Hand over the work", "工作交接", "employee", -5),
    ("Return equipment and badge", "归还设备与工卡", "employee", 0),
    ("Close the log-in", "关闭账号", "it", 0),
    ("Final pay and certificate", "结清工资并出具离职证明", "hr", 5),
]
#: Code, English, Chinese, paid, how it grows, days a year, days that may be carried over.
LEAVE = [
    ("ANNUAL", "Annual leave", "年休假", True, "yearly", "10", "5"),
    ("SICK", "Sick leave", "病假", True, "none", "0", "0"),
    ("MARRIAGE", "Marriage leave", "婚假", True, "none", "0", "0"),
    ("PARENT", "Maternity and parental leave", "产假及陪产假", True, "none", "0", "0"),
    ("UNPAID", "Unpaid leave", "事假", False, "none", "0", "0"),
]
STAGES = [
    ("New", "新申请"),
    ("Screening", "简历筛选"),
    ("Interview", "面试"),
    ("Offer", "录用通知"),
]


def seed_people(uow: UnitOfWork) -> None:
    """Plans, types of leave, pay structures and rates, in the words of the company's country."""
    country = uow.session.scalar(select(Company.country).where(Company.id == uow.company_id))
    chinese = country == "CN"
    _missing(uow, Plan, "name", _plans(chinese))
    _missing(uow, LeaveType, "code", (_leave_type(row, chinese) for row in LEAVE))
    stages = (
        ApplicantStage(name=pair[chinese], position=10 * n) for n, pair in enumerate(STAGES, 1)
    )
    _missing(uow, ApplicantStage, "name", stages)
    _missing(uow, Structure, "code", [china_structure(chinese), simple_structure(chinese)])
    _missing(uow, RateTable, "code", china_tables(chinese))
    _missing(uow, InsurancePlan, "code", example_places(chinese))


def _plans(chinese: bool) -> list[Plan]:
    names = ("入职", "离职") if chinese else ("Joining", "Leaving")
    return [
        Plan(name=name, kind=kind, lines=[_line(row, chinese) for row in rows])
        for name, kind, rows in zip(names, ("joining", "leaving"), (JOINING, LEAVING), strict=True)
    ]


def _line(row: tuple[str, str, str, int], chinese: bool) -> PlanLine:
    english, native, who, days = row
    return PlanLine(what=native if chinese else english, who=who, days=days)


def _leave_type(row: tuple[str, str, str, bool, str, str, str], chinese: bool) -> LeaveType:
    code, english, native, paid, accrual, days, carried = row
    return LeaveType(
        code=code,
        name=native if chinese else english,
        paid=paid,
        accrual=accrual,
        days_year=Decimal(days),
        carry_most=Decimal(carried),
    )


def _missing(uow: UnitOfWork, model: Any, key: str, rows: Iterable[Any]) -> None:
    """Add those whose name or code the company does not have yet."""
    column = getattr(model, key)
    there = set(uow.session.scalars(select(column).where(model.company_id == uow.company_id)))
    uow.add(*(row for row in rows if getattr(row, key) not in there))

"""The demo company's people: a few departments, contracts, hours, leave, a payroll, applicants."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from decimal import Decimal

from sqlalchemy import select

from dougong import Refused, UnitOfWork
from dougong.companies.models import Company
from dougong_base import Calendar
from dougong_hr.appraisal.models import Cycle
from dougong_hr.appraisal.service import start_cycles
from dougong_hr.attendance.models import Attendance
from dougong_hr.calendars.filling import fill_calendar
from dougong_hr.calendars.queries import workdays_of
from dougong_hr.calendars.workdays import month_of
from dougong_hr.claims.models import Claim, ClaimLine
from dougong_hr.claims.service import submit_claims
from dougong_hr.contracts.models import Contract, ContractTerm
from dougong_hr.contracts.service import create_contracts, sign_contracts
from dougong_hr.courses.models import Course, Participant, TrainingSession
from dougong_hr.courses.service import hold_sessions
from dougong_hr.demo_office import (
    bring_advance,
    bring_appraisals,
    bring_bank_file,
    bring_benefits,
    bring_entries,
    bring_papers,
    bring_shifts,
    bring_talks,
    link_log_ins,
)
from dougong_hr.departments.models import Department
from dougong_hr.employees.models import Employee
from dougong_hr.employees.service import create_employees
from dougong_hr.insurance.models import InsurancePlan
from dougong_hr.leave.granting import grant_leave
from dougong_hr.leave.models import LeaveRequest, LeaveType
from dougong_hr.leave.service import approve_leaves, ask_leaves
from dougong_hr.payroll.models import Payroll
from dougong_hr.payroll.posting import post_payrolls
from dougong_hr.payroll.service import compute_payrolls
from dougong_hr.positions.models import Position
from dougong_hr.recruitment.models import Applicant, ApplicantStage, Opening
from dougong_hr.recruitment.service import publish_openings
from dougong_hr.structures.models import Structure

#: Code, English, Chinese.
DEPARTMENTS = [
    ("MGMT", "Management", "管理层"),
    ("SALES", "Sales", "销售部"),
    ("WORKS", "Workshop", "生产部"),
    ("OFFICE", "Office", "综合部"),
]
#: English, Chinese, department, job in English and Chinese, wage, place of the manager in this list.
PEOPLE = [
    ("Vera Stone", "石薇", "MGMT", "Managing director", "总经理", "32000", None),
    ("Tom Hale", "何涛", "SALES", "Head of sales", "销售经理", "21000", 0),
    ("Lily Chen", "陈丽", "SALES", "Sales representative", "销售代表", "12000", 1),
    ("Max Orth", "欧明", "SALES", "Sales representative", "销售代表", "11500", 1),
    ("Rita Falk", "方瑞", "WORKS", "Master joiner", "木工主管", "16000", 0),
    ("Ben Ruiz", "阮斌", "WORKS", "Joiner", "木工", "9800", 4),
    ("Ida Wolf", "吴艾", "WORKS", "Joiner", "木工", "9600", 4),
    ("Jan Moor", "莫剑", "WORKS", "Upholsterer", "软包工", "9400", 4),
    ("Eva Lind", "林怡", "OFFICE", "Accountant", "会计", "13000", 0),
    ("Paul Kerr", "柯鹏", "OFFICE", "Human resources", "人事专员", "11000", 0),
]
APPLICANTS = [("Nora Beck", "白诺"), ("Omar Diaz", "戴欧"), ("Sun Li", "李孙")]


def bring_people(uow: UnitOfWork) -> None:
    """Employ people, once."""
    if uow.session.scalar(select(Employee.id).limit(1)) is not None:
        return
    country = uow.session.scalars(select(Company.country).where(Company.id == uow.company_id)).one()
    chinese = country == "CN"
    # Without the library of holidays the demo company works on them.
    with suppress(Refused):
        fill_calendar(uow, country or "CN", uow.today.year)
    people = _people(uow, chinese)
    _contracts(uow, people, chinese)
    uow.flush()
    link_log_ins(uow, people)
    _hours(uow, people)
    _leave(uow, people)
    _claims(uow, people, chinese)
    bring_benefits(uow, people, chinese)
    _payroll(uow)
    bring_bank_file(uow)
    bring_entries(uow, people, chinese)
    _openings(uow, chinese)
    _training(uow, people, chinese)
    uow.flush()
    bring_shifts(uow, people[5:8], chinese)
    bring_advance(uow, people[3], chinese)
    bring_papers(uow, people, chinese)
    bring_appraisals(uow, people, chinese)
    bring_talks(uow, chinese)


def _people(uow: UnitOfWork, chinese: bool) -> list[Employee]:
    departments = {
        code: Department(id=uow.id(), code=code, name=native if chinese else english)
        for code, english, native in DEPARTMENTS
    }
    titles = {row[3]: row[4] for row in PEOPLE}
    positions = {
        english: Position(id=uow.id(), code=f"J{n:02d}", name=native if chinese else english)
        for n, (english, native) in enumerate(titles.items(), 1)
    }
    calendar = uow.session.scalar(select(Calendar.id).where(Calendar.code == "STD"))
    uow.add(*departments.values(), *positions.values())
    people: list[Employee] = []
    for n, (english, native, code, job, _native, _wage, boss) in enumerate(PEOPLE, 1):
        people.append(
            Employee(
                id=uow.id(),
                number=f"{n:04d}",
                name=native if chinese else english,
                department_id=departments[code].id,
                position_id=positions[job].id,
                manager_id=None if boss is None else people[boss].id,
                calendar_id=calendar,
                badge=f"{1000 + n}",
                work_email=f"{english.split()[0].lower()}@example.com",
                bank="ICBC" if chinese else "City Bank",
                bank_account=f"6222 0000 {n:04d}",
            )
        )
    create_employees(uow, people)
    uow.flush()
    for code, at in (("MGMT", 0), ("SALES", 1), ("WORKS", 4), ("OFFICE", 8)):
        uow.get(Department, departments[code].id).head_id = people[at].party_id
    return people


def _contracts(uow: UnitOfWork, people: Sequence[Employee], chinese: bool) -> None:
    structure = uow.session.scalar(
        select(Structure.id).where(Structure.code == ("CN" if chinese else "SIMPLE"))
    )
    place = uow.session.scalar(select(InsurancePlan.id).where(InsurancePlan.code == "shanghai"))
    start = dt.date(uow.today.year - 2, 3, 1)
    contracts = [
        Contract(
            employee_id=person.id,
            starts_on=start if at < len(people) - 1 else uow.today - dt.timedelta(days=20),
            probation_until=None if at < len(people) - 1 else uow.today + dt.timedelta(days=25),
            terms=[
                ContractTerm(
                    from_on=start if at < len(people) - 1 else uow.today - dt.timedelta(days=20),
                    wage=Decimal(PEOPLE[at][5]),
                    structure_id=structure,
                    insurance_id=place if chinese else None,
                )
            ],
        )
        for at, person in enumerate(people)
    ]
    create_contracts(uow, contracts)
    sign_contracts(uow, [contract.id for contract in contracts])


def _hours(uow: UnitOfWork, people: Sequence[Employee]) -> None:
    """The attendance of the last ten days in the workshop."""
    workers = [person for person, row in zip(people, PEOPLE, strict=True) if row[2] == "WORKS"]
    days = workdays_of(uow.session, [workers[0].id], uow.today)[workers[0].id]
    since = uow.today - dt.timedelta(days=10)
    for on in days.between(since, uow.today - dt.timedelta(days=1)):
        for n, worker in enumerate(workers):
            came = dt.datetime.combine(on, dt.time(7, 50 + n), dt.UTC)
            row = Attendance(
                employee_id=worker.id,
                came_at=came,
                left_at=came + dt.timedelta(hours=9, minutes=10 * n),
                break_minutes=60,
                on=on,
                source="kiosk",
            )
            row.measure()
            uow.add(row)


def _leave(uow: UnitOfWork, people: Sequence[Employee]) -> None:
    year = uow.today.year
    grant_leave(uow, year)
    uow.flush()
    annual = uow.session.scalars(select(LeaveType.id).where(LeaveType.code == "ANNUAL")).one()
    monday = uow.today - dt.timedelta(days=uow.today.weekday())
    plans = [(2, 14, 4), (5, -14, 1), (6, 21, 3)]
    rows = [
        LeaveRequest(
            employee_id=people[at].id,
            type_id=annual,
            first_on=first,
            last_on=first + dt.timedelta(days=length),
        )
        for at, away, length in plans
        if (first := monday + dt.timedelta(days=away)).year == year
        and (first + dt.timedelta(days=length)).year == year
    ]
    uow.add(*rows)
    uow.flush()
    asked = [row.id for row in rows if _asked(uow, row.id)]
    approve_leaves(uow, asked[:-1])


def _asked(uow: UnitOfWork, key: int) -> bool:
    """Whether leave could be asked for: around holidays nobody works anyway."""
    return uow.attempt(lambda: ask_leaves(uow, [key])) is None


def _claims(uow: UnitOfWork, people: Sequence[Employee], chinese: bool) -> None:
    claim = Claim(
        employee_id=people[2].id,
        purpose="展会差旅" if chinese else "Trade fair",
        lines=[
            ClaimLine(
                on=uow.today,
                text="高铁" if chinese else "Train",
                paid=Decimal(553),
                rate=Decimal(1),
                amount=Decimal(553),
            ),
            ClaimLine(on=uow.today, text="酒店" if chinese else "Hotel", amount=Decimal(420)),
        ],
    )
    claim.add_up()
    uow.add(claim)
    submit_claims(uow, [claim.id])


def _payroll(uow: UnitOfWork) -> None:
    """The month before is paid; this month waits."""
    last = uow.today.replace(day=1) - dt.timedelta(days=1)
    before = Payroll(year=last.year, month=last.month, pay_on=month_of(last)[1])
    uow.add(before, Payroll(year=uow.today.year, month=uow.today.month))
    compute_payrolls(uow, [before.id])
    post_payrolls(uow, [before.id])


def _openings(uow: UnitOfWork, chinese: bool) -> None:
    words = "我们寻找热爱木材的伙伴。" if chinese else "We look for somebody who loves wood."
    opening = Opening(name="木工" if chinese else "Joiner", description=words)
    opening.place = "上海" if chinese else "Hamburg"
    uow.add(opening)
    publish_openings(uow, [opening.id])
    stages = uow.session.scalars(select(ApplicantStage.id).order_by(ApplicantStage.position)).all()
    uow.add(
        *(
            Applicant(
                name=pair[chinese],
                opening_id=opening.id,
                stage_id=stages[n % len(stages)],
                applied_on=uow.today - dt.timedelta(days=3 * n),
                source="web",
            )
            for n, pair in enumerate(APPLICANTS)
        )
    )


def _training(uow: UnitOfWork, people: Sequence[Employee], chinese: bool) -> None:
    """A course that was held in the workshop, and this year's appraisals."""
    course = Course(
        id=uow.id(),
        code="SAFE",
        name="机械安全" if chinese else "Safety at machines",
        hours=Decimal(4),
        valid_months=24,
    )
    session = TrainingSession(
        course_id=course.id,
        on=uow.today - dt.timedelta(days=9),
        participants=[
            Participant(position=n, employee_id=one.id, present=True, result="passed")
            for n, one in enumerate(people[5:8])
        ],
    )
    year = uow.today.year
    cycle = Cycle(name=str(year), from_on=dt.date(year, 1, 1), until_on=dt.date(year, 12, 31))
    uow.add(course, session, cycle)
    hold_sessions(uow, [session.id])
    start_cycles(uow, [cycle.id])

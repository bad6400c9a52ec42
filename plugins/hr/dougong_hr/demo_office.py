"""More life for the demo company's people: benefits, shifts, papers, appraisals, bank files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from dougong import UnitOfWork
from dougong.people.users.models import User
from dougong_hr.advances.models import Advance
from dougong_hr.advances.service import pay_advances
from dougong_hr.appraisal.models import Appraisal, Goal
from dougong_hr.appraisal.service import agree_goals
from dougong_hr.benefits.models import BenefitEnrolment, BenefitPlan, BenefitRate
from dougong_hr.courses.models import Course, TrainingSession
from dougong_hr.courses.papers import Agreement, Certificate
from dougong_hr.employees.models import Employee
from dougong_hr.feedback.models import Feedback
from dougong_hr.feedback.service import invite_colleagues
from dougong_hr.payinputs.models import PayInput
from dougong_hr.payroll.models import Payroll
from dougong_hr.recruitment.interviews import Interview, Offer, Score
from dougong_hr.recruitment.models import Applicant
from dougong_hr.recruitment.workflow import OFFER_STEPS
from dougong_hr.shifts.models import Shift
from dougong_hr.shifts.service import plan_shifts
from dougong_hr.structures.models import Structure
from dougong_hr.transfers.service import pay_transfers, prepare_transfers

#: Log-ins of the demo company, and whose file each opens: the place in the list of people.
LOG_INS = {"lead": 4, "employee": 5}
DAY = dt.timedelta(days=1)


def link_log_ins(uow: UnitOfWork, people: Sequence[Employee]) -> None:
    """Two of them can log in and find their own desk."""
    users = uow.session.execute(select(User.login, User.id).where(User.login.in_(LOG_INS)))
    for login, key in users:
        people[LOG_INS[login]].user_id = key


def bring_benefits(uow: UnitOfWork, people: Sequence[Employee], chinese: bool) -> None:
    """Meals for everybody, an additional health insurance for some."""
    start = dt.date(uow.today.year - 1, 1, 1)
    meal = BenefitPlan(
        id=uow.id(), code="MEAL", name="工作餐" if chinese else "Canteen", kind="meal",
        rates=[BenefitRate(from_on=start, employee=Decimal(60), employer=Decimal(240))],
    )  # fmt: skip
    health = BenefitPlan(
        id=uow.id(), code="HEALTH", kind="health",
        name="补充医疗保险" if chinese else "Additional health insurance",
        rates=[BenefitRate(from_on=start, employee_percent=Decimal(1), employer_percent=Decimal(2))],
    )  # fmt: skip
    uow.add(meal, health)
    uow.add(
        *(
            BenefitEnrolment(employee_id=p.id, plan_id=plan.id, from_on=start)
            for plan, some in ((meal, people[:9]), (health, people[:3]))
            for p in some
        )
    )


def bring_shifts(uow: UnitOfWork, workers: Sequence[Employee], chinese: bool) -> None:
    """An early and a late shift in the workshop, planned for two weeks."""
    rows = [
        ("EARLY", "早班" if chinese else "Early shift", "06:00", "14:30"),
        ("LATE", "中班" if chinese else "Late shift", "14:00", "22:30"),
    ]
    shifts = [
        Shift(id=uow.id(), code=code, name=name, begins=begins, ends=ends, break_minutes=30)
        for code, name, begins, ends in rows
    ]
    for shift in shifts:
        shift.measure()
    uow.add(*shifts)
    uow.flush()
    monday = uow.today - uow.today.weekday() * DAY
    for n, shift in enumerate(shifts):
        some = [w.id for w in workers[n::2]]
        plan_shifts(uow, some, shift.id, monday, monday + 13 * DAY)


def bring_papers(uow: UnitOfWork, people: Sequence[Employee], chinese: bool) -> None:
    """Confidentiality agreements to be signed, a certificate that ends soon, a coming session."""
    name = "保密协议" if chinese else "Confidentiality agreement"
    words = "本人承诺对公司的图纸、客户与价格保密。" if chinese else (
        "I keep the company's drawings, customers and prices to myself."
    )  # fmt: skip
    uow.add(
        *(Agreement(employee_id=p.id, name=name, wording=words) for p in (people[5], people[9])),
        Certificate(
            employee_id=people[4].id,
            name="叉车操作证" if chinese else "Fork-lift licence",
            given_on=uow.today - 700 * DAY,
            valid_until=uow.today + 18 * DAY,
        ),
    )
    course = uow.session.scalars(select(Course.id).where(Course.code == "SAFE")).first()
    if course is not None:
        uow.add(TrainingSession(course_id=course, on=uow.today + 12 * DAY, seats=8))


def bring_appraisals(uow: UnitOfWork, people: Sequence[Employee], chinese: bool) -> None:
    """One appraisal is under way: goals are agreed, colleagues are asked."""
    uow.flush()
    ben = people[5].id
    found = uow.session.scalars(select(Appraisal).where(Appraisal.employee_id == ben)).first()
    if found is None:
        return
    goals = [
        ("减少返工", "返工率低于 2 %", 60), ("带教一名学徒", "学徒通过考核", 40),
    ] if chinese else [
        ("Less rework", "Rework below 2 %", 60), ("Train an apprentice", "Passes the test", 40),
    ]  # fmt: skip
    uow.add(
        *(
            Goal(appraisal_id=found.id, position=n, what=what, measure=how, weight=Decimal(weight))
            for n, (what, how, weight) in enumerate(goals)
        )
    )
    uow.flush()
    agree_goals(uow, [found.id])
    until = uow.today + 14 * DAY
    for colleague in (people[4], people[6], people[7], people[8]):
        invite_colleagues(uow, [found.id], colleague.id, until)
    uow.flush()
    mine = select(Feedback).where(Feedback.appraisal_id == found.id).order_by(Feedback.id)
    rows = uow.session.scalars(mine).all()
    good = "认真负责，乐于助人。" if chinese else "Careful, and glad to help."
    # The manager has not answered yet; three colleagues are enough to be heard.
    for row in rows[1:]:
        row.rating, row.strengths = 4, good
        row.give()


def bring_bank_file(uow: UnitOfWork) -> None:
    """Last month's wages went to the bank."""
    posted = uow.session.scalars(select(Payroll.id).where(Payroll.state == "posted")).all()
    made = prepare_transfers(uow, posted)
    uow.flush()
    pay_transfers(uow, [transfer.id for transfer in made])


def bring_advance(uow: UnitOfWork, person: Employee, chinese: bool) -> None:
    """An advance that no claim has used yet."""
    row = Advance(
        employee_id=person.id, purpose="出差预借款" if chinese else "Journey to a customer",
        amount=Decimal(2000),
    )  # fmt: skip
    uow.add(row)
    pay_advances(uow, [row.id], uow.today - 3 * DAY)


def bring_entries(uow: UnitOfWork, people: Sequence[Employee], chinese: bool) -> None:
    """A bonus that waits for this month's payroll."""
    uow.add(
        PayInput(
            employee_id=people[1].id, year=uow.today.year, month=uow.today.month, code="bonus",
            amount=Decimal(1500), note="季度奖" if chinese else "Quarter's bonus",
        )
    )  # fmt: skip


def bring_talks(uow: UnitOfWork, chinese: bool) -> None:
    """One applicant was interviewed and has an offer."""
    applicant = uow.session.scalars(select(Applicant).order_by(Applicant.id)).first()
    if applicant is None:
        return
    words = ("专业技能", "团队协作") if chinese else ("Skill", "Team")
    talk = Interview(
        applicant_id=applicant.id,
        at=dt.datetime.combine(uow.today - 2 * DAY, dt.time(9), dt.UTC),
        verdict="yes",
        scores=[Score(position=n, criterion=w, score=5 - n) for n, w in enumerate(words)],
    )
    talk.add_up()
    structure = uow.session.scalar(
        select(Structure.id).where(Structure.code == ("CN" if chinese else "SIMPLE"))
    )
    offer = Offer(
        applicant_id=applicant.id, starts_on=uow.today + 30 * DAY, wage=Decimal(9500),
        structure_id=structure,
    )  # fmt: skip
    uow.add(talk, offer)
    OFFER_STEPS.move(offer, "send")

"""One person's way through the company: hired, at work, on leave, paid, gone; and the books agree."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import func, select

from dougong import Actor
from dougong_base.events import AbsenceApproved, CostsArose, EmployeeJoined, EmployeeLeft
from dougong_hr.advances.models import Advance
from dougong_hr.advances.service import pay_advances, repay_advances
from dougong_hr.attendance.service import stamp_badges
from dougong_hr.claims.models import Claim, ClaimLine
from dougong_hr.claims.service import approve_claims, submit_claims
from dougong_hr.contracts.models import Contract
from dougong_hr.contracts.service import sign_contracts
from dougong_hr.employees.models import Employee
from dougong_hr.employees.service import leave_employees
from dougong_hr.insurance.models import InsurancePlan
from dougong_hr.leave.granting import grant_leave
from dougong_hr.leave.models import LeaveRequest, LeaveType
from dougong_hr.leave.service import approve_leaves, ask_leaves
from dougong_hr.payroll.models import Payroll, Payslip
from dougong_hr.payroll.posting import post_payrolls
from dougong_hr.payroll.service import compute_payrolls
from dougong_hr.plans.models import Task
from dougong_hr.plans.service import finish_tasks
from dougong_hr.structures.models import Structure
from dougong_hr.transfers.models import Transfer
from dougong_hr.transfers.service import pay_transfers, write_file

SYSTEM = Actor.system()
D = Decimal


def test_from_applicant_to_leaver(make_office):
    office = make_office("base", "hr")
    told = _live(office)
    assert [type(e) for e in told] == [
        EmployeeJoined, AbsenceApproved, CostsArose, CostsArose, EmployeeLeft,
    ]  # fmt: skip


def test_the_ledger_shows_what_payroll_says(make_office):
    office = make_office("base", "finance", "hr")
    _live(office)
    purposes = {
        "wages": 1, "social_insurance": 1, "wages_payable": 0, "bank": 0, "tax_withheld": -1,
        "social_payable": -1, "housing_payable": -1,
    }  # fmt: skip
    books = _books(office, purposes)
    (payroll,) = office.look(Payroll)
    (transfer,) = office.look(Transfer)
    assert (transfer.state, transfer.total) == ("paid", payroll.net)
    assert books.pop("bank") == -payroll.net
    assert books["wages_payable"] == 0
    assert sum(books.values()) == payroll.net
    assert books["wages"] == payroll.gross == 20000
    assert books["social_insurance"] == payroll.employer
    kept = books["tax_withheld"] + books["social_payable"] + books["housing_payable"]
    assert kept == -(payroll.deductions + payroll.employer)
    signs = {purpose: books[purpose] * sign for purpose, sign in purposes.items() if sign}
    assert all(amount > 0 for amount in signs.values()), signs
    _nothing_is_owed_to_the_employee(office, payroll.net)


def test_in_the_books_claims_use_up_advances_and_the_rest_comes_back(make_office):
    from dougong_finance.items.models import Item

    office = make_office("base", "finance", "hr")
    ann, day = office.person("Ann"), dt.date(2025, 3, 3)
    advance = Advance(employee_id=ann, purpose="Fair", amount=D(100))
    office.do(lambda uow: uow.add(advance))
    office.do(pay_advances, [advance.id], day)
    for spent in ("60", "10"):
        claim = Claim(
            employee_id=ann, purpose="Fair",
            lines=[ClaimLine(on=day, text="Train", amount=D(spent))],
        )  # fmt: skip
        office.do(lambda uow, claim=claim: uow.add(claim))
        office.do(submit_claims, [claim.id])
        office.do(approve_claims, [claim.id], day)
    with office.read(SYSTEM) as session:
        found = session.scalars(select(Item).where(Item.party_id.is_not(None))).all()
        assert sorted((i.side, i.total, i.open) for i in found) == [
            ("credit", 10, 0), ("credit", 60, 0), ("debit", 100, 30),
        ]  # fmt: skip
    office.do(repay_advances, [advance.id], day)
    with office.read(SYSTEM) as session:
        assert session.scalar(select(func.sum(Item.open))) == 0


def _live(office):
    """Hire → contract → attendance and leave → payroll → gone; returns what was told."""
    told = []

    def tell(act, *given, **more):
        told.extend(office.told(act, *given, **more))

    shanghai = office.look(InsurancePlan, code="shanghai")[0].id
    china = office.look(Structure, code="CN")[0].id
    opening = office.enter("hr.openings", name="Fitter", description="Join us")
    office.step("hr.openings", opening, "publish")
    person = office.enter("hr.applicants", name="Ann", opening=opening)
    offer = office.enter(
        "hr.offers", applicant=person, starts_on="2025-03-03", wage="20000",
        structure=china, insurance=shanghai,
    )  # fmt: skip
    for step in ("send", "accept"):
        office.step("hr.offers", offer, step)
    office.step("hr.applicants", person, "hire", on=dt.date(2025, 3, 1))
    (ann,) = (e.id for e in office.look(Employee))
    (contract,) = office.look(Contract, employee_id=ann)
    tell(sign_contracts, [contract.id])

    _onboarding_is_done(office, ann)
    office.enter("hr.employees", ann, badge="1", bank_account="6222 0212 3456 7890")
    for hour in (8, 17):
        office.do(stamp_badges, ["1"], dt.datetime(2025, 3, 3, hour, tzinfo=dt.UTC))
    office.do(grant_leave, 2025)
    day = dt.date(2025, 3, 14)
    leave = LeaveRequest(
        employee_id=ann, type_id=office.look(LeaveType, code="ANNUAL")[0].id,
        first_on=day, last_on=day,
    )  # fmt: skip
    office.do(lambda uow: uow.add(leave))
    office.do(ask_leaves, [leave.id])
    tell(approve_leaves, [leave.id])

    payroll = Payroll(year=2025, month=3)
    office.do(lambda uow: uow.add(payroll))
    office.do(compute_payrolls, [payroll.id])
    tell(post_payrolls, [payroll.id])
    assert office.look(Payslip)[0].gross == 20000

    office.step("hr.payrolls", payroll.id, "transfer")
    (transfer,) = office.look(Transfer)
    data, name, _kind = office.do(write_file, transfer.id, "cn")
    assert f"6222021234567890,Ann,{transfer.total:.2f}" in data.decode("gb18030")
    assert name == f"{transfer.number}.csv"
    tell(pay_transfers, [transfer.id], dt.date(2025, 3, 31))

    tell(leave_employees, [ann], dt.date(2025, 3, 31), "Moves away")
    assert office.look(Contract, contract.id).state == "ended"
    assert {t.due_on.month for t in office.look(Task) if t.what == "Close the log-in"} == {3}
    return told


def _onboarding_is_done(office, ann):
    """The plan for newcomers became tasks, and each is ticked off."""
    tasks = office.look(Task, employee_id=ann)
    assert len(tasks) == 6
    assert tasks[0].due_on == dt.date(2025, 2, 26)
    office.do(finish_tasks, [task.id for task in tasks])
    assert {task.state for task in office.look(Task, employee_id=ann)} == {"done"}


def _books(office, purposes):
    """Debits less credits on the account of each purpose, by posted lines."""
    from dougong_finance.accounts.models import AccountUse
    from dougong_finance.entries.models import EntryLine

    with office.read(SYSTEM) as session:
        accounts = dict(
            session.execute(
                select(AccountUse.purpose, AccountUse.account_id).where(
                    AccountUse.purpose.in_(purposes), AccountUse.category_id.is_(None)
                )
            ).all()
        )
        sums = dict(
            session.execute(
                select(EntryLine.account_id, func.sum(EntryLine.debit - EntryLine.credit))
                .where(EntryLine.posted)
                .group_by(EntryLine.account_id)
            ).all()
        )
    return {purpose: sums[account] for purpose, account in accounts.items()}


def _nothing_is_owed_to_the_employee(office, net):
    """The wage and its payment have settled each other in the employee's account."""
    from dougong_finance.items.models import Item

    with office.read(SYSTEM) as session:
        items = session.scalars(select(Item).where(Item.party_id.is_not(None))).all()
        assert {item.side: (item.total, item.open) for item in items} == {
            "debit": (net, 0), "credit": (net, 0),
        }  # fmt: skip
        assert {item.due_on for item in items if item.side == "credit"} == {dt.date(2025, 3, 31)}

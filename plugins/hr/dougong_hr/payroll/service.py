"""Payslips are computed, as often as needed, until the payroll is posted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from dougong import ZERO, Refused, UnitOfWork, _
from dougong.companies.models import Company
from dougong_hr.advances.keeping import Keeping, line_of
from dougong_hr.advances.models import KeptBack
from dougong_hr.payroll.computing import Item, Recipe, compute, recipe_of
from dougong_hr.payroll.models import Payroll, Payslip, PayslipLine, PayTotal
from dougong_hr.payroll.parameters import parameters_on
from dougong_hr.payroll.people import Person, gather_facts, people_of, structures_wanted
from dougong_hr.payroll.workflow import PAYROLL_STEPS
from dougong_hr.structures.models import Component

#: By component's code.
Sums = Mapping[str, Decimal]
NOTHING: Sums = {}


class PaidAlready(Refused):
    """The same month twice."""

    def __init__(self, payroll: Payroll, number: str) -> None:
        super().__init__(
            _(
                "The payroll of %(period)s has been run already: %(number)s."
                " Make a correction to change it.",
                period=payroll.period, number=number,
            )
        )  # fmt: skip


def compute_payrolls(uow: UnitOfWork, ids: Sequence[int]) -> list[Payroll]:
    """The payslips of these payrolls, computed anew from what is known now."""
    uow.require("hr.payroll.compute")
    payrolls = uow.load(Payroll, ids, lock=True)
    for payroll in payrolls:
        payroll.require_open()
        people = begin(uow, payroll)
        payroll.add_up(pay(uow, payroll, people))
        payroll.compute()
    return payrolls


def cancel_payrolls(uow: UnitOfWork, ids: Sequence[int]) -> list[Payroll]:
    """Give payrolls up that were not posted."""
    uow.require("hr.payroll.compute")
    payrolls = uow.load(Payroll, ids)
    for payroll in payrolls:
        PAYROLL_STEPS.move(payroll, "cancel")
        throw_away(uow, payroll)
        payroll.add_up([])
    return payrolls


def begin(uow: UnitOfWork, payroll: Payroll) -> dict[int, Person]:
    """Who is to be paid; refuses when somebody else's turn is first, or all were paid already."""
    throw_away(uow, payroll)
    _refuse_disorder(uow.session, payroll)
    people = people_of(uow.session, payroll.span, payroll.department_id)
    paid = dict(
        uow.session.execute(
            select(Payslip.employee_id, func.max(func.coalesce(Payroll.number, "")).label("number"))
            .join(Payroll, Payroll.id == Payslip.payroll_id)
            .where(
                Payslip.year == payroll.year,
                Payslip.month == payroll.month,
                Payslip.kind == "regular",
            )
            .group_by(Payslip.employee_id)
        ).all()
    )
    if payroll.kind == "correction":
        wanted = {key: person for key, person in people.items() if key in paid}
    else:
        wanted = {key: person for key, person in people.items() if key not in paid}
        done = [paid[key] for key in people if key in paid]
        if done and not wanted:
            raise PaidAlready(payroll, done[0] or str(_("not posted yet")))
    if not wanted:
        raise Refused(_("Nobody is to be paid for %(period)s.", period=payroll.period))
    return wanted


def pay(uow: UnitOfWork, payroll: Payroll, people: Mapping[int, Person]) -> list[Payslip]:
    """The payslips of these people: facts together, one after the other computed, written at once."""
    session = uow.session
    gather_facts(session, people, payroll.span)
    recipes = _recipes(session, structures_wanted(people))
    lookup = parameters_on(session, payroll.span[1])
    currency = session.scalars(
        select(Company.currency).where(Company.id == payroll.company_id)
    ).one()
    correcting = payroll.kind == "correction"
    yearly = _yearly(session, payroll, people)
    before = _paid_before(session, payroll, people) if correcting else {}
    keeping = Keeping(uow, payroll, people, lookup, currency)
    payslips = []
    for key, person in people.items():
        recipe = recipes[person.term.structure_id or 0]
        amounts = compute(
            recipe, person.facts, person.inputs, yearly.get(key, NOTHING), lookup, currency
        )
        kept = keeping.of(person, *_comes_to(amounts))
        if correcting:
            amounts = _differences(amounts, before.get(key, NOTHING))
        payslip = _payslip(payroll, person, amounts, kept)
        if correcting and not payslip.lines:
            continue
        if payslip.net < 0 and not correcting:
            raise Refused(
                _(
                    "%(employee)s would be paid %(net)s. Check entries and deductions of the month.",
                    employee=person.name, net=payslip.net,
                )
            )  # fmt: skip
        payslips.append(payslip)
    uow.add(*payslips)
    return payslips


def throw_away(uow: UnitOfWork, payroll: Payroll) -> None:
    """The payslips of an earlier computation; the database takes their lines along."""
    uow.flush()
    mine = select(Payslip.id).where(Payslip.payroll_id == payroll.id)
    connection = uow.session.connection()
    connection.execute(delete(PayslipLine).where(PayslipLine.payslip_id.in_(mine)))
    connection.execute(delete(KeptBack).where(KeptBack.payslip_id.in_(mine)))
    connection.execute(delete(Payslip).where(Payslip.payroll_id == payroll.id))


def _comes_to(amounts: Sequence[tuple[Item, Decimal]]) -> tuple[Decimal, Decimal]:
    """What is earned, and what of it would be paid out."""
    gross = sum((amount for item, amount in amounts if item.kind == "earning"), ZERO)
    return gross, gross - sum(
        (amount for item, amount in amounts if item.kind == "deduction"), ZERO
    )


def _payslip(
    payroll: Payroll,
    person: Person,
    amounts: Sequence[tuple[Item, Decimal]],
    kept: Sequence[KeptBack],
) -> Payslip:
    payslip = Payslip(
        company_id=payroll.company_id,
        payroll_id=payroll.id,
        employee_id=person.id,
        contract_id=person.contract_id,
        kind=payroll.kind,
        year=payroll.year,
        month=payroll.month,
        period=payroll.period,
        lines=[
            PayslipLine(
                position=at,
                code=item.code,
                name=item.name,
                kind=item.kind,
                purpose=item.purpose,
                shown=item.shown,
                amount=amount,
            )
            for at, (item, amount) in enumerate(amounts)
            if amount
        ],
        kept=list(kept),
    )
    if kept:
        payslip.lines.append(line_of(len(amounts), kept))
    payslip.add_up()
    return payslip


def _refuse_disorder(session: Session, payroll: Payroll) -> None:
    """Sums of the year are right only when months are paid one after the other."""
    others = session.scalars(
        select(Payroll).where(
            Payroll.company_id == payroll.company_id,
            Payroll.year == payroll.year,
            Payroll.id != payroll.id,
            Payroll.state.in_(("computed", "posted")),
            Payroll.kind == "regular",
        )
    )
    for other in others:
        if other.state == "computed" and other.month < payroll.month:
            raise Refused(
                _("Post or give up the payroll of %(period)s first.", period=other.period)
            )
        if other.month > payroll.month and payroll.kind == "regular":
            raise Refused(
                _(
                    "The payroll of %(later)s is there already, so %(period)s can only be corrected.",
                    later=other.period, period=payroll.period,
                )
            )  # fmt: skip


def _recipes(session: Session, ids: Collection[int]) -> dict[int, Recipe]:
    components: dict[int, list[Component]] = defaultdict(list)
    for row in session.scalars(select(Component).where(Component.structure_id.in_(ids))):
        components[row.structure_id].append(row)
    return {key: recipe_of(components[key]) for key in ids}


def _yearly(
    session: Session, payroll: Payroll, people: Collection[int]
) -> dict[int, dict[str, Decimal]]:
    """What everybody's components have come to in the year before this month."""
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    rows = session.execute(
        select(PayTotal.employee_id, PayTotal.code, PayTotal.amount).where(
            PayTotal.year == payroll.year, PayTotal.employee_id.in_(people)
        )
    )
    for employee_id, code, amount in rows:
        found[employee_id][code] = amount
    if payroll.kind == "correction":
        # The store knows the whole year; a correction stands where its month stood.
        for key, sums in _slips(session, payroll, people, since=payroll.month).items():
            for code, amount in sums.items():
                if code in found[key]:
                    found[key][code] -= amount
    return found


def _paid_before(
    session: Session, payroll: Payroll, people: Collection[int]
) -> dict[int, dict[str, Decimal]]:
    return _slips(session, payroll, people, since=payroll.month, until=payroll.month)


def _slips(
    session: Session, payroll: Payroll, people: Collection[int], since: int, until: int = 12
) -> dict[int, dict[str, Decimal]]:
    """What posted payslips of these months come to, by employee and component."""
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    rows = session.execute(
        select(Payslip.employee_id, PayslipLine.code, func.sum(PayslipLine.amount).label("amount"))
        .join(PayslipLine, PayslipLine.payslip_id == Payslip.id)
        .join(Payroll, Payroll.id == Payslip.payroll_id)
        .where(
            Payroll.state == "posted",
            Payslip.year == payroll.year,
            Payslip.month.between(since, until),
            Payslip.employee_id.in_(people),
        )
        .group_by(Payslip.employee_id, PayslipLine.code)
    )
    for row in rows:
        found[row.employee_id][row.code] = row.amount
    return found


def _differences(
    amounts: Sequence[tuple[Item, Decimal]], before: Sums
) -> list[tuple[Item, Decimal]]:
    """What is to be paid more or less than was; nothing where nothing has changed."""
    found = [(item, amount - before.get(item.code, ZERO)) for item, amount in amounts]
    return found if any(amount for _item, amount in found) else []

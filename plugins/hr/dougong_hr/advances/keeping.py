"""Wages are set against advances: how much a month has room for, and what it keeps back of which."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong import ZERO, DocumentRef, Refused, UnitOfWork, _
from dougong.money import digits_of
from dougong_base.events import CostLine
from dougong_hr.advances.models import Advance, KeptBack
from dougong_hr.payroll.models import Payroll, Payslip, PayslipLine
from dougong_hr.payroll.parameters import Parameters
from dougong_hr.payroll.people import Person

#: The line of a payslip, and to whom it is owed no more.
CODE, OWED = "advances_kept", "employee_payable"
#: The rate table that says, place by place, what is left to live on.
FLOORS = "pay_floor"


class UsedMeanwhile(Refused):
    """Between computing and posting a claim has used the advance, or it was paid back."""

    def __init__(self, advance: Advance) -> None:
        super().__init__(
            _(
                "%(advance)s: another amount is owed than when the payroll was computed."
                " Compute it again.",
                advance=advance,
            )
        )


class Kept(NamedTuple):
    """So much was kept back for an advance."""

    advance: Advance
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a month's pay may be kept back.

    ``share`` is the most in percent of what was earned; ``floor`` is what is paid out at least.
    (China: provisional rules on the payment of wages, 1994 no. 489, article 16: a fifth of the
    month's wage, and never below the local minimum wage.)
    """

    share: Decimal
    floor: Decimal

    def room(self, gross: Decimal, net: Decimal, currency: str) -> Decimal:
        """What a month with this pay has room for, in whole minor units."""
        most = min(gross * self.share / 100, net - self.floor)
        unit = Decimal(1).scaleb(-digits_of(currency))
        return max(ZERO, most.quantize(unit, ROUND_FLOOR))


class Keeping:
    """What a payroll keeps back for the advances of its people; a correction gives back."""

    def __init__(
        self,
        uow: UnitOfWork,
        payroll: Payroll,
        people: Collection[int],
        lookup: Parameters,
        currency: str,
    ) -> None:
        self._last, self._lookup, self._currency = payroll.span[1], lookup, currency
        self._share = Decimal(str(uow.setting("hr.keep_back_share") or 0))
        self._floor = Decimal(str(uow.setting("hr.pay_floor") or 0))
        regular = payroll.kind == "regular"
        self._waiting = waiting(uow.session, people) if regular else {}
        self._before = {} if regular else kept_before(uow.session, payroll)

    def of(self, person: Person, gross: Decimal, net: Decimal) -> list[KeptBack]:
        """What is kept back of somebody's pay of the month, advance by advance."""
        mine, before = self._waiting.get(person.id, ()), self._before.get(person.id, ())
        if not mine and not before:
            return []
        floor = self._lookup.known(FLOORS, person.facts["place"])
        limits = Limits(self._share, self._floor if floor is None else floor)
        room = limits.room(gross, net, self._currency)
        if before:
            return give_back(before, room)
        return keep_back(mine, room, self._last, self._currency, person.leaves)


def waiting(session: Session, people: Collection[int]) -> Mapping[int, list[Advance]]:
    """What these people still owe, the oldest first; read only."""
    found: dict[int, list[Advance]] = defaultdict(list)
    rows = session.scalars(
        select(Advance)
        .where(Advance.employee_id.in_(people), Advance.state == "paid", Advance.instalments > 0)
        .order_by(Advance.paid_on, Advance.id)
    )
    for advance in rows:
        found[advance.employee_id].append(advance)
    return found


def row_of(advance: Advance, amount: Decimal) -> KeptBack:
    """So much is to be kept back for an advance when the payroll is posted."""
    return KeptBack(advance_id=advance.id, amount=amount, still_owed=advance.open - amount)


def keep_back(
    advances: Iterable[Advance], room: Decimal, last: dt.date, currency: str, leaving: bool
) -> list[KeptBack]:
    """What a month keeps back of each advance, the oldest first, as far as there is room."""
    found = []
    for advance in advances:
        amount = min(room, advance.due(last, currency, leaving))
        if amount > 0:
            found.append(row_of(advance, amount))
            room -= amount
    return found


def give_back(before: Sequence[Kept], room: Decimal) -> list[KeptBack]:
    """What a correction gives back of what its month has kept, the youngest first.

    The month has room for so much now that it is known better.
    """
    excess, found = sum((one.amount for one in before), ZERO) - room, []
    for one in reversed(before):
        amount = min(excess, one.amount)
        if amount > 0:
            found.append(row_of(one.advance, -amount))
            excess -= amount
    return found


def kept_before(session: Session, payroll: Payroll) -> Mapping[int, list[Kept]]:
    """By employee, what posted payrolls of the month have kept back of each advance."""
    rows = session.execute(
        select(Payslip.employee_id, Advance, func.sum(KeptBack.amount).label("amount"))
        .join(Payslip, Payslip.id == KeptBack.payslip_id)
        .join(Payroll, Payroll.id == Payslip.payroll_id)
        .join(Advance, Advance.id == KeptBack.advance_id)
        .where(
            Payroll.state == "posted", Payslip.year == payroll.year, Payslip.month == payroll.month
        )
        .group_by(Payslip.employee_id, Advance.id)
        .order_by(Advance.paid_on, Advance.id)
    )
    found: dict[int, list[Kept]] = defaultdict(list)
    for person, advance, amount in rows:
        found[person].append(Kept(advance, amount))
    return found


def settle_kept(uow: UnitOfWork, payslips: Sequence[Payslip]) -> None:
    """The payroll is posted: the advances have lost what its payslips have kept back."""
    rows = [row for slip in payslips for row in slip.kept]
    advances = (
        uow.load(Advance, sorted({row.advance_id for row in rows}), lock=True) if rows else ()
    )
    known = {advance.id: advance for advance in advances}
    for row in rows:
        advance = known[row.advance_id]
        if advance.open - row.amount != row.still_owed:
            raise UsedMeanwhile(advance)
        advance.keep(row.amount)


def line_of(position: int, kept: Iterable[KeptBack]) -> PayslipLine:
    """What is kept back for all advances, as one line of the payslip."""
    return PayslipLine(
        position=position, code=CODE, name=str(_("Advances kept back")), kind="deduction",
        purpose=OWED, shown=True, amount=sum((row.amount for row in kept), ZERO),
    )  # fmt: skip


def owed_no_more(payslips: Iterable[Payslip]) -> list[CostLine]:
    """What employees owe less since it was kept back, one line for each advance."""
    return [
        CostLine(
            purpose=OWED, amount=-row.amount, party_id=slip.employee.party_id,
            text=str(_("%(advance)s kept back", advance=row.advance)),
        )
        for slip in payslips
        for row in slip.kept
    ]  # fmt: skip


def settled_by(payslips: Iterable[Payslip]) -> tuple[DocumentRef, ...]:
    """The advances that payslips have kept something back for."""
    ids = dict.fromkeys(row.advance_id for slip in payslips for row in slip.kept)
    return tuple(DocumentRef(Advance.__document__, id) for id in ids)

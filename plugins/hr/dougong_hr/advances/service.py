"""Advances are paid out and booked."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from dougong import UnitOfWork, _, ref
from dougong_base.events import CostLine, CostsArose
from dougong_hr.advances.models import Advance


def pay_advances(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> list[Advance]:
    """The employee has the money, and owes it back."""
    uow.require("hr.advance.pay")
    advances = uow.load(Advance, ids, Advance.employee)
    day, grace = on or uow.today, int(uow.setting("hr.advance_grace") or 0)
    for advance in advances:
        advance.pay(day, grace)
        uow.number(advance, "advance", on=day)
    uow.publish(cost_of_advance(advance, day) for advance in advances)
    return advances


def repay_advances(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> list[Advance]:
    """The employee has paid back what no claim has used."""
    uow.require("hr.advance.pay")
    advances = uow.load(Advance, ids, Advance.employee, lock=True)
    day = on or uow.today
    for advance in advances:
        advance.repay(day)
    uow.publish(cost_of_repayment(advance) for advance in advances)
    return advances


def open_advances(uow: UnitOfWork, people: Collection[int]) -> Mapping[int, list[Advance]]:
    """The advances that these people still owe, the oldest first; locked."""
    ids = uow.session.scalars(
        select(Advance.id)
        .where(Advance.employee_id.in_(people), Advance.state == "paid")
        .order_by(Advance.paid_on, Advance.id)
    ).all()
    found: dict[int, list[Advance]] = defaultdict(list)
    for advance in uow.load(Advance, ids, lock=True) if ids else ():
        found[advance.employee_id].append(advance)
    return found


def cost_of_repayment(advance: Advance) -> CostsArose:
    """The money is back in the bank or the till, and nothing is owed."""
    amount, on = advance.repaid, advance.repaid_on
    assert on is not None
    text = str(_("Advance paid back by %(employee)s", employee=advance.employee))
    return CostsArose(
        source=ref(advance),
        number=advance.number or "",
        company_id=advance.company_id,
        on=on,
        key="repaid",
        text=text,
        lines=(
            CostLine(purpose=advance.paid_by, amount=amount, text=text),
            CostLine(
                purpose="employee_payable", amount=-amount, party_id=advance.employee.party_id,
                due_on=on, text=advance.purpose,
            ),
        ),
        settles=(ref(advance),),
    )  # fmt: skip


def cost_of_advance(advance: Advance, on: dt.date) -> CostsArose:
    """The employee owes what the bank has paid."""
    text = str(_("Advance to %(employee)s", employee=advance.employee))
    party = advance.employee.party_id
    return CostsArose(
        source=ref(advance),
        number=advance.number or "",
        company_id=advance.company_id,
        on=on,
        key="paid",
        text=text,
        lines=(
            CostLine(
                purpose="employee_payable", amount=advance.amount, party_id=party, due_on=on,
                text=advance.purpose,
            ),
            CostLine(purpose=advance.paid_by, amount=-advance.amount, text=text),
        ),
    )  # fmt: skip

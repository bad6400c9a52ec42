"""Advances are paid out and booked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from dougong import UnitOfWork, _, ref
from dougong_base.events import CostLine, CostsArose
from dougong_hr.advances.models import Advance


def pay_advances(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> list[Advance]:
    """The employee has the money, and owes it back."""
    uow.require("hr.advance.pay")
    advances = uow.load(Advance, ids, Advance.employee)
    day = on or uow.today
    for advance in advances:
        advance.pay(day)
        uow.number(advance, "advance", on=day)
    uow.publish(cost_of_advance(advance, day) for advance in advances)
    return advances


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

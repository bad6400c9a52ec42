"""Claims are handed in, decided and booked."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from dougong import DocumentRef, Refused, UnitOfWork, _, ref
from dougong_base.events import CostLine, CostsArose
from dougong_hr.advances.models import SET_OFF
from dougong_hr.advances.service import open_advances
from dougong_hr.claims.models import Claim


def submit_claims(uow: UnitOfWork, ids: Sequence[int]) -> list[Claim]:
    """Put claims before whoever decides."""
    uow.require("hr.claim.write")
    claims = uow.load(Claim, ids, Claim.lines)
    for claim in claims:
        claim.submit(uow.today)
        if claim.number is None:
            uow.number(claim, "claim", on=claim.claimed_on)
    return claims


def approve_claims(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> list[Claim]:
    """Say yes: the books owe the money to the employee."""
    uow.require("hr.claim.approve")
    claims = uow.load(Claim, ids, Claim.lines, Claim.employee)
    waiting = open_advances(uow, {claim.employee_id for claim in claims})
    used_for: dict[int, list[DocumentRef]] = defaultdict(list)
    for claim in claims:
        _refuse_own(uow, claim)
        claim.decide("approve", uow.actor.user_id)
        claim.approved_on = on or uow.today
        for advance in waiting[claim.employee_id]:
            used = advance.settle(claim.owed)
            if used:
                claim.set_off += used
                uow.link(advance, claim, SET_OFF)
                used_for[claim.id].append(ref(advance))
    uow.publish(cost_of_claim(claim, on or uow.today, used_for[claim.id]) for claim in claims)
    return claims


def refuse_claims(uow: UnitOfWork, ids: Sequence[int], reason: str) -> list[Claim]:
    """Say no, and why."""
    uow.require("hr.claim.approve")
    claims = uow.load(Claim, ids, Claim.employee)
    for claim in claims:
        _refuse_own(uow, claim)
        claim.decide("refuse", uow.actor.user_id, reason)
    return claims


def _refuse_own(uow: UnitOfWork, claim: Claim) -> None:
    if uow.actor.user_id and claim.employee.user_id == uow.actor.user_id:
        raise Refused(_("Nobody decides on their own claims. Ask your manager."))


def cost_of_claim(claim: Claim, on: dt.date, advances: Sequence[DocumentRef] = ()) -> CostsArose:
    """The receipts as cost, and the debt to the employee: what advances cover, and the rest."""
    party = claim.employee.party_id
    costs = [
        CostLine(
            purpose="expense", amount=line.amount, category_id=line.category_id, text=line.text
        )
        for line in claim.lines
    ]
    told = str(_("%(purpose)s, set off against advances", purpose=claim.purpose))
    owed = [
        CostLine(
            purpose="employee_payable", amount=-amount, party_id=party, due_on=on, text=text
        )
        for amount, text in ((claim.set_off, told), (claim.owed, claim.purpose))
        if amount
    ]  # fmt: skip
    return CostsArose(
        source=ref(claim),
        number=claim.number or "",
        company_id=claim.company_id,
        on=on,
        key="approved",
        text=str(_("Expenses of %(employee)s", employee=claim.employee)),
        lines=(*costs, *owed),
        settles=tuple(advances),
    )

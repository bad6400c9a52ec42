"""What a ledger that came later has missed: pay, claims and advances that no entry stands for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import exists, select

from dougong import DocumentRef, UnitOfWork
from dougong.links.models import DocumentLink
from dougong_base.events import CostsArose
from dougong_hr.advances.models import SET_OFF, Advance
from dougong_hr.advances.service import cost_of_advance, cost_of_repayment
from dougong_hr.claims.models import Claim
from dougong_hr.claims.service import cost_of_claim
from dougong_hr.payroll.models import Payroll
from dougong_hr.payroll.posting import cost_of, load_parts
from dougong_hr.transfers.models import Transfer, TransferLine
from dougong_hr.transfers.service import cost_of_transfer


def unbooked(uow: UnitOfWork) -> Iterable[CostsArose]:
    """The costs as they were told; those with an entry are left out."""
    # What is paid for comes before what pays for it.
    repaid: list[Advance] = []
    for state in ("paid", "settled"):
        for advance in _without_entry(uow, Advance, state, Advance.employee):
            yield cost_of_advance(advance, advance.paid_on or uow.today)
            repaid += [advance] if advance.repaid_on is not None else []
    for payroll in _without_entry(uow, Payroll, "posted", Payroll.payslips):
        load_parts(uow, [slip.id for slip in payroll.payslips])
        if (event := cost_of(payroll)) is not None:
            yield event
    for claim in _without_entry(uow, Claim, "approved", Claim.lines, Claim.employee):
        yield cost_of_claim(claim, claim.approved_on or uow.today, _used(uow, claim))
    yield from (cost_of_repayment(advance) for advance in repaid)
    for transfer in _without_entry(uow, Transfer, "paid", Transfer.lines):
        keys = [line.id for line in transfer.lines]
        uow.load(TransferLine, keys, TransferLine.employee)
        yield cost_of_transfer(transfer)


def _used(uow: UnitOfWork, claim: Claim) -> list[DocumentRef]:
    """The advances that a claim has used, the oldest first."""
    rows = uow.session.scalars(
        select(DocumentLink.from_id)
        .where(
            DocumentLink.to_kind == Claim.__document__,
            DocumentLink.to_id == claim.id,
            DocumentLink.kind == SET_OFF,
        )
        .order_by(DocumentLink.id)
    )
    return [DocumentRef(Advance.__document__, key) for key in rows]


def _without_entry(uow: UnitOfWork, model: type[Any], state: str, *parts: Any) -> Sequence[Any]:
    booked = exists().where(
        DocumentLink.from_kind == model.__document__,
        DocumentLink.from_id == model.id,
        DocumentLink.kind == "entry",
    )
    ids = uow.session.scalars(
        select(model.id).where(model.state == state, ~booked).order_by(model.id)
    ).all()
    return uow.load(model, ids, *parts) if ids else []

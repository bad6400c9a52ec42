"""Sharing freight, duty and insurance out over the goods they were paid for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from dougong import UnitOfWork
from dougong.companies.currency import currency_of
from dougong_base.events import GoodsReceived
from dougong_purchasing.landed.models import (
    Arrival,
    LandedCost,
    LandedPart,
    LandedReceipt,
    LandedShare,
)
from dougong_purchasing.landed.telling import Parts, tell
from dougong_purchasing.orders.sources import OrderSources


def note_arrivals(uow: UnitOfWork, event: GoodsReceived, found: OrderSources) -> None:
    """Remember which line of the receipt brought what, at which value."""
    for moved in event.lines:
        line = found.line(event.source, moved.source_line_id)
        if line is not None and moved.line_id is not None:
            uow.add(
                Arrival(
                    order_id=line.order_id,
                    order_line_id=line.id,
                    product_id=moved.product_id,
                    receipt_kind=event.receipt.kind,
                    receipt_id=event.receipt.id,
                    receipt_number=event.number,
                    receipt_line_id=moved.line_id,
                    came_on=event.on,
                    quantity=moved.quantity,
                    value=moved.cost,
                )
            )


def allocate_costs(
    uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None
) -> list[LandedCost]:
    """Make the goods dearer by what they cost beside their price."""
    uow.require("purchasing.landed.allocate")
    documents = uow.load(LandedCost, ids, *Parts)
    arrivals = _arrivals(uow, documents)
    for document in documents:
        currency = currency_of(uow, document.company_id)
        shares = document.allocate(on or uow.today, _of(document, arrivals), currency)
        uow.add(*shares)
        set_committed_value(document, "shares", shares)
        if document.number is None:
            uow.number(document, "landed-cost", on=document.dated_on)
        tell(uow, document, currency)
    return documents


def cancel_costs(
    uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None
) -> list[LandedCost]:
    """Give drafts up; take back by its opposite what was allocated."""
    uow.require("purchasing.landed.allocate")
    documents = uow.load(LandedCost, ids, *Parts)
    for document in documents:
        allocated = document.state == "allocated"
        document.cancel()
        if allocated:
            _take_back(uow, document, on or uow.today)
    return documents


def _take_back(uow: UnitOfWork, document: LandedCost, on: dt.date) -> None:
    opposite = LandedCost(
        company_id=document.company_id,
        state="cancelled",
        dated_on=on,
        method=document.method,
        supplier_id=document.supplier_id,
        reference=document.reference,
        total=-document.total,
        opposite_of_id=document.id,
        parts=[
            LandedPart(kind=part.kind, product_id=part.product_id, amount=-part.amount)
            for part in document.parts
        ],
        receipts=[LandedReceipt(order_id=x.order_id, receipt=x.receipt) for x in document.receipts],
        shares=[
            LandedShare(
                receipt_kind=share.receipt_kind,
                receipt_id=share.receipt_id,
                receipt_line_id=share.receipt_line_id,
                product_id=share.product_id,
                value=-share.value,
            )
            for share in document.shares
        ],
    )
    uow.add(opposite)
    uow.number(opposite, "landed-cost", on=on)
    uow.link(document, opposite, "reversal")
    tell(uow, opposite, currency_of(uow, document.company_id))


def _arrivals(uow: UnitOfWork, documents: Sequence[LandedCost]) -> list[Arrival]:
    orders = {x.order_id for document in documents for x in document.receipts}
    ids = uow.session.scalars(
        select(Arrival.id).where(Arrival.order_id.in_(orders)).order_by(Arrival.id)
    ).all()
    return uow.load(Arrival, ids, Arrival.product)


def _of(document: LandedCost, arrivals: Sequence[Arrival]) -> list[Arrival]:
    """The goods that bear these costs, each once."""
    return [
        arrival
        for arrival in arrivals
        if any(
            x.order_id == arrival.order_id and x.receipt in (None, "", arrival.receipt_number)
            for x in document.receipts
        )
    ]

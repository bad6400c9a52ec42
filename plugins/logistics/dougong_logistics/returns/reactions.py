"""What sales announce and the warehouse takes in, as returns to inspect."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from dougong import DocumentRef, UnitOfWork
from dougong_base.events import GoodsReceived, SaleReturned
from dougong_logistics.returns.models import Return, ReturnLine


def follow_sales(uow: UnitOfWork, events: Sequence[SaleReturned]) -> None:
    """A return that sales have announced gets its number, its label and its inspection; once."""
    others = [event for event in events if event.source.kind != Return.__document__]
    known = {row.source_id for row in _by_source(uow, [event.source for event in others])}
    for event in others:
        goods = [x for x in event.lines if x.kind == "goods" and x.quantity]
        if event.source.id in known or not goods:
            continue
        document = Return(
            company_id=event.company_id,
            state="announced",
            party_id=event.customer_id,
            expected_on=event.on,
            credit=False,
            source_kind=event.source.kind,
            source_id=event.source.id,
            lines=[
                ReturnLine(product_id=x.product_id, quantity=abs(x.quantity), price=x.price)
                for x in goods
            ],
        )
        uow.add(document)
        uow.number(document, "return", on=event.on)
        uow.cite(document, "reference", event.source, event.number)
        uow.link(event.source, document, "return")


def follow_the_receipt(uow: UnitOfWork, events: Sequence[GoodsReceived]) -> None:
    """What the warehouse has taken in waits for its inspection."""
    back = [event for event in events if event.returned and event.source is not None]
    if not back:
        return
    sources = [event.source for event in back if event.source is not None]
    own = [source.id for source in sources if source.kind == Return.__document__]
    found = {
        DocumentRef(r.source_kind or "", r.source_id or 0): r.id for r in _by_source(uow, sources)
    }
    found |= {DocumentRef(Return.__document__, id): id for id in own}
    if not found:
        return
    documents = {r.id: r for r in uow.load(Return, sorted(set(found.values())), Return.lines)}
    for event in back:
        document = documents.get(found.get(event.source or event.receipt, 0))
        if document is None or document.state not in ("announced", "received"):
            continue
        for line in event.lines:
            document.arrive(line.product_id, line.quantity, line.lot)
        if document.state == "announced":
            document.receive(event.on)
        document.receipt_kind, document.receipt_id = event.receipt.kind, event.receipt.id
        uow.touch(document)


def _by_source(uow: UnitOfWork, sources: Sequence[DocumentRef]) -> Sequence[Return]:
    rows = uow.session.scalars(
        select(Return).where(Return.source_id.in_({source.id for source in sources}))
    ).all()
    return [r for r in rows if DocumentRef(r.source_kind or "", r.source_id or 0) in set(sources)]

"""What inventory does when other departments have news."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from dougong import DocumentRef, UnitOfWork
from dougong_base.events import SaleLine, SaleReturned, SalesOrderCancelled, SalesOrderConfirmed
from dougong_inventory.deliveries.models import Delivery, DeliveryLine
from dougong_inventory.deliveries.service import give_up
from dougong_inventory.deliveries.workflow import OPEN
from dougong_inventory.receipts.models import Receipt, ReceiptLine
from dougong_inventory.reservations.service import reserve_for
from dougong_inventory.warehouses.service import Places, find_places


def plan_deliveries(uow: UnitOfWork, events: Sequence[SalesOrderConfirmed]) -> None:
    """A confirmed order becomes a delivery, and goods are put aside for it as far as there are any."""
    known = _known(uow, Delivery, [e.source for e in events])
    goods = {e.source: [x for x in e.lines if x.kind == "goods" and x.quantity > 0] for e in events}
    wanted = [e for e in events if goods[e.source] and e.source not in known]
    if not wanted:
        return
    places = find_places(uow)
    deliveries = [_delivery(uow, event, goods[event.source], places) for event in wanted]
    reserve_for(uow, deliveries)
    for event, delivery in zip(wanted, deliveries, strict=True):
        uow.add(delivery)
        uow.number(delivery, "delivery", on=event.on)
        uow.link(event.source, delivery, "delivery")


def _delivery(
    uow: UnitOfWork, event: SalesOrderConfirmed, goods: Sequence[SaleLine], places: Places
) -> Delivery:
    """The delivery of an order, with its ids, but not yet added: goods are put aside for it first."""
    id = uow.id()
    return Delivery(
        id=id,
        company_id=event.company_id,
        state="waiting",
        warehouse_id=places.warehouse_of(event.company_id, event.warehouse_id),
        party_id=event.customer_id,
        address_id=event.address_id,
        destination_id=places.outside[event.company_id, "customers"],
        returned=False,
        promised_on=event.promised_on,
        source_kind=event.source.kind,
        source_id=event.source.id,
        reference=event.number,
        lines=[
            DeliveryLine(
                id=uow.id(),
                delivery_id=id,
                product_id=line.product_id,
                quantity=line.quantity,
                reserved=Decimal(0),
                shipped=Decimal(0),
                lot_id=None,
                source_line_id=line.line_id,
                description=line.description or None,
            )
            for line in goods
        ],
    )


def cancel_deliveries(uow: UnitOfWork, events: Sequence[SalesOrderCancelled]) -> None:
    """What has not left for a cancelled order stays here."""
    sources = {event.source for event in events}
    open_ones = select(Delivery.id, Delivery.source_kind, Delivery.source_id).where(
        Delivery.source_id.in_({s.id for s in sources}), Delivery.state.in_(["draft", *OPEN])
    )
    rows = uow.session.execute(open_ones)
    ids = [id for id, kind, source in rows if DocumentRef(kind or "", source or 0) in sources]
    if ids:
        give_up(uow, ids)


def expect_returns(uow: UnitOfWork, events: Sequence[SaleReturned]) -> None:
    """What a customer sends back is expected at the warehouse."""
    known = _known(uow, Receipt, [e.source for e in events])
    goods = {e.source: [x for x in e.lines if x.kind == "goods" and x.quantity] for e in events}
    wanted = [e for e in events if goods[e.source] and e.source not in known]
    if not wanted:
        return
    places = find_places(uow)
    for event in wanted:
        receipt = Receipt(
            company_id=event.company_id,
            state="expected",
            warehouse_id=places.warehouse_of(event.company_id),
            party_id=event.customer_id,
            returned=True,
            expected_on=event.on,
            source_kind=event.source.kind,
            source_id=event.source.id,
            reference=event.number,
            lines=[
                ReceiptLine(
                    product_id=line.product_id,
                    quantity=abs(line.quantity),
                    received=Decimal(0),
                    source_line_id=line.line_id,
                )
                for line in goods[event.source]
            ],
        )
        uow.add(receipt)
        uow.number(receipt, "receipt", on=event.on)
        uow.link(event.source, receipt, "return")


def _known(uow: UnitOfWork, model: type[Any], sources: Collection[DocumentRef]) -> set[DocumentRef]:
    """The sources that have led to a document before, so that a second telling changes nothing."""
    rows = uow.session.execute(
        select(model.source_kind, model.source_id).where(
            model.source_id.in_({s.id for s in sources}), model.state != "cancelled"
        )
    )
    return {DocumentRef(*row) for row in rows}

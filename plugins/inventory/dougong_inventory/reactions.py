"""What inventory does when other departments have news."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from dougong import DocumentRef, UnitOfWork
from dougong_base.events import SaleLine, SaleReturned, SalesOrderCancelled, SalesOrderConfirmed
from dougong_inventory.deliveries.models import Delivery, DeliveryLine
from dougong_inventory.deliveries.planned import tell_planned
from dougong_inventory.deliveries.service import give_up
from dougong_inventory.deliveries.workflow import OPEN
from dougong_inventory.receipts.models import Receipt, ReceiptLine
from dougong_inventory.reservations.service import reserve_for
from dougong_inventory.sources import known_sources, open_for
from dougong_inventory.warehouses.service import Places, find_places


def plan_deliveries(uow: UnitOfWork, events: Sequence[SalesOrderConfirmed]) -> None:
    """A confirmed order becomes a delivery, and goods are put aside for it as far as there are any."""
    known = known_sources(uow, Delivery, [e.source for e in events])
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
        uow.cite(delivery, "reference", event.source, event.number)
        uow.link(event.source, delivery, "delivery")
    tell_planned(uow, deliveries)


def _delivery(
    uow: UnitOfWork, event: SalesOrderConfirmed, goods: Sequence[SaleLine], places: Places
) -> Delivery:
    """The delivery of an order, with its ids, but not yet added: goods are put aside for it first."""
    id = uow.id()
    return Delivery(
        id=id,
        company_id=event.company_id,
        state="waiting",
        kind="sale",
        warehouse_id=places.warehouse_of(event.company_id, event.warehouse_id),
        party_id=event.customer_id,
        address_id=event.address_id,
        destination_id=places.outside[event.company_id, "customers"],
        promised_on=event.promised_on,
        source_kind=event.source.kind,
        source_id=event.source.id,
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
    give_up(uow, open_for(uow, Delivery, [e.source for e in events], ["draft", *OPEN]))


def not_cancelled(
    uow: UnitOfWork, events: Sequence[SalesOrderCancelled]
) -> list[SalesOrderCancelled]:
    """Cancelled orders for which something is still to leave."""
    rows = uow.session.execute(
        select(Delivery.source_kind, Delivery.source_id).where(
            Delivery.state.in_(["draft", *OPEN]), Delivery.source_id.is_not(None)
        )
    )
    still = {DocumentRef(kind or "", source or 0) for kind, source in rows}
    return [event for event in events if event.source in still]


def expect_returns(uow: UnitOfWork, events: Sequence[SaleReturned]) -> None:
    """What a customer sends back is expected at the warehouse."""
    known = known_sources(uow, Receipt, [e.source for e in events])
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
            kind="return",
            expected_on=event.on,
            source_kind=event.source.kind,
            source_id=event.source.id,
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
        uow.cite(receipt, "reference", event.source, event.number)
        uow.link(event.source, receipt, "return")

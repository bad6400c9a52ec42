"""Telling others that goods will leave, or will not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dougong import UnitOfWork, ref
from dougong_base.events import DeliveryCancelled, DeliveryPlanned, PlannedLine
from dougong_inventory.deliveries.models import Delivery


def tell_planned(uow: UnitOfWork, deliveries: Iterable[Delivery]) -> None:
    """That these deliveries will be handed over; material for production stays in the house."""
    uow.publish([_planned(uow, delivery) for delivery in deliveries if travels(delivery)])


def tell_cancelled(uow: UnitOfWork, deliveries: Sequence[Delivery]) -> None:
    """That nothing of these deliveries will be handed over."""
    uow.publish(
        [
            DeliveryCancelled(delivery=ref(delivery), company_id=delivery.company_id)
            for delivery in deliveries
            if travels(delivery)
        ]
    )


def travels(delivery: Delivery) -> bool:
    """Whether the goods leave the house on wheels."""
    return delivery.kind != "production"


def _planned(uow: UnitOfWork, delivery: Delivery) -> DeliveryPlanned:
    return DeliveryPlanned(
        delivery=ref(delivery),
        number=delivery.number or "",
        source=delivery.source,
        company_id=delivery.company_id,
        warehouse_id=delivery.warehouse_id,
        party_id=delivery.party_id,
        address_id=delivery.address_id,
        on=uow.today,
        promised_on=delivery.promised_on,
        lines=tuple(
            PlannedLine(line_id=line.id, product_id=line.product_id, quantity=line.quantity)
            for line in delivery.lines
        ),
    )

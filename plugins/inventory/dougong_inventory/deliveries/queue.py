"""When goods come in, the deliveries that wait for them are served, the oldest first."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select

from dougong import UnitOfWork
from dougong_inventory.deliveries.models import Delivery, DeliveryLine
from dougong_inventory.moves.models import Move
from dougong_inventory.moves.service import Carriage, carry
from dougong_inventory.reservations.service import reserve_for


def carry_and_serve(uow: UnitOfWork, carriages: Sequence[Carriage]) -> list[Move]:
    """Carry goods in, and put them aside for whoever waits for them.

    The waiting deliveries are locked before any stock, as shipping does it.
    """
    waiting = _waiting_for(uow, {c.product_id for c in carriages if c.way != "out"})
    moves = carry(uow, carriages)
    reserve_for(uow, waiting)
    return moves


def reserve_waiting(uow: UnitOfWork) -> None:
    """Serve every delivery that waits for goods; done regularly, in case two were too quick."""
    reserve_for(uow, _waiting_for(uow, None))


def _waiting_for(uow: UnitOfWork, product_ids: Collection[int] | None) -> list[Delivery]:
    short = (
        select(Delivery.id)
        .join(DeliveryLine, DeliveryLine.delivery_id == Delivery.id)
        .where(
            Delivery.state.in_(["waiting", "partial"]),
            DeliveryLine.reserved < DeliveryLine.quantity,
        )
        .order_by(Delivery.promised_on.is_(None), Delivery.promised_on, Delivery.id)
    )
    if product_ids is not None:
        short = short.where(DeliveryLine.product_id.in_(product_ids))
    ids = uow.session.scalars(short).all()
    return uow.load(Delivery, ids, Delivery.lines, lock=True) if ids else []

"""What departments that came later have missed of freight and shipments."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import exists, select

from dougong import UnitOfWork
from dougong.links.models import DocumentLink
from dougong_base.events import CostsArose, SaleReturned
from dougong_logistics.returns.models import Return
from dougong_logistics.returns.telling import returned
from dougong_logistics.shipments.models import Shipment
from dougong_logistics.shipments.service import freight_of


def unbooked(uow: UnitOfWork) -> Iterable[CostsArose]:
    """The freight of shipments that no entry stands for."""
    booked = exists().where(
        DocumentLink.from_kind == Shipment.__document__,
        DocumentLink.from_id == Shipment.id,
        DocumentLink.kind == "entry",
    )
    rows = uow.session.scalars(
        select(Shipment)
        .where(Shipment.handed_over_on.is_not(None), Shipment.cost > 0, ~booked)
        .order_by(Shipment.id)
    ).all()
    return [event for row in rows if (event := freight_of(row)) is not None]


def awaited(uow: UnitOfWork) -> Iterable[SaleReturned]:
    """Returns announced here that no warehouse has taken in yet."""
    ids = uow.session.scalars(
        select(Return.id)
        .where(Return.state == "announced", Return.source_kind.is_(None))
        .order_by(Return.id)
    ).all()
    return returned(uow, uow.load(Return, ids, Return.lines)) if ids else []

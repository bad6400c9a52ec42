"""What has left the house, week by week: the demand of the past."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from dougong_inventory.moves.models import Move
from dougong_inventory.warehouses.models import Location

#: Goods that somebody wanted; what is scrapped, counted or sent back to suppliers is no demand.
WANTED = ("shipment", "issue")
WEEK = 7


def weekly_demand(
    session: Session, product_ids: Collection[int], until: dt.date, weeks: int
) -> dict[tuple[int, int], list[float]]:
    """By product and warehouse, what left in each of so many weeks before a day, the oldest first."""
    start = until - dt.timedelta(days=WEEK * weeks)
    origin = aliased(Location)
    rows = session.execute(
        select(Move.product_id, origin.warehouse_id, Move.moved_on, func.sum(Move.change))
        .join(origin, origin.id == Move.from_id)
        .where(
            Move.product_id.in_(product_ids),
            Move.reason.in_(WANTED),
            Move.moved_on >= start,
            Move.moved_on < until,
            origin.warehouse_id.is_not(None),
        )
        .group_by(Move.product_id, origin.warehouse_id, Move.moved_on)
    )
    found: dict[tuple[int, int], list[float]] = defaultdict(lambda: [0.0] * weeks)
    for product, warehouse, day, change in rows:
        found[product, warehouse or 0][(day - start).days // WEEK] -= float(change)
    return found

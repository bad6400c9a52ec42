"""What has left the house, week by week: the demand of the past."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from dougong_base import Category, Product
from dougong_inventory.forecast.periods import Periods
from dougong_inventory.moves.models import Move
from dougong_inventory.warehouses.models import Location

#: What customers took; what is scrapped, counted or sent back to suppliers is no demand.
SOLD = ("shipment",)
#: What production took: its demand follows from what is made.
USED = ("issue",)
WANTED = (*SOLD, *USED)
WEEK = 7
#: A product in a warehouse.
Place = tuple[int, int]


def weekly_demand(
    session: Session,
    product_ids: Collection[int],
    until: dt.date,
    weeks: int,
    reasons: Sequence[str] = WANTED,
) -> dict[Place, list[float]]:
    """By product and warehouse, what left in each of so many weeks before a day, the oldest first."""
    start = until - dt.timedelta(days=WEEK * weeks)
    return demand(session, Periods(start, weeks), reasons, Move.product_id.in_(product_ids))


def demand(
    session: Session, periods: Periods, reasons: Sequence[str] = SOLD, *only: Any
) -> dict[Place, list[float]]:
    """By product and warehouse, what left in each period; ``only`` are more conditions."""
    origin = aliased(Location)
    rows = session.execute(
        select(Move.product_id, origin.warehouse_id, Move.moved_on, func.sum(Move.change))
        .join(origin, origin.id == Move.from_id)
        .where(
            *only,
            Move.reason.in_(reasons),
            Move.moved_on >= periods.start,
            Move.moved_on <= periods.end,
            origin.warehouse_id.is_not(None),
        )
        .group_by(Move.product_id, origin.warehouse_id, Move.moved_on)
    )
    found: dict[Place, list[float]] = defaultdict(lambda: [0.0] * periods.count)
    for product, warehouse, day, change in rows:
        found[product, warehouse or 0][periods.index(day)] -= float(change)
    return found


def sold(
    session: Session,
    company_id: int,
    periods: Periods,
    *,
    category_id: int | None = None,
    product_id: int | None = None,
    warehouse_id: int | None = None,
) -> dict[Place, list[float]]:
    """What customers of a company took of the goods that are still sold, as far as somebody asks."""
    goods = select(Product.id).where(Product.active, Product.kind == "goods")
    if category_id is not None:
        goods = goods.where(Product.category_id.in_(_branch(session, category_id)))
    if product_id is not None:
        goods = goods.where(Product.id == product_id)
    found = demand(
        session, periods, SOLD, Move.company_id == company_id, Move.product_id.in_(goods)
    )
    return {
        place: figures
        for place, figures in sorted(found.items())
        if warehouse_id in (None, place[1])
    }


def _branch(session: Session, category_id: int) -> set[int]:
    """A category and all that stand below it."""
    below: dict[int | None, list[int]] = defaultdict(list)
    for id, parent in session.execute(select(Category.id, Category.parent_id)):
        below[parent].append(id)
    found, waiting = set[int](), [category_id]
    while waiting:
        if (one := waiting.pop()) not in found:
            found.add(one)
            waiting += below[one]
    return found

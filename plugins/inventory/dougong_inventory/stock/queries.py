"""What lies where: now, and at the end of any day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong import ZERO
from dougong_inventory.moves.models import Move
from dougong_inventory.stock.models import Stock
from dougong_inventory.valuation.models import StockValue
from dougong_inventory.warehouses.models import Location


def stock_now(
    session: Session,
    product_ids: Collection[int] | None = None,
    *,
    company_id: int | None = None,
    warehouse_id: int | None = None,
) -> dict[int, tuple[Decimal, Decimal]]:
    """On hand and reserved by product."""
    query = select(Stock.product_id, func.sum(Stock.on_hand), func.sum(Stock.reserved)).group_by(
        Stock.product_id
    )
    if product_ids is not None:
        query = query.where(Stock.product_id.in_(product_ids))
    if company_id is not None:
        query = query.where(Stock.company_id == company_id)
    if warehouse_id is not None:
        query = query.join(Location, Location.id == Stock.location_id).where(
            Location.warehouse_id == warehouse_id
        )
    return {product: (on_hand, reserved) for product, on_hand, reserved in session.execute(query)}


def free_now(
    session: Session,
    product_ids: Collection[int],
    *,
    company_id: int,
    warehouse_id: int | None = None,
) -> dict[int, Decimal]:
    """What lies in stock and is promised to nobody; goods in quarantine or on a ramp are not free."""
    query = (
        select(Stock.product_id, func.sum(Stock.on_hand - Stock.reserved))
        .join(Location, Location.id == Stock.location_id)
        .where(
            Stock.product_id.in_(product_ids),
            Stock.company_id == company_id,
            Location.kind == "stock",
        )
        .group_by(Stock.product_id)
    )
    if warehouse_id is not None:
        query = query.where(Location.warehouse_id == warehouse_id)
    rows = session.execute(query)
    return dict(iter(rows))


def apart_now(
    session: Session, product_ids: Collection[int] | None, *, company_id: int
) -> dict[int, Decimal]:
    """What lies in the quarantines of a company, by product."""
    query = (
        select(Stock.product_id, func.sum(Stock.on_hand))
        .join(Location, Location.id == Stock.location_id)
        .where(Stock.company_id == company_id, Location.kind == "quarantine", Stock.on_hand > 0)
        .group_by(Stock.product_id)
    )
    if product_ids is not None:
        query = query.where(Stock.product_id.in_(product_ids))
    rows = session.execute(query)
    return dict(iter(rows))


def stock_at(
    session: Session,
    on: dt.date,
    product_ids: Collection[int] | None = None,
    *,
    company_id: int | None = None,
) -> dict[int, tuple[Decimal, Decimal]]:
    """Quantity and value by product at the end of a day.

    Read from whichever end is nearer: the moves until then, or the balances less the moves since.
    """

    def narrowed(query: Any, model: type[Any]) -> Any:
        if product_ids is not None:
            query = query.where(model.product_id.in_(product_ids))
        return query if company_id is None else query.where(model.company_id == company_id)

    moves = select(Move.product_id, func.sum(Move.change), func.sum(Move.value)).group_by(
        Move.product_id
    )
    if _nearer_to_the_beginning(session, on):
        rows = session.execute(narrowed(moves.where(Move.moved_on <= on), Move))
        return {product: (quantity, value) for product, quantity, value in rows}
    balances = select(
        StockValue.product_id, func.sum(StockValue.quantity), func.sum(StockValue.value)
    )
    rows = session.execute(narrowed(balances.group_by(StockValue.product_id), StockValue))
    found = {product: (quantity, value) for product, quantity, value in rows}
    for product, quantity, value in session.execute(
        narrowed(moves.where(Move.moved_on > on), Move)
    ):
        now = found.get(product, (ZERO, ZERO))
        found[product] = (now[0] - quantity, now[1] - value)
    return found


def _nearer_to_the_beginning(session: Session, on: dt.date) -> bool:
    """Judged by the first and the last move written: two steps into an index, and near enough."""
    first = session.scalar(select(Move.moved_on).order_by(Move.id).limit(1))
    last = session.scalar(select(Move.moved_on).order_by(Move.id.desc()).limit(1))
    return first is not None and last is not None and on - first < last - on

"""Questions about production orders: what comes out of them, what they still take, what is short."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import DocumentRef
from dougong_base.ports import Movement
from dougong_production.orders.models import ByProduct, Material, Order
from dougong_production.orders.workflow import OPEN, UNDERWAY


def underway(
    session: Session,
    company_id: int,
    product_ids: Collection[int] | None,
    start: dt.date,
    end: dt.date,
) -> list[Movement]:
    """Goods to come out of open orders, and material still to go in, the earliest first.

    Material that a warehouse has put aside is left out: its delivery to production says so already.
    """
    found = []
    orders = select(Order).where(Order.company_id == company_id, Order.state.in_(OPEN))
    for order in session.scalars(orders):
        if order.open_quantity:
            found.append(
                _movement(order, order.product_id, order.due_on, order.open_quantity, start)
            )
    extras = (
        select(ByProduct, Order)
        .join(Order, Order.id == ByProduct.order_id)
        .where(Order.company_id == company_id, Order.state.in_(OPEN))
    )
    for extra, order in session.execute(extras):
        if extra.quantity > extra.received:
            rest = extra.quantity - extra.received
            found.append(_movement(order, extra.product_id, order.due_on, rest, start))
    material = (
        select(Material, Order)
        .join(Order, Order.id == Material.order_id)
        .where(Order.company_id == company_id, Order.state.in_(OPEN), Order.stocked.is_(False))
    )
    for line, order in session.execute(material):
        if line.open_quantity:
            found.append(
                _movement(order, line.product_id, order.starts_on, -line.open_quantity, start)
            )
    return sorted(
        (m for m in found if m.on <= end and (product_ids is None or m.product_id in product_ids)),
        key=lambda m: (m.on, m.document, m.product_id),
    )


def short_lines(session: Session, company_id: int) -> list[tuple[Order, Material]]:
    """The material that orders still take, the earliest order first."""
    rows = session.execute(
        select(Order, Material)
        .join(Material, Material.order_id == Order.id)
        .where(Order.company_id == company_id, Order.state.in_(("draft", *UNDERWAY)))
        .order_by(Order.starts_on, Order.id, Material.position)
    )
    return [(order, line) for order, line in rows if line.open_quantity]


def _movement(
    order: Order, product_id: int, on: dt.date | None, quantity: Decimal, start: dt.date
) -> Movement:
    return Movement(
        product_id=product_id,
        on=max(on or start, start),
        quantity=quantity,
        document=DocumentRef("production.orders", order.id),
        source=order.source,
    )

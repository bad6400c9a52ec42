"""What the home page tells of production."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong import Widget, _
from dougong_production.orders.models import Order
from dougong_production.orders.workflow import OPEN, UNDERWAY
from dougong_production.work_orders.models import WorkOrder

#: Lines of a list on the home page.
FEW = 8


def to_release(session: Session, actor: Any) -> int:
    """Drafts that should have begun."""
    return _count(session, Order.state == "draft", Order.starts_on <= actor.today)


def late(session: Session, actor: Any) -> int:
    """Orders that should be done."""
    return _count(session, Order.state.in_(OPEN), Order.due_on < actor.today)


def due_next(session: Session, actor: Any) -> Sequence[tuple[str, Any, str]]:
    """What is due next."""
    rows = session.execute(
        select(Order.id, Order.number, Order.due_on)
        .where(Order.state.in_(UNDERWAY), Order.due_on.is_not(None))
        .order_by(Order.due_on, Order.id)
        .limit(FEW)
    )
    return [(number or "", day, f"/production/orders/{id}") for id, number, day in rows]


def running(session: Session, actor: Any) -> int:
    """What is worked on at this moment."""
    query = select(func.count(WorkOrder.id)).where(WorkOrder.state == "running")
    return session.scalar(query) or 0


def _count(session: Session, *where: Any) -> int:
    return session.scalar(select(func.count(Order.id)).where(*where)) or 0


WIDGETS = [
    Widget(
        "production.due", _("Production due next"), due_next, "production.order.read", "list",
        "production.orders", 60,
    ),
    Widget(
        "production.to_release", _("Production to release"), to_release, "production.order.read",
        to="production.orders?state=draft", order=61,
    ),
    Widget(
        "production.late", _("Late production orders"), late, "production.order.read",
        to="production.orders", order=62,
    ),
    Widget(
        "production.running", _("Work that is running"), running, "production.work.read",
        to="production.work?state=running", order=63,
    ),
]  # fmt: skip

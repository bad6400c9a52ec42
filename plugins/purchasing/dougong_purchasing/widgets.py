"""Cards for the home page of those who buy."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong import Widget, _
from dougong.actors import Actor
from dougong_base import Party
from dougong_purchasing.matches.models import Match
from dougong_purchasing.orders.models import Order, OrderLine
from dougong_purchasing.reports.spend import BOUGHT, WORTH, first_of_year
from dougong_purchasing.requests.models import Request

SOME = 6


def late_orders(session: Session, actor: Actor) -> list[tuple[Any, ...]]:
    """Orders whose goods should have come and have not."""
    rows = session.execute(
        select(Order.id, Order.number, Party.name, Order.expected_on)
        .join(Party, Party.id == Order.supplier_id)
        .where(
            Order.state == "confirmed",
            Order.receipt_state.in_(("open", "partial")),
            Order.expected_on < actor.today,
        )
        .order_by(Order.expected_on)
        .limit(SOME)
    )
    return [(f"{r.number} {r.name}", r.expected_on, f"/purchasing/orders/{r.id}") for r in rows]


def spend_by_supplier(session: Session, actor: Actor) -> dict[str, Any]:
    """With whom most of this year's money is spent, in the company's currency."""
    rows = session.execute(
        select(Party.name, WORTH.label("amount"))
        .join(Order, Order.supplier_id == Party.id)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(Order.state.in_(BOUGHT), Order.ordered_on >= first_of_year(actor))
        .group_by(Party.id, Party.name)
        .order_by(WORTH.desc())
        .limit(SOME)
    ).all()
    return {
        "labels": [row.name for row in rows],
        "series": [{"name": str(_("Spend by supplier")), "data": [row.amount for row in rows]}],
    }


def bills_on_hold(session: Session, actor: Actor) -> list[tuple[Any, ...]]:
    """Suppliers' bills that differ from their orders."""
    rows = session.execute(
        select(Match.id, Order.number, Party.name, Match.compared_on)
        .join(Order, Order.id == Match.order_id)
        .join(Party, Party.id == Order.supplier_id)
        .where(Match.state == "held")
        .order_by(Match.id)
        .limit(SOME)
    )
    return [(f"{r.number} {r.name}", r.compared_on, f"/purchasing/matches/{r.id}") for r in rows]


def to_order(session: Session, actor: Actor) -> int:
    """How many requests may be ordered."""
    question = select(func.count(Request.id)).where(Request.state == "approved")
    return session.scalar(question) or 0


WIDGETS = [
    Widget(
        "purchasing.late", _("Late purchase orders"), late_orders, "purchasing.order.read",
        "list", "purchasing.orders?state=confirmed", 50,
    ),
    Widget(
        "purchasing.spend", _("Spend by supplier"), spend_by_supplier, "purchasing.order.read",
        "chart", "purchasing.orders", 51,
    ),
    Widget(
        "purchasing.held", _("Bills on hold"), bills_on_hold, "purchasing.match.read", "list",
        "purchasing.matches?state=held", 52,
    ),
    Widget(
        "purchasing.requests", _("Requests to order"), to_order,
        "purchasing.order.create", to="purchasing.requests?state=approved", order=53,
    ),
]  # fmt: skip

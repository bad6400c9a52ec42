"""What the home page tells of the warehouse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from dougong import Widget, _
from dougong_inventory.deliveries.models import Delivery
from dougong_inventory.forecast.review import BACK
from dougong_inventory.forecast.summary import summary
from dougong_inventory.receipts.models import Receipt
from dougong_inventory.replenishment.queries import proposals

#: Lines of a list on the home page.
FEW = 8


def to_ship(session: Session, actor: Any) -> Sequence[tuple[str, Any, str]]:
    """Deliveries that can leave and are due, the oldest promise first."""
    rows = session.execute(
        select(Delivery.id, Delivery.number, Delivery.promised_on)
        .where(
            Delivery.state.in_(["ready", "partial"]),
            or_(Delivery.promised_on.is_(None), Delivery.promised_on <= actor.today),
        )
        .order_by(Delivery.promised_on, Delivery.id)
        .limit(FEW)
    )
    return [(number or "", day, f"/inventory/deliveries/{id}") for id, number, day in rows]


def waiting(session: Session, actor: Any) -> int:
    """How many deliveries wait for goods."""
    query = select(func.count(Delivery.id)).where(Delivery.state.in_(["waiting", "partial"]))
    return session.scalar(query) or 0


def expected(session: Session, actor: Any) -> int:
    """How many receipts are due."""
    query = select(func.count(Receipt.id)).where(
        Receipt.state == "expected", Receipt.expected_on <= actor.today
    )
    return session.scalar(query) or 0


def to_buy(session: Session, actor: Any) -> int:
    """How many products run short."""
    return len(proposals(session))


def forecast_accuracy(session: Session, actor: Any) -> tuple[str, object]:
    """How near the approved forecasts of the last quarter came, and which way they were off."""
    found = summary(session, actor.company_id, actor.today - BACK, actor.today)
    if found.accuracy is None or found.bias is None:
        return "–", _("No approved forecast is over yet.")
    return f"{found.accuracy:.0f} %", (
        _("%(bias)s %% too much", bias=f"{found.bias:.0f}")
        if found.bias >= 0
        else _("%(bias)s %% too little", bias=f"{-found.bias:.0f}")
    )


WIDGETS = [
    Widget(
        "inventory.to_ship", _("Deliveries to ship"), to_ship, "inventory.delivery.read", "list",
        "inventory.deliveries?state=ready", 20,
    ),
    Widget(
        "inventory.waiting", _("Deliveries waiting for goods"), waiting, "inventory.delivery.read",
        to="inventory.deliveries?state=waiting", order=30,
    ),
    Widget(
        "inventory.expected", _("Receipts due"), expected, "inventory.receipt.read",
        to="inventory.receipts?state=expected", order=40,
    ),
    Widget(
        "inventory.to_buy", _("Products to buy"), to_buy, "inventory.reorder_rule.read",
        to="/inventory/reports/reorder", order=50,
    ),
    Widget(
        "inventory.forecast_accuracy", _("Forecast accuracy, last quarter"), forecast_accuracy,
        "inventory.forecast.read", to="/inventory/reports/forecast-review", order=60, hint=True,
    ),
]  # fmt: skip

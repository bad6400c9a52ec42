"""Cards for the home page of those who sell."""

from __future__ import annotations

from typing import Any

from sqlalchemy import extract, func, select
from sqlalchemy.orm import Session

from dougong import ZERO, Widget, _
from dougong.actors import Actor
from dougong_base import Party
from dougong_crm.opportunities.models import Opportunity
from dougong_crm.orders.models import Order
from dougong_crm.quotes.models import Quote
from dougong_crm.reports.sales import SOLD, first_of_year

SOME = 6


def sold_by_month(session: Session, actor: Actor) -> dict[str, Any]:
    """What was sold in each month of the year, without tax."""
    day = Order.ordered_on
    rows = session.execute(
        select(
            extract("month", day).label("month"),
            Order.currency,
            func.sum(Order.untaxed).label("sum"),
        )
        .where(Order.state.in_(SOLD), day >= first_of_year(actor))
        .group_by("month", Order.currency)
    ).all()
    months = list(range(1, actor.today.month + 1))
    currencies = sorted({row.currency for row in rows})
    sums = {(int(row.month), row.currency): row.sum for row in rows}
    return {
        "labels": [actor.today.year * 100 + month for month in months],
        "series": [
            {"name": currency, "data": [sums.get((month, currency), ZERO) for month in months]}
            for currency in currencies
        ],
    }


def open_quotes(session: Session, actor: Actor) -> int:
    """How many quotes wait for an answer."""
    return session.scalar(select(func.count(Quote.id)).where(Quote.state == "sent")) or 0


def late_orders(session: Session, actor: Actor) -> list[tuple[Any, ...]]:
    """Orders whose promised day has passed and that are not delivered."""
    rows = session.execute(
        select(Order.id, Order.number, Party.name, Order.promised_on)
        .join(Party, Party.id == Order.customer_id)
        .where(
            Order.state == "confirmed",
            Order.delivery_state.in_(("open", "partial")),
            Order.promised_on < actor.today,
        )
        .order_by(Order.promised_on)
        .limit(SOME)
    )
    return [(f"{r.number} {r.name}", r.promised_on, f"/crm/orders/{r.id}") for r in rows]


def next_activities(session: Session, actor: Actor) -> list[tuple[Any, ...]]:
    """What salespeople wanted to do today or before."""
    rows = session.execute(
        select(
            Opportunity.id,
            Opportunity.name,
            Opportunity.next_activity,
            Opportunity.next_activity_on,
        )
        .where(Opportunity.state == "open", Opportunity.next_activity_on <= actor.today)
        .order_by(Opportunity.next_activity_on)
        .limit(SOME)
    )
    return [
        (
            f"{r.next_activity or ''} {r.name}".strip(),
            r.next_activity_on,
            f"/crm/opportunities/{r.id}",
        )
        for r in rows
    ]


WIDGETS = [
    Widget(
        "crm.sold", _("Sold by month"), sold_by_month, "crm.order.read", "chart", "crm.orders", 10
    ),
    Widget(
        "crm.quotes", _("Open quotes"), open_quotes, "crm.quote.read", "number",
        "crm.quotes?state=sent", 20,
    ),
    Widget("crm.late", _("Late orders"), late_orders, "crm.order.read", "list", "crm.orders", 30),
    Widget(
        "crm.next", _("What is next"), next_activities, "crm.opportunity.read", "list",
        "crm.opportunities", 40,
    ),
]  # fmt: skip

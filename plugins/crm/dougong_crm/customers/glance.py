"""A customer at a glance: what was sold, what is open, what is planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong import Text, _
from dougong.actors import Actor
from dougong_base import Party
from dougong_crm.opportunities.models import Opportunity
from dougong_crm.orders.models import Order
from dougong_crm.quotes.models import Quote
from dougong_crm.reports.sales import SOLD

#: So many of the latest documents are shown.
LATEST = 8


@dataclass(frozen=True)
class Figure:
    """A sum in one currency, and where the documents behind it are."""

    label: Text
    amount: Any
    currency: str
    number: int
    url: str


def glance(
    noun: Any, session: Session, customer: Party, actor: Actor
) -> tuple[str, Mapping[str, Any]]:
    """The figures and the latest orders, as far as the reader may see them."""
    figures = list(figures_of(session, customer.id, actor))
    orders: Sequence[Order] = ()
    if actor.may("crm.order.read"):
        orders = session.scalars(
            select(Order)
            .where(Order.customer_id == customer.id)
            .order_by(Order.ordered_on.desc(), Order.id.desc())
            .limit(LATEST)
        ).all()
    return "crm/customers/glance.html", {"figures": figures, "orders": orders}


def figures_of(session: Session, customer_id: int, actor: Actor) -> list[Figure]:
    """What was sold, what is not billed, quoted and hoped for: each with the way to it."""
    here = f"customer={customer_id}"
    asked: list[tuple[str, Text, Any, Any, Any, str]] = [
        (
            "crm.order.read", _("Sold, without tax"), Order, Order.untaxed, Order.state.in_(SOLD),
            f"/crm/orders?{here}&state.in=confirmed,done",
        ),
        (
            "crm.order.read", _("Ordered, not billed"), Order, Order.unbilled,
            Order.state == "confirmed", f"/crm/orders?{here}&state=confirmed",
        ),
        (
            "crm.quote.read", _("Open quotes"), Quote, Quote.untaxed, Quote.state == "sent",
            f"/crm/quotes?{here}&state=sent",
        ),
        (
            "crm.opportunity.read", _("Opportunities"), Opportunity, Opportunity.value,
            Opportunity.state == "open", f"/crm/opportunities?{here}&state=open",
        ),
    ]  # fmt: skip
    found = []
    for needs, label, model, amount, condition, url in asked:
        if not actor.may(needs):
            continue
        rows = session.execute(
            select(model.currency, func.sum(amount), func.count(model.id))
            .where(model.customer_id == customer_id, condition)
            .group_by(model.currency)
            .order_by(model.currency)
        )
        found += [Figure(label, total, currency, number, url) for currency, total, number in rows]
    return found

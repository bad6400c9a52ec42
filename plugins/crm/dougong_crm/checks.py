"""What must be true of sales; read only."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong import Check, _
from dougong_crm.orders.models import Order, OrderLine


def totals(session: Session) -> Iterable[str]:
    """An order comes to what its lines come to."""
    rows = session.execute(
        select(Order.id, Order.untaxed, Order.tax_total, Order.total, func.sum(OrderLine.amount))
        .outerjoin(OrderLine, OrderLine.order_id == Order.id)
        .group_by(Order.id, Order.untaxed, Order.tax_total, Order.total)
    )
    for key, untaxed, tax, total, lines in rows:
        if untaxed != (lines or 0):
            told = _(
                "Order %(id)s: %(untaxed)s without tax, but its lines come to %(lines)s.",
                id=key, untaxed=untaxed, lines=lines or 0,
            )  # fmt: skip
            yield str(told)
        if total != untaxed + tax:
            told = _(
                "Order %(id)s: %(untaxed)s and tax %(tax)s do not come to %(total)s.",
                id=key, untaxed=untaxed, tax=tax, total=total,
            )  # fmt: skip
            yield str(told)


def deliveries(session: Session) -> Iterable[str]:
    """Nobody delivers more than was ordered, nor takes back more than was delivered."""
    rows = session.execute(
        select(OrderLine.id, OrderLine.own_quantity, OrderLine.delivered).where(
            OrderLine.delivered > OrderLine.own_quantity
        )
    )
    for key, ordered, delivered in rows:
        told = _(
            "Order line %(id)s: %(delivered)s delivered of %(ordered)s.",
            id=key, delivered=delivered, ordered=ordered,
        )  # fmt: skip
        yield str(told)


CHECKS = [
    Check("crm.totals", _("Orders come to what their lines come to"), totals),
    Check("crm.deliveries", _("No order is delivered beyond what was ordered"), deliveries),
]

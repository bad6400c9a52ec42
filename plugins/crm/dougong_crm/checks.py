"""What must be true of sales; read only."""

from __future__ import annotations

from collections import defaultdict
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
            yield f"crm_order {key}: {untaxed} without tax, but its lines come to {lines or 0}."
        if total != untaxed + tax:
            yield f"crm_order {key}: {untaxed} and tax {tax} do not come to {total}."


def deliveries(session: Session) -> Iterable[str]:
    """Nobody delivers more than was ordered, nor takes back more than was delivered."""
    rows = session.execute(
        select(OrderLine.id, OrderLine.own_quantity, OrderLine.delivered).where(
            OrderLine.delivered > OrderLine.own_quantity
        )
    )
    for key, ordered, delivered in rows:
        yield f"crm_order_line {key}: {delivered} delivered of {ordered}."


def numbers(session: Session) -> Iterable[str]:
    """Order numbers have no gaps and no doubles."""
    found: dict[tuple[int, str], set[int]] = defaultdict(set)
    rows = session.execute(select(Order.company_id, Order.number).where(Order.number.is_not(None)))
    for company_id, number in rows:
        series, _dash, last = number.rpartition("-")
        if last.isdigit():
            found[company_id, series].add(int(last))
    for (company_id, series), taken in found.items():
        for missing in sorted(set(range(1, max(taken) + 1)) - taken):
            yield f"company {company_id}: the order {series}-{missing:05d} is missing."


CHECKS = [
    Check("crm.totals", _("Orders come to what their lines come to"), totals),
    Check("crm.deliveries", _("No order is delivered beyond what was ordered"), deliveries),
    Check("crm.numbers", _("Order numbers have no gaps"), numbers),
]

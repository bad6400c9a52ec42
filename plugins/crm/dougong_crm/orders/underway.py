"""What customers have ordered, as a plan must know it where no warehouse tells."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import cast

from sqlalchemy import func, select

from dougong import ZERO, DocumentRef, UnitOfWork
from dougong_base.ports import Movement, Sold
from dougong_crm.orders.models import Order, OrderLine


class Underway:
    """Confirmed orders of a company, line by line."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow

    def between(
        self, product_ids: Collection[int] | None, start: dt.date, end: dt.date
    ) -> Sequence[Movement]:
        """Open lines of confirmed orders, the earliest first; a missing promise counts as today's."""
        query = (
            select(OrderLine, Order)
            .join(Order, Order.id == OrderLine.order_id)
            .where(
                Order.state == "confirmed",
                Order.company_id == self.uow.company_id,
                OrderLine.kind == "goods",
            )
        )
        if product_ids is not None:
            query = query.where(OrderLine.product_id.in_(product_ids))
        found = [
            Movement(
                product_id=line.product_id,
                on=max(order.promised_on or start, start),
                quantity=-line.undelivered,
                document=DocumentRef(Order.__document__, order.id),
            )
            for line, order in self.uow.session.execute(query)
            if line.undelivered
        ]
        return sorted((m for m in found if m.on <= end), key=lambda m: (m.on, m.document))

    def sold(self, product_ids: Collection[int]) -> Mapping[int, Sold]:
        """What is open of these products, since when, and what orders of that time took that are done."""
        query = (
            select(
                OrderLine.product_id,
                Order.state,
                Order.confirmed_on,
                func.sum(OrderLine.own_quantity),
                func.sum(OrderLine.delivered),
            )
            .join(Order, Order.id == OrderLine.order_id)
            .where(
                Order.company_id == self.uow.company_id,
                Order.state.in_(("confirmed", "done")),
                OrderLine.kind == "goods",
                OrderLine.product_id.in_(product_ids),
                OrderLine.own_quantity > OrderLine.delivered,
            )
            .group_by(OrderLine.product_id, Order.state, Order.confirmed_on)
        )
        days: dict[int, list[tuple[str, dt.date, Decimal]]] = defaultdict(list)
        for product, state, day, ordered, delivered in self.uow.session.execute(query):
            # A confirmed order has its day: the table sees to it.
            days[product].append((state, cast("dt.date", day), ordered - delivered))
        return {
            product: _standing(several)
            for product, several in days.items()
            if any(state == "confirmed" for state, _day, _left in several)
        }


def _standing(days: Sequence[tuple[str, dt.date, Decimal]]) -> Sold:
    since = min(day for state, day, _left in days if state == "confirmed")
    left = {
        wanted: sum((q for state, day, q in days if state == wanted and day >= since), ZERO)
        for wanted in ("confirmed", "done")
    }
    return Sold(since, left["confirmed"], left["done"])

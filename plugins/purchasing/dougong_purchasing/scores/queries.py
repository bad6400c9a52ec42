"""What has happened with a supplier in a period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from dougong_purchasing.orders.models import Order, OrderLine
from dougong_purchasing.returns.models import Return, ReturnLine
from dougong_purchasing.scores.models import Score

BOUND = ("confirmed", "done")


class Facts(NamedTuple):
    """Quantities received and rejected, lines due and on time, prices against those before."""

    received: Decimal
    rejected: Decimal
    due: int
    on_time: int
    #: 0.05: five percent more than was paid for the product before.
    price_changes: list[Decimal]

    def refused(self, by_inspection: Decimal) -> Facts:
        """With what the laboratory refused; what of it was sent back as well counts once."""
        return self._replace(rejected=min(self.received, max(self.rejected, by_inspection)))


def facts_of(session: Session, supplier_id: int, start: dt.date, end: dt.date) -> Facts:
    """What happened between two days, both included."""
    lines = session.execute(
        select(
            OrderLine.own_quantity,
            OrderLine.received,
            OrderLine.received_on,
            func.coalesce(OrderLine.expected_on, Order.expected_on).label("due_on"),
        )
        .join(Order, Order.id == OrderLine.order_id)
        .where(Order.supplier_id == supplier_id, Order.state.in_(BOUND), OrderLine.kind == "goods")
    ).all()
    came = [x for x in lines if x.received_on and start <= x.received_on <= end]
    due = [x for x in lines if x.due_on and start <= x.due_on <= end]
    on_time = [
        x
        for x in due
        if x.received >= x.own_quantity and x.received_on and x.received_on <= x.due_on
    ]
    rejected = session.scalar(
        select(func.sum(ReturnLine.sent))
        .join(Return, Return.id == ReturnLine.return_id)
        .join(Order, Order.id == Return.order_id)
        .where(
            Order.supplier_id == supplier_id,
            Return.reason.in_(("defect", "wrong")),
            Return.returned_on.between(start, end),
        )
    )
    received = sum((x.received for x in came), Decimal(0))
    return Facts(
        received,
        min(rejected or Decimal(0), received),
        len(due),
        len(on_time),
        _price_changes(session, supplier_id, start, end),
    )


def active_suppliers(
    session: Session, company_id: int, start: dt.date, end: dt.date
) -> Sequence[int]:
    """Who should have delivered goods in the period, or did."""
    due = func.coalesce(OrderLine.expected_on, Order.expected_on)
    return session.scalars(
        select(Order.supplier_id)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(
            Order.company_id == company_id,
            Order.state.in_(BOUND),
            OrderLine.kind == "goods",
            or_(due.between(start, end), OrderLine.received_on.between(start, end)),
        )
        .distinct()
        .order_by(Order.supplier_id)
    ).all()


def last_scores(session: Session, supplier_ids: Iterable[int]) -> dict[int, Score]:
    """The score that counts for each supplier: the valid one whose period ended last."""
    rows = session.scalars(
        select(Score)
        .where(Score.supplier_id.in_(list(supplier_ids)), Score.state == "valid")
        .order_by(Score.ends_on, Score.id)
    )
    return {score.supplier_id: score for score in rows}


def _price_changes(
    session: Session, supplier_id: int, start: dt.date, end: dt.date
) -> list[Decimal]:
    """Each price of the period beside what the same product cost in the order before."""
    bought = select(OrderLine.product_id).join(Order, Order.id == OrderLine.order_id)
    rows = session.execute(
        select(OrderLine.product_id, OrderLine.unit_cost, Order.confirmed_on, Order.supplier_id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(
            Order.state.in_(BOUND),
            Order.confirmed_on <= end,
            OrderLine.product_id.in_(bought.where(Order.supplier_id == supplier_id)),
        )
        .order_by(Order.confirmed_on, OrderLine.id)
    )
    before: dict[int, Decimal] = {}
    found = []
    for product, cost, on, supplier in rows:
        if supplier == supplier_id and on and on >= start and before.get(product):
            found.append(cost / before[product] - 1)
        before[product] = cost
    return found

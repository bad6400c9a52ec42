"""What is to be bought and is not expected at a warehouse yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select

from dougong import DocumentRef, UnitOfWork
from dougong_base.ports import Movement, StockOutlook
from dougong_purchasing.orders.models import Order, OrderLine
from dougong_purchasing.requests.models import Request, RequestLine
from dougong_purchasing.requests.service import OPEN


class Underway:
    """Requests and orders that no receipt stands for."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow

    def between(
        self, product_ids: Collection[int] | None, start: dt.date, end: dt.date
    ) -> Sequence[Movement]:
        """What comes between two days, the earliest first; what is late counts on the first."""
        found = [*self._requested(product_ids, start), *self._ordered(product_ids, start)]
        return sorted((m for m in found if m.on <= end), key=lambda m: (m.on, m.document))

    def _requested(self, product_ids: Collection[int] | None, start: dt.date) -> list[Movement]:
        rows = (
            select(RequestLine, Request)
            .join(Request, Request.id == RequestLine.request_id)
            .where(Request.state.in_(OPEN), Request.company_id == self.uow.company_id)
        )
        return [
            Movement(
                product_id=line.product_id,
                on=max(line.needed_on or request.needed_on, start),
                quantity=line.quantity,
                document=DocumentRef(Request.__document__, request.id),
                source=_demand(line) or request.source,
            )
            for line, request in self._rows(rows, RequestLine, product_ids)
        ]

    def _ordered(self, product_ids: Collection[int] | None, start: dt.date) -> list[Movement]:
        states = ["draft"]
        if self.uow.ask(StockOutlook) is None:
            states.append("confirmed")
        rows = (
            select(OrderLine, Order)
            .join(Order, Order.id == OrderLine.order_id)
            .where(
                Order.state.in_(states),
                Order.company_id == self.uow.company_id,
                OrderLine.kind == "goods",
            )
        )
        return [
            Movement(
                product_id=line.product_id,
                on=max(line.expected_on or order.expected_on or start, start),
                quantity=line.outstanding,
                document=DocumentRef(Order.__document__, order.id),
            )
            for line, order in self._rows(rows, OrderLine, product_ids)
            if line.outstanding
        ]

    def _rows(self, query: Any, line: Any, product_ids: Collection[int] | None) -> Any:
        if product_ids is not None:
            query = query.where(line.product_id.in_(product_ids))
        return self.uow.session.execute(query).all()


def _demand(line: RequestLine) -> DocumentRef | None:
    if line.demand_kind is None or line.demand_id is None:
        return None
    return DocumentRef(line.demand_kind, line.demand_id)

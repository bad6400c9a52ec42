"""Ordering approved requests by itself, when it is time to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from dougong import Refused, Text, UnitOfWork
from dougong.approvals.service import put
from dougong_base import Product
from dougong_base.ports import SupplierOffers
from dougong_purchasing.orders.models import Order
from dougong_purchasing.orders.service import confirm_orders
from dougong_purchasing.requests.models import Request
from dougong_purchasing.requests.ordering import NobodyOffers, order_requests

#: How much earlier than it must be, so that what is needed in the same time is ordered together.
AHEAD = {"day": 1, "week": 7, "month": 31}
#: So many requests are ordered at once.
MOST = 500


@dataclass
class Outcome:
    """What came of it: orders by id, and the requests that have to be looked at, with the reason."""

    orders: list[int] = field(default_factory=list)
    confirmed: list[int] = field(default_factory=list)
    #: Orders that wait for the approval of others.
    asked: list[int] = field(default_factory=list)
    left: list[tuple[str, Text | str]] = field(default_factory=list)


def due_requests(uow: UnitOfWork) -> list[int]:
    """Approved requests that must be ordered now to come in time, the most urgent first.

    That is the day of need less the lead time of the best offer, or of the product where nobody
    offers it, and less the time in which orders are bundled.
    """
    ids = uow.session.scalars(
        select(Request.id)
        .where(Request.state == "approved", Request.company_id == uow.company_id)
        .order_by(Request.needed_on, Request.id)
        .limit(MOST)
    ).all()
    requests = uow.load(Request, ids, Request.lines)
    lines = [line for request in requests for line in request.lines]
    products = {p.id: p for p in uow.load(Product, sorted({x.product_id for x in lines}))}
    port = uow.ask(SupplierOffers)
    wants = [(line.product_id, line.quantity) for line in lines]
    offers = port.best(wants, on=uow.today) if port and wants else {}
    ahead = AHEAD[str(uow.setting("purchasing.bundle"))]
    found = []
    for request in requests:
        for line in request.lines:
            offer, product = offers.get(line.product_id), products[line.product_id]
            lead = offer.lead_days if offer else product.lead_days
            latest = (line.needed_on or request.needed_on) - dt.timedelta(days=lead + ahead)
            if latest <= uow.today:
                found.append(request.id)
                break
    return found


def order_due(uow: UnitOfWork, *, confirm: bool = False) -> Outcome:
    """Draft orders for what is due, and confirm them where no rule asks for others and nothing refuses."""
    outcome, waiting = Outcome(), due_requests(uow)
    while waiting:
        orders: list[Order] = []
        chosen = list(waiting)
        refusal = uow.attempt(
            lambda chosen=chosen, orders=orders: orders.extend(order_requests(uow, chosen)),  # type: ignore[misc]
            errors=Refused,
        )
        if refusal is None:
            outcome.orders = [order.id for order in orders]
            break
        blamed = _blamed(uow, waiting, refusal)
        outcome.left += [(str(request), str(refusal)) for request in blamed]
        left = {request.id for request in blamed}
        waiting = [id for id in waiting if id not in left]
    if confirm:
        _confirm(uow, outcome)
    return outcome


def order_daily(uow: UnitOfWork) -> None:
    """The same every day, as the company wants it."""
    wanted = uow.setting("purchasing.auto_order")
    if wanted != "never":
        order_due(uow, confirm=wanted == "confirm")


def _blamed(uow: UnitOfWork, ids: Sequence[int], refusal: Exception) -> list[Request]:
    """The requests behind a refusal; all of them where it does not say."""
    requests = uow.load(Request, ids, Request.lines)
    if isinstance(refusal, NobodyOffers):
        return [
            request
            for request in requests
            if request.supplier_id is None
            and any(line.product_id == refusal.product_id for line in request.lines)
        ] or requests
    return requests


def _confirm(uow: UnitOfWork, outcome: Outcome) -> None:
    kind, oversight = Order.__document__, uow.house.oversight
    waiting = oversight.lacking(uow, kind, "confirm", outcome.orders) if oversight else {}
    for id in outcome.orders:
        if id in waiting:
            put(uow, kind, id, "confirm")
            outcome.asked.append(id)
            continue
        refusal = uow.attempt(lambda id=id: confirm_orders(uow, [id]), errors=Refused)  # type: ignore[misc]
        if refusal is None:
            outcome.confirmed.append(id)
        else:
            outcome.left.append((str(uow.get(Order, id)), str(refusal)))

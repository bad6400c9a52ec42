"""The second round of the demo: goods have come, so there are freight, returns, changes and scores."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import select

from dougong import UnitOfWork
from dougong_base import Party, Product
from dougong_purchasing.blankets.models import Blanket
from dougong_purchasing.blankets.service import start_call_offs
from dougong_purchasing.landed.models import Arrival, LandedCost, LandedPart, LandedReceipt
from dougong_purchasing.landed.service import allocate_costs
from dougong_purchasing.matches.service import compare_open
from dougong_purchasing.orders.changes import change_orders
from dougong_purchasing.orders.models import Order
from dougong_purchasing.orders.service import confirm_orders, settle_orders
from dougong_purchasing.returns.models import Return, ReturnLine
from dougong_purchasing.returns.service import confirm_returns
from dougong_purchasing.scores.models import Score
from dougong_purchasing.scores.service import publish_scores, score_suppliers

YEAR = dt.timedelta(days=364)


def go_on(uow: UnitOfWork, *, own: bool) -> None:
    """What follows once goods have come; done once."""
    if uow.session.scalar(select(Score.id).limit(1)):
        return
    _call_off(uow)
    _change(uow, "推迟两天，少量减少" if own else "Two fewer, as agreed by phone")
    came = uow.session.scalars(select(Arrival.order_id).distinct().order_by(Arrival.order_id)).all()
    if came:
        _freight(uow, came[0], "海运提单 7731" if own else "Bill of lading 7731")
    if len(came) > 1:
        _send_back(uow, came[1])
    _score(uow)
    compare_open(uow)


def _call_off(uow: UnitOfWork) -> None:
    """Some of the agreement is called off; it should have come yesterday."""
    blanket = uow.session.scalars(select(Blanket).where(Blanket.state == "open")).first()
    if blanket is None:
        return
    (draft,) = start_call_offs(uow, [blanket.id])
    (line,) = draft.lines
    line.quantity = line.own_quantity = Decimal(60)
    draft.ordered_on = uow.today - dt.timedelta(days=15)
    draft.expected_on = line.expected_on = uow.today - dt.timedelta(days=1)
    settle_orders(uow, [draft])
    uow.flush()
    confirm_orders(uow, [draft.id], on=draft.ordered_on)


def _change(uow: UnitOfWork, reason: str) -> None:
    """The youngest order that has not come gets smaller."""
    order = uow.session.scalars(
        select(Order)
        .where(
            Order.state == "confirmed",
            Order.receipt_state == "open",
            Order.bill_state == "open",
            Order.expected_on >= uow.today,
        )
        .order_by(Order.id.desc())
    ).first()
    if order is None:
        return
    line = uow.get(Order, order.id, Order.lines).lines[0]
    change_orders(uow, [order.id], line=line.id, quantity=line.quantity - 2, reason=reason)


def _freight(uow: UnitOfWork, order: int, reference: str) -> None:
    """Freight of goods that came, shared out; another one is being prepared."""
    carrier = uow.session.scalars(
        select(Party).where(Party.is_supplier, Party.active).order_by(Party.code.desc())
    ).first()
    service = uow.session.scalars(select(Product).where(Product.kind == "service")).first()
    costs = [
        LandedCost(
            dated_on=uow.today,
            method=method,
            supplier_id=carrier.id if carrier and service else None,
            reference=reference,
            total=Decimal(amount),
            parts=[
                LandedPart(
                    kind=kind, amount=Decimal(amount), product_id=service.id if service else None
                )
            ],
            receipts=[LandedReceipt(order_id=order)],
        )
        for method, kind, amount in (("quantity", "freight", 48), ("value", "duty", 30))
    ]
    uow.add(*costs)
    uow.flush()
    allocate_costs(uow, [costs[0].id])


def _send_back(uow: UnitOfWork, key: int) -> None:
    """One piece was broken and goes back; another return is being prepared."""
    order = uow.get(Order, key, Order.lines)
    line = next(line for line in order.lines if line.returnable > 1)
    returns = [
        Return(
            order_id=key,
            returned_on=uow.today,
            reason=reason,
            lines=[
                ReturnLine(product_id=line.product_id, order_line_id=line.id, quantity=Decimal(1))
            ],
        )
        for reason in ("defect", "wrong")
    ]
    uow.add(*returns)
    uow.flush()
    confirm_returns(uow, [returns[0].id])


def _score(uow: UnitOfWork) -> None:
    """Everybody who delivered has a score; the last is still being judged."""
    scores = score_suppliers(uow, uow.today - YEAR, uow.today)
    for n, score in enumerate(scores):
        score.service = Decimal(90 - 15 * n)
    uow.flush()
    publish_scores(uow, [score.id for score in scores[:2]])

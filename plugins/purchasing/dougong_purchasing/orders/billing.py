"""Telling what we owe for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from dougong import DocumentRef, Refused, UnitOfWork, _
from dougong_base.events import PurchaseBillable
from dougong_base.ports import StockAvailability
from dougong_purchasing.orders import facts
from dougong_purchasing.orders.models import Order, OrderLine

Costs = Mapping[int, tuple[Decimal, Decimal]]


def ask_for_bill(
    orders: Iterable[Order],
    on: dt.date,
    *,
    everything: bool = False,
    receipt: DocumentRef | None = None,
    costs: Costs | None = None,
) -> list[PurchaseBillable]:
    """Tell what of these orders is owed now and was not told before.

    What has come, and services; ``everything`` takes what is still to come too. ``costs`` says
    how much came of each line, and what it was valued at.
    """
    events = []
    for order in orders:
        lines = []
        for line in order.lines:
            due = _due(line, everything or order.bill_on == "order")
            if due > line.asked:
                cost = _cost(line, due - line.asked, costs or {})
                lines.append(facts.part_of(line, line.asked, due, order.currency, cost))
                line.asked = due
        if lines:
            order.asked_on = on
            events.append(facts.billable(order, lines, on, receipt=receipt))
    return events


def bill_orders(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> list[Order]:
    """Ask once more for what has come and stands on no bill."""
    uow.require("purchasing.order.confirm")
    orders = uow.load(Order, ids, Order.lines)
    nobody_counts = uow.ask(StockAvailability) is None
    for order in orders:
        for line in order.lines:
            line.asked = line.billed
        events = ask_for_bill([order], on or uow.today, everything=nobody_counts)
        if not events:
            raise Refused(
                _("Nothing of %(order)s is open to be billed. Receive it first.", order=order)
            )
        uow.publish(events)
    return orders


def open_to_bill(order: Order) -> list[PurchaseBillable]:
    """What was told and stands on no bill, for a ledger that came later: to bill, and to credit."""
    day = order.asked_on or order.confirmed_on or order.ordered_on
    told = []
    for lines in (
        [line for line in order.lines if line.asked > line.billed],
        [line for line in order.lines if line.asked < line.billed],
    ):
        parts = [facts.part_of(line, line.billed, line.asked, order.currency) for line in lines]
        if parts:
            told.append(facts.billable(order, parts, day))
    return told


def _due(line: OrderLine, everything: bool) -> Decimal:
    """How much of a line is owed; services from the confirmation on."""
    if everything or line.kind == "service":
        return line.wanted
    return line.received - line.came_back


def _cost(line: OrderLine, quantity: Decimal, costs: Costs) -> Decimal | None:
    """What the warehouse booked for one unit, when it is just this part that came."""
    came, cost = costs.get(line.id, (Decimal(0), Decimal(0)))
    return cost / came if came and came == quantity else None

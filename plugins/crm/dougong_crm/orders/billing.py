"""Telling what may be billed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from dougong import DocumentRef, Refused, UnitOfWork, _
from dougong_base.events import SaleBillable
from dougong_base.ports import StockAvailability
from dougong_crm.orders import facts
from dougong_crm.orders.models import Order, OrderLine


def ask_for_money(
    orders: Iterable[Order],
    on: dt.date,
    *,
    everything: bool = False,
    delivery: DocumentRef | None = None,
) -> list[SaleBillable]:
    """Tell what of these orders may be billed now and was not told before.

    What is delivered, and with it the services; ``everything`` takes what is still to come too.
    """
    events = []
    for order in orders:
        lines = []
        for line in order.lines:
            due = _due(line, everything or order.invoice_on == "order")
            if due > line.asked:
                lines.append(facts.part_of(line, line.asked, due, order.currency))
                line.asked = due
        if lines:
            order.asked_on = on
            events.append(facts.billable(order, lines, on, delivery=delivery))
    return events


def bill_orders(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> list[Order]:
    """Ask once more for what was delivered and stands on no invoice."""
    uow.require("crm.order.confirm")
    orders = uow.load(Order, ids, Order.lines)
    nobody_ships = uow.ask(StockAvailability) is None
    for order in orders:
        for line in order.lines:
            line.asked = line.billed
        everything = nobody_ships or order.only_services
        started = everything or order.invoice_on == "order" or order.delivery_state != "open"
        events = ask_for_money([order], on or uow.today, everything=everything) if started else []
        if not events:
            raise Refused(
                _("Nothing of %(order)s is open to be billed. Deliver first.", order=order)
            )
        uow.publish(events)
    return orders


def open_to_bill(order: Order) -> list[SaleBillable]:
    """What was told and stands on no invoice, for a ledger that came later: to bill, and to credit."""
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
    """How much of a line may be billed; called for services with their first delivery."""
    if everything or line.kind == "service":
        return line.wanted
    return line.delivered - line.came_back

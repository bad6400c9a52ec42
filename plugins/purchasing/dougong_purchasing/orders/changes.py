"""Changing confirmed orders: what has come or is billed stays, the rest may become more or less."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from dougong import Refused, UnitOfWork, _, rounded_to
from dougong.approvals.queries import others_asked
from dougong.approvals.rules import Rule
from dougong_base import part_of
from dougong_purchasing.blankets.service import call_off, give_back
from dougong_purchasing.orders import facts
from dougong_purchasing.orders.models import Order, OrderLine
from dougong_purchasing.orders.revisions import LineState, revise, state_of
from dougong_purchasing.orders.service import (
    check_suppliers,
    order_rates,
    settle_orders,
)

#: By order: what it was worth, and its lines as they were.
Before = Mapping[int, tuple[Decimal, Mapping[int, LineState]]]


class NeedsAnother(Refused):
    """An order would grow beyond what this person may change alone."""

    def __init__(self, order: Order, rules: Sequence[Rule]) -> None:
        super().__init__(
            _(
                "With this %(order)s needs the approval of %(who)s: %(rules)s. Let them make the"
                " change, or order the rest anew and ask for approval.",
                order=order,
                who=", ".join(dict.fromkeys(rule.who for rule in rules)),
                rules=", ".join(rule.label for rule in rules),
            )
        )


class TooLittle(Refused):
    """Less than what has happened already."""

    def __init__(self, order: Order, line: OrderLine, least: Decimal) -> None:
        super().__init__(
            _(
                "%(order)s: %(least)s of “%(line)s” have come or are billed; it cannot be less.",
                order=order,
                least=f"{least.normalize():f}",
                line=line,
            )
        )


def lines_of(session: Session, document: Order | None) -> Sequence[tuple[int, str]]:
    """The lines of an order that can be changed."""
    if document is None:
        return []
    rows = session.execute(
        select(OrderLine.id, OrderLine.description)
        .where(OrderLine.order_id == document.id)
        .order_by(OrderLine.position)
    )
    return [(id, text or "") for id, text in rows]


def change_orders(
    uow: UnitOfWork,
    ids: Sequence[int],
    line: int | None = None,
    quantity: Decimal | None = None,
    price: Decimal | None = None,
    expected_on: dt.date | None = None,
    reason: str | None = None,
) -> list[Order]:
    """Another quantity, price or date for one line (the only one, when none is named); zero gives it up.

    What was changed is kept under the order's next revision number. An order that becomes dearer is
    measured by the rules of approval for new ones, and its supplier by his grade.
    """
    uow.require("purchasing.order.change")
    if quantity is None and price is None and expected_on is None:
        raise Refused(_("Say what is to be changed: quantity, price or date."))
    orders = _locked(uow, ids)
    before = _standing(orders)
    for order in orders:
        target = _line(order, line)
        if price is not None:
            _reprice(order, target, price)
        if expected_on is not None:
            if expected_on < order.ordered_on:
                raise Refused(_("This is before the day of the order."))
            target.expected_on = order.expected_on = expected_on
        if quantity is not None:
            _resize(uow, order, {target.id: (quantity, _own(target, quantity))})
    _tell(uow, orders, before, reason)
    return orders


def cut_orders(
    uow: UnitOfWork, ids: Sequence[int], line: int | None = None, reason: str | None = None
) -> list[Order]:
    """Give up what has not come yet, of all lines or of one; what has come stays."""
    uow.require("purchasing.order.change")
    orders = _locked(uow, ids)
    before = _standing(orders)
    for order in orders:
        wanted = {
            x.id: (part_of(uow, x, x.received), x.received)
            for x in order.lines
            if x.kind == "goods" and x.outstanding and line in (None, x.id)
        }
        if not wanted:
            raise Refused(_("%(order)s has come in full; there is no rest.", order=order))
        _resize(uow, order, wanted)
    _tell(uow, orders, before, reason)
    return orders


def _standing(orders: Sequence[Order]) -> Before:
    return {order.id: (order.untaxed, state_of(order)) for order in orders}


def _locked(uow: UnitOfWork, ids: Sequence[int]) -> list[Order]:
    orders = uow.load(Order, sorted(set(ids)), Order.lines, Order.follow_ups, lock=True)
    for order in orders:
        if order.state != "confirmed":
            raise Refused(
                _("%(order)s is not confirmed. Only confirmed orders need this.", order=order)
            )
    give_back(uow, orders)
    return orders


def _line(order: Order, wanted: int | None) -> OrderLine:
    found = [line for line in order.lines if wanted in (None, line.id)]
    if len(found) != 1:
        raise Refused(_("Say which line of %(order)s is to be changed.", order=order))
    return found[0]


def _reprice(order: Order, line: OrderLine, price: Decimal) -> None:
    if price < 0:
        raise Refused(_("A price is not negative; use a discount or a return."))
    if line.received or line.billed:
        raise Refused(
            _(
                "%(order)s: “%(line)s” has partly come or is billed at its price. Give up the"
                " rest and order it anew.",
                order=order,
                line=line,
            )
        )
    line.price = price


def _own(line: OrderLine, quantity: Decimal) -> Decimal:
    """A new quantity in the product's own unit."""
    return rounded_to(line.own_quantity * quantity / line.quantity)


def _resize(uow: UnitOfWork, order: Order, wanted: Mapping[int, tuple[Decimal, Decimal]]) -> None:
    """New quantities by line (as ordered, and in the product's own unit); zero gives a line up.

    Never below what has happened.
    """
    kept = []
    for line in order.lines:
        quantity, own = wanted.get(line.id, (line.quantity, line.own_quantity))
        if quantity < 0:
            raise Refused(_("A quantity is not negative; zero gives the line up."))
        least = max(line.received, line.billed)
        if own < least:
            raise TooLittle(order, line, least)
        if quantity == 0:
            uow.remove(line)
            continue
        if (quantity, own) != (line.quantity, line.own_quantity):
            line.quantity, line.own_quantity = quantity, own
            line.asked = min(line.asked, own)
        kept.append(line)
    if not kept:
        raise Refused(
            _("Nothing of %(order)s would be left. Cancel the order instead.", order=order)
        )
    set_committed_value(order, "lines", kept)


def _tell(uow: UnitOfWork, orders: Sequence[Order], before: Before, reason: str | None) -> None:
    settle_orders(uow, orders)
    dearer: list[Order] = []
    for order in orders:
        worth, lines = before[order.id]
        day = order.confirmed_on or uow.today
        own, rates = order_rates(uow, [order], day)
        if order.untaxed > worth:
            check_suppliers(uow, [order])
            dearer.append(order)
        order.value(rates[order.currency], own)
        order.recount()
        uow.add(*revise(order, lines, uow.today, uow.actor.user_id, reason))
        uow.touch(order)
    _refuse_beyond(uow, dearer)
    call_off(uow, orders, uow.today)
    uow.publish(facts.changed(order, uow.today) for order in orders)


def _refuse_beyond(uow: UnitOfWork, orders: Sequence[Order]) -> None:
    for order in orders:
        if rules := others_asked(uow, Order.__document__, "confirm", [order.id]):
            raise NeedsAnother(order, rules)

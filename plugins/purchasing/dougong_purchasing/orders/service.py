"""What is done with purchase orders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from sqlalchemy import select

from dougong import Refused, UnitOfWork, _
from dougong.companies.models import Company
from dougong_base import Party, Tax, rates_on
from dougong_base.ports import StockAvailability
from dougong_purchasing.blankets.service import call_off, give_back
from dougong_purchasing.orders import facts
from dougong_purchasing.orders.billing import ask_for_bill
from dougong_purchasing.orders.models import Order
from dougong_purchasing.orders.pricing import worth_of
from dougong_purchasing.orders.totals import settle
from dougong_purchasing.scores.service import refuse_blocked, warned


def create_orders(uow: UnitOfWork, orders: Iterable[Order]) -> list[Order]:
    """Store orders whose lines have price, unit and tax; their totals are computed here."""
    uow.require("purchasing.order.create")
    drafts = list(orders)
    settle_orders(uow, drafts)
    for draft in drafts:
        draft.ordered_on = draft.ordered_on or uow.today
        draft.refresh()
    uow.add(*drafts)
    return drafts


def settle_orders(uow: UnitOfWork, orders: Sequence[Order]) -> None:
    """Compute amounts and totals anew."""
    wanted = {line.tax_id for order in orders for line in order.lines if line.tax_id}
    taxes = {tax.id: tax for tax in uow.load(Tax, sorted(wanted))} if wanted else {}
    rounding = uow.setting("base.tax_rounding")
    for order in orders:
        for line in order.lines:
            if not line.own_quantity:
                line.own_quantity = line.quantity
        settle(order, taxes, rounding)
        order.worth = worth_of(uow, order)


def confirm_orders(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> list[Order]:
    """Bind both sides, and let the other departments know."""
    uow.require("purchasing.order.confirm")
    orders = uow.load(Order, ids, Order.lines)
    day = on or uow.today
    own, rates = order_rates(uow, orders, day)
    check_suppliers(uow, orders)
    for order in orders:
        order.confirm(day, rates[order.currency], own)
    _bind(uow, orders, day)
    return orders


def cancel_orders(uow: UnitOfWork, ids: Sequence[int]) -> list[Order]:
    """Give orders up; nothing of them is expected any more."""
    uow.require("purchasing.order.cancel")
    orders = uow.load(Order, ids, Order.lines, lock=True)
    bound = [order for order in orders if order.state == "confirmed"]
    for order in orders:
        order.cancel()
    give_back(uow, bound)
    uow.publish(facts.cancelled(order) for order in bound)
    return orders


def reopen_orders(uow: UnitOfWork, ids: Sequence[int]) -> list[Order]:
    """Make drafts of cancelled orders again."""
    uow.require("purchasing.order.write")
    orders = uow.load(Order, ids, Order.lines)
    for order in orders:
        order.reopen()
    return orders


def finish_orders(uow: UnitOfWork, ids: Sequence[int]) -> list[Order]:
    """Close orders by hand: nothing more is expected of them."""
    uow.require("purchasing.order.confirm")
    orders = uow.load(Order, ids, Order.lines)
    waiting = [order for order in orders if order.receipt_state in ("open", "partial")]
    if waiting and uow.ask(StockAvailability) is not None:
        raise Refused(
            _("%(order)s has not come in full. Receive it, or give up the rest.", order=waiting[0])
        )
    for order in orders:
        order.finish()
    return orders


def order_rates(
    uow: UnitOfWork, orders: Sequence[Order], day: dt.date
) -> tuple[str, Mapping[str, Decimal]]:
    """The company's currency, and what the orders' currencies are worth in it on that day."""
    own = uow.session.scalars(select(Company.currency).where(Company.id == uow.company_id)).one()
    rates = rates_on(uow.session, [(order.currency, day) for order in orders], own)
    return own, {currency: rate for (currency, _on), rate in rates.items()}


def _bind(uow: UnitOfWork, orders: Sequence[Order], day: dt.date) -> None:
    """Number them, count down what they are called off from, and tell the others."""
    usual, nobody_counts = uow.setting("purchasing.bill_on"), uow.ask(StockAvailability) is None
    call_off(uow, orders, day)
    for order in orders:
        order.bill_on = order.bill_on or usual
        if order.expected_on is None:
            order.expected_on = max(
                (x.expected_on for x in order.lines if x.expected_on), default=None
            )
        if order.number is None:
            uow.number(order, "purchase-order", on=day)
    uow.publish(facts.confirmed(order) for order in orders)
    uow.publish(ask_for_bill(orders, day, everything=nobody_counts))


def check_suppliers(uow: UnitOfWork, orders: Sequence[Order]) -> None:
    """Refuse who is no supplier (any more) or has too bad a grade; note who has a doubtful one."""
    wanted = sorted({order.supplier_id for order in orders})
    for party in uow.load(Party, wanted):
        if not party.active or not party.is_supplier:
            raise Refused(_("%(party)s is not a supplier of ours (any more).", party=party))
    refuse_blocked(uow, wanted)
    doubtful = warned(uow, wanted)
    for order in orders:
        score = doubtful.get(order.supplier_id)
        order.warned_grade = score.grade if score else None

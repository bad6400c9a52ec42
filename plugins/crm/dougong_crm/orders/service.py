"""What is done with sales orders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from dougong import ZERO, Refused, UnitOfWork, _
from dougong_base import Party, Tax
from dougong_base.ports import StockAvailability
from dougong_crm.orders import facts
from dougong_crm.orders.billing import ask_for_money
from dougong_crm.orders.credit import check_credit
from dougong_crm.orders.models import Order
from dougong_crm.selling.totals import settle


def create_orders(uow: UnitOfWork, orders: Iterable[Order]) -> list[Order]:
    """Store orders whose lines have price, unit and tax; their totals are computed here."""
    uow.require("crm.order.create")
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


def confirm_orders(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> list[Order]:
    """Bind both sides, and let the other departments know."""
    uow.require("crm.order.confirm")
    orders = uow.load(Order, ids, Order.lines)
    customers = _customers(uow, orders)
    _refuse_deep_discounts(uow, orders)
    check_credit(uow, orders, customers)
    day, usual = on or uow.today, uow.setting("crm.invoice_on")
    nobody_ships = uow.ask(StockAvailability) is None
    for order in orders:
        _complete(order, customers[order.customer_id], usual)
        order.confirm(day)
        if order.number is None:
            uow.number(order, "sales-order", on=day)
    uow.publish(facts.confirmed(order) for order in orders)
    at_once = [o for o in orders if nobody_ships or o.invoice_on == "order" or o.only_services]
    uow.publish(ask_for_money(at_once, day, everything=True))
    return orders


def cancel_orders(uow: UnitOfWork, ids: Sequence[int]) -> list[Order]:
    """Give orders up; what was reserved for them is set free."""
    uow.require("crm.order.cancel")
    orders = uow.load(Order, ids, Order.lines, Order.follow_ups)
    bound = [order for order in orders if order.state == "confirmed"]
    for order in orders:
        order.cancel()
    uow.publish(facts.cancelled(order) for order in bound)
    return orders


def reopen_orders(uow: UnitOfWork, ids: Sequence[int]) -> list[Order]:
    """Make drafts of cancelled orders again."""
    uow.require("crm.order.cancel")
    orders = uow.load(Order, ids, Order.lines)
    for order in orders:
        order.reopen()
    return orders


def finish_orders(uow: UnitOfWork, ids: Sequence[int]) -> list[Order]:
    """Close orders by hand: nothing more is expected of them."""
    uow.require("crm.order.confirm")
    orders = uow.load(Order, ids, Order.lines)
    waiting = [order for order in orders if order.delivery_state in ("open", "partial")]
    if waiting and uow.ask(StockAvailability) is not None:
        raise Refused(
            _(
                "%(order)s is not fully delivered. Deliver it, or give up the rest.",
                order=waiting[0],
            )
        )
    for order in orders:
        order.finish()
    return orders


def _customers(uow: UnitOfWork, orders: Sequence[Order]) -> dict[int, Party]:
    wanted = sorted({order.customer_id for order in orders})
    return {party.id: party for party in uow.load(Party, wanted, Party.addresses)}


def _complete(order: Order, customer: Party, usual: str) -> None:
    """What nobody entered is as the customer and the company usually have it."""
    if not customer.active:
        raise Refused(_("%(customer)s is no longer a customer.", customer=customer))
    order.invoice_on = order.invoice_on or usual
    for role in ("delivery", "invoice"):
        address = customer.address_for(role)
        if getattr(order, f"{role}_address_id") is None and address is not None:
            setattr(order, f"{role}_address_id", address.id)


def _refuse_deep_discounts(uow: UnitOfWork, orders: Sequence[Order]) -> None:
    """A discount beyond the limit takes somebody with the right to it."""
    limit = uow.setting("crm.discount_limit")
    if uow.actor.may("crm.order.override"):
        return
    for order in orders:
        deepest = max((line.discount for line in order.lines), default=ZERO)
        if deepest > limit:
            raise Refused(
                _(
                    "%(order)s grants %(discount)s %% discount; more than %(limit)s %% needs"
                    " the right “crm.order.override”. Ask your sales manager.",
                    order=order,
                    discount=f"{deepest.normalize():f}",
                    limit=limit,
                )
            )

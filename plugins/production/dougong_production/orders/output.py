"""Goods come out of production: onto the shelves at what they have cost, or onto the scrap heap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from dougong import ZERO, Refused, UnitOfWork, _, ref, rounded_to
from dougong_base import digits_of_products, rounded_down, rounded_up
from dougong_base.events import MadeLine, ProductionFinished
from dougong_production.inspections.holding import refuse_held
from dougong_production.orders.costing import shares, worth
from dougong_production.orders.counting import count_from_now
from dougong_production.orders.filling import currency_of
from dougong_production.orders.material import hand_over
from dougong_production.orders.models import ByProduct, Material, Order
from dougong_production.orders.service import PARTS
from dougong_production.orders.workflow import UNDERWAY
from dougong_production.work_orders.service import absorb_unclocked


def finish_orders(
    uow: UnitOfWork,
    ids: Sequence[int],
    quantity: Decimal | None = None,
    lot: str | None = None,
    on: dt.date | None = None,
) -> list[Order]:
    """Take in so much, or all that is open, at the actual cost so far."""
    uow.require("production.order.finish")
    day = on or uow.today
    tolerance = Decimal(uow.setting("production.tolerance"))
    orders = _with_material(uow, ids)
    refuse_held(uow, [work for order in orders for work in order.work], whole=True)
    made = {}
    for order in orders:
        many = order.open_quantity if quantity is None else quantity
        order.make(many, tolerance, day, good=True)
        made[order.id] = many
        absorb_unclocked(uow, order, day)
    _backflush(uow, orders, day)
    currency = currency_of(uow)
    digits = _digits(uow, [extra for order in orders for extra in order.by_products])
    uow.publish(
        _finished(order, made[order.id], lot or order.lot or "", day, currency, digits)
        for order in orders
    )
    return orders


def scrap_goods(
    uow: UnitOfWork, ids: Sequence[int], quantity: Decimal, reason: str | None = None
) -> list[Order]:
    """So much is spoiled: it never reaches the shelves, and the good ones bear its cost."""
    uow.require("production.order.finish")
    orders = _with_material(uow, ids)
    for order in orders:
        if quantity > order.open_quantity:
            raise Refused(
                _(
                    "%(order)s: only %(open)s are open; not more can be scrapped.",
                    order=order,
                    open=f"{order.open_quantity.normalize():f}",
                )
            )
        order.make(quantity, ZERO, uow.today, good=False)
        if reason:
            order.note = "\n".join(filter(None, [order.note, reason]))[:2000]
    _backflush(uow, orders, uow.today)
    return orders


def _with_material(uow: UnitOfWork, ids: Sequence[int]) -> list[Order]:
    orders = uow.load(Order, ids, *PARTS, lock=True)
    uow.load(Material, [x.id for o in orders for x in o.materials], Material.product)
    count_from_now(uow, [order for order in orders if order.state in UNDERWAY])
    return orders


def _backflush(uow: UnitOfWork, orders: Sequence[Order], on: dt.date) -> None:
    """Take the material that what is made so far needs; then its cost is known."""
    digits = _digits(uow, [line for o in orders if o.backflush for line in o.materials])
    for order in orders:
        if order.backflush:
            share = min(order.made / order.quantity, Decimal(1))
            wanted = {
                line.id: max(
                    rounded_up(rounded_to(line.quantity * share), digits[line.product_id])
                    - line.issued,
                    ZERO,
                )
                for line in order.materials
            }
            # The order may be done already: what is taken belongs to what was made.
            state, order.state = order.state, "started"
            hand_over(uow, order, wanted, on)
            uow.settle()
            order.state = state


def _digits(uow: UnitOfWork, lines: Sequence[Material | ByProduct]) -> dict[int, int]:
    """How finely what lines are about is counted; nothing is asked where there are none."""
    return digits_of_products(uow.session, [line.product_id for line in lines])


def spent_on(order: Order) -> list[tuple[Decimal, Decimal]]:
    """What the order has cost, each part with the number of units it covers."""
    material = [
        (line.cost, order.quantity * line.issued / line.quantity) for line in order.materials
    ]
    work = [
        (work.cost, work.done + work.scrapped if work.done else order.quantity)
        for work in order.work
    ]
    return material + work


def _finished(
    order: Order,
    quantity: Decimal,
    lot: str,
    on: dt.date,
    currency: str,
    digits: Mapping[int, int],
) -> ProductionFinished:
    amount = worth(spent_on(order), order.received_cost, order.made, order.quantity, currency)
    order.received_cost += amount
    parts = shares(amount, [extra.cost_share for extra in order.by_products], currency)
    lines = [
        MadeLine(
            line_id=None, product_id=order.product_id, quantity=quantity, cost=parts[0], lot=lot
        )
    ]
    share = min(order.made / order.quantity, Decimal(1))
    for extra, cost in zip(order.by_products, parts[1:], strict=True):
        so_far = rounded_down(rounded_to(extra.quantity * share), digits[extra.product_id])
        many = max(so_far - extra.received, ZERO)
        extra.received += many
        lines.append(
            MadeLine(line_id=extra.id, product_id=extra.product_id, quantity=many, cost=cost)
        )
    return ProductionFinished(
        source=ref(order),
        number=str(order),
        company_id=order.company_id,
        warehouse_id=order.warehouse_id,
        on=on,
        lines=tuple(lines),
    )

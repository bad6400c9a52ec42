"""Entering, releasing and splitting production orders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from dougong import ZERO, Refused, UnitOfWork, _, ref, rounded_to
from dougong_base import digits_of_products, rounded_down, rounded_up
from dougong_base.events import ProductionReleased, ProductionStopped, UsedLine
from dougong_base.ports import StockAvailability
from dougong_production.orders.filling import fill, minutes_of, plan_costs
from dougong_production.orders.models import ByProduct, Material, Order
from dougong_production.work_orders.models import WorkOrder

#: What most verbs on orders look at.
PARTS = (Order.product, Order.materials, Order.by_products, Order.work)


def create_orders(uow: UnitOfWork, orders: Iterable[Order]) -> list[Order]:
    """Store drafts, each with the material and the work of its bill of materials."""
    uow.require("production.order.create")
    drafts = list(orders)
    for order in drafts:
        if order.quantity is None or order.quantity <= 0:
            raise Refused(_("Enter a quantity greater than zero."))
        if order.company_id is None:
            order.company_id = uow.company_id
        if order.backflush is None:
            order.backflush = uow.setting("production.backflush")
    fill(uow, drafts)
    uow.add(*drafts)
    for order in drafts:
        if order.number is None:
            uow.number(order, "production-order")
    return drafts


def release_orders(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> list[Order]:
    """Let orders be made: their material is put aside, their work can begin."""
    uow.require("production.order.release")
    orders = uow.load(Order, ids, *PARTS, lock=True)
    fill(uow, orders)
    uow.load(WorkOrder, [work.id for order in orders for work in order.work], WorkOrder.work_centre)
    day, stocked = on or uow.today, uow.ask(StockAvailability) is not None
    for order in orders:
        order.release(day)
        order.stocked = stocked
        if order.number is None:
            uow.number(order, "production-order", on=day)
        for work in order.work:
            work.state = "ready"
    uow.complete()
    plan_costs(uow, orders)
    uow.publish(released(order) for order in orders)
    return orders


def split_orders(uow: UnitOfWork, ids: Sequence[int], quantity: Decimal) -> list[Order]:
    """Make so much in an order of its own; returns the new drafts."""
    uow.require("production.order.write")
    orders = uow.load(Order, ids, *PARTS, lock=True)
    found = []
    lines: list[Material | ByProduct] = [x for order in orders for x in order.materials]
    lines += [x for order in orders for x in order.by_products]
    digits = digits_of_products(uow.session, [line.product_id for line in lines])
    for order in orders:
        if not 0 < quantity < order.quantity:
            raise Refused(
                _(
                    "%(order)s makes %(quantity)s: split off less than that.",
                    order=order,
                    quantity=f"{order.quantity.normalize():f}",
                )
            )
        if order.state not in ("draft", "released") or any(x.issued for x in order.materials):
            raise Refused(_("%(order)s has begun: it cannot be split any more.", order=order))
        found.append(_part(order, quantity, digits))
        _shrink(order, order.quantity - quantity, digits)
    uow.add(*found)
    for order, part in zip(orders, found, strict=True):
        uow.number(part, "production-order")
        uow.link(order, part, "split")
    plan_costs_of = [order for order in orders if order.state == "released"]
    if plan_costs_of:
        works = [work.id for order in plan_costs_of for work in order.work]
        uow.load(WorkOrder, works, WorkOrder.work_centre)
        plan_costs(uow, plan_costs_of)
        uow.publish(stopped(order) for order in plan_costs_of)
        uow.publish(released(order) for order in plan_costs_of)
    return found


def released(order: Order) -> ProductionReleased:
    """What the warehouse is told: put this aside."""
    return ProductionReleased(
        source=ref(order),
        number=str(order),
        company_id=order.company_id,
        warehouse_id=order.warehouse_id,
        needed_on=order.starts_on or order.released_on or dt.date.min,
        lines=tuple(
            UsedLine(
                line_id=line.id,
                product_id=line.product_id,
                quantity=line.open_quantity,
                lot=line.lot or "",
            )
            for line in order.materials
            if line.open_quantity > 0
        ),
    )


def stopped(order: Order) -> ProductionStopped:
    """What the warehouse is told: nothing more is needed."""
    return ProductionStopped(source=ref(order), number=str(order), company_id=order.company_id)


def _part(order: Order, quantity: Decimal, digits: Mapping[int, int]) -> Order:
    """A draft like this order, for a part of its quantity."""
    share = quantity / order.quantity
    return Order(
        company_id=order.company_id,
        state="draft",
        product_id=order.product_id,
        bom_id=order.bom_id,
        quantity=quantity,
        starts_on=order.starts_on,
        due_on=order.due_on,
        warehouse_id=order.warehouse_id,
        backflush=order.backflush,
        source_kind=order.source_kind,
        source_id=order.source_id,
        reference=order.reference,
        materials=[
            Material(
                product_id=line.product_id,
                quantity=_taken(line, share, digits),
                issued=ZERO,
                operation=line.operation,
                cost=ZERO,
                planned_cost=ZERO,
            )
            for line in order.materials
        ],
        by_products=[
            ByProduct(
                product_id=extra.product_id,
                quantity=brought,
                received=ZERO,
                cost_share=extra.cost_share,
            )
            for extra in order.by_products
            if (brought := _brought(extra, share, digits))
        ],
        work=[_work_part(work, share) for work in order.work],
    )


def _taken(line: Material, share: Decimal, digits: Mapping[int, int]) -> Decimal:
    """What a part of an order takes: rounded up to what can be handed over."""
    return rounded_up(rounded_to(line.quantity * share), digits[line.product_id])


def _brought(extra: ByProduct, share: Decimal, digits: Mapping[int, int]) -> Decimal:
    """What a part of an order brings along; the rest brings what is left."""
    return rounded_down(rounded_to(extra.quantity * share), digits[extra.product_id])


def _work_part(work: WorkOrder, share: Decimal) -> WorkOrder:
    quantity = rounded_to(work.quantity * share)
    same = {
        name: getattr(work, name)
        for name in (
            "company_id", "position", "sequence", "name", "work_centre_id", "setup_minutes",
            "run_minutes", "overlap", "external", "external_price",
        )
    }  # fmt: skip
    return WorkOrder(
        **same,
        state="waiting",
        quantity=quantity,
        planned_minutes=_planned(work, quantity),
        done=ZERO,
        scrapped=ZERO,
        minutes=ZERO,
        labour_cost=ZERO,
        overhead_cost=ZERO,
    )


def _planned(work: WorkOrder, quantity: Decimal) -> Decimal:
    """The minutes for another quantity, at the same pace."""
    before = minutes_of(work.setup_minutes, work.run_minutes, work.quantity)
    after = minutes_of(work.setup_minutes, work.run_minutes, quantity)
    return rounded_to(work.planned_minutes * after / before) if before else ZERO


def _shrink(order: Order, quantity: Decimal, digits: Mapping[int, int]) -> None:
    """Less is made; material, by-products and work follow in proportion."""
    share = quantity / order.quantity
    for line in order.materials:
        line.quantity = _taken(line, share, digits)
    for extra in order.by_products:
        extra.quantity -= _brought(extra, 1 - share, digits)
    for work in order.work:
        kept = rounded_to(work.quantity * share)
        work.planned_minutes, work.quantity = _planned(work, kept), kept
    order.quantity = quantity

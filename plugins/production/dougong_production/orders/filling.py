"""An order takes over its bill of materials: from then on later versions change nothing in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy.orm.attributes import set_committed_value

from dougong import ZERO, UnitOfWork, rounded, rounded_to
from dougong.companies.models import Company
from dougong_base import Product, digits_of_products, rounded_down, rounded_up
from dougong_base.ports import ProductCost, StockAvailability
from dougong_production.boms.models import Bom, BomOperation
from dougong_production.boms.structure import Structure, structure_of
from dougong_production.orders.models import ByProduct, Material, Order
from dougong_production.work_orders.models import WorkOrder

Costs = Mapping[int, Decimal]


def fill(uow: UnitOfWork, orders: Sequence[Order]) -> None:
    """Give orders that have no material yet that of the version in force on their day."""
    bare = [order for order in orders if not order.materials]
    free = _free(uow, bare)
    for order in bare:
        structure = _structure(uow, order)
        bom = structure.bom_of(order.product_id)
        if bom is None:
            continue
        order.bom_id = bom.id
        _take_over(uow, order, "materials", _materials(structure, bom, order, free))
        _take_over(uow, order, "by_products", _by_products(uow, bom, order.quantity))
        if not order.work:
            steps = structure.work(bom, order.quantity, order.product_id)
            work = [
                _work(order, operation, quantity, n)
                for n, (operation, quantity) in enumerate(steps, 1)
            ]
            _take_over(uow, order, "work", work)


def _take_over(uow: UnitOfWork, order: Order, part: str, rows: list[Any]) -> None:
    """The order has these lines from now on; those of a new order are stored with it."""
    if order.id is None:
        setattr(order, part, rows)
        return
    for position, row in enumerate(rows):
        row.order_id, row.position = order.id, position
    uow.add(*rows)
    set_committed_value(order, part, rows)


def _materials(
    structure: Structure, bom: Bom, order: Order, free: Mapping[int, Decimal] | None
) -> list[Material]:
    return [
        Material(
            product_id=part.product_id,
            quantity=rounded_up(part.quantity, part.line.product.unit.digits),
            issued=ZERO,
            operation=part.line.operation,
            cost=ZERO,
            planned_cost=ZERO,
        )
        for part in structure.direct(bom, order.quantity, free, order.product_id)
        if part.quantity > 0
    ]


def plan_costs(uow: UnitOfWork, orders: Iterable[Order]) -> None:
    """Write down what orders should cost, to compare with what they will have cost."""
    several = list(orders)
    costs = unit_costs(uow, {line.product_id for order in several for line in order.materials})
    currency = currency_of(uow)
    for order in several:
        for line in order.materials:
            line.planned_cost = rounded(line.quantity * costs.get(line.product_id, ZERO), currency)
        for work in order.work:
            work.planned_cost = planned_cost(work, currency)
        material = sum((line.planned_cost for line in order.materials), ZERO)
        order.planned_cost = material + sum((work.planned_cost for work in order.work), ZERO)


def planned_cost(work: WorkOrder, currency: str) -> Decimal:
    """What the work should cost at its centre's rates, or outside."""
    if work.external:
        return rounded(work.quantity * work.external_price, currency)
    centre, minutes = work.work_centre, work.planned_minutes
    labour, overhead = centre.labour_of(minutes), centre.overhead_of(minutes)
    return rounded(labour, currency) + rounded(overhead, currency)


def unit_costs(uow: UnitOfWork, product_ids: Iterable[int]) -> dict[int, Decimal]:
    """What one unit costs: as stock is valued, else the cost price of the product."""
    wanted = sorted(set(product_ids))
    if not wanted:
        return {}
    costs = {product.id: product.cost_price for product in uow.load(Product, wanted)}
    port = uow.ask(ProductCost)
    if port is not None:
        costs |= {id: cost for id, cost in port.of(wanted).items() if cost}
    return costs


def currency_of(uow: UnitOfWork) -> str:
    """The currency in which the company keeps its books."""
    return uow.get(Company, uow.company_id).currency


def minutes_of(setup: Decimal, run: Decimal, quantity: Decimal) -> Decimal:
    """Set-up once, and each unit."""
    return (setup + run * quantity).quantize(Decimal("0.000001"))


def _structure(uow: UnitOfWork, order: Order) -> Structure:
    on = order.starts_on or order.due_on or uow.today
    return structure_of(uow.session, order.company_id, [order.product_id], on)


def _free(uow: UnitOfWork, orders: Sequence[Order]) -> Mapping[int, Decimal] | None:
    """What is free of everything below these orders, for the choice among alternatives."""
    port = uow.ask(StockAvailability)
    if port is None or not orders:
        return None
    on = orders[0].starts_on or uow.today
    products = {order.product_id for order in orders}
    boms = structure_of(uow.session, uow.company_id, products, on).boms.values()
    choices = {line.product_id for bom in boms for line in bom.lines if line.group}
    return port.free(sorted(choices)) if choices else None


def _by_products(uow: UnitOfWork, bom: Bom, quantity: Decimal) -> list[ByProduct]:
    share = quantity / bom.own_quantity
    digits = digits_of_products(uow.session, [extra.product_id for extra in bom.by_products])
    return [
        ByProduct(
            product_id=extra.product_id,
            quantity=many,
            received=ZERO,
            cost_share=extra.cost_share,
        )
        for extra in bom.by_products
        if (many := rounded_down(rounded_to(extra.quantity * share), digits[extra.product_id]))
    ]


def _work(order: Order, operation: BomOperation, quantity: Decimal, n: int) -> WorkOrder:
    centre = operation.work_centre
    planned = minutes_of(operation.setup_minutes, operation.run_minutes, quantity)
    work = WorkOrder(
        company_id=order.company_id,
        position=n,
        sequence=n * 10,
        name=operation.name,
        state="waiting",
        work_centre_id=operation.work_centre_id,
        quantity=quantity,
        setup_minutes=operation.setup_minutes,
        run_minutes=operation.run_minutes,
        planned_minutes=centre.takes(planned),
        overlap=operation.overlap,
        external=operation.external,
        external_price=operation.external_price,
        done=ZERO,
        scrapped=ZERO,
        minutes=ZERO,
        labour_cost=ZERO,
        overhead_cost=ZERO,
    )
    work.work_centre = centre
    return work

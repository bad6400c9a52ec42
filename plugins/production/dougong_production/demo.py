"""A small workshop for the demo company: a set made in two levels, orders in each state."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import select

from dougong import UnitOfWork
from dougong_base import Product
from dougong_base.ports import StockAvailability
from dougong_production.boms.models import Bom, BomLine, BomOperation
from dougong_production.boms.service import save_boms
from dougong_production.orders.closing import cancel_orders, close_orders
from dougong_production.orders.models import Order
from dougong_production.orders.output import finish_orders
from dougong_production.orders.service import create_orders, release_orders
from dougong_production.work_centres.models import WorkCentre

#: What goes into the made products: so much of it must be free to make anything of it.
PARTS = 3
ENOUGH = Decimal(8)


def run_the_workshop(uow: UnitOfWork) -> None:
    """Two benches, two bills of materials, and a week of orders; only once."""
    if uow.session.scalar(select(Order.id).limit(1)):
        return
    parts = _parts(uow)
    if len(parts) < PARTS:
        return
    saw, bench = _centres(uow)
    lamp, desk = _products(uow, parts)
    one = Decimal(1)
    unit = Bom(
        code=f"{lamp.code}-1", product_id=lamp.id, quantity=one,
        lines=[
            BomLine(product_id=parts[0].id, quantity=one),
            BomLine(product_id=parts[1].id, quantity=one),
        ],
        operations=[
            BomOperation(
                name="Cut and drill", sequence=10, work_centre_id=saw.id,
                setup_minutes=Decimal(15), run_minutes=Decimal(6),
            ),
        ],
    )  # fmt: skip
    whole = Bom(
        code=f"{desk.code}-1", product_id=desk.id, quantity=one,
        lines=[
            BomLine(product_id=lamp.id, quantity=one, operation=10),
            BomLine(product_id=parts[2].id, quantity=one, operation=10),
        ],
        operations=[
            BomOperation(
                name="Assemble", sequence=10, work_centre_id=bench.id,
                setup_minutes=Decimal(10), run_minutes=Decimal(20),
            ),
            BomOperation(
                name="Pack", sequence=20, work_centre_id=bench.id, run_minutes=Decimal(5),
            ),
        ],
    )  # fmt: skip
    save_boms(uow, [unit, whole])
    uow.flush()
    _orders(uow, lamp.id, desk.id)


def _orders(uow: UnitOfWork, unit: int, whole: int) -> None:
    """Some are closed, one is done, some are in work, some wait."""
    closed = _order(uow, unit, 3, -9, -6)
    release_orders(uow, [closed], on=uow.today)
    finish_orders(uow, [closed])
    close_orders(uow, [closed])
    done = _order(uow, whole, 1, -5, -1)
    started = _order(uow, whole, 2, -3, 2)
    released = _order(uow, unit, 2, 0, 4)
    release_orders(uow, [done, started, released])
    finish_orders(uow, [done])
    finish_orders(uow, [started], Decimal(1))
    cancelled = _order(uow, unit, 5, -2, 1)
    cancel_orders(uow, [cancelled])
    _order(uow, whole, 3, 3, 9)
    _order(uow, unit, 4, -1, -1)


def _order(uow: UnitOfWork, product: int, quantity: int, starts: int, due: int) -> int:
    order = Order(
        product_id=product,
        quantity=Decimal(quantity),
        starts_on=uow.today + dt.timedelta(days=starts),
        due_on=uow.today + dt.timedelta(days=due),
    )
    create_orders(uow, [order])
    uow.complete()
    return order.id


def _parts(uow: UnitOfWork) -> list[Product]:
    """Goods that are there in some number; without a warehouse, any goods."""
    goods = uow.session.scalars(
        select(Product)
        .where(Product.kind == "goods", Product.tracking == "none", Product.active)
        .order_by(Product.cost_price, Product.id)
    ).all()
    stock = uow.ask(StockAvailability)
    if stock is None:
        return list(goods[:PARTS])
    free = stock.free([product.id for product in goods])
    return [product for product in goods if free[product.id] >= ENOUGH][:PARTS]


def _products(uow: UnitOfWork, parts: list[Product]) -> tuple[Product, Product]:
    chinese = any("\u4e00" <= sign <= "\u9fff" for sign in parts[0].name)
    names = ("成套组件", "成套产品") if chinese else ("Made-up unit", "Made-up set")
    made = [
        Product(code=code, name=name, unit_id=parts[0].unit_id, category_id=parts[0].category_id)
        for code, name in zip(("MADE-UNIT", "MADE-SET"), names, strict=True)
    ]
    uow.add(*made)
    return made[0], made[1]


def _centres(uow: UnitOfWork) -> tuple[WorkCentre, WorkCentre]:
    saw = WorkCentre(
        code="SAW", name="Saw", group="Wood", labour_rate=Decimal(42), overhead_rate=Decimal(18)
    )
    bench = WorkCentre(
        code="BENCH", name="Bench", group="Assembly", capacity=2, labour_rate=Decimal(36),
        overhead_rate=Decimal(9),
    )  # fmt: skip
    uow.add(saw, bench)
    return saw, bench

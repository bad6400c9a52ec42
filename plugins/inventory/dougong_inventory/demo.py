"""A warehouse with something in it, for the demo company."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_UP, Decimal

from sqlalchemy import select

from dougong import UnitOfWork
from dougong_base import Product
from dougong_inventory.moves.models import Move
from dougong_inventory.openings.models import Opening, OpeningLine
from dougong_inventory.openings.service import open_stock
from dougong_inventory.replenishment.models import ReorderRule
from dougong_inventory.warehouses.service import find_places


def fill_the_shelves(uow: UnitOfWork) -> None:
    """Opening stock of all goods that are not traced, and rules for buying them again; only once."""
    goods = uow.session.scalars(
        select(Product)
        .where(Product.kind == "goods", Product.tracking == "none", Product.active)
        .order_by(Product.code)
    ).all()
    if not goods or uow.session.scalar(select(Move.id).limit(1)):
        return
    warehouse = find_places(uow, [uow.company_id]).warehouse_of(uow.company_id)
    opening = Opening(
        warehouse_id=warehouse,
        opened_on=uow.today - dt.timedelta(days=90),
        lines=[
            OpeningLine(
                product_id=product.id,
                quantity=Decimal(20 + 15 * (n % 7)),
                unit_cost=_cost(product),
            )
            for n, product in enumerate(goods)
        ],
    )
    uow.add(opening)
    open_stock(uow, [opening.id])
    for n, product in enumerate(goods):
        rule = ReorderRule(
            product_id=product.id,
            warehouse_id=warehouse,
            minimum=Decimal(10 + 5 * (n % 3)),
            maximum=Decimal(60),
            multiple=Decimal(10),
        )
        uow.add(rule)


def _cost(product: Product) -> Decimal:
    """What it costs, or six tenths of what it is sold for."""
    usual = product.cost_price or product.sales_price * Decimal("0.6")
    return usual.quantize(Decimal("0.01"), ROUND_UP)

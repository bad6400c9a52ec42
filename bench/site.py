"""A company to measure with: every plugin, a customer, goods with plenty of stock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from bench.meter import Meter
from dougong import Actor
from dougong.memory import settle
from dougong.plugins.registry import Runtime
from dougong.testing import SHIPPED
from dougong.testing_databases import Databases
from dougong_base import Party, Product, Tax, Unit
from dougong_inventory.openings.models import Opening, OpeningLine
from dougong_inventory.openings.service import open_stock
from dougong_inventory.warehouses.models import Warehouse

DAY = dt.date(2026, 3, 10)
YEAR_START = dt.date(2026, 1, 1)


@dataclass
class Site:
    """A running house and what the measurements need of it."""

    runtime: Runtime
    meter: Meter
    database: str
    customer: int = 0
    products: tuple[int, ...] = ()
    tax: int = 0
    unit: int = 0

    @property
    def actor(self) -> Actor:
        """Who acts: the house itself, in its first company."""
        return Actor.system()

    def stock_up(self) -> None:
        """Five kinds of goods with a million pieces each."""

        def act(uow: object) -> None:
            self.tax = uow.session.scalar(select(Tax.id).where(Tax.code == "S19"))
            self.unit = uow.session.scalar(select(Unit.id).where(Unit.code == "pc"))
            customer = Party(code="ADA", name="Ada Ltd", is_customer=True)
            products = [
                Product(
                    code=f"P{n}", name=f"Product {n}", unit_id=self.unit, sales_tax_id=self.tax,
                    sales_price=Decimal(10),
                )
                for n in range(5)
            ]  # fmt: skip
            uow.add(customer, *products)
            uow.flush()
            warehouse = uow.session.scalars(select(Warehouse)).first()
            lines = [
                OpeningLine(product_id=p.id, quantity=Decimal(1_000_000), unit_cost=Decimal(4))
                for p in products
            ]
            opening = Opening(warehouse_id=warehouse.id, opened_on=YEAR_START, lines=lines)
            uow.add(opening)
            open_stock(uow, [opening.id], on=YEAR_START)
            self.customer, self.products = customer.id, tuple(p.id for p in products)

        self.runtime.house.run(self.actor, act)


@contextmanager
def site(server: str) -> Iterator[Site]:
    """A site of its own, on SQLite (an empty ``server``) or on this PostgreSQL."""
    with TemporaryDirectory() as folder:
        databases = Databases(server, Path(folder))
        url = databases.copy(SHIPPED)
        runtime = Runtime(url, {"TESTING": True, "SECRET_KEY": "only to measure " * 3})
        made = Site(runtime, Meter(runtime.engine), runtime.engine.dialect.name)
        try:
            made.stock_up()
            settle()  # as every worker and command does
            yield made
        finally:
            runtime.close()
            databases.drop(url)
            databases.close()

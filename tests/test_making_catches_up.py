"""Production before and after stock and books: all of it is caught up once, and nothing stays in work."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from dougong_base import Product
from dougong_base.ports import LedgerBalance
from dougong_inventory.deliveries.models import Delivery
from dougong_inventory.valuation.models import StockValue
from dougong_production.boms.models import Bom, BomLine, BomOperation
from dougong_production.boms.service import save_boms
from dougong_production.orders.closing import close_orders
from dougong_production.orders.models import Order
from dougong_production.orders.output import finish_orders
from dougong_production.orders.service import create_orders, release_orders
from dougong_production.work_centres.models import WorkCentre

D = Decimal
MARCH = [dt.date(2026, 3, day) for day in range(1, 32)]


class Works:
    """A tin takes two of tea and six minutes at sixty an hour."""

    def __init__(self, company):
        self.company, self.do = company, company.do

        def open_up(uow):
            tin = Product(code="TIN", name="Tin of tea", unit_id=company.unit)
            uow.add(tin)
            centre = WorkCentre(code="BENCH", name="Bench", labour_rate=D(40), overhead_rate=D(20))
            uow.add(centre)
            uow.get(Product, company.tea).cost_price = D(4)
            bom = Bom(
                code="TIN", product_id=tin.id, quantity=D(1),
                lines=[BomLine(product_id=company.tea, quantity=D(2))],
                operations=[
                    BomOperation(
                        name="Fill", work_centre_id=centre.id, sequence=10, run_minutes=D(6)
                    )
                ],
            )  # fmt: skip
            save_boms(uow, [bom])
            return tin.id

        self.tin = self.do(open_up)

    def release(self, quantity, on):
        def act(uow):
            order = Order(product_id=self.tin, quantity=D(quantity), starts_on=on)
            create_orders(uow, [order])
            release_orders(uow, [order.id], on=on)
            return order.id

        return self.do(act)

    def finish(self, order, on, quantity=None):
        many = None if quantity is None else D(quantity)
        self.do(lambda uow: finish_orders(uow, [order], many, on=on))

    def close(self, order, on):
        self.do(lambda uow: close_orders(uow, [order], on=on))

    def balance(self, purpose):
        return self.do(lambda uow: uow.ask(LedgerBalance).of(purpose))

    def value(self):
        with self.company.read() as session:
            return session.scalar(select(func.sum(StockValue.value))) or D(0)

    def sound(self):
        """The house's own checks, and stock as the ledger has it."""
        assert self.company.wrong() == []
        assert self.balance("stock") == self.value()


def work(works):
    """One order is made in two parts and closed, one is under way."""
    first = works.release(10, MARCH[3])
    works.finish(first, MARCH[4], 4)
    works.finish(first, MARCH[5])
    works.close(first, MARCH[6])
    second = works.release(5, MARCH[7])
    works.finish(second, MARCH[8], 2)
    return first, second


def test_books_that_come_later_are_those_that_were_always_there(company):
    always = company("base", "inventory", "finance", "production")
    always.stock_up()
    work(Works(always))

    late = company("base", "inventory", "production")
    late.stock_up()
    works = Works(late)
    _first, second = work(works)
    late.enable("finance")
    done = late.catch_up("finance")

    # Two pieces of time of the first order, one of the second; its closing left nothing over.
    assert done["CostsArose"] == 3
    assert late.catch_up("finance") == {}
    assert late.ledger() == always.ledger()
    assert [line for line in late.dates()[1] if "Fill" in line[0]] == [
        line for line in always.dates()[1] if "Fill" in line[0]
    ]
    works.finish(second, MARCH[9])
    works.close(second, MARCH[10])
    assert works.balance("production") == 0
    works.sound()


def test_orders_under_way_when_stock_is_first_counted_are_taken_over_as_they_stand(company):
    late = company("base", "finance", "production")
    works = Works(late)
    first, second = work(works)
    third = works.release(3, MARCH[9])
    assert late.ledger() == {}

    late.enable("inventory")
    late.stock_up()
    assert late.catch_up("inventory")["ProductionReleased"] == 2
    assert late.catch_up("inventory") == {}
    with late.read() as session:
        asked = session.execute(
            select(Delivery.source_id, Delivery.state).order_by(Delivery.source_id)
        )
        assert [tuple(row) for row in asked] == [(second, "ready"), (third, "ready")]

    for order in (second, third):
        works.finish(order, None)
        works.sound()
        works.close(order, None)
    # Nothing is left of the two; the first was over before anybody counted.
    assert works.balance("production") == 0
    works.sound()
    with late.read() as session:
        counted = session.execute(select(Order.id, Order.stocked).order_by(Order.id))
        assert [tuple(row) for row in counted] == [(first, False), (second, True), (third, True)]


@pytest.mark.parametrize("later", ["finance", "production"])
def test_production_that_comes_later_finds_stock_and_books(company, later):
    names = ["base", "inventory", "finance"]
    there = company(*names) if later == "production" else company("base", "inventory")
    there.stock_up()
    there.enable("production")
    if later == "finance":
        there.enable("finance")
        there.catch_up("finance")
    assert there.catch_up("production") == {}
    works = Works(there)
    _first, second = work(works)
    works.sound()
    works.finish(second, MARCH[9])
    works.close(second, MARCH[10])
    assert works.balance("production") == 0
    works.sound()

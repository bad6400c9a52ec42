"""Made in two levels: order, material, work, goods, closing; stock value is the ledger at each step."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from dougong import Actor, Refused
from dougong_base import Product, Unit
from dougong_base.ports import LedgerBalance
from dougong_inventory.deliveries.models import Delivery
from dougong_inventory.openings.models import Opening, OpeningLine
from dougong_inventory.openings.service import open_stock
from dougong_inventory.valuation.models import StockValue
from dougong_inventory.warehouses.models import Warehouse
from dougong_production.boms.models import Bom, BomLine, BomOperation
from dougong_production.boms.service import save_boms
from dougong_production.orders.closing import cancel_orders, close_orders
from dougong_production.orders.material import issue_material
from dougong_production.orders.models import Order
from dougong_production.orders.output import finish_orders
from dougong_production.orders.service import create_orders, release_orders, split_orders
from dougong_production.work_centres.models import WorkCentre

D = Decimal


@pytest.fixture
def house(make_house):
    return make_house("base", "inventory", "finance", "production")


class Works:
    """A workshop in a house that counts stock and keeps books."""

    def __init__(self, house):
        self.house, self.ids = house, {}

    def run(self, act):
        return self.house.run(Actor.system(), act)

    def books(self):
        """Stock value, stock in the ledger, work in progress in the ledger and on the orders."""

        def act(uow):
            ledger = uow.ask(LedgerBalance)
            value = uow.session.scalar(select(func.sum(StockValue.value))) or D(0)
            orders = uow.session.scalars(select(Order)).all()
            work = sum((order.underway_cost for order in orders if order.stocked), D(0))
            return value, ledger.of("stock"), ledger.of("production"), work

        value, stock, production, work = self.run(act)
        assert value == stock
        assert production == work
        return stock, production

    def balance(self, purpose):
        return self.run(lambda uow: uow.ask(LedgerBalance).of(purpose))

    def order(self, id):
        with self.house.read(Actor.system()) as session:
            return session.get(Order, id)

    def value(self, code):
        with self.house.read(Actor.system()) as session:
            row = session.scalar(select(StockValue).where(StockValue.product_id == self.ids[code]))
            return (row.quantity, row.value) if row else (0, 0)

    def deliveries(self):
        with self.house.read(Actor.system()) as session:
            query = select(Delivery.state).order_by(Delivery.id)
            return list(session.scalars(query))


@pytest.fixture
def works(house):
    works = Works(house)

    def act(uow):
        unit = uow.session.scalar(select(Unit.id).order_by(Unit.id))
        for code in ("LAMP", "SHADE", "PAPER", "BULB"):
            product = Product(code=code, name=code.title(), unit_id=unit)
            uow.add(product)
            works.ids[code] = product.id
        centre = WorkCentre(code="BENCH", name="Bench", labour_rate=D(60), overhead_rate=D(30))
        uow.add(centre)
        warehouse = uow.session.scalar(select(Warehouse.id))
        opening = Opening(
            warehouse_id=warehouse,
            opened_on=uow.today - dt.timedelta(days=5),
            lines=[
                OpeningLine(product_id=works.ids["PAPER"], quantity=D(30), unit_cost=D("1.1")),
                OpeningLine(product_id=works.ids["BULB"], quantity=D(12), unit_cost=D(3)),
            ],
        )
        uow.add(opening)
        open_stock(uow, [opening.id])
        shade = Bom(
            code="SHADE", product_id=works.ids["SHADE"], quantity=D(1),
            lines=[BomLine(product_id=works.ids["PAPER"], quantity=D(2))],
            operations=[
                BomOperation(name="Fold", work_centre_id=centre.id, sequence=10, run_minutes=D(2))
            ],
        )  # fmt: skip
        lamp = Bom(
            code="LAMP", product_id=works.ids["LAMP"], quantity=D(1),
            lines=[
                BomLine(product_id=works.ids["SHADE"], quantity=D(1)),
                BomLine(product_id=works.ids["BULB"], quantity=D(1)),
            ],
            operations=[
                BomOperation(
                    name="Assemble", work_centre_id=centre.id, sequence=10,
                    setup_minutes=D(10), run_minutes=D(5),
                )
            ],
        )  # fmt: skip
        save_boms(uow, [shade, lamp])

    works.run(act)
    return works


def make(works, code, quantity, **facts):
    def act(uow):
        order = Order(product_id=works.ids[code], quantity=D(quantity), **facts)
        create_orders(uow, [order])
        release_orders(uow, [order.id])
        return order.id

    return works.run(act)


def test_a_lamp_is_made_in_two_levels_and_the_books_follow_at_each_step(works):
    assert works.books() == (69, 0)

    shades = make(works, "SHADE", 10)
    assert works.deliveries() == ["ready"]
    assert works.books() == (69, 0)

    works.run(lambda uow: finish_orders(uow, [shades], D(6)))
    # 6 shades: 12 of paper at 1.10 and 12 minutes at 90 an hour.
    assert works.value("SHADE") == (6, D("31.20"))
    assert works.books() == (D("87.00"), 0)
    works.run(lambda uow: finish_orders(uow, [shades]))
    assert works.value("SHADE") == (10, D("52.00"))

    lamps = make(works, "LAMP", 10, backflush=False)
    works.run(lambda uow: issue_material(uow, [lamps]))
    stock, work = works.books()
    assert (stock, work) == (D("17.00"), D("82.00"))
    assert works.value("SHADE") == (0, 0)

    works.run(lambda uow: finish_orders(uow, [lamps], D(3)))
    assert works.value("LAMP") == (3, D("24.60"))
    works.books()
    works.run(lambda uow: finish_orders(uow, [lamps]))
    assert works.value("LAMP") == (10, D("82.00"))
    works.books()

    works.run(lambda uow: close_orders(uow, [shades, lamps]))
    assert works.books() == (D("99.00"), 0)
    assert works.balance("production_variance") == 0
    assert works.balance("labour_absorbed") == -30


def test_what_a_closed_order_cost_beyond_its_goods_is_a_variance(works):
    order = make(works, "SHADE", 10, backflush=False)
    works.run(lambda uow: issue_material(uow, [order]))
    works.run(lambda uow: finish_orders(uow, [order], D(4)))
    assert works.books()[1] == D("13.20")
    works.run(lambda uow: close_orders(uow, [order]))
    assert works.books()[1] == 0
    assert (works.order(order).variance, works.balance("production_variance")) == (
        D("13.20"), D("13.20"),
    )  # fmt: skip


def test_too_little_material_refuses_the_goods_and_nothing_changes(works):
    order = make(works, "SHADE", 20)
    before = works.books()
    with pytest.raises(Refused, match="not enough stock"):
        works.run(lambda uow: finish_orders(uow, [order]))
    assert works.books() == before
    assert (works.order(order).finished, works.order(order).state) == (0, "released")


def test_a_cancelled_or_split_order_lets_go_of_its_material(works):
    order = make(works, "SHADE", 10)
    works.run(lambda uow: split_orders(uow, [order], D(4)))
    assert works.deliveries() == ["cancelled", "ready"]
    works.run(lambda uow: cancel_orders(uow, [order]))
    assert works.deliveries() == ["cancelled", "cancelled"]
    works.books()

"""Quality, stock, buying and making together: what is not inspected is not sold, and nothing is missed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from dougong import Actor, Refused
from dougong_base import Party, Product
from dougong_base.ports import StockAvailability
from dougong_inventory.deliveries.models import Delivery
from dougong_inventory.receipts.models import Receipt, ReceiptLine
from dougong_inventory.receipts.service import receive
from dougong_inventory.transfers.models import Transfer
from dougong_inventory.warehouses.models import Warehouse
from dougong_production.boms.models import Bom, BomLine
from dougong_production.boms.service import save_boms
from dougong_production.inspections.models import Inspection, Result
from dougong_production.inspections.service import (
    accept_in_part,
    cancel_inspections,
    decide_inspections,
    refuse_lots,
    release_lots,
)
from dougong_production.ncrs.models import Ncr
from dougong_production.orders.models import Order
from dougong_production.orders.output import finish_orders
from dougong_production.orders.service import create_orders, release_orders
from dougong_production.quality_plans.models import Characteristic, QualityPlan

D = Decimal
DAY = dt.date(2026, 3, 10)


class Gate:
    """Tea that arrives at a company whose laboratory looks at it."""

    def __init__(self, company):
        self.company, self.do, self.tea = company, company.do, company.tea

    def plan(self, stage="receipt", **facts):
        def act(uow):
            plan = QualityPlan(
                code=f"P-{stage}", name="Tea", stage=stage, product_id=self.tea,
                sampling="number", number=2, **facts,
                characteristics=[Characteristic(name="Weight", lower=D(9), upper=D(11))],
            )  # fmt: skip
            uow.add(plan)
            return plan.id

        return self.do(act)

    def arrive(self, quantity, on=DAY, warehouse=None):
        """Goods come in without an order: nobody buys here."""

        def act(uow):
            place = warehouse or uow.session.scalar(select(Warehouse.id).order_by(Warehouse.id))
            supplier = uow.session.scalar(select(Party.id).where(Party.code == "BOB"))
            if supplier is None:
                bob = Party(code="BOB", name="Bob", is_supplier=True)
                uow.add(bob)
                supplier = bob.id
            receipt = Receipt(
                warehouse_id=place, party_id=supplier, expected_on=on,
                lines=[ReceiptLine(product_id=self.tea, quantity=D(quantity), unit_cost=D(4))],
            )  # fmt: skip
            uow.add(receipt)
            uow.flush()
            receive(uow, [receipt.id], on=on)
            return receipt.id

        return self.do(act)

    def free(self, warehouse=None):
        """Free, and in the house."""

        def act(uow):
            stock = uow.ask(StockAvailability)
            return (
                stock.free([self.tea], warehouse_id=warehouse)[self.tea],
                stock.on_hand([self.tea])[self.tea],
            )

        return self.do(act)

    def all(self, model):
        with self.company.read() as session:
            return session.scalars(select(model).order_by(model.id)).all()

    def measure(self, values, id=None):
        id = id or self.all(Inspection)[-1].id

        def act(uow):
            for result in uow.get(Inspection, id, Inspection.results).results:
                uow.get(Result, result.id).values = values

        self.do(act)
        self.do(lambda uow: decide_inspections(uow, [id], on=DAY))
        return id


@pytest.fixture
def gate(company):
    return Gate(company("base", "crm", "inventory", "production"))


def test_goods_are_not_free_before_they_have_passed_and_then_serve_who_waits(gate):
    gate.plan()
    order = gate.company.sell(6, DAY)
    gate.arrive(10)
    assert gate.free() == (0, 10)
    assert gate.all(Delivery)[0].state == "waiting"
    (found,) = gate.all(Inspection)
    assert (found.apart, found.stage, found.quantity) == (True, "receipt", 10)

    gate.measure("9.8 10.1")

    assert gate.free() == (4, 10)
    gate.company.ship(order, DAY)
    assert gate.free() == (4, 4)
    assert gate.company.wrong() == []


def test_a_failed_lot_stays_apart_until_a_second_person_releases_it(gate):
    gate.plan()
    gate.arrive(10)
    id = gate.measure("9.8 12")
    assert (gate.all(Inspection)[0].state, gate.free()) == ("failed", (0, 10))
    assert gate.all(Transfer) == []
    assert [(one.origin, one.quantity) for one in gate.all(Ncr)] == [("inspection", 10)]
    gate.do(lambda uow: release_lots(uow, [id], "For own use", on=DAY))
    assert gate.free() == (10, 10)
    assert gate.company.wrong() == []


def test_of_a_sorted_lot_the_good_part_is_free_and_the_rest_is_reported(gate):
    gate.plan()
    gate.arrive(10)
    (found,) = gate.all(Inspection)
    for wrong in (D(0), D(10), D(-1)):
        with pytest.raises(Refused, match="more than zero and less than that"):
            gate.do(lambda uow, many=wrong: accept_in_part(uow, [found.id], many, "Sorted"))
    gate.do(lambda uow: accept_in_part(uow, [found.id], D(7), "Three are torn", on=DAY))
    assert gate.free() == (7, 10)
    assert [(one.state, one.accepted) for one in gate.all(Inspection)] == [("partial", 7)]
    assert [one.quantity for one in gate.all(Ncr)] == [3]
    with pytest.raises(Refused):
        gate.do(lambda uow: refuse_lots(uow, [found.id], "Again"))
    assert gate.company.wrong() == []


def test_what_is_kept_apart_is_decided_and_not_cancelled(gate):
    gate.plan()
    gate.arrive(10)
    (found,) = gate.all(Inspection)
    with pytest.raises(Refused, match="are kept apart until somebody decides"):
        gate.do(lambda uow: cancel_inspections(uow, [found.id]))
    assert gate.all(Inspection)[0].state == "open"


def test_where_goods_do_not_wait_a_failed_lot_is_carried_out_of_its_own_warehouse(gate):
    gate.plan(holds=False)

    def second(uow):
        warehouse = Warehouse(code="EAST", name="East")
        uow.add(warehouse)
        return warehouse.id

    east = gate.do(second)
    gate.company.stock_up(5)
    gate.arrive(10, warehouse=east)
    assert gate.free(east) == (10, 15)
    gate.measure("9.8 12")
    assert gate.free(east) == (0, 15)
    assert gate.free() == (5, 15)
    assert gate.company.wrong() == []


def test_what_was_made_waits_for_its_final_inspection_each_part_by_itself(gate):
    gate.plan("final")
    gate.company.stock_up()

    def open_up(uow):
        leaf = Product(code="LEAF", name="Leaf", unit_id=gate.company.unit, cost_price=D(1))
        uow.add(leaf)
        bom = Bom(
            code="TEA", product_id=gate.tea, quantity=D(1),
            lines=[BomLine(product_id=leaf.id, quantity=D(1))],
        )  # fmt: skip
        save_boms(uow, [bom])
        order = Order(product_id=gate.tea, quantity=D(6), backflush=False)
        create_orders(uow, [order])
        release_orders(uow, [order.id])
        return order.id

    order = gate.do(open_up)
    for many in (4, 2):
        gate.do(lambda uow, n=many: finish_orders(uow, [order], D(n)))
    assert gate.free() == (100, 106)
    first, second = gate.all(Inspection)
    assert [(x.quantity, x.apart, x.stage) for x in (first, second)] == [
        (4, True, "final"), (2, True, "final"),
    ]  # fmt: skip
    gate.measure("10 10", first.id)
    gate.measure("10 20", second.id)
    assert gate.free() == (104, 106)
    assert gate.company.wrong() == []


@pytest.mark.parametrize("buying", [False, True], ids=["without purchasing", "with purchasing"])
def test_receipts_that_came_while_production_was_off_are_inspected_once(company, buying):
    late = company("base", "crm", "inventory", *(["purchasing"] if buying else []))
    gate = Gate(late)
    if buying:
        buy(gate, 10)
    else:
        gate.arrive(10)
    late.enable("production")
    gate.do = late.do
    gate.plan()
    assert late.catch_up("production") == {"GoodsReceived": 1}
    assert late.catch_up("production") == {}
    (found,) = gate.all(Inspection)
    # These goods lie on the shelves already: they are carried away when they fail.
    assert (found.quantity, found.apart, found.reference[:3]) == (10, False, "GR-")
    assert gate.free() == (10, 10)
    gate.measure("9 20")
    assert gate.free() == (0, 10)

    late.disable("production")
    gate.arrive(3)
    late.enable("production")
    assert late.catch_up("production") == {"GoodsReceived": 1}
    assert late.catch_up("production") == {}
    assert [one.quantity for one in gate.all(Inspection)] == [10, 3]
    assert late.wrong() == []


def buy(gate, quantity):
    """Order tea and take it in, as a buyer does."""
    from dougong_purchasing.orders.models import Order as Purchase
    from dougong_purchasing.orders.models import OrderLine
    from dougong_purchasing.orders.service import confirm_orders
    from dougong_purchasing.orders.service import create_orders as enter

    def act(uow):
        bob = Party(code="BOB", name="Bob", is_supplier=True)
        uow.add(bob)
        line = OrderLine(
            product_id=gate.tea, quantity=D(quantity), price=D(4), unit_id=gate.company.unit
        )
        order = Purchase(supplier_id=bob.id, currency="EUR", ordered_on=DAY, lines=[line])
        enter(uow, [order])
        uow.complete()
        confirm_orders(uow, [order.id], on=DAY)

    gate.do(act)
    (receipt,) = gate.all(Receipt)
    gate.do(lambda uow: receive(uow, [receipt.id], on=DAY))


def test_goods_that_a_customer_sends_back_are_no_lot_of_a_supplier(gate):
    gate.plan()
    gate.company.stock_up()
    order = gate.company.sell(5, DAY)
    gate.company.ship(order, DAY)
    document = gate.company.announce_return(order, 2, DAY)
    gate.company.take_in(document, DAY)
    assert gate.all(Inspection) == []
    assert gate.free() == (97, 97)


def test_the_house_is_asked_by_nobody_who_may_not(gate):
    gate.plan()
    gate.arrive(10)
    (found,) = gate.all(Inspection)
    nobody = Actor(user_id=None, name="n", rights=frozenset(), companies=(1,), company_id=1)
    with pytest.raises(Exception, match=r"production\.inspection\.decide"):
        gate.company.runtime.house.run(nobody, lambda uow: decide_inspections(uow, [found.id]))
    assert gate.free() == (0, 10)

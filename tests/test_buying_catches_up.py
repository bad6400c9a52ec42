"""Landed costs, and stock or books that come later: bills and values are told once, and agree."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from dougong_base import Party, Product
from dougong_finance.invoices.models import Invoice
from dougong_finance.invoices.service import cancel_invoices
from dougong_inventory.receipts.models import Receipt
from dougong_inventory.receipts.service import receive
from dougong_purchasing.landed.models import LandedCost, LandedPart, LandedReceipt
from dougong_purchasing.landed.service import allocate_costs, cancel_costs
from dougong_purchasing.orders.models import Order, OrderLine
from dougong_purchasing.orders.service import confirm_orders, create_orders

D = Decimal
MARCH = [dt.date(2026, 3, day) for day in range(1, 32)]


class Desk:
    """Buys ten of tea at five; the freight is ten."""

    def __init__(self, company):
        self.company, self.do = company, company.do

        def prepare(uow):
            bob = Party(code="BOB", name="Bob", is_supplier=True)
            ship = Party(code="SHIP", name="Seaways", is_supplier=True)
            freight = Product(code="FREIGHT", name="Freight", kind="service", unit_id=company.unit)
            uow.add(bob, ship, freight)
            return bob.id, ship.id, freight.id

        self.bob, self.ship, self.freight = self.do(prepare)

    def buy(self):
        def act(uow):
            line = OrderLine(
                product_id=self.company.tea, quantity=D(10), price=D(5), discount=D(0),
                unit_id=self.company.unit, description="Tea",
            )  # fmt: skip
            order = Order(
                supplier_id=self.bob, ordered_on=MARCH[0], currency="EUR", reference="PO-1",
                lines=[line],
            )  # fmt: skip
            create_orders(uow, [order])
            uow.flush()
            confirm_orders(uow, [order.id], on=MARCH[0])
            return order.id

        return self.do(act)

    def take_in(self):
        with self.company.read() as session:
            (receipt,) = session.scalars(select(Receipt.id).where(Receipt.state == "expected"))
        self.do(lambda uow: receive(uow, [receipt], on=MARCH[3]))

    def freight_of(self, order, on=MARCH[5]):
        def act(uow):
            cost = LandedCost(
                dated_on=on, method="quantity", supplier_id=self.ship, reference="SEA-1",
                parts=[LandedPart(kind="freight", amount=D(10), product_id=self.freight)],
                receipts=[LandedReceipt(order_id=order)],
            )  # fmt: skip
            uow.add(cost)
            uow.flush()
            allocate_costs(uow, [cost.id], on=on)
            return cost.id

        return self.do(act)

    def sell_all(self):
        order = self.company.sell(10, MARCH[4], reference="SO-1")
        self.company.ship(order, MARCH[4])


def bills(company, reference):
    with company.read() as session:
        question = select(Invoice.kind, Invoice.total).where(Invoice.reference == reference)
        return [tuple(row) for row in session.execute(question.order_by(Invoice.id))]


@pytest.mark.parametrize("sold", [False, True], ids=["in stock", "sold before"])
def test_a_ledger_that_comes_later_gets_the_landed_bill_and_value_once(company, sold):
    always = company("base", "crm", "inventory", "finance", "purchasing")
    late = company("base", "crm", "inventory", "purchasing")
    for there in (always, late):
        desk = Desk(there)
        order = desk.buy()
        desk.take_in()
        if sold:
            desk.sell_all()
        desk.freight_of(order)
    late.enable("finance")
    late.catch_up("finance")
    assert late.catch_up("finance") == {}
    assert bills(late, "SEA-1") == bills(always, "SEA-1") == [("supplier_bill", 10)]
    for there in (always, late):
        there.post_all()
    assert late.ledger() == always.ledger()
    assert "2015" not in late.ledger()
    assert late.wrong() == always.wrong() == []


def test_costs_that_were_taken_back_before_the_ledger_came_are_not_billed(company):
    late = company("base", "crm", "inventory", "purchasing")
    desk = Desk(late)
    order = desk.buy()
    desk.take_in()
    cost = desk.freight_of(order)
    late.do(lambda uow: cancel_costs(uow, [cost], on=MARCH[6]))
    late.enable("finance")
    late.catch_up("finance")
    assert late.catch_up("finance") == {}
    assert bills(late, "SEA-1") == []
    assert late.stock() == (10, 50)


def test_a_landed_bill_that_was_given_up_while_books_are_kept_comes_back_once(company):
    house = company("base", "crm", "inventory", "finance", "purchasing")
    desk = Desk(house)
    order = desk.buy()
    desk.take_in()
    cost = desk.freight_of(order)
    with house.read() as session:
        (draft,) = session.scalars(select(Invoice.id).where(Invoice.reference == "SEA-1"))
        assert session.get(LandedCost, cost).billed is True
    house.do(lambda uow: cancel_invoices(uow, [draft]))
    assert house.catch_up("finance")["PurchaseBillable"] == 1
    assert house.catch_up("finance") == {}
    with house.read() as session:
        question = select(Invoice.state).where(Invoice.reference == "SEA-1").order_by(Invoice.id)
        assert session.scalars(question).all() == ["cancelled", "draft"]


def test_costs_shared_out_while_stock_was_away_raise_its_value_once(company):
    house = company("base", "crm", "inventory", "purchasing")
    desk = Desk(house)
    order = desk.buy()
    desk.take_in()
    house.disable("inventory")
    desk.freight_of(order)
    assert house.count(LandedCost, LandedCost.valued) == 0
    house.enable("inventory")
    assert house.catch_up("inventory")["LandedCostAllocated"] == 1
    assert "LandedCostAllocated" not in house.catch_up("inventory")
    assert house.stock() == (10, 60)
    assert house.wrong() == []

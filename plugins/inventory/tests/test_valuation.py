"""What the stock is worth: moving average, layers, and the last one out."""

from decimal import Decimal

import pytest
from sqlalchemy import select

from dougong_base import Category
from dougong_inventory.deliveries.models import Delivery
from dougong_inventory.deliveries.service import ship_deliveries
from dougong_inventory.moves.models import Move
from dougong_inventory.receipts.service import receive
from dougong_inventory.valuation.costing import average_cost, layered_cost
from dougong_inventory.valuation.models import CategoryValuation, Layer, StockValue

D = Decimal


@pytest.fixture
def fifo(yard):
    """A category whose goods are valued by layers, with a chair in it."""

    def act(uow):
        category = Category(name="Furniture")
        uow.add(category)
        uow.add(CategoryValuation(category_id=category.id, valuation="fifo"))
        return category.id

    yard.category = yard.run(act)
    yard.product("chair", category_id=yard.category)
    return yard


def buy(yard, code, quantity, cost):
    receipt = yard.receipt((code, quantity, cost))
    yard.run(lambda uow: receive(uow, [receipt]))


def sell(yard, code, quantity):
    """Ship so many and return what they cost."""
    yard.order((code, quantity))
    delivery = yard.all(Delivery)[-1].id
    yard.run(lambda uow: ship_deliveries(uow, [delivery]))
    return -sum(move.value for move in yard.all(Move, document_id=delivery))


def test_the_average_moves_with_each_receipt(yard):
    yard.product("chair")
    buy(yard, "chair", 10, 10)
    buy(yard, "chair", 10, 20)

    assert sell(yard, "chair", 5) == 75
    buy(yard, "chair", 5, 35)
    assert sell(yard, "chair", 10) == 200


def test_the_last_one_out_takes_what_is_left(yard):
    yard.product("nail")
    buy(yard, "nail", 3, "0.333333")

    assert [sell(yard, "nail", 1) for _ in range(3)] == [D("0.33"), D("0.34"), D("0.33")]
    assert yard.value("nail") == (0, 0)


def test_the_oldest_layer_goes_first(fifo):
    buy(fifo, "chair", 10, 10)
    buy(fifo, "chair", 10, 20)

    assert sell(fifo, "chair", 5) == 50
    assert sell(fifo, "chair", 8) == 50 + 60
    assert fifo.value("chair") == (7, 140)
    assert [(x.left_quantity, x.left_value) for x in fifo.all(Layer)] == [(0, 0), (7, 140)]


def test_goods_that_came_in_under_the_average_are_the_oldest_layer(yard):
    yard.product("chair")
    buy(yard, "chair", 4, 10)

    def to_layers(uow):
        category = Category(name="Furniture")
        uow.add(category)
        uow.add(CategoryValuation(category_id=category.id, valuation="fifo"))
        from dougong_base import Product

        uow.get(Product, yard.products["chair"]).category_id = category.id

    yard.run(to_layers)
    buy(yard, "chair", 4, 30)

    assert sell(yard, "chair", 6) == 40 + 60
    assert yard.value("chair") == (2, 60)


def test_back_to_the_average_the_layers_are_forgotten(fifo):
    buy(fifo, "chair", 1, 10)
    buy(fifo, "chair", 1, 30)

    def to_average(uow):
        ext = uow.session.scalar(select(CategoryValuation))
        ext.valuation = "average"

    fifo.run(to_average)

    assert sell(fifo, "chair", 1) == 20
    assert {layer.left_quantity for layer in fifo.all(Layer)} == {0}
    assert fifo.value("chair") == (1, 20)


def test_costs_are_pure_arithmetic():
    held = StockValue(quantity=D(3), value=D("1.00"))
    assert average_cost(held, D(1), "EUR") == D("0.33")
    assert average_cost(held, D(3), "EUR") == 1
    layers = [
        Layer(left_quantity=D(1), left_value=D("0.50")),
        Layer(left_quantity=D(1), left_value=D("0.40")),
    ]
    assert layered_cost(held, layers, D("2.5"), "EUR") == D("0.10") + D("0.50") + D("0.20")

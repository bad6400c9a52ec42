"""A confirmed order changes, and its open delivery follows."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from dougong_base.events import SalesOrderChanged
from dougong_inventory.deliveries.models import Delivery, DeliveryLine
from dougong_inventory.deliveries.service import ship_deliveries

D = Decimal
LATER = dt.date(2026, 5, 4)


@pytest.fixture
def shop(yard):
    """Ten of each lie in the house."""
    yard.product("TEA")
    yard.product("CUP")
    yard.open(("TEA", "10", "3"), ("CUP", "10", "2"))
    return yard


def ship(shop, quantities=None):
    key = shop.all(Delivery)[0].id
    shop.run(lambda uow: ship_deliveries(uow, [key], quantities=quantities))


def change(shop, event, *quantities):
    """The order has these quantities now; None gives a line up."""
    lines = tuple(
        replace(line, quantity=D(quantity))
        for line, quantity in zip(event.lines, quantities, strict=True)
        if quantity is not None
    )
    told = SalesOrderChanged(
        source=event.source, number=event.number, company_id=1, on=event.on, promised_on=LATER,
        lines=lines,
    )  # fmt: skip
    shop.run(lambda uow: uow.publish(told))


def left(shop):
    """What is still to leave: quantity and what is put aside for it."""
    open_ones = {d.id for d in shop.all(Delivery) if d.state in ("waiting", "partial", "ready")}
    return [(x.quantity, x.reserved) for x in shop.all(DeliveryLine) if x.delivery_id in open_ones]


def test_less_is_set_free_and_more_is_put_aside(shop):
    event = shop.order(("TEA", "8"), ("CUP", "2"))

    change(shop, event, "3", "5")

    assert left(shop) == [(D(3), D(3)), (D(5), D(5))]
    assert (shop.stock("TEA"), shop.stock("CUP")) == ((D(10), D(3)), (D(10), D(5)))
    assert shop.all(Delivery)[0].promised_on == LATER


def test_what_has_left_counts_towards_the_new_quantity(shop):
    event = shop.order(("TEA", "8"))
    ship(shop, {shop.all(DeliveryLine)[0].id: D(5)})

    change(shop, event, "6")

    assert left(shop) == [(D(1), D(1))]


def test_a_line_that_is_given_up_goes_and_an_empty_delivery_with_it(shop):
    event = shop.order(("TEA", "8"), ("CUP", "2"))
    change(shop, event, None, "2")
    assert left(shop) == [(D(2), D(2))]

    change(shop, replace(event, lines=event.lines[1:]), None)

    assert shop.all(Delivery)[0].state == "cancelled"
    assert shop.stock("CUP") == (D(10), D(0))


def test_more_of_an_order_that_has_left_is_a_new_delivery(shop):
    event = shop.order(("TEA", "4"))
    ship(shop)

    change(shop, event, "6")

    assert [d.state for d in shop.all(Delivery)] == ["shipped", "ready"]
    assert left(shop) == [(D(2), D(2))]

"""Confirmed orders change; what has happened already stays."""

from decimal import Decimal as D  # noqa: N817

import pytest

from dougong import Actor, Refused
from dougong_base import Unit
from dougong_base.events import SaleBillable, SalesOrderChanged
from dougong_crm.changes.service import apply_changes, cut_orders, start_changes

SYSTEM = Actor.system()


def change(shop, key, *quantities):
    with shop.work(SYSTEM) as uow:
        (draft,) = start_changes(uow, [key])
        for wanted, quantity in zip(draft.lines, quantities, strict=True):
            wanted.quantity = D(quantity)
    with shop.work(SYSTEM) as uow:
        apply_changes(uow, [draft.id])
    return [event for event in uow.published if isinstance(event, SalesOrderChanged)]


@pytest.fixture
def key(shop):
    shop.with_warehouse()
    key = shop.order(shop.line(), shop.line(quantity=2))
    shop.confirm(key)
    return key


def test_new_quantities_are_told_and_totals_follow(shop, key):
    (told,) = change(shop, key, 4, 3)

    found, lines = shop.look(key)
    assert [x.quantity for x in lines] == [x.quantity for x in told.lines] == [4, 3]
    assert (found.untaxed, found.total, found.unbilled) == (D(700), D(833), D(700))


def test_a_line_that_is_not_needed_goes(shop, key):
    (told,) = change(shop, key, 10, 0)

    assert len(told.lines) == len(shop.look(key)[1]) == 1


def test_less_than_was_delivered_is_refused(shop, key):
    shop.ship(key, 5)

    with pytest.raises(Refused, match="5 of “desk” are delivered"):
        change(shop, key, 4, 2)


def test_an_order_is_not_changed_away(shop, key):
    with pytest.raises(Refused, match="Cancel the order instead"):
        change(shop, key, 0, 0)


def test_the_rest_can_be_given_up(shop, key):
    shop.ship(key, 5)

    with shop.work(SYSTEM) as uow:
        cut_orders(uow, [key])

    found, lines = shop.look(key)
    assert [x.quantity for x in lines] == [5]
    assert (found.delivery_state, found.untaxed) == ("full", D(500))


def add_box(uow):
    box = Unit(code="box3", name="Box of three", factor=D(3))
    uow.add(box)
    return box.id


def test_the_rest_of_an_opened_box_can_be_given_up(shop):
    """One of three in a box is no number of boxes: the line is told by the piece from then on."""
    shop.with_warehouse()
    box = shop.run(SYSTEM, add_box)
    key = shop.order(shop.line(quantity=1, own_quantity=D(3), unit_id=box))
    shop.confirm(key)
    shop.ship(key, 1)

    with shop.work(SYSTEM) as uow:
        cut_orders(uow, [key])

    found, lines = shop.look(key)
    assert [(x.quantity, x.own_quantity, x.unit_id) for x in lines] == [(1, 1, shop.known["unit"])]
    assert [(x.price, x.amount) for x in lines] == [(D("33.333333"), D("33.33"))]
    assert found.delivery_state == "full"


def test_giving_up_the_rest_of_a_paid_order_closes_it(shop, key):
    (billable,) = shop.ship(key, 5)
    shop.draft_invoice(billable)
    shop.pay(key)

    with shop.work(SYSTEM) as uow:
        cut_orders(uow, [key])

    assert shop.look(key)[0].state == "done"
    assert not [event for event in uow.published if isinstance(event, SaleBillable)]

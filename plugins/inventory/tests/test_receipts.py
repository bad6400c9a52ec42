"""Receipts: goods that come in, or come back."""

import datetime as dt
from decimal import Decimal

import pytest

from dougong import Refused
from dougong_base.events import GoodsReceived, StockValued
from dougong_inventory.deliveries.models import Delivery
from dougong_inventory.deliveries.service import ship_deliveries
from dougong_inventory.lots.models import Lot
from dougong_inventory.receipts.models import Receipt, ReceiptLine
from dougong_inventory.receipts.service import receive
from dougong_inventory.reservations.models import Reservation
from dougong_inventory.stock.models import Stock

D = Decimal

DAY = dt.date(2026, 3, 2)


def told(yard, ids, **asked):
    """Receive, and return what the other departments were told."""

    def act(uow):
        receive(uow, ids, **asked)
        uow.settle()
        return uow.published

    return yard.run(act)


def test_goods_that_come_in_are_counted_and_valued(yard):
    yard.product("chair")
    receipt = yard.receipt(("chair", 4, "12.345"))

    valued, received = told(yard, [receipt], on=DAY)

    assert yard.stock("chair") == (4, 0)
    assert yard.value("chair") == (4, D("49.38"))
    assert isinstance(valued, StockValued)
    assert (valued.reason, valued.on) == ("receipt", DAY)
    assert isinstance(received, GoodsReceived)
    assert not received.returned
    assert received.lines[0].cost == D("49.38")


def test_what_has_not_come_stays_expected(yard):
    yard.product("chair")
    receipt = yard.receipt(("chair", 4, 10))
    (line,) = yard.all(ReceiptLine)

    told(yard, [receipt], quantities={line.id: D(1)})

    done, rest = yard.all(Receipt)
    assert (done.state, rest.state, rest.backorder_of_id) == ("received", "expected", receipt)
    assert yard.stock("chair") == (1, 0)


def test_goods_come_back_at_the_cost_they_left_with(yard):
    yard.product("chair")
    yard.open(("chair", 10, 40))
    order = yard.order(("chair", 3))
    yard.run(lambda uow: ship_deliveries(uow, [yard.all(Delivery)[0].id], on=DAY))
    told(yard, [yard.receipt(("chair", 7, 60))])
    yard.send_back(order, ("chair", 2))
    back = yard.all(Receipt)[-1]
    assert (back.state, back.returned) == ("expected", True)

    valued, received = told(yard, [back.id])

    assert (valued.reason, valued.lines[0].value) == ("return", 80)
    assert received.returned
    assert received.lines[0].source_line_id == order.lines[0].line_id
    assert yard.value("chair") == (16, 280 + 420 + 80)


def test_a_return_told_twice_is_expected_once(yard):
    yard.product("chair")
    yard.open(("chair", 10, 40))
    order = yard.order(("chair", 3))

    yard.send_back(order, ("chair", 2), source=5)
    yard.send_back(order, ("chair", 2), source=5)

    assert len(yard.all(Receipt)) == 1


def test_traced_goods_need_their_lot(yard):
    yard.product("milk", tracking="lot")

    with pytest.raises(Refused, match="name the lot"):
        told(yard, [yard.receipt(("milk", 4, 1))])


def test_what_expires_first_leaves_first_and_what_has_expired_stays(yard):
    yard.product("milk", tracking="lot")
    yard.open(
        ("milk", 5, 1, "LATE", dt.date(2999, 6, 1)),
        ("milk", 5, 1, "EARLY", dt.date(2999, 5, 1)),
        ("milk", 5, 1, "GONE", dt.date(2020, 5, 1)),
    )

    yard.order(("milk", 7))

    lots = {lot.id: lot.number for lot in yard.all(Lot)}
    held = {lots[r.lot_id]: r.quantity for r in yard.all(Reservation)}
    assert held == {"EARLY": 5, "LATE": 2}


def test_each_serial_number_is_one_piece(yard):
    yard.product("phone", tracking="serial")
    with pytest.raises(Refused, match="3 pieces need as many different serial numbers"):
        told(yard, [yard.receipt(("phone", 3, 200, "A1, A2"))])

    told(yard, [yard.receipt(("phone", 3, "33.33", "A1, A2, A3"))])

    assert [(s.on_hand, s.lot_id > 0) for s in yard.all(Stock)] == [(1, True)] * 3
    assert yard.value("phone") == (3, D("99.99"))
    with pytest.raises(Refused, match="in the house already: A2"):
        told(yard, [yard.receipt(("phone", 1, 200, "A2"))])


def test_shipping_tells_which_serial_numbers_have_left(yard):
    yard.product("phone", tracking="serial")
    yard.open(("phone", 2, 200, "A1,A2"))
    yard.order(("phone", 2))

    def ship(uow):
        ship_deliveries(uow, [yard.all(Delivery)[0].id])
        return uow.published[-1]

    assert [line.lot for line in yard.run(ship).lines] == ["A1", "A2"]
    assert yard.stock("phone") == (0, 0)
    told(yard, [yard.receipt(("phone", 1, 180, "A2"))])
    assert yard.stock("phone") == (1, 0)

"""Deliveries: reserving, shipping, keeping the rest."""

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy.exc import IntegrityError

from dougong import Refused, StepNotAllowed
from dougong_base.events import GoodsShipped, StockValued
from dougong_inventory.deliveries.models import Delivery, DeliveryLine
from dougong_inventory.deliveries.service import cancel, plan, release, reserve, ship_deliveries
from dougong_inventory.moves.models import Move
from dougong_inventory.receipts.service import receive
from dougong_inventory.reservations.models import Reservation

D = Decimal

DAY = dt.date(2026, 3, 2)


@pytest.fixture
def chairs(yard):
    """Ten chairs at 40, five tables at 90."""
    yard.product("chair", cost_price=D(40))
    yard.product("table", cost_price=D(90))
    yard.open(("chair", 10, 40), ("table", 5, 90))
    return yard


def test_a_confirmed_order_puts_its_goods_aside(chairs):
    chairs.order(("chair", 3), ("table", 1))

    (delivery,) = chairs.all(Delivery)
    assert delivery.state == "ready"
    assert delivery.number == "DN-2026-00001"
    assert chairs.stock("chair") == (10, 3)
    assert chairs.stock("table") == (5, 1)


def test_lack_of_stock_refuses_nobody(chairs):
    chairs.order(("chair", 12), ("table", 9))
    chairs.order(
        ("chair", 1),
    )

    first, second = chairs.all(Delivery)
    assert (first.state, second.state) == ("partial", "waiting")
    assert chairs.stock("chair") == (10, 10)


def test_the_same_order_told_twice_makes_one_delivery(chairs):
    chairs.order(("chair", 1), source=7000)
    chairs.order(("chair", 1), source=7000)

    assert len(chairs.all(Delivery)) == 1


def test_services_are_not_delivered(chairs):
    chairs.product("advice", kind="service")
    chairs.order(("advice", 1, "service"))

    assert chairs.all(Delivery) == []


def test_shipping_takes_the_goods_out_at_their_cost_and_tells_everyone(chairs):
    event = chairs.order(("chair", 3), ("table", 1))
    (delivery,) = chairs.all(Delivery)

    def ship(uow):
        ship_deliveries(uow, [delivery.id], on=DAY)
        uow.settle()
        return uow.published

    published = chairs.run(ship)

    assert chairs.stock("chair") == (7, 0)
    assert chairs.value("chair") == (7, 280)
    valued, shipped = published
    assert isinstance(valued, StockValued)
    assert (valued.reason, valued.on) == ("shipment", DAY)
    assert [(line.quantity, line.value) for line in valued.lines] == [(-3, -120), (-1, -90)]
    assert isinstance(shipped, GoodsShipped)
    assert shipped.complete
    assert shipped.source == event.source
    assert shipped.number == "DN-2026-00001"
    assert [(x.source_line_id, x.quantity, x.cost) for x in shipped.lines] == [
        (event.lines[0].line_id, 3, 120),
        (event.lines[1].line_id, 1, 90),
    ]
    (after,) = chairs.all(Delivery)
    assert (after.state, after.shipped_on) == ("shipped", DAY)


def test_what_is_not_there_stays_as_a_delivery_of_its_own(chairs):
    chairs.order(("chair", 12), ("table", 1))
    (delivery,) = chairs.all(Delivery)

    published = chairs.run(lambda uow: (ship_deliveries(uow, [delivery.id]), uow.published)[1])

    assert not published[-1].complete
    shipped, rest = chairs.all(Delivery)
    assert shipped.state == "shipped"
    assert (rest.state, rest.backorder_of_id, rest.number) == (
        "waiting",
        delivery.id,
        "DN-2026-00002",
    )
    (line,) = chairs.all(DeliveryLine, delivery_id=rest.id)
    assert (line.quantity, line.reserved) == (2, 0)


def test_a_rest_keeps_what_was_put_aside_for_it(chairs):
    chairs.order(("chair", 6))
    (delivery,) = chairs.all(Delivery)
    (line,) = chairs.all(DeliveryLine)

    chairs.run(lambda uow: ship_deliveries(uow, [delivery.id], quantities={line.id: D(4)}))

    _, rest = chairs.all(Delivery)
    assert rest.state == "ready"
    assert chairs.stock("chair") == (6, 2)
    (held,) = chairs.all(Reservation)
    assert held.quantity == 2


def test_more_than_there_is_cannot_be_shipped(chairs):
    chairs.order(("chair", 12))
    (delivery,) = chairs.all(Delivery)
    (line,) = chairs.all(DeliveryLine)

    with pytest.raises(Refused, match="not enough stock"):
        chairs.run(lambda uow: ship_deliveries(uow, [delivery.id], quantities={line.id: D(11)}))
    assert chairs.stock("chair") == (10, 10)


def test_a_delivery_is_shipped_once(chairs):
    chairs.order(("chair", 1))
    (delivery,) = chairs.all(Delivery)
    chairs.run(lambda uow: ship_deliveries(uow, [delivery.id]))

    with pytest.raises(StepNotAllowed, match="DN-2026-00001 is Shipped"):
        chairs.run(lambda uow: ship_deliveries(uow, [delivery.id]))


def test_goods_do_not_leave_in_the_future(chairs):
    chairs.order(("chair", 1))
    (delivery,) = chairs.all(Delivery)

    with pytest.raises(Refused, match="still to come"):
        chairs.run(lambda uow: ship_deliveries(uow, [delivery.id], on=dt.date(2999, 1, 1)))


def test_a_cancelled_order_gives_its_goods_back(chairs):
    event = chairs.order(("chair", 3))

    chairs.cancel_order(event)

    (delivery,) = chairs.all(Delivery)
    assert delivery.state == "cancelled"
    assert chairs.stock("chair") == (10, 0)
    assert chairs.all(Reservation) == []


def test_reservations_are_released_and_taken_again(chairs):
    chairs.order(("chair", 8))
    chairs.order(("chair", 8))
    first, second = chairs.all(Delivery)

    chairs.run(lambda uow: release(uow, [first.id]))
    chairs.run(lambda uow: reserve(uow, [second.id]))

    assert [d.state for d in chairs.all(Delivery)] == ["partial", "ready"] or [
        d.state for d in chairs.all(Delivery)
    ] == ["waiting", "ready"]
    assert chairs.stock("chair") == (10, 8)
    chairs.run(lambda uow: cancel(uow, [second.id]))
    assert chairs.stock("chair") == (10, 0)


def test_goods_that_come_in_serve_the_oldest_promise_first(chairs):
    chairs.order(("chair", 10))
    chairs.order(("chair", 4), promised_on=dt.date(2026, 5, 9))
    chairs.order(("chair", 4), promised_on=dt.date(2026, 5, 1))
    receipt = chairs.receipt(("chair", 5, 50))

    chairs.run(lambda uow: receive(uow, [receipt], on=DAY))

    _, late, early = chairs.all(Delivery)
    assert (early.state, late.state) == ("ready", "partial")
    assert chairs.stock("chair") == (15, 15)


def test_a_hundred_deliveries_cost_as_many_statements_as_one(chairs, count_statements):
    chairs.open(("chair", 1000, 40), ("table", 1000, 90))
    for _ in range(12):
        chairs.order(("chair", 3), ("table", 1))
    ids = [d.id for d in chairs.all(Delivery)]
    chairs.run(lambda uow: ship_deliveries(uow, ids[:1]))

    with count_statements() as one:
        chairs.run(lambda uow: ship_deliveries(uow, ids[1:2]))
    with count_statements() as ten:
        chairs.run(lambda uow: ship_deliveries(uow, ids[2:12]))

    assert len(ten) == len(one) <= 15, "\n".join(one)


def test_every_move_is_a_fact_with_its_document(chairs):
    chairs.order(("chair", 3))
    (delivery,) = chairs.all(Delivery)
    chairs.run(lambda uow: ship_deliveries(uow, [delivery.id]))

    move = chairs.all(Move)[-1]
    assert (move.document_kind, move.document_id) == ("inventory.deliveries", delivery.id)
    assert (move.reason, move.quantity, move.change, move.value) == ("shipment", 3, -3, -120)
    assert move.reference == "DN-2026-00001"


def test_goods_go_back_to_the_supplier(chairs):
    warehouse = chairs.warehouse()

    def act(uow):
        line = DeliveryLine(product_id=chairs.products["chair"], quantity=D(2))
        delivery = Delivery(warehouse_id=warehouse, kind="supplier_return", lines=[line])
        uow.add(delivery)
        plan(uow, [delivery.id])
        ship_deliveries(uow, [delivery.id])
        uow.settle()
        return uow.published

    _planned, valued, shipped = chairs.run(act)

    assert (valued.reason, valued.lines[0].value) == ("supplier_return", -80)
    assert shipped.source is None
    move = chairs.all(Move)[-1]
    assert move.to_id == chairs.place("suppliers")


def test_a_shipped_delivery_cannot_be_changed_even_with_sql(chairs):
    chairs.order(("chair", 3))
    (delivery,) = chairs.all(Delivery)
    chairs.run(lambda uow: ship_deliveries(uow, [delivery.id]))

    for table in ("inventory_move", "inventory_delivery_line", "inventory_delivery"):
        with pytest.raises(IntegrityError, match=r"fact|done"), chairs.house.engine.begin() as c:
            c.exec_driver_sql(f"DELETE FROM {table} WHERE id > 0")

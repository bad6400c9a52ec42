"""The story of a warehouse, from the first day to the count, in figures an accountant can check."""

import datetime as dt
from decimal import Decimal

from dougong import Actor
from dougong_inventory.counts.models import Count, CountLine
from dougong_inventory.counts.service import adjust
from dougong_inventory.deliveries.models import Delivery
from dougong_inventory.deliveries.service import ship_deliveries
from dougong_inventory.receipts.models import Receipt
from dougong_inventory.receipts.service import receive
from dougong_inventory.reports.valuation import VALUATION

D = Decimal


def day(number):
    return dt.date(2026, 3, number)


def test_from_the_opening_stock_to_the_count(yard):
    # Given 10 chairs at 40.00 on the first day.
    yard.product("chair", cost_price=D(40))
    yard.open(("chair", 10, 40), on=day(1))

    # When a customer orders 12, ten are put aside and two are missing.
    order = yard.order(("chair", 12), promised_on=day(5))
    (first,) = yard.all(Delivery)
    assert first.state == "partial"
    assert yard.stock("chair") == (10, 10)

    # Ten leave at 40.00; the rest stays as a delivery of its own.
    yard.run(lambda uow: ship_deliveries(uow, [first.id], on=day(3)))
    rest = yard.all(Delivery)[-1]
    assert (rest.state, rest.backorder_of_id) == ("waiting", first.id)
    assert yard.value("chair") == (0, 0)

    # Five chairs come in at 46.00: two are put aside for the rest at once, and leave.
    goods = yard.receipt(("chair", 5, 46))
    yard.run(lambda uow: receive(uow, [goods], on=day(4)))
    assert yard.stock("chair") == (5, 2)
    yard.run(lambda uow: ship_deliveries(uow, [rest.id], on=day(5)))
    assert yard.value("chair") == (3, 138)

    # The customer sends one back; it cost 41.00 on average: ten at 40.00 and two at 46.00.
    yard.send_back(order, ("chair", 1))
    back = yard.all(Receipt)[-1]
    yard.run(lambda uow: receive(uow, [back.id], on=day(9)))
    assert yard.value("chair") == (4, 179)

    # At the count one is missing; it takes the average of 44.75 along.
    def count(uow):
        sheet = Count(
            location_id=place,
            reason="Yearly count",
            lines=[CountLine(product_id=yard.products["chair"], counted=D(3))],
        )
        uow.add(sheet)
        adjust(uow, [sheet.id], on=day(10))

    place = yard.place()
    yard.run(count)

    # Then three chairs worth 134.25 are left, and every past day can still be told.
    assert yard.stock("chair") == (3, 0)
    assert yard.value("chair") == (3, D("134.25"))
    assert [worth(yard, day(n)) for n in (1, 3, 4, 5, 9, 10)] == [
        400, 0, 230, 138, 179, D("134.25"),
    ]  # fmt: skip


def worth(yard, on):
    lines = yard.read(lambda s: list(VALUATION.ask(s, Actor.system(), on=on)))
    return sum((line.values["value"] for line in lines), D(0))

"""Counts, scrappings and transfers: the books follow what is there."""

from decimal import Decimal

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from dougong import Refused
from dougong_inventory.counts.models import Count, CountLine
from dougong_inventory.counts.service import adjust, fill_sheets
from dougong_inventory.deliveries.models import Delivery
from dougong_inventory.scraps.models import Scrap, ScrapLine
from dougong_inventory.scraps.service import scrap
from dougong_inventory.stock.models import Stock
from dougong_inventory.transfers.models import Transfer, TransferLine
from dougong_inventory.transfers.service import transfer
from dougong_inventory.warehouses.models import Location, Warehouse

D = Decimal


@pytest.fixture
def chairs(yard):
    """Ten chairs at 40."""
    yard.product("chair", cost_price=D(40))
    yard.open(("chair", 10, 40))
    return yard


def count(yard, **counted):
    """A sheet that says what was counted, not yet adjusted."""
    place = yard.place()

    def act(uow):
        sheet = Count(
            location_id=place,
            lines=[
                CountLine(product_id=yard.products[code], counted=D(quantity))
                for code, quantity in counted.items()
            ],
        )
        uow.add(sheet)
        return sheet.id

    return yard.run(act)


def test_the_stock_becomes_what_was_counted(chairs):
    sheet = count(chairs, chair=8)

    chairs.run(lambda uow: adjust(uow, [sheet]))

    assert chairs.stock("chair") == (8, 0)
    assert chairs.value("chair") == (8, 320)
    (line,) = chairs.all(CountLine)
    assert (line.expected, line.difference) == (10, -2)
    assert chairs.all(Count)[0].number == f"IC-{chairs.all(Count)[0].counted_on.year}-00001"


def test_nothing_joins_a_sheet_or_an_opening_that_is_done(chairs):
    sheet = count(chairs, chair=8)
    chairs.run(lambda uow: adjust(uow, [sheet]))

    for table in ("inventory_count_line", "inventory_opening_line"):
        with chairs.house.engine.connect() as connection:
            row = dict(connection.execute(text(f"SELECT * FROM {table}")).mappings().first())
            row["id"] = 900_000
            names = ", ".join(row), ", :".join(row)
            statement = text(f"INSERT INTO {table} ({names[0]}) VALUES (:{names[1]})")
            with pytest.raises(DBAPIError, match="Goods have moved"):
                connection.execute(statement, row)


def test_what_is_found_is_worth_what_the_others_are(chairs):
    sheet = count(chairs, chair=11)

    chairs.run(lambda uow: adjust(uow, [sheet]))

    assert chairs.value("chair") == (11, 440)


def test_what_is_found_where_nothing_was_has_the_cost_price(chairs):
    chairs.product("stool", cost_price=D(7))
    sheet = count(chairs, stool=3)

    chairs.run(lambda uow: adjust(uow, [sheet]))

    assert chairs.value("stool") == (3, 21)


def test_a_sheet_is_filled_with_what_the_books_say(chairs):
    sheet = chairs.run(lambda uow: uow.add(c := Count(location_id=chairs.place())) or c.id)

    chairs.run(lambda uow: fill_sheets(uow, [sheet]))
    chairs.run(lambda uow: fill_sheets(uow, [sheet]))

    (line,) = chairs.all(CountLine)
    assert (line.expected, line.counted) == (10, None)
    with pytest.raises(Refused, match="No line of the count"):
        chairs.run(lambda uow: adjust(uow, [sheet]))


def test_missing_goods_are_taken_from_the_newest_reservation(chairs):
    chairs.order(("chair", 6))
    chairs.order(("chair", 4))
    sheet = count(chairs, chair=7)

    chairs.run(lambda uow: adjust(uow, [sheet]))

    assert chairs.stock("chair") == (7, 7)
    assert [d.state for d in chairs.all(Delivery)] == ["ready", "partial"]


def test_found_goods_serve_whoever_waits(chairs):
    chairs.order(("chair", 12))
    sheet = count(chairs, chair=12)

    chairs.run(lambda uow: adjust(uow, [sheet]))

    assert chairs.all(Delivery)[0].state == "ready"


def test_scrapped_goods_leave_the_books(chairs):
    place = chairs.place()

    def act(uow):
        document = Scrap(
            location_id=place,
            reason="Broken",
            lines=[ScrapLine(product_id=chairs.products["chair"], quantity=D(2))],
        )
        uow.add(document)
        scrap(uow, [document.id])
        uow.settle()
        return uow.published

    (valued,) = chairs.run(act)

    assert chairs.value("chair") == (8, 320)
    assert (valued.reason, valued.lines[0].value) == ("scrap", -80)


def another_warehouse(yard):
    def act(uow):
        uow.add(Warehouse(code="NORTH", name="North"))

    yard.run(act)
    query = select(Location.id).where(Location.role == "stock").order_by(Location.id.desc())
    return yard.read(lambda s: s.scalar(query))


def move_over(yard, origin, destination, quantity):
    def act(uow):
        document = Transfer(
            origin_id=origin,
            destination_id=destination,
            lines=[TransferLine(product_id=yard.products["chair"], quantity=D(quantity))],
        )
        uow.add(document)
        transfer(uow, [document.id])
        return uow.published

    return yard.run(act)


def test_goods_between_warehouses_keep_their_value(chairs):
    origin, north = chairs.place(), another_warehouse(chairs)

    published = move_over(chairs, origin, north, 4)

    assert published == []
    assert {s.location_id: s.on_hand for s in chairs.all(Stock)} == {origin: 6, north: 4}
    assert chairs.value("chair") == (10, 400)


def test_reserved_goods_are_not_carried_away(chairs):
    chairs.order(("chair", 8))
    north = another_warehouse(chairs)

    with pytest.raises(Refused, match="not enough of chair: 2 lie free"):
        move_over(chairs, chairs.place(), north, 3)


def test_a_transfer_stays_in_the_house(chairs):
    with pytest.raises(Refused, match="between places of the house"):
        move_over(chairs, chairs.place(), chairs.place("customers"), 1)

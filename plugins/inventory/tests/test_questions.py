"""What people ask of the stock: now, at a date, its card, its value, what to buy."""

import datetime as dt
from decimal import Decimal

import pytest

from dougong import Actor
from dougong_base.events import StockValued
from dougong_base.ports import ProductCost, StockAvailability
from dougong_inventory.deliveries.models import Delivery
from dougong_inventory.deliveries.service import ship_deliveries
from dougong_inventory.moves.queries import stock_card
from dougong_inventory.receipts.service import expect, receive
from dougong_inventory.replays import unbooked
from dougong_inventory.replenishment.models import ReorderRule
from dougong_inventory.replenishment.queries import proposals
from dougong_inventory.reports.stock_now import STOCK_NOW
from dougong_inventory.reports.valuation import VALUATION
from dougong_inventory.stock.queries import stock_at

D = Decimal
JAN, FEB, MAR = dt.date(2026, 1, 1), dt.date(2026, 2, 1), dt.date(2026, 3, 1)


@pytest.fixture
def year(yard):
    """Ten chairs in January, four more in February, six shipped in March, two of them reserved."""
    yard.product("chair")
    yard.open(("chair", 10, 40), on=JAN)
    receipt = yard.receipt(("chair", 4, 54))
    yard.run(lambda uow: receive(uow, [receipt], on=FEB))
    yard.order(("chair", 6))
    (delivery,) = yard.all(Delivery)
    yard.run(lambda uow: ship_deliveries(uow, [delivery.id], on=MAR))
    yard.order(("chair", 2))
    return yard


@pytest.mark.parametrize(
    ("on", "quantity", "value"),
    [
        (dt.date(2025, 12, 31), 0, 0),
        (JAN, 10, 400),
        (dt.date(2026, 1, 31), 10, 400),
        (FEB, 14, 616),
        (MAR, 8, 352),
        (dt.date(2999, 1, 1), 8, 352),
    ],
)
def test_the_stock_of_any_day(year, on, quantity, value):
    found = year.read(lambda s: stock_at(s, on)).get(year.products["chair"], (0, 0))

    assert found == (quantity, value)


def test_others_may_ask_what_is_free_and_what_it_costs(year):
    chair = year.products["chair"]
    year.product("stool", cost_price=D(7))
    stool = year.products["stool"]

    def ask(uow):
        stock, cost = uow.ask(StockAvailability), uow.ask(ProductCost)
        return (
            stock.free([chair, stool]),
            stock.free([chair], warehouse_id=year.warehouse()),
            stock.on_hand([chair], at=JAN),
            cost.of([chair, stool]),
            cost.of([chair], on=JAN),
        )

    free, here, january, costs, then = year.run(ask)
    assert free == {chair: 6, stool: 0}
    assert here == {chair: 6}
    assert january == {chair: 10}
    assert costs == {chair: 44, stool: 7}
    assert then == {chair: 40}


def test_the_stock_card_runs_on(year):
    card = year.read(
        lambda s: [
            (x.move.moved_on, x.move.change, x.quantity)
            for x in stock_card(s, year.products["chair"], start=FEB)
        ]
    )

    assert card == [(FEB, 4, 14), (MAR, -6, 8)]


def test_the_value_report_is_the_ledgers_value(year):
    (line,) = year.read(lambda s: list(VALUATION.ask(s, Actor.system())))
    (then,) = year.read(lambda s: list(VALUATION.ask(s, Actor.system(), on=JAN)))

    assert (line.values["quantity"], line.values["value"], line.values["unit_cost"]) == (8, 352, 44)
    assert then.values["value"] == 400


def test_the_stock_report_tells_what_is_free(year):
    (line,) = year.read(
        lambda s: list(STOCK_NOW.ask(s, Actor.system(), warehouse=year.warehouse()))
    )

    assert (line.values["on_hand"], line.values["reserved"], line.values["free"]) == (8, 2, 6)


def test_what_runs_short_is_bought_in_whole_packs(year):
    warehouse = year.warehouse()
    rule = ReorderRule(
        product_id=year.products["chair"],
        warehouse_id=warehouse,
        minimum=D(10),
        maximum=D(20),
        multiple=D(6),
    )
    year.run(lambda uow: uow.add(rule))

    (found,) = year.read(proposals)
    assert (found.on_hand, found.going, found.to_buy) == (8, 2, 18)

    coming = year.receipt(("chair", 5, 40))
    year.run(lambda uow: expect(uow, [coming]))
    assert year.read(proposals) == []


def test_a_ledger_that_comes_later_hears_of_every_change_of_value(year):
    def ask(uow):
        told = list(unbooked(uow))
        uow.link(told[0].source, told[1].source, "entry")
        return told, list(unbooked(uow))

    told, later = year.run(ask)

    assert [type(event) for event in told] == [StockValued] * 3
    assert [(e.reason, e.on, e.lines[0].value) for e in told] == [
        ("opening", JAN, 400),
        ("receipt", FEB, 216),
        ("shipment", MAR, -264),
    ]
    assert len(later) == 2


def test_every_noun_can_be_shown(yard):
    from dougong.resources.nouns import build

    nouns = build(yard.house.wiring)

    assert [r for r in nouns.reports if r[0] == "inventory"] == []
    assert len([noun for noun in nouns if noun.plugin == "inventory"]) == 14
    category = nouns.get("base.categories")
    assert "inventory.valuation" in category.fields


def test_the_demo_company_has_something_on_its_shelves(yard):
    yard.product("chair", cost_price=D(40))
    yard.product("stool", sales_price=D(10))

    for _ in range(2):
        yard.run(yard.house.wiring.plugins["inventory"].demo)

    assert (yard.value("chair"), yard.value("stool")) == ((19, 760), (35, 210))
    assert len(yard.all(ReorderRule)) == 2

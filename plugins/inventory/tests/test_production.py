"""The warehouse hands material to production and takes the goods it makes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from dougong import Actor, DocumentRef, Reaction, Refused
from dougong_base.events import (
    MadeLine,
    MaterialsIssued,
    MaterialsUsed,
    ProductionFinished,
    ProductionReleased,
    ProductionStopped,
    StockValued,
    UsedLine,
)
from dougong_inventory.checks import all_checks
from dougong_inventory.deliveries.models import Delivery, DeliveryLine

DAY = dt.date(2026, 3, 2)
D = Decimal
ORDER = DocumentRef("production.orders", 5000)


@pytest.fixture
def told(house):
    """What the warehouse tells others while the test runs."""
    heard = []
    for event in (MaterialsIssued, StockValued):
        house.reactions[event] = [Reaction(event, lambda uow, events: heard.extend(events))]
    return heard


def use(yard, *lines):
    return MaterialsUsed(
        source=ORDER, number="MO-1", company_id=1, warehouse_id=None, on=DAY,
        lines=tuple(
            UsedLine(line_id=n, product_id=yard.products[code], quantity=D(quantity), lot=lot)
            for n, code, quantity, lot in lines
        ),
    )  # fmt: skip


def release(yard, *lines):
    return ProductionReleased(
        source=ORDER, number="MO-1", company_id=1, warehouse_id=None, needed_on=DAY,
        lines=tuple(
            UsedLine(line_id=n, product_id=yard.products[code], quantity=D(quantity))
            for n, code, quantity in lines
        ),
    )  # fmt: skip


def sound(yard):
    with yard.house.read(Actor.system()) as session:
        return [sentence for check in all_checks() for sentence in check.run(session)]


def test_released_production_has_its_material_put_aside_once(yard):
    yard.product("OAK")
    yard.open(("OAK", "10", "4"))
    for _again in range(2):
        yard.run(lambda uow: uow.publish(release(yard, (1, "OAK", "6"))))
    assert [(d.kind, d.state) for d in yard.all(Delivery)] == [("production", "ready")]
    assert yard.stock("OAK") == (10, 6)


def test_used_material_leaves_the_stock_and_the_rest_stays_put_aside(yard, told):
    yard.product("OAK")
    yard.open(("OAK", "10", "4"))
    yard.run(lambda uow: uow.publish(release(yard, (1, "OAK", "6"))))
    told.clear()
    yard.run(lambda uow: uow.publish(use(yard, (1, "OAK", "2", ""))))
    assert yard.stock("OAK") == (8, 4)
    issued = [e for e in told if isinstance(e, MaterialsIssued)]
    assert [(x.source_line_id, x.quantity, x.cost) for e in issued for x in e.lines] == [(1, 2, 8)]
    valued = [e for e in told if isinstance(e, StockValued)]
    assert [(e.reason, e.lines[0].value) for e in valued] == [("issue", -8)]
    assert sound(yard) == []


def test_more_material_than_planned_may_be_used_while_there_is_some(yard):
    yard.product("OAK")
    yard.open(("OAK", "10", "4"))
    yard.run(lambda uow: uow.publish(release(yard, (1, "OAK", "6"))))
    yard.run(lambda uow: uow.publish(use(yard, (1, "OAK", "7", ""))))
    assert yard.stock("OAK") == (3, 0)
    states = sorted(d.state for d in yard.all(Delivery))
    assert states == ["cancelled", "shipped"]


def test_more_than_there_is_cannot_be_used_and_nothing_changes(yard):
    yard.product("OAK")
    yard.open(("OAK", "10", "4"))
    yard.run(lambda uow: uow.publish(release(yard, (1, "OAK", "6"))))
    with pytest.raises(Refused, match="not enough stock"):
        yard.run(lambda uow: uow.publish(use(yard, (1, "OAK", "11", ""))))
    assert yard.stock("OAK") == (10, 6)
    assert [x.quantity for x in yard.all(DeliveryLine)] == [6]


def test_unused_material_comes_back_at_its_present_cost(yard, told):
    yard.product("OAK")
    yard.open(("OAK", "10", "4"))
    yard.run(lambda uow: uow.publish(use(yard, (1, "OAK", "3", ""))))
    told.clear()
    yard.run(lambda uow: uow.publish(use(yard, (1, "OAK", "-1", ""))))
    assert yard.value("OAK") == (8, 32)
    issued = [e for e in told if isinstance(e, MaterialsIssued)]
    assert [(x.quantity, x.cost) for e in issued for x in e.lines] == [(-1, -4)]


def test_a_stopped_order_lets_go_of_its_material(yard):
    yard.product("OAK")
    yard.open(("OAK", "10", "4"))
    yard.run(lambda uow: uow.publish(release(yard, (1, "OAK", "6"))))
    yard.run(lambda uow: uow.publish(ProductionStopped(source=ORDER, number="MO-1", company_id=1)))
    assert yard.stock("OAK") == (10, 0)


def test_finished_goods_are_worth_what_they_cost_to_the_cent(yard, told):
    yard.product("DESK")
    event = ProductionFinished(
        source=ORDER, number="MO-1", company_id=1, warehouse_id=None, on=DAY,
        lines=(
            MadeLine(line_id=None, product_id=yard.products["DESK"], quantity=D(3), cost=D("100")),
        ),
    )  # fmt: skip
    yard.run(lambda uow: uow.publish(event))
    assert yard.value("DESK") == (3, 100)
    assert [(e.reason, e.lines[0].value) for e in told] == [("production", 100)]
    assert sound(yard) == []


def test_a_named_lot_is_the_one_that_is_used(yard):
    yard.product("GLUE", tracking="lot")
    yard.open(("GLUE", "5", "1", "L1"), ("GLUE", "5", "1", "L2"))
    yard.run(lambda uow: uow.publish(use(yard, (1, "GLUE", "5", "L2"))))
    with pytest.raises(Refused, match="no lot or serial number L9"):
        yard.run(lambda uow: uow.publish(use(yard, (1, "GLUE", "1", "L9"))))
    with pytest.raises(Refused, match="not enough stock"):
        yard.run(lambda uow: uow.publish(use(yard, (1, "GLUE", "1", "L2"))))
    assert yard.stock("GLUE") == (5, 0)

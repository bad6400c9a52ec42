"""What demand, lead time, costs and service level say about reorder rules."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from dougong import Actor
from dougong_base import Product
from dougong_inventory.deliveries.models import Delivery
from dougong_inventory.deliveries.service import ship_deliveries
from dougong_inventory.replenishment.models import ReorderRule
from dougong_inventory.replenishment.suggestions import ServiceLevel, accept, suggest

D = Decimal


@pytest.fixture
def rule(yard):
    """A hundred teas, of which 13 left in each of the last two weeks."""
    today = Actor.system().today
    yard.product("TEA", cost_price=D(5), lead_days=14)
    yard.open(("TEA", "100", "4"), on=today - dt.timedelta(days=100))
    for days in (3, 10):
        yard.order(("TEA", "13"))
        id = yard.all(Delivery)[-1].id
        on = today - dt.timedelta(days=days)
        yard.run(lambda uow, id=id, on=on: ship_deliveries(uow, [id], on=on))
    warehouse = yard.warehouse()

    def act(uow):
        made = ReorderRule(
            product_id=yard.products["TEA"], warehouse_id=warehouse, minimum=D(1), maximum=D(2),
            multiple=D(12),
        )  # fmt: skip
        uow.add(made)
        return made.id

    return yard.run(act)


def told(yard):
    one = yard.read(lambda s: s.scalars(select(ReorderRule)).one())
    return one.suggestion, one.minimum, one.maximum, one.suggested_minimum, one.suggested_maximum


def test_a_suggestion_is_looked_at_before_it_counts(yard, rule):
    yard.run(lambda uow: suggest(uow, [rule], service=D("97.5"), order_cost=D(50), holding=D(20)))
    # A unit a week, spread 3.464; two weeks: 2 + 1.96 * 3.464 * 1.414 = 11.6.
    # Sqrt(2 * 50 * 52 / 1) = 72.1, in dozens 84.
    assert told(yard) == ("made", 1, 2, 12, 96)

    yard.run(lambda uow: accept(uow, [rule]))
    assert told(yard) == ("none", 12, 96, None, None)


def test_what_nobody_takes_gets_no_suggestion(yard, rule):
    def idle(uow):
        uow.get(ReorderRule, rule).product_id = yard.products["CUP"]

    yard.product("CUP")
    yard.run(idle)
    yard.run(lambda uow: suggest(uow, [rule]))
    assert told(yard) == ("none", 1, 2, None, None)


@pytest.mark.parametrize("service", [0, 100, -5, 120])
def test_a_service_that_nobody_can_promise_is_refused(yard, rule, service):
    with pytest.raises(ServiceLevel, match="between 0 and 100"):
        yard.run(lambda uow: suggest(uow, [rule], service=D(service)))
    assert yard.read(lambda s: s.get(Product, yard.products["TEA"])) is not None
    assert told(yard)[0] == "none"

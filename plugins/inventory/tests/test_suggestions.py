"""What demand, lead time, costs and service level say about reorder rules."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from statistics import NormalDist

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from dougong import Actor, NotFound, Refused
from dougong_base import Product
from dougong_base.ports import Offer, SupplierOffers
from dougong_inventory.deliveries.models import Delivery
from dougong_inventory.deliveries.service import ship_deliveries
from dougong_inventory.forecast.models import Forecast, ForecastLine, ForecastSeries
from dougong_inventory.forecast.periods import first_day
from dougong_inventory.forecast.service import withdraw_forecasts
from dougong_inventory.moves.models import Move
from dougong_inventory.replenishment import policies
from dougong_inventory.replenishment.models import POLICIES, RULE_STEPS, ReorderRule
from dougong_inventory.replenishment.policies import NotPositive
from dougong_inventory.replenishment.suggestions import (
    Costs,
    ServiceLevel,
    accept,
    levels,
    suggest,
)
from dougong_inventory.replenishment.wanted import Wanted

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


def suggested(yard, id, **asked):
    """Minimum, maximum, and what they were made from."""
    yard.run(lambda uow: suggest(uow, [id], **asked))
    one = yard.all(ReorderRule, id=id)[0]
    return one.suggested_minimum, one.suggested_maximum, one.suggested_from


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


@pytest.fixture
def forecast(yard, rule):
    """Seven teas a week are expected, give or take two; the forecast is approved."""

    def act(uow):
        monday = first_day(uow.today, "week")
        found = Forecast(
            horizon=8, start_on=monday, state="approved", approved_at=uow.now, series=1
        )
        uow.add(found)
        (id,) = uow.add_columns(
            ForecastSeries, 1, forecast_id=found.id, product_id=yard.products["TEA"],
            warehouse_id=yard.warehouse(), name="TEA Tea", kind="smooth", method="theta",
            total=D(56), error=D(2),
        )  # fmt: skip
        uow.add_columns(
            ForecastLine, 8, series_id=id, on=found.periods.days, quantity=D(7), low=D(4),
            high=D(10),
        )  # fmt: skip
        return found.id

    return yard.run(act)


def test_an_approved_forecast_and_its_error_say_how_much_is_kept(yard, rule, forecast):
    # Two weeks: 14, and 1.96 * 2 * 1.414 = 5.5 for the error. Sqrt(2 * 50 * 7 * 52 / 1) = 190.8.
    found = suggested(yard, rule, service=D("97.5"), order_cost=D(50), holding=D(20))
    assert found == (20, 20 + 192, "forecast")

    yard.run(lambda uow: accept(uow, [rule]))
    assert yard.all(ReorderRule)[0].suggested_from is None


def test_what_is_not_approved_does_not_count(yard, rule, forecast):
    yard.run(lambda uow: withdraw_forecasts(uow, [forecast]))
    assert suggested(yard, rule)[2] == "history"


def test_what_production_takes_is_kept_beside_what_customers_are_expected_to_take(
    yard, rule, forecast
):
    def used(uow):
        for week in range(26):
            moved = Move(
                moved_on=uow.today - dt.timedelta(days=7 * week + 1), written_at=uow.now,
                reason="issue", product_id=yard.products["TEA"], from_id=yard.place(),
                to_id=yard.place("production"), quantity=D(5), change=D(-5),
                document_kind="inventory.deliveries", document_id=1,
            )  # fmt: skip
            uow.add(moved)

    yard.run(used)
    # Ten more in two weeks, as even as can be.
    assert suggested(yard, rule, service=D("97.5"))[0] == 30


def test_the_supplier_says_how_long_supply_takes(yard, rule, forecast, monkeypatch):
    class Book:
        def best(self, wants, *, on):
            return {id: Offer(1, D(4), "EUR", 28, D(0)) for id, _quantity in wants}

    offered = {**yard.house.providers, SupplierOffers: lambda uow: Book()}
    monkeypatch.setattr(yard.house, "providers", offered)
    # Four weeks: 28, and 1.96 * 2 * 2 = 7.8.
    assert suggested(yard, rule, service=D("97.5"))[0] == 36


WEEKLY = Wanted(mean=25.0, spread=10.0, basis="forecast")
PRICED = Costs(fixed=8.0, holding=0.0225, service=0.95, shortage=None)


def test_each_policy_says_what_its_formula_says():
    short = replace(PRICED, shortage=7.5)
    # (r, Q): the published pair of formulas; (s, S) without lead time: the published approximation.
    found = policies.reorder_point(0.0225, 7.5, 8, 25, 10, 2)
    assert levels("cost", WEEKLY, 2, short) == (found.point, found.quantity)
    book = policies.min_max_power(0.18, 0.7, 2.5, 50, 8)
    case = Costs(fixed=2.5, holding=0.18, service=0.5, shortage=0.7)
    low, quantity = levels("min_max", Wanted(50.0, 8.0, ""), 0, case)
    assert low == pytest.approx(40.1946, abs=5e-5)
    assert low + quantity == pytest.approx(book.maximum)
    # Newsvendor over the lead time and the week until the next look: 4 weeks of 50 and 8 each.
    level, nothing = levels("level", Wanted(50.0, 8.0, ""), 3, case)
    assert level == pytest.approx(200 + 2 * (56.603956 - 50), abs=5e-5)
    assert nothing == 0
    # (s, Q): 25 * 2 + 1.6449 * 10 * sqrt(2), and the economic quantity.
    low, quantity = levels("service", WEEKLY, 2, PRICED)
    assert low == pytest.approx(50 + 1.644854 * 10 * 2**0.5, abs=1e-4)
    assert quantity == pytest.approx((2 * 8 * 25 / 0.0225) ** 0.5)


def test_a_service_level_implies_what_a_shortage_costs():
    low, _quantity = levels("level", WEEKLY, 1, PRICED)
    assert low == pytest.approx(50 + 1.644854 * 10 * 2**0.5, abs=1e-4)
    point, quantity = levels("cost", WEEKLY, 2, PRICED)
    risk = 0.05 * quantity / (2 * 8 * 25 / 0.0225) ** 0.5
    assert point == pytest.approx(50 + 10 * 2**0.5 * NormalDist().inv_cdf(1 - risk), abs=1e-3)


@pytest.mark.parametrize("policy", list(POLICIES))
def test_certain_demand_needs_no_safety_whatever_the_policy(policy):
    low, quantity = levels(policy, Wanted(25.0, 0.0, ""), 2, PRICED)
    assert (low, quantity) == (50, pytest.approx((2 * 8 * 25 / 0.0225) ** 0.5))


def test_a_longer_lead_time_raises_the_minimum_of_every_policy():
    for policy in POLICIES:
        assert levels(policy, WEEKLY, 4, PRICED)[0] > levels(policy, WEEKLY, 1, PRICED)[0] + 60


def test_the_buyer_chooses_the_policy_and_the_rule_keeps_it(yard, rule, forecast):
    minimum, maximum, _basis = suggested(yard, rule, policy=4, service=D("97.5"))
    # Three weeks: 21 + 1.96 * 2 * 1.732 = 27.8, and no more.
    assert (minimum, maximum) == (28, 28)
    assert yard.all(ReorderRule)[0].policy == "level"
    assert suggested(yard, rule, service=D("97.5"))[:2] == (28, 28)


def test_what_the_dialog_begins_with_leaves_each_rule_its_policy(yard, rule, forecast):
    yard.run(lambda uow: setattr(uow.get(ReorderRule, rule), "policy", "level"))
    (ask,) = [ask for ask in RULE_STEPS.step("suggest").asks if ask.name == "policy"]
    first = yard.read(lambda session: ask.choices(session, None))[0][0]
    assert suggested(yard, rule, policy=first, service=D("97.5"))[:2] == (28, 28)
    assert yard.all(ReorderRule)[0].policy == "level"


def test_a_policy_that_does_not_exist_is_refused(yard, rule):
    with pytest.raises(NotFound, match="policy"):
        yard.run(lambda uow: suggest(uow, [rule], policy=9))
    with pytest.raises((Refused, IntegrityError)):
        yard.run(lambda uow: setattr(uow.get(ReorderRule, rule), "policy", "guess"))
    assert told(yard)[0] == "none"


def test_a_shortage_that_costs_next_to_nothing_is_refused_with_a_sentence(yard, rule, forecast):
    with pytest.raises(NotPositive):
        yard.run(lambda uow: suggest(uow, [rule], policy=2, shortage=D("0.001")))
    assert told(yard)[0] == "none"

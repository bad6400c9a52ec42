"""Demand is forecast, looked at, changed by hand and approved; then others plan from it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from long_work import cancelled_at
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from dougong import Actor, Invalid, NotFound, Refused
from dougong.audit.models import AuditEntry
from dougong.jobs.models import QueuedJob
from dougong.jobs.worker import Worker
from dougong_base import Category, rounded_up
from dougong_base.ports import DemandForecast
from dougong_inventory.forecast import library
from dougong_inventory.forecast.adjusting import AlreadyApproved, adjust_series, reset_series
from dougong_inventory.forecast.making import forecast_now, make_forecast
from dougong_inventory.forecast.models import (
    Forecast,
    ForecastAdjustment,
    ForecastLine,
    ForecastSeries,
    NothingForecast,
)
from dougong_inventory.forecast.needs import by_week, needs
from dougong_inventory.forecast.periods import Periods, first_day
from dougong_inventory.forecast.queries import Figure
from dougong_inventory.forecast.service import (
    AlreadyForecasting,
    FromTheFuture,
    approve_forecasts,
    cancel_forecasts,
    forecast_when_due,
    start_forecasts,
    stop_forecasts,
    withdraw_forecasts,
)
from dougong_inventory.moves.models import Move

D = Decimal
WEEK = dt.timedelta(days=7)


class Planner:
    """Short words for what the tests do again and again."""

    def __init__(self, yard):
        self.yard, self.run, self.all = yard, yard.run, yard.all
        self.today = Actor.system().today
        self.monday = first_day(self.today, "week")

    def sold(self, code, figures, reason="shipment"):
        """So much left in each of the weeks before this one, the oldest first."""
        if code not in self.yard.products:
            self.yard.product(code, lead_days=14, cost_price=D(5))
        product, stock = self.yard.products[code], self.yard.place()
        outside = self.yard.place("customers" if reason == "shipment" else "production")

        def act(uow):
            for back, quantity in enumerate(reversed(figures), 1):
                if quantity:
                    moved = Move(
                        moved_on=self.monday - WEEK * back + dt.timedelta(days=2),
                        written_at=uow.now, reason=reason, product_id=product, from_id=stock,
                        to_id=outside, quantity=D(quantity), change=-D(quantity),
                        document_kind="inventory.deliveries", document_id=1,
                    )  # fmt: skip
                    uow.add(moved)

        self.run(act)

    def open(self, **facts):
        def act(uow):
            forecast = Forecast(**{"horizon": 4, "past": 60, **facts})
            uow.add(forecast)
            return forecast.id

        return self.run(act)

    def start(self, **facts):
        key = self.open(**facts)
        self.run(lambda uow: start_forecasts(uow, [key]))
        return key

    def made(self, **facts):
        key = self.start(**facts)
        self.run(lambda uow: forecast_now(uow, key))
        return key

    def approved(self, **facts):
        key = self.made(**facts)
        self.run(lambda uow: approve_forecasts(uow, [key]))
        return key

    def get(self, key):
        (found,) = self.all(Forecast, id=key)
        return found

    def series(self, code, key=None):
        where = {} if key is None else {"forecast_id": key}
        return self.all(ForecastSeries, product_id=self.yard.products[code], **where)[-1]

    def lines(self, code, key=None):
        rows = self.all(ForecastLine, series_id=self.series(code, key).id)
        return sorted(rows, key=lambda line: line.on)

    def needs(self, code, start, end):
        """What the port says: day and quantity."""

        def act(uow):
            found = uow.ask(DemandForecast).between([self.yard.products[code]], start, end)
            return [(one.on, one.quantity) for one in found]

        return self.run(act)


@pytest.fixture
def runtime(make_runtime):
    return make_runtime("base", "inventory")


@pytest.fixture
def house(runtime):
    return runtime.house


@pytest.fixture
def planner(yard):
    return Planner(yard)


@pytest.fixture
def tea(planner):
    """Ten teas left every week for a year."""
    planner.sold("TEA", [10] * 52)
    return planner


def test_a_forecast_says_for_every_product_and_week_what_will_be_wanted(planner):
    planner.sold("TEA", [10, 12, 11, 9, 10] * 8)
    planner.sold("POT", [0, 0, 4, 0, 0] * 8)
    planner.yard.product("NEW")

    key = planner.made(horizon=6)

    found = planner.get(key)
    assert (found.state, found.series, found.start_on) == ("done", 2, planner.monday)
    assert found.number.startswith("FC-")
    lines = planner.lines("TEA")
    assert [line.on for line in lines] == [planner.monday + WEEK * n for n in range(6)]
    assert all(
        D(9) < line.quantity < D(12) and line.low < line.quantity < line.high for line in lines
    )
    tea, pot = planner.series("TEA"), planner.series("POT")
    assert (tea.kind, pot.kind, pot.method) == ("smooth", "intermittent", "imapa")
    assert tea.total == sum(line.quantity for line in lines)
    assert pot.total == pytest.approx(D("4.8"), abs=D("0.8"))
    assert tea.rmsse is not None
    assert tea.bias is not None


def test_what_customers_take_this_week_is_not_half_a_week_of_the_past(tea):
    tea.sold("TEA", [0])

    def now(uow):
        moved = Move(
            moved_on=tea.today, written_at=uow.now, reason="shipment",
            product_id=tea.yard.products["TEA"], from_id=tea.yard.place(),
            to_id=tea.yard.place("customers"), quantity=D(900), change=D(-900),
            document_kind="inventory.deliveries", document_id=1,
        )  # fmt: skip
        uow.add(moved)

    tea.run(now)
    tea.made(method="moving_average")
    assert [line.quantity for line in tea.lines("TEA")] == [10] * 4


def test_what_production_takes_is_no_demand_of_customers(planner):
    planner.sold("TEA", [10] * 20)
    planner.sold("TEA", [500] * 20, "issue")
    planner.made(method="moving_average")
    assert [line.quantity for line in planner.lines("TEA")] == [10] * 4


def test_a_forecast_by_months_begins_on_the_first(planner):
    planner.sold("TEA", [7] * 60)
    key = planner.made(bucket="month", past=12, horizon=3, method="moving_average")
    found = planner.get(key)
    assert found.start_on == planner.today.replace(day=1)
    lines = planner.lines("TEA")
    assert [line.on for line in lines] == Periods(found.start_on, 3, "month").days
    # Thirty and a half days of a piece a day, as the Wednesdays fall.
    assert lines[0].quantity == pytest.approx(D("30.5"), abs=D(4))


def test_a_product_a_category_or_a_warehouse_is_forecast_alone(planner):
    def branch(uow):
        above = Category(name="Kitchen")
        below = Category(name="Cups", parent_id=uow.id())
        uow.add(above)
        below.parent_id = above.id
        uow.add(below)
        return above.id, below.id

    above, below = planner.run(branch)
    planner.yard.product("CUP", category_id=below)
    for code in ("TEA", "POT", "CUP"):
        planner.sold(code, [3] * 10)

    assert planner.get(planner.made(product_id=planner.yard.products["POT"])).series == 1
    assert planner.series("POT").product_id == planner.yard.products["POT"]
    cups = planner.made(category_id=above)
    assert planner.get(cups).series == 1
    assert planner.series("CUP", cups) is not None
    assert planner.get(planner.made(warehouse_id=planner.yard.warehouse())).series == 3


class Told:
    """A job's run during which somebody does something when it says how far it is."""

    def __init__(self, planner, at="", act=None):
        self.house, self.actor = planner.yard.house, Actor.system()
        self.at, self.act, self.notes = at, act, []

    def do(self, act):
        return self.house.run(self.actor, act)

    def read(self):
        return self.house.read(self.actor)

    def progress(self, percent, note=""):
        self.notes.append((percent, str(note)))
        if self.act is not None and str(note) == self.at:
            self.do(self.act)


def test_the_job_forecasts_and_says_how_far_it_is(planner, runtime):
    planner.sold("TEA", [10] * 20)
    key = planner.start()

    Worker(runtime.house, runtime.wiring).work()

    found = planner.get(key)
    (job,) = planner.all(QueuedJob, id=found.job_id)
    assert (found.state, found.series, job.state, job.progress) == ("done", 1, "done", 100)
    assert "1 forecast" in found.message
    # The daily look whether a forecast is due has found none, and nothing failed.
    daily = planner.all(QueuedJob, name="inventory.forecast_regularly")
    assert [job.state for job in daily] == ["done"]
    assert len(planner.all(Forecast)) == 1


def test_doing_the_job_twice_changes_nothing(tea):
    key = tea.start()
    for _again in range(2):
        run = Told(tea)
        make_forecast(run, key)
    assert run.notes == [(2, "Reading what was sold")]
    assert len(tea.all(ForecastSeries)) == 1
    assert len(tea.all(ForecastLine)) == 4


def test_a_forecast_that_is_stopped_keeps_what_it_has(planner, monkeypatch):
    monkeypatch.setattr("dougong_inventory.forecast.making.PAUSE", 0)
    for code in ("TEA", "POT", "CUP"):
        planner.sold(code, [3] * 20)
    key = planner.start()

    make_forecast(Told(planner, "2 of 3", lambda uow: stop_forecasts(uow, [key])), key)

    found = planner.get(key)
    assert (found.state, found.busy, found.series) == ("done", None, 2)
    assert found.message == "Stopped: 2 of 3 are forecast."
    planner.run(lambda uow: approve_forecasts(uow, [key]))


def test_a_forecast_that_is_cancelled_keeps_nothing_and_leaves_what_is_approved(tea):
    tea.approved(method="moving_average")
    before = tea.needs("TEA", tea.monday, tea.monday + WEEK * 4)
    key = tea.start(horizon=8)

    cancel = Told(tea, "Writing the forecast", lambda uow: cancel_forecasts(uow, [key]))
    make_forecast(cancel, key)

    assert (tea.get(key).state, tea.get(key).busy) == ("cancelled", None)
    assert tea.all(ForecastSeries, forecast_id=key) == []
    assert tea.needs("TEA", tea.monday, tea.monday + WEEK * 4) == before
    (job,) = tea.all(QueuedJob, id=tea.get(key).job_id)
    assert job.state == "cancelled"


def test_two_forecasts_at_once_are_refused_but_a_dead_job_is_in_nobodys_way(tea):
    first, second = tea.start(), tea.open()
    with pytest.raises(AlreadyForecasting, match="is under way"):
        tea.run(lambda uow: start_forecasts(uow, [second]))
    assert tea.get(second).state == "draft"

    def die(uow):
        uow.get(QueuedJob, tea.get(first).job_id).state = "dead"

    tea.run(die)
    tea.run(lambda uow: start_forecasts(uow, [second]))
    assert (tea.get(first).state, tea.get(second).state) == ("failed", "running")


def test_a_forecast_from_tomorrow_on_is_refused(tea):
    key = tea.open(start_on=tea.today + dt.timedelta(days=1))
    with pytest.raises(FromTheFuture, match="today or earlier"):
        tea.run(lambda uow: start_forecasts(uow, [key]))
    assert tea.get(key).state == "draft"


def test_what_would_have_been_said_a_month_ago_can_be_asked(tea):
    tea.sold("TEA", [90] * 4)
    tea.made(start_on=tea.monday - WEEK * 4, method="moving_average")
    lines = tea.lines("TEA")
    assert [line.on for line in lines] == [tea.monday - WEEK * n for n in (4, 3, 2, 1)]
    assert [line.quantity for line in lines] == [10] * 4


@pytest.mark.parametrize(
    "wrong", [{"horizon": 0}, {"horizon": 105}, {"past": 3}, {"bucket": "day"}, {"method": "guess"}]
)
def test_a_forecast_that_cannot_be_is_not_stored(tea, wrong):
    with pytest.raises((Refused, Invalid, IntegrityError)):
        tea.open(**wrong)
    assert tea.all(Forecast) == []


def test_methods_of_the_library_are_refused_without_it_and_the_automatic_ones_do_without(
    tea, monkeypatch
):
    monkeypatch.setattr(library, "available", lambda: False)
    key = tea.open(method="theta")
    with pytest.raises(library.NeedsLibrary, match="pip install"):
        tea.run(lambda uow: start_forecasts(uow, [key]))
    simple = tea.get(tea.made(method="auto"))
    assert "simple methods" in simple.message
    assert [line.quantity for line in tea.lines("TEA")] == [10] * 4


def test_a_forecast_of_nothing_cannot_be_approved(planner):
    planner.yard.product("TEA")
    key = planner.made()
    assert planner.get(key).message == "Nobody took any of these products in that past."
    with pytest.raises(NothingForecast, match="longer past"):
        planner.run(lambda uow: approve_forecasts(uow, [key]))


def test_a_planner_changes_a_figure_and_the_history_tells_who_and_why(tea):
    key = tea.made(method="moving_average")
    line, series = tea.lines("TEA")[1], tea.series("TEA")
    ada = replace(Actor.system(), name="Ada")

    tea.yard.house.run(
        ada, lambda uow: adjust_series(uow, [series.id], line.id, D(25), "Trade fair")
    )

    (changed,) = tea.all(ForecastAdjustment)
    assert (changed.on, changed.quantity, changed.reason) == (line.on, 25, "Trade fair")
    assert (tea.series("TEA").state, tea.series("TEA").total) == ("adjusted", 55)
    query = select(AuditEntry).filter_by(
        document=ForecastSeries.__document__, document_id=series.id
    )
    (told,) = tea.yard.read(lambda session: session.scalars(query).all())
    assert told.user_name == "Ada"
    assert "Trade fair" in told.changes

    tea.run(lambda uow: adjust_series(uow, [series.id], line.id, D(30), "Two fairs"))
    assert [(one.quantity, one.reason) for one in tea.all(ForecastAdjustment)] == [
        (30, "Two fairs")
    ]
    tea.run(lambda uow: approve_forecasts(uow, [key]))
    assert tea.needs("TEA", line.on, line.on + WEEK) == [(line.on, 30), (line.on + WEEK, 10)]


def test_what_was_changed_by_hand_can_be_dropped(tea):
    tea.made(method="moving_average")
    series, line = tea.series("TEA"), tea.lines("TEA")[0]
    tea.run(lambda uow: adjust_series(uow, [series.id], line.id, D(0), "Closed"))
    tea.run(lambda uow: reset_series(uow, [series.id]))
    assert tea.all(ForecastAdjustment) == []
    assert (tea.series("TEA").state, tea.series("TEA").total) == ("computed", 40)


def test_wrong_changes_are_refused_and_change_nothing(tea):
    tea.sold("POT", [4] * 20)
    key = tea.made()
    series, line, other = tea.series("TEA"), tea.lines("TEA")[0], tea.lines("POT")[0]
    for given, error, words in (
        ((line.id, D(-1), "x"), Refused, "not negative"),
        ((line.id, D(1), "  "), Refused, "Say why"),
        ((other.id, D(1), "x"), NotFound, "no period"),
    ):
        with pytest.raises(error, match=words):
            tea.run(lambda uow, given=given: adjust_series(uow, [series.id], *given))
    tea.run(lambda uow: approve_forecasts(uow, [key]))
    with pytest.raises(AlreadyApproved, match="Withdraw the approval"):
        tea.run(lambda uow: adjust_series(uow, [series.id], line.id, D(1), "x"))
    assert tea.all(ForecastAdjustment) == []


def test_a_computed_figure_is_never_overwritten(tea):
    tea.made()
    line = tea.lines("TEA")[0]

    def forge(uow):
        uow.get(ForecastLine, line.id).quantity = D(1)

    with pytest.raises(Exception, match="computed is not changed"):
        tea.run(forge)


def test_nobody_without_the_right_approves_or_changes_a_forecast(tea):
    key = tea.made()
    series, line = tea.series("TEA"), tea.lines("TEA")[0]
    clerk = replace(Actor.system(), user_id=7, rights=frozenset({"inventory.forecast.read"}))
    for act in (
        lambda uow: approve_forecasts(uow, [key]),
        lambda uow: start_forecasts(uow, [key]),
        lambda uow: adjust_series(uow, [series.id], line.id, D(1), "x"),
    ):
        with pytest.raises(Exception, match=r"inventory\.forecast"):
            tea.yard.house.run(clerk, act)


def test_only_what_is_approved_answers_and_the_newest_approval_counts(tea):
    start, end = tea.monday, tea.monday + WEEK * 3 - dt.timedelta(days=1)
    first = tea.made(method="moving_average", horizon=3)
    assert tea.needs("TEA", start, end) == []
    tea.run(lambda uow: approve_forecasts(uow, [first]))
    assert tea.needs("TEA", start, end) == [(start + WEEK * n, 10) for n in range(3)]

    # A newer one speaks of two of the three weeks; the third stays as it was.
    second = tea.made(method="moving_average", horizon=2)
    line = tea.lines("TEA", second)[0]
    series = tea.series("TEA", second)
    tea.run(lambda uow: adjust_series(uow, [series.id], line.id, D(17), "Order in sight"))
    tea.run(lambda uow: approve_forecasts(uow, [second]))
    assert [quantity for _on, quantity in tea.needs("TEA", start, end)] == [17, 10, 10]

    tea.run(lambda uow: withdraw_forecasts(uow, [second]))
    assert [quantity for _on, quantity in tea.needs("TEA", start, end)] == [10, 10, 10]


def test_a_warehouse_is_told_what_it_is_to_have(tea):
    tea.approved(method="moving_average", horizon=2)
    warehouse, tea_id = tea.series("TEA").warehouse_id, tea.yard.products["TEA"]

    def ask(uow):
        port, end = uow.ask(DemandForecast), tea.monday + WEEK * 2
        return [
            [(n.quantity, n.warehouse_id) for n in port.between([tea_id], tea.monday, end, **where)]
            for where in ({}, {"warehouse_id": warehouse}, {"warehouse_id": warehouse + 1})
        ]

    everywhere, there, elsewhere = tea.run(ask)
    assert everywhere == there == [(10, warehouse), (10, warehouse)]
    assert elsewhere == []


def test_of_a_week_that_has_begun_what_is_left_is_asked_for(tea):
    tea.approved(method="moving_average", horizon=2)
    thursday = tea.monday + dt.timedelta(days=3)
    end = tea.monday + WEEK * 2
    # 5.71 pieces are left of the week; six are needed, and 15.71 are sixteen.
    assert tea.needs("TEA", thursday, end) == [(thursday, 6), (tea.monday + WEEK, 10)]


def test_a_month_is_asked_for_week_by_week_and_nothing_is_lost(planner):
    planner.sold("TEA", [7] * 60)
    planner.approved(bucket="month", past=12, horizon=2, method="moving_average")
    lines = planner.lines("TEA")
    periods = Periods(lines[0].on, 2, "month")
    found = planner.needs("TEA", periods.start, periods.end)
    total = sum(quantity for _on, quantity in found)
    assert total == rounded_up(sum(line.quantity for line in lines), 0)
    assert all(quantity == int(quantity) for _on, quantity in found)
    assert len(found) >= 9
    assert all(on.weekday() == 0 or on.day == 1 for on, _quantity in found)


def test_each_warehouse_is_told_what_it_needs_in_whole_pieces():
    monday = dt.date(2026, 5, 4)
    figures = [
        Figure(1, place, monday + WEEK * n, monday + WEEK * (n + 1), D(quantity), 9, place)
        for place, quantities in ((1, ("12.02", "12.02", "11.90")), (2, ("0.5", "0.5", "0.5")))
        for n, quantity in enumerate(quantities)
    ]
    told = [
        (one.warehouse_id, one.quantity)
        for one in needs(figures, monday, monday + WEEK * 3, {1: 0})
    ]
    assert [quantity for place, quantity in told if place == 1] == [13, 12, 11]
    assert [quantity for place, quantity in told if place == 2] == [1, 1]


def test_the_weeks_of_a_month_are_exactly_the_month_however_it_is_cut():
    month = Figure(1, 1, dt.date(2026, 5, 1), dt.date(2026, 6, 1), D("100.123456"), 1, 1)
    parts = list(by_week(month))
    assert [on.day for on, _quantity in parts] == [1, 4, 11, 18, 25]
    assert sum(quantity for _on, quantity in parts) == month.quantity
    # Three days of thirty-one, then a week.
    assert [quantity for _on, quantity in parts][:2] == [D("9.68"), D("22.61")]


def test_a_forecast_that_is_due_starts_by_itself_once_and_like_the_last(tea, monkeypatch):
    tea.run(lambda uow: forecast_when_due(uow))
    assert tea.all(Forecast) == []

    real = tea.yard.house.setting
    monkeypatch.setattr(
        tea.yard.house, "setting",
        lambda uow, key: "month" if key == "inventory.forecast_every" else real(uow, key),
    )  # fmt: skip
    tea.approved(horizon=9, method="moving_average", start_on=tea.monday - WEEK * 9)
    for _again in range(2):
        tea.run(lambda uow: forecast_when_due(uow))
    old, new = tea.all(Forecast)
    assert (new.state, new.horizon, new.method) == ("running", 9, "moving_average")
    assert new.start_on == tea.monday
    tea.run(lambda uow: forecast_now(uow, new.id))
    # It waits for somebody to look at it.
    assert (tea.get(new.id).state, tea.get(old.id).state) == ("done", "approved")


def test_cancelling_the_job_of_a_forecast_keeps_nothing_and_makes_room_for_another(
    planner, runtime, monkeypatch
):
    monkeypatch.setattr("dougong_inventory.forecast.making.PAUSE", 0)
    for code in ("TEA", "POT", "CUP"):
        planner.sold(code, [3] * 20)
    key = planner.start()

    assert len(set(cancelled_at(runtime, monkeypatch, 60))) > 2

    assert (planner.get(key).state, planner.get(key).busy) == ("cancelled", None)
    assert planner.all(ForecastSeries, forecast_id=key) == []
    planner.start()

"""What was forecast is put beside what came: report, widget and check."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import update

from dougong import Actor
from dougong_inventory.checks import forecasts_add_up
from dougong_inventory.forecast.adjusting import adjust_series
from dougong_inventory.forecast.drawing import points, series_tab
from dougong_inventory.forecast.models import Forecast, ForecastLine, ForecastSeries
from dougong_inventory.forecast.periods import first_day
from dougong_inventory.forecast.review import Review, overall, reviews
from dougong_inventory.forecast.summary import summary
from dougong_inventory.moves.models import Move
from dougong_inventory.reports.forecast import lines
from dougong_inventory.widgets import forecast_accuracy

D = Decimal
WEEK = dt.timedelta(days=7)
SYSTEM = Actor.system()


class Past:
    """Forecasts of the last four weeks, and what left in them."""

    def __init__(self, yard):
        self.yard = yard
        self.start = first_day(SYSTEM.today, "week") - WEEK * 4

    def left(self, code, *quantities):
        def act(uow):
            for week, quantity in enumerate(quantities):
                if not quantity:
                    continue
                moved = Move(
                    moved_on=self.start + WEEK * week + dt.timedelta(days=3), written_at=uow.now,
                    reason="shipment", product_id=self.yard.products[code],
                    from_id=self.yard.place(), to_id=self.yard.place("customers"),
                    quantity=D(quantity), change=D(-quantity),
                    document_kind="inventory.deliveries", document_id=1,
                )  # fmt: skip
                uow.add(moved)

        self.yard.run(act)

    def said(self, state="approved", weeks=6, **quantities):
        """So much a week was forecast of each product, four weeks ago."""

        def act(uow):
            forecast = Forecast(
                horizon=weeks, start_on=self.start, state=state, series=len(quantities),
                approved_at=uow.now,
            )  # fmt: skip
            uow.add(forecast)
            days, several = forecast.periods.days, [D(q) for q in quantities.values()]
            ids = uow.add_columns(
                ForecastSeries, len(several), forecast_id=forecast.id,
                product_id=[self.yard.products[code] for code in quantities],
                warehouse_id=self.yard.warehouse(), name=list(quantities), kind="smooth",
                method="theta", total=[quantity * weeks for quantity in several], error=D(1),
            )  # fmt: skip
            flat = [quantity for quantity in several for _day in days]
            uow.add_columns(
                ForecastLine, len(flat), series_id=[id for id in ids for _day in days],
                on=days * len(several), quantity=flat, low=D(0), high=[q + 1 for q in flat],
            )  # fmt: skip
            return forecast.id

        return self.yard.run(act)

    def reviewed(self):
        found = self.yard.read(lambda s: reviews(s, 1, self.start, SYSTEM.today))
        codes = {id: code for code, id in self.yard.products.items()}
        return {codes[product]: one for (product, _warehouse), one in found.items()}


@pytest.fixture
def past(yard):
    for code in ("TEA", "POT"):
        yard.product(code)
    found = Past(yard)
    found.left("TEA", 10, 10, 10, 10)
    found.left("POT", 0, 0, 20, 0)
    return found


def test_periods_that_are_over_are_compared_and_each_product_answers_for_itself(past):
    past.said(TEA=8, POT=6)

    found = past.reviewed()

    tea, pot = found["TEA"], found["POT"]
    assert (tea.periods, tea.forecast, tea.sold, tea.missed) == (4, 32, 40, 8)
    assert (tea.accuracy, tea.bias) == (80, -20)
    # Nobody knows in which week a rare demand comes; over four of them it was nearly right.
    assert (pot.forecast, pot.sold, pot.accuracy, pot.bias) == (24, 20, 80, 20)
    # What one missed is not made up for by the other: 12 of 60.
    both = overall(past.yard.read(lambda s: reviews(s, 1, past.start, SYSTEM.today)))
    assert (both.accuracy, both.bias) == (80, D(-400) / 60)


def test_what_was_not_approved_is_not_compared(past):
    past.said("done", TEA=8)
    assert past.reviewed() == {}
    assert past.yard.read(lambda s: forecast_accuracy(s, SYSTEM))[0] == "–"


def test_the_home_page_says_how_good_forecasts_are_and_which_way_they_are_off(past):
    past.said(TEA=8, POT=6)
    number, hint = past.yard.read(lambda s: forecast_accuracy(s, SYSTEM))
    assert (number, str(hint)) == ("80 %", "7 % too little")


def test_the_database_adds_up_what_the_report_lists(past):
    def both():
        found = past.yard.read(lambda s: reviews(s, 1, past.start, SYSTEM.today))
        return overall(found), past.yard.read(lambda s: summary(s, 1, past.start, SYSTEM.today))

    listed, added = both()
    assert added == listed == Review(0, D(0), D(0), D(0))
    past.said(TEA=8, POT=6)
    listed, added = both()
    assert added == listed == Review(4, D(56), D(60), D(12))
    # A newer one knows better of the tea; of the pots the first one still counts.
    past.said(TEA=11)
    listed, added = both()
    assert added == listed == Review(4, D(68), D(60), D(8))


def test_the_report_begins_with_what_was_missed_most(past):
    past.said(TEA=8, POT=6)
    found = past.yard.read(lambda s: list(lines(s, SYSTEM, past.start)))
    assert [line.values["code"] for line in found] == ["TEA", "POT"]
    assert found[0].values["accuracy"] == 80
    assert found[0].drill.endswith(str(past.yard.products["TEA"]))


def test_the_picture_shows_what_came_beside_what_was_forecast_and_who_knew_better(past):
    past.said("done", TEA=8)
    (series,) = past.yard.all(ForecastSeries)
    line = past.yard.all(ForecastLine)[1]
    past.yard.run(lambda uow: adjust_series(uow, [series.id], line.id, D(15), "Fair"))

    found = past.yard.read(lambda s: points(s, s.get(ForecastSeries, series.id), SYSTEM.today))

    ahead = [point for point in found if point.forecast is not None]
    assert [point.sold for point in ahead] == [10, 10, 10, 10, None, None]
    assert [point.counts for point in ahead] == [8, 15, 8, 8, 8, 8]
    assert ahead[1].reason == "Fair"
    assert (ahead[0].low, ahead[0].high) == (0, 9)
    template, facts = past.yard.read(
        lambda s: series_tab(None, s, s.get(ForecastSeries, series.id), SYSTEM)
    )
    assert template == "inventory/forecast.html"
    assert facts["by_hand"]
    assert [one.get("band", "") for one in facts["drawn"]["series"]] == ["", "", "low", "high"]


def test_a_total_that_is_not_the_sum_of_its_periods_is_found(past):
    past.said(TEA=8)
    assert past.yard.read(lambda s: list(forecasts_add_up(s))) == []
    past.yard.run(lambda uow: uow.session.execute(update(ForecastSeries).values(total=D(47))))
    (told,) = past.yard.read(lambda s: list(forecasts_add_up(s)))
    assert "47" in told
    assert "48" in told

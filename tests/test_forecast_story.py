"""What customers took is forecast in the warehouse, approved by a planner, and made by production."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from dougong import Actor
from dougong_base import Party, Product, Unit
from dougong_crm.orders.models import Order, OrderLine
from dougong_crm.orders.service import confirm_orders, create_orders
from dougong_inventory.deliveries.models import Delivery
from dougong_inventory.deliveries.service import ship_deliveries
from dougong_inventory.forecast.adjusting import adjust_series
from dougong_inventory.forecast.making import forecast_now
from dougong_inventory.forecast.models import Forecast, ForecastLine, ForecastSeries
from dougong_inventory.forecast.periods import first_day
from dougong_inventory.forecast.service import (
    approve_forecasts,
    start_forecasts,
    withdraw_forecasts,
)
from dougong_inventory.openings.models import Opening, OpeningLine
from dougong_inventory.openings.service import open_stock
from dougong_inventory.warehouses.models import Warehouse
from dougong_production.boms.models import Bom, BomLine
from dougong_production.boms.service import save_boms
from dougong_production.master_plans.models import MasterLine, MasterPlan
from dougong_production.master_plans.service import fill_from_forecast
from dougong_production.plan_runs.models import PlanFlow, PlanItem, PlanRun
from dougong_production.plan_runs.service import plan_now, start_plan_runs
from dougong_production.planning_rules.models import PlanningRule

D = Decimal
SYSTEM = Actor.system()
WEEK = dt.timedelta(days=7)
SOLD_WEEKS = 12


@pytest.fixture
def house(make_house):
    return make_house(
        "base", "crm", "inventory", "finance", "purchasing", "production", "logistics", "hr"
    )


class Works:
    """A bicycle takes two wheels. Ada takes five bicycles every week."""

    def __init__(self, house):
        self.house = house
        self.known = self.run(self._open)
        self.monday = first_day(self.run(lambda uow: uow.today), "week")
        for back in range(SOLD_WEEKS, 0, -1):
            self.sell(5, self.monday - WEEK * back)

    def run(self, act):
        return self.house.run(SYSTEM, act)

    def all(self, model, **where):
        with self.house.read(SYSTEM) as session:
            return session.scalars(select(model).filter_by(**where).order_by(model.id)).all()

    @staticmethod
    def _open(uow):
        unit = uow.session.scalar(select(Unit.id).where(Unit.code == "pc"))
        ada = Party(code="ADA", name="Ada Ltd", is_customer=True)
        bike = Product(code="BIKE", name="Bike", unit_id=unit, sales_price=D(100), cost_price=D(2))
        wheel = Product(code="WHEEL", name="Wheel", unit_id=unit, cost_price=D(2))
        uow.add(ada, bike, wheel)
        save_boms(
            uow,
            [
                Bom(
                    code="BIKE", product_id=bike.id, quantity=D(1),
                    lines=[BomLine(product_id=wheel.id, quantity=D(2))],
                )
            ],
        )  # fmt: skip
        uow.add(PlanningRule(product_id=bike.id, method="make"))
        opening = Opening(
            warehouse_id=uow.session.scalar(select(Warehouse.id)),
            opened_on=uow.today - dt.timedelta(days=7 * SOLD_WEEKS + 10),
            lines=[
                OpeningLine(product_id=bike.id, quantity=D(5 * SOLD_WEEKS), unit_cost=D(2)),
                OpeningLine(product_id=wheel.id, quantity=D(10), unit_cost=D(1)),
            ],
        )
        uow.add(opening)
        open_stock(uow, [opening.id])
        return SimpleNamespace(unit=unit, ada=ada.id, bike=bike.id, wheel=wheel.id)

    def sell(self, quantity, on, ship=True):
        known = self.known

        def act(uow):
            line = OrderLine(
                product_id=known.bike, unit_id=known.unit, quantity=D(quantity), price=D(100)
            )
            order = Order(
                customer_id=known.ada, ordered_on=min(on, uow.today), currency="EUR",
                invoice_on="delivery", promised_on=on, lines=[line],
            )  # fmt: skip
            create_orders(uow, [order])
            return order.id

        id = self.run(act)
        self.run(lambda uow: confirm_orders(uow, [id]))
        if ship:
            delivery = self.all(Delivery)[-1].id
            self.run(lambda uow: ship_deliveries(uow, [delivery], on=on))

    def forecast(self):
        def opened(uow):
            found = Forecast(horizon=6, method="moving_average")
            uow.add(found)
            return found.id

        key = self.run(opened)
        self.run(lambda uow: start_forecasts(uow, [key]))
        self.run(lambda uow: forecast_now(uow, key))
        return key

    def gross(self, product):
        """What material requirements say is needed, by week from this one on."""

        def opened(uow):
            run = PlanRun(periods=8)
            uow.add(run)
            return run.id

        key = self.run(opened)
        self.run(lambda uow: start_plan_runs(uow, [key]))
        self.run(lambda uow: plan_now(uow, key))
        items = self.all(PlanItem, product_id=product)
        row = items[0].row("gross") if items else {}
        return [row.get(week, D(0)) for week in range(8)]


@pytest.fixture
def works(house):
    return Works(house)


def test_an_approved_forecast_reaches_the_requirements_of_production_and_no_other_does(works):
    key = works.forecast()
    assert works.gross(works.known.bike) == [0] * 8

    works.run(lambda uow: approve_forecasts(uow, [key]))
    bikes = works.gross(works.known.bike)
    assert bikes[1:] == [5, 5, 5, 5, 5, 0, 0]
    # Of this week what is left of it.
    assert 0 < bikes[0] <= 5
    # There are ten wheels, and no bicycle.
    assert sum(works.gross(works.known.wheel)) == 2 * sum(bikes)
    told = [f for f in works.all(PlanFlow, product_id=works.known.bike) if f.quantity < 0]
    assert {(f.document_kind, f.document_id) for f in told} == {("inventory.forecasts", key)}

    works.run(lambda uow: withdraw_forecasts(uow, [key]))
    assert works.gross(works.known.bike) == [0] * 8


def test_what_a_planner_knows_better_and_what_is_ordered_already_count(works):
    key = works.forecast()
    (series,) = works.all(ForecastSeries)
    line = works.all(ForecastLine, series_id=series.id, on=works.monday + WEEK * 3)[0]
    works.run(lambda uow: adjust_series(uow, [series.id], line.id, D(40), "Tour de Ville"))
    works.run(lambda uow: approve_forecasts(uow, [key]))
    # Three of the five that were expected in the second week are ordered; of the fourth week ten more.
    works.sell(3, works.monday + WEEK + dt.timedelta(days=2), ship=False)
    works.sell(15, works.monday + WEEK * 4 + dt.timedelta(days=2), ship=False)

    assert works.gross(works.known.bike)[1:] == [5, 5, 40, 15, 5, 0, 0]


def test_a_master_plan_is_filled_from_the_approved_forecast(works):
    key = works.forecast()
    works.run(lambda uow: approve_forecasts(uow, [key]))

    def draft(uow):
        plan = MasterPlan(name="Winter")
        uow.add(plan)
        return plan.id

    plan = works.run(draft)
    works.run(lambda uow: fill_from_forecast(uow, [plan]))
    lines = {line.on: line.quantity for line in works.all(MasterLine, plan_id=plan)}
    assert [lines[works.monday + WEEK * week] for week in range(1, 6)] == [5] * 5
    assert sum(lines.values()) == 30

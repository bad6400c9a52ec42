"""Filling, approving and closing master plans."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from dougong import ZERO, Refused, UnitOfWork, _
from dougong_base.ports import DemandForecast
from dougong_production.master_plans.models import MASTER_PLAN_STEPS, MasterLine, MasterPlan
from dougong_production.planning.periods import Periods, periods_of
from dougong_production.planning_rules.models import PlanningRule


class NobodyForecasts(Refused):
    """There is no forecast to fill a plan from."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Nobody forecasts demand in this house. Enter the lines by hand, or switch inventory on."
            )
        )


def fill_from_forecast(uow: UnitOfWork, ids: Sequence[int]) -> list[MasterPlan]:
    """Add what the forecast expects of the plan's products (of all planned ones when it is empty).

    What was entered by hand stays; only periods without a line are filled.
    """
    uow.require("production.master_plan.write")
    plans = uow.load(MasterPlan, ids, MasterPlan.lines, lock=True)
    forecast = uow.ask(DemandForecast)
    if forecast is None:
        raise NobodyForecasts
    periods = periods_of(uow)
    planned = list(uow.session.scalars(select(PlanningRule.product_id).distinct()))
    for plan in plans:
        MASTER_PLAN_STEPS.move(plan, "fill")
        products = {line.product_id for line in plan.lines} or set(planned)
        wanted = _by_period(forecast.between(products, periods.start, periods.end), periods)
        known = {(line.product_id, periods.index(line.on)) for line in plan.lines}
        position = len(plan.lines)
        for (product, period), quantity in sorted(wanted.items()):
            if (product, period) in known or quantity <= 0:
                continue
            uow.add(
                MasterLine(
                    plan_id=plan.id, position=position, product_id=product,
                    on=max(periods.day(period), uow.today), quantity=quantity,
                )
            )  # fmt: skip
            position += 1
        uow.touch(plan)
    return plans


def approve_master_plans(uow: UnitOfWork, ids: Sequence[int]) -> list[MasterPlan]:
    """Put plans in force; nothing may be asked for in the past."""
    uow.require("production.master_plan.approve")
    plans = uow.load(MasterPlan, ids, MasterPlan.lines, lock=True)
    for plan in plans:
        plan.approve(uow.today)
    return plans


def close_master_plans(uow: UnitOfWork, ids: Sequence[int]) -> list[MasterPlan]:
    """Requirements are no longer planned from these."""
    uow.require("production.master_plan.approve")
    plans = uow.load(MasterPlan, ids, lock=True)
    for plan in plans:
        MASTER_PLAN_STEPS.move(plan, "close")
    return plans


def _by_period(needs: Sequence[object], periods: Periods) -> dict[tuple[int, int], Decimal]:
    found: dict[tuple[int, int], Decimal] = defaultdict(lambda: ZERO)
    for need in needs:
        on: dt.date = need.on  # type: ignore[attr-defined]
        found[need.product_id, periods.index(on)] += need.quantity  # type: ignore[attr-defined]
    return found

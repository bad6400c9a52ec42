"""A plan for the demo company: what the market is to get, what that takes, and when it is made."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from importlib.util import find_spec

from sqlalchemy import select

from dougong import UnitOfWork
from dougong_base import Product
from dougong_production.boms.models import Bom, BomLine
from dougong_production.master_plans.models import MasterLine, MasterPlan
from dougong_production.master_plans.service import approve_master_plans
from dougong_production.plan_runs.models import PlanRun
from dougong_production.plan_runs.service import open_plan_run, plan_now
from dougong_production.planning.periods import first_day
from dougong_production.planning_rules.models import PlanningRule
from dougong_production.schedules.framing import framed
from dougong_production.schedules.models import Schedule
from dougong_production.schedules.service import adopt_schedules, save
from dougong_production.schedules.solving import Limits, solve

#: Weeks from now in which goods are wanted, and how many.
WANTED = ((2, 6), (4, 8), (6, 8), (9, 10), (12, 12))
#: The same result on every machine, and in no time.
QUICK = Limits(deterministic=1.0, workers=1)


def plan_ahead(uow: UnitOfWork) -> None:
    """Rules, a master plan in force, one run with its proposals, one schedule; only once."""
    if uow.session.scalar(select(PlanRun.id).limit(1)):
        return
    made = uow.session.scalars(
        select(Product).join(Bom, Bom.product_id == Product.id).order_by(Product.id).distinct()
    ).all()
    if not made:
        return
    chinese = any("\u4e00" <= sign <= "\u9fff" for sign in made[0].name)
    for product in made:
        uow.add(PlanningRule(product_id=product.id, method="make", lead_days=7))
    parts = set(uow.session.scalars(select(BomLine.product_id)))
    whole = next((product for product in made if product.id not in parts), made[0])
    _master_plan(uow, whole.id, "本季主计划" if chinese else "This season")
    if find_spec("scipy") is not None:
        _run(uow)
    _schedule(uow, "本周排程" if chinese else "This week")


def _master_plan(uow: UnitOfWork, product: int, name: str) -> None:
    monday = first_day(uow.today, "week")
    lines = [
        MasterLine(
            product_id=product, on=monday + dt.timedelta(weeks=week), quantity=Decimal(quantity)
        )
        for week, quantity in WANTED
    ]
    plan = MasterPlan(name=name, lines=lines)
    uow.add(plan)
    uow.flush()
    approve_master_plans(uow, [plan.id])


def _run(uow: UnitOfWork) -> None:
    run = open_plan_run(uow)
    run.move("start")
    run.start_on = first_day(uow.today, run.period)
    uow.number(run, "plan-run")
    uow.complete()
    plan_now(uow, run.id)


def _schedule(uow: UnitOfWork, name: str) -> None:
    schedule = Schedule(name=name, days=30, seconds=10, repeatable=True)
    schedule.start_at = uow.now.replace(second=0, microsecond=0)
    uow.add(schedule)
    uow.flush()
    problem = framed(uow, schedule)
    if not problem.works:
        return
    schedule.move("start")
    save(uow, schedule.id, problem, solve(problem, QUICK), over=True)
    uow.complete()
    adopt_schedules(uow, [schedule.id])

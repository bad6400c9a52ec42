"""Planning: a hundred thousand items netted over all levels, and a plan written."""

from __future__ import annotations

import datetime as dt
import itertools
import time
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import insert

from bench.targets import TARGETS
from dougong_base import Product
from dougong_production.boms.models import Bom, BomLine
from dougong_production.master_plans.models import MasterLine, MasterPlan
from dougong_production.plan_runs.computing import compute
from dougong_production.plan_runs.gathering import gather
from dougong_production.plan_runs.models import PlanRun
from dougong_production.plan_runs.writing import clear_last_plan, write_plan
from dougong_production.planning.netting import Situation, Structure, plan_requirements
from dougong_production.planning.periods import first_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.site import Site
    from dougong import UnitOfWork

ITEMS, LINES, WEEKS, LEVELS = 100_000, 1_000_000, 52, 10


def invented(seed: int = 7) -> tuple[Structure, Situation]:
    """Ten levels of items, each taking ten of the next; demand for the uppermost in most weeks."""
    rng = np.random.default_rng(seed)
    size = ITEMS // LEVELS
    parents = np.sort(rng.integers(0, ITEMS - size, LINES))
    above = parents // size
    children = rng.integers((above + 1) * size, (above + 2) * size)
    name = rng.permutation(ITEMS)  # nobody numbers products by level
    demand = np.zeros((ITEMS, WEEKS))
    demand[name[:size]] = rng.integers(0, 20, (size, WEEKS))
    structure = Structure(
        count=ITEMS,
        parents=name[parents],
        children=name[children],
        per=rng.integers(1, 4, LINES) / 4,
    )
    situation = Situation(
        on_hand=rng.integers(0, 200, ITEMS).astype(float),
        safety=rng.integers(0, 20, ITEMS).astype(float),
        lead=rng.integers(0, 3, ITEMS),
        expected=np.zeros((ITEMS, WEEKS)),
        demand=demand,
    )
    return structure, situation


def netting() -> Iterator[str]:
    """The arithmetic alone: as fine as one likes, and all counted in whole pieces.

    Each line takes a fraction of a piece, so that what each lot takes is rounded up by itself.
    """
    structure, situation = invented()
    pieces = replace(situation, digits=np.zeros(ITEMS, dtype=np.int64))
    for name, told in (("plan: netted", situation), ("plan: netted in pieces", pieces)):
        took = []
        for _again in range(5):
            start = time.process_time()
            plan_requirements(structure, told)
            took.append(time.process_time() - start)
        label = name.replace("plan: ", "plan: 100k items ")
        yield f"{label:<40}{sorted(took)[2]:>8.2f} s CPU   {TARGETS['plan: netted']}"


def run(site: Site) -> Iterator[str]:
    """A run over a hundred thousand items: read, netted, written."""
    house, keys = site.runtime.house, []

    def fill(uow: UnitOfWork) -> None:
        fill_with(uow, site.unit)
        run = PlanRun(periods=WEEKS)
        uow.add(run)
        keys.append(run.id)

    house.run(site.actor, fill)
    for again in ("first", "second"):

        def timed(uow: UnitOfWork) -> tuple[float, ...]:
            run = PlanRun(periods=WEEKS, state="running", start_on=first_day(uow.today, "week"))
            uow.add(run)
            uow.flush()
            marks = [time.perf_counter()]
            facts = gather(uow, run.calendar)
            marks.append(time.perf_counter())
            found = compute(facts, run.calendar)
            marks.append(time.perf_counter())
            clear_last_plan(uow, run)
            marks.append(time.perf_counter())
            write_plan(uow, run, facts, found)
            run.end("done")
            uow.complete()
            marks.append(time.perf_counter())
            keys[:] = [run.items, run.proposed]
            return tuple(b - a for a, b in itertools.pairwise(marks))

        read, netted, cleared, written = house.run(site.actor, timed)
        told = (
            f"{keys[0]:,} items, {keys[1]:,} proposals: read {read:.1f} s, computed {netted:.1f} s,"
        )
        told += f" the last plan cleared {cleared:.1f} s, written {written:.1f} s"
        yield f"plan, {again} run on {site.database}: {told}   {TARGETS['plan: written']}"


def fill_with(uow: UnitOfWork, unit: int) -> None:
    """Products and bills, sent to the tables as they are."""
    structure, situation = invented()
    first = uow.id() + 10_000_000
    ids = range(first, first + ITEMS)
    send = uow.session.connection().execute
    send(
        insert(Product.__table__),
        [
            {"id": id, "version": 1, "code": f"I{n:06d}", "name": f"Item {n}", "kind": "goods",
             "unit_id": unit, "lead_days": 7}
            for n, id in enumerate(ids)
        ],
    )  # fmt: skip
    company = uow.company_id
    parents = sorted(set(structure.parents.tolist()))
    send(
        insert(Bom.__table__),
        [
            {"id": first + ITEMS + n, "version": 1, "company_id": company, "code": f"B{n}",
             "product_id": first + n}
            for n in parents
        ],
    )  # fmt: skip
    columns = zip(
        structure.parents.tolist(), structure.children.tolist(), structure.per.tolist(), strict=True
    )
    lines = (
        {"id": first + 2 * ITEMS + n, "bom_id": first + ITEMS + parent, "product_id": first + child,
         "own_quantity": Decimal(str(per))}
        for n, (parent, child, per) in enumerate(columns)
    )  # fmt: skip
    while several := list(itertools.islice(lines, 100_000)):
        send(insert(BomLine.__table__), several)
    wanted = np.flatnonzero(situation.demand[:, 0])[: ITEMS // LEVELS].tolist()
    plan = MasterPlan(name="All", state="approved")
    uow.add(plan)
    uow.flush()
    weeks = (12, 25, 38, 51)
    send(
        insert(MasterLine.__table__),
        [
            {"id": first + 2 * ITEMS + LINES + n, "plan_id": plan.id, "product_id": first + item,
             "on": uow.today + dt.timedelta(days=7 * week), "quantity": Decimal(10)}
            for n, (item, week) in enumerate(itertools.product(wanted, weeks))
        ],
    )  # fmt: skip

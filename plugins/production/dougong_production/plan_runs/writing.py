"""What a run found becomes rows: its table, proposals, warnings, and what it was told."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, select

from dougong import UnitOfWork, _
from dougong_base import Product
from dougong_base.ports import Movement
from dougong_production.plan_runs.computing import Computed
from dougong_production.plan_runs.gathering import Facts
from dougong_production.plan_runs.models import (
    PlanFlow,
    PlanItem,
    PlanRun,
    PlanWarning,
    Proposal,
    dumped,
)
from dougong_production.planning.pegging import Flow, advise
from dougong_production.planning.periods import Periods

FORECAST = "forecast"


def clear_last_plan(uow: UnitOfWork, run: PlanRun) -> None:
    """Only the last run's table is kept; of earlier proposals those that were decided on."""
    company = run.company_id
    connection = uow.session.connection()
    connection.execute(
        delete(Proposal).where(Proposal.company_id == company, Proposal.state == "open")
    )
    for model in (PlanItem, PlanFlow, PlanWarning):
        connection.execute(delete(model).where(model.company_id == company))


def write_plan(uow: UnitOfWork, run: PlanRun, facts: Facts, found: Computed) -> None:
    """Store everything in a few statements, whatever the number of items."""
    periods = run.calendar
    proposals = list(_proposals(uow, run, facts, found, periods))
    uow.add(*proposals)
    warnings = list(_warnings(uow, run, facts, found, periods))
    warnings += [_late(proposal) for proposal in proposals if proposal.late_days]
    uow.add(*warnings, *_items(run, facts, found), *_flows(run, facts))
    run.items, run.proposed = len(found.products), len(proposals)
    run.late = sum(1 for proposal in proposals if proposal.late_days)
    run.warnings = len(warnings)


def exact(value: float) -> Decimal:
    """A quantity as it is kept: six places."""
    return Decimal(repr(round(value, 6))).quantize(Decimal("0.000001"))


def method_of(facts: Facts, found: Computed, product: int, made: set[int]) -> str:
    """Made where the rule says so, or where there is a bill and no rule."""
    rule = facts.rules.get(product)
    if rule is not None:
        return rule.method
    return "make" if product in made else "buy"


def _made(found: Computed) -> set[int]:
    return {found.products[row] for row in set(found.parents.tolist())}


def _proposals(
    uow: UnitOfWork, run: PlanRun, facts: Facts, found: Computed, periods: Periods
) -> Iterator[Proposal]:
    receipts, made = found.plan.receipts, _made(found)
    rows, columns = receipts.nonzero()
    levels = found.plan.levels.tolist()
    for row, period, quantity in zip(
        rows.tolist(), columns.tolist(), receipts[rows, columns].tolist(), strict=True
    ):
        product, days = found.products[row], found.lead_days[row]
        needed = max(periods.day(period), uow.today)
        release = max(needed - dt.timedelta(days=days), uow.today)
        due = release + dt.timedelta(days=days)
        # A plan by weeks is as fine as a week: within its week nothing is late.
        late = (due - needed).days if periods.index(due) > period else 0
        yield Proposal(
            company_id=run.company_id, run_id=run.id, product_id=product,
            method=method_of(facts, found, product, made), quantity=exact(quantity),
            release_on=release, due_on=due, needed_on=needed, late_days=late,
            level=levels[row], period_index=period,
        )  # fmt: skip


def _late(proposal: Proposal) -> PlanWarning:
    return PlanWarning(
        company_id=proposal.company_id, run_id=proposal.run_id, product_id=proposal.product_id,
        kind="late", quantity=proposal.quantity, planned_on=proposal.due_on,
        needed_on=proposal.needed_on, document_kind="production.proposals", document_id=proposal.id,
    )  # fmt: skip


def _items(run: PlanRun, facts: Facts, found: Computed) -> Iterator[PlanItem]:
    plan, made = found.plan, _made(found)
    parts, takers = _usage(found)
    tables = {
        "gross": _sparse(plan.gross),
        "expected": _sparse(found.expected),
        "projected": _sparse(plan.projected),
        "net": _sparse(plan.net),
        "receipts": _sparse(plan.receipts),
        "releases": _sparse(plan.releases),
    }
    levels, gross, net = plan.levels.tolist(), plan.gross.sum(1).tolist(), plan.net.sum(1).tolist()
    zero = Decimal(0)
    for row, product in enumerate(found.products):
        rule = facts.rules.get(product)
        yield PlanItem(
            company_id=run.company_id, run_id=run.id, product_id=product, level=levels[row],
            method=method_of(facts, found, product, made), lead_days=found.lead_days[row],
            on_hand=facts.on_hand.get(product, zero),
            safety=rule.safety_stock if rule is not None else zero,
            gross=exact(gross[row]), net=exact(net[row]),
            table=dumped({name: rows[row] for name, rows in tables.items() if row in rows}),
            parts=dumped(parts.get(row, {})), used_in=dumped(takers.get(row, {})),
        )  # fmt: skip


def _sparse(values: Any) -> dict[int, dict[int, float]]:
    """By row and period, only what is not zero."""
    rows, columns = values.nonzero()
    found: dict[int, dict[int, float]] = defaultdict(dict)
    for row, column, value in zip(
        rows.tolist(), columns.tolist(), values[rows, columns].tolist(), strict=True
    ):
        found[row][column] = value
    return found


def _usage(found: Computed) -> tuple[dict[int, dict[int, float]], dict[int, dict[int, float]]]:
    parts: dict[int, dict[int, float]] = defaultdict(dict)
    takers: dict[int, dict[int, float]] = defaultdict(dict)
    products = found.products
    for parent, child, per in zip(
        found.parents.tolist(), found.children.tolist(), found.per.tolist(), strict=True
    ):
        mine, other = parts[parent], products[child]
        mine[other] = round(mine.get(other, 0.0) + per, 9)
        takers[child][products[parent]] = mine[other]
    return parts, takers


def _flows(run: PlanRun, facts: Facts) -> Iterator[PlanFlow]:
    for flow in facts.flows:
        source = flow.source or (None, None)
        yield PlanFlow(
            company_id=run.company_id, run_id=run.id, product_id=flow.product_id, on=flow.on,
            quantity=flow.quantity, document_kind=flow.document.kind, document_id=flow.document.id,
            source_kind=source[0], source_id=source[1], rank=flow.priority,
        )  # fmt: skip
    for need in facts.forecast:
        kind, id = need.source or (FORECAST, None)
        yield PlanFlow(
            company_id=run.company_id, run_id=run.id, product_id=need.product_id, on=need.on,
            quantity=-need.quantity, document_kind=kind, document_id=id, rank=9,
        )  # fmt: skip


def _warnings(
    uow: UnitOfWork, run: PlanRun, facts: Facts, found: Computed, periods: Periods
) -> Iterator[PlanWarning]:
    yield from _circles(uow, run, found)
    coming: dict[int, list[Movement]] = defaultdict(list)
    for flow in facts.flows:
        if flow.quantity > 0:
            coming[flow.product_id].append(flow)
    gross = found.plan.gross
    for product, flows in coming.items():
        row = found.index[product]
        needs = [
            Flow(period, quantity, period)
            for period, quantity in enumerate(gross[row].tolist())
            if quantity
        ]
        expected = [Flow(periods.index(f.on), float(f.quantity), n) for n, f in enumerate(flows)]
        rule = facts.rules.get(product)
        safety = float(rule.safety_stock) if rule else 0.0
        for advice in advise(float(facts.on_hand.get(product, 0)), safety, expected, needs):
            flow = flows[int(advice.key)]
            yield PlanWarning(
                company_id=run.company_id, run_id=run.id, product_id=product, kind=advice.action,
                quantity=flow.quantity, planned_on=flow.on,
                needed_on=None if advice.needed is None else periods.day(advice.needed),
                document_kind=flow.document.kind, document_id=flow.document.id,
            )  # fmt: skip


def _circles(uow: UnitOfWork, run: PlanRun, found: Computed) -> Iterator[PlanWarning]:
    ids = [found.products[row] for circle in found.circles for row in circle]
    if not ids:
        return
    codes = dict(
        uow.session.execute(select(Product.id, Product.code).where(Product.id.in_(ids))).all()
    )
    for circle in found.circles:
        several = [found.products[row] for row in circle]
        named = ", ".join(codes[id] for id in several)
        note = str(_("The bills of materials of these go in a circle: %(codes)s.", codes=named))
        for product in several:
            yield PlanWarning(
                company_id=run.company_id, run_id=run.id, product_id=product, kind="circle",
                note=note[:400],
            )  # fmt: skip

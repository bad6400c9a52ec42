"""What a run found becomes rows: its table, proposals, warnings, and what it was told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy import delete, select

from dougong import UnitOfWork, _
from dougong_base import Product
from dougong_base.ports import Movement
from dougong_production.plan_runs.columns import exact, lots_of, table_texts, usage_texts
from dougong_production.plan_runs.computing import Computed
from dougong_production.plan_runs.gathering import Facts
from dougong_production.plan_runs.models import (
    PlanFlow,
    PlanItem,
    PlanRun,
    PlanWarning,
    Proposal,
)
from dougong_production.planning.pegging import Flow, advise
from dougong_production.planning.periods import Periods

FORECAST = "forecast"
INSPECTIONS = "production.inspections"


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
    """Store everything in a few statements, whatever the number of items: whole columns."""
    made, lots = methods(facts, found), lots_of(run.calendar, found, uow.today)
    ids = uow.add_columns(
        Proposal, len(lots.products), company_id=run.company_id, run_id=run.id,
        product_id=lots.products, method=[made[row] for row in lots.rows],
        quantity=lots.quantities, release_on=lots.release_on, due_on=lots.due_on,
        needed_on=lots.needed_on, late_days=lots.late_days, level=lots.levels,
        period_index=lots.periods,
    )  # fmt: skip
    late = [n for n, days in enumerate(lots.late_days) if days]
    uow.add_columns(
        PlanWarning, len(late), company_id=run.company_id, run_id=run.id, kind="late",
        document_kind="production.proposals", document_id=[ids[n] for n in late],
        product_id=[lots.products[n] for n in late], quantity=[lots.quantities[n] for n in late],
        planned_on=[lots.due_on[n] for n in late], needed_on=[lots.needed_on[n] for n in late],
    )  # fmt: skip
    warnings = list(_warnings(uow, run, facts, found, run.calendar))
    uow.add(*warnings)
    _add_items(uow, run, facts, found, made)
    _add_flows(uow, run, facts)
    run.items, run.proposed, run.late = len(found.products), len(ids), len(late)
    run.warnings = len(warnings) + len(late)


def methods(facts: Facts, found: Computed) -> list[str]:
    """Made where the rule says so, or where there is a bill and no rule."""
    with_bill = {found.products[row] for row in set(found.structure.parents.tolist())}
    return [
        rule.method
        if (rule := facts.rules.get(product)) is not None
        else "make"
        if product in with_bill
        else "buy"
        for product in found.products
    ]


def _add_items(
    uow: UnitOfWork, run: PlanRun, facts: Facts, found: Computed, made: list[str]
) -> None:
    plan, products, rules, zero = found.plan, found.products, facts.rules, Decimal(0)
    parts, used_in = usage_texts(found)
    uow.add_columns(
        PlanItem, len(products), company_id=run.company_id, run_id=run.id,
        product_id=list(products), level=plan.levels.tolist(), method=made,
        lead_days=list(found.lead_days),
        on_hand=[facts.on_hand.get(id, zero) for id in products],
        safety=[rules[id].safety_stock if id in rules else zero for id in products],
        gross=exact(plan.gross.sum(axis=1)), net=exact(plan.net.sum(axis=1)),
        table=table_texts(plan), parts=parts, used_in=used_in,
    )  # fmt: skip


def _add_flows(uow: UnitOfWork, run: PlanRun, facts: Facts) -> None:
    told = [
        (
            flow.product_id, flow.on, flow.quantity, flow.document.kind, flow.document.id,
            *(flow.source or (None, None)), flow.priority,
        )
        for flow in facts.flows
    ] + [
        (need.product_id, need.on, -need.quantity, *(need.source or (FORECAST, None)), None, None, 9)
        for need in facts.forecast
    ]  # fmt: skip
    if not told:
        return
    product, on, quantity, kind, id, source_kind, source_id, rank = map(
        list, zip(*told, strict=True)
    )
    uow.add_columns(
        PlanFlow, len(told), company_id=run.company_id, run_id=run.id, product_id=product, on=on,
        quantity=quantity, document_kind=kind, document_id=id, source_kind=source_kind,
        source_id=source_id, rank=rank,
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
            if flow.document.kind == INSPECTIONS and advice.action != "expedite":
                continue  # what lies there is neither put off nor called off
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

"""Inspections are opened for what arrives and is made, decided, and told to the warehouse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, Decimal
from typing import Any, NamedTuple

from sqlalchemy import select

from dougong import DocumentRef, UnitOfWork, ref
from dougong_base.events import GoodsRejected, GoodsReleased, RejectedLine
from dougong_production.inspections.models import Inspection, Result, SamplingState
from dougong_production.inspections.sampling import follow_lots, read_states
from dougong_production.inspections.workflow import SAMPLING_STEPS
from dougong_production.ncrs.service import report_failures
from dougong_production.quality.switching import resumed
from dougong_production.quality_plans.models import QualityPlan
from dougong_production.quality_plans.queries import open_book


class Wanted(NamedTuple):
    """Goods that may have to be inspected."""

    source: DocumentRef
    line_id: int | None
    number: str
    company_id: int
    warehouse_id: int | None
    product_id: int
    supplier_id: int | None
    quantity: Decimal
    lot: str
    on: dt.date
    operation: str = ""
    apart: bool = False


def inspect(uow: UnitOfWork, stage: str, wanted: Iterable[Wanted]) -> list[Inspection]:
    """Open an inspection for all of these goods that a plan of this stage speaks of."""
    fresh = [one for one in wanted if one.quantity > 0]
    if not fresh:
        return []
    book = open_book(uow, stage, {one.product_id for one in fresh})
    found = [
        (one, plan)
        for one in fresh
        if (plan := book.plan_for(one.company_id, one.product_id, one.supplier_id, one.operation))
    ]
    states = read_states(uow, {plan.id for _one, plan in found})
    inspections = []
    for one, plan in found:
        state = states.get((plan.id, one.product_id, one.supplier_id))
        inspection = _open(one, plan, state, stage)
        uow.add(inspection)
        uow.number(inspection, "inspection", on=one.on)
        uow.link(one.source, inspection, "inspection")
        inspections.append(inspection)
    return inspections


def _open(one: Wanted, plan: QualityPlan, state: SamplingState | None, stage: str) -> Inspection:
    inspection = Inspection(
        company_id=one.company_id,
        state="open",
        stage=stage,
        plan_id=plan.id,
        product_id=one.product_id,
        supplier_id=one.supplier_id,
        lot=one.lot or None,
        quantity=one.quantity,
        lot_size=max(1, int(one.quantity.to_integral_value(ROUND_CEILING))),
        apart=one.apart,
        came_on=one.on,
        due_on=one.on + dt.timedelta(days=plan.days),
        warehouse_id=one.warehouse_id,
        source_kind=one.source.kind,
        source_id=one.source.id,
        source_line_id=one.line_id,
        reference=one.number,
        results=[
            Result(characteristic_id=line.id, position=n)
            for n, line in enumerate(plan.characteristics)
        ],
    )
    inspection.draw(plan, state.mode if state else "normal")
    return inspection


def inspected(uow: UnitOfWork, sources: set[DocumentRef], stage: str) -> set[DocumentRef]:
    """Those of these documents whose goods are or were looked at."""
    rows = uow.session.execute(
        select(Inspection.source_kind, Inspection.source_id).where(
            Inspection.source_id.in_({source.id for source in sources}), Inspection.stage == stage
        )
    )
    return {DocumentRef(kind or "", id or 0) for kind, id in rows}


def _take_up(uow: UnitOfWork, ids: Sequence[int]) -> list[Inspection]:
    # What was typed in the same act is stored first: a decided inspection takes no more results.
    uow.flush()
    inspections = uow.load(
        Inspection, ids, Inspection.plan, Inspection.product, Inspection.results, lock=True
    )
    # Who decides lots of one plan at the same time waits: the standing of a supplier follows in order.
    plans = sorted({one.plan_id for one in inspections})
    uow.load(QualityPlan, plans, QualityPlan.characteristics, lock=True)
    results = [line.id for one in inspections for line in one.results]
    if results:
        uow.load(Result, results, Result.characteristic)
    for one in inspections:
        if one.number is None:
            uow.number(one, "inspection", on=one.due_on or uow.today)
    return inspections


def decide_inspections(
    uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None
) -> list[Inspection]:
    """Pass or fail lots by what was found in their samples."""
    uow.require("production.inspection.decide")
    inspections, day = _take_up(uow, ids), on or uow.today
    failed = [one for one in inspections if not one.decide(day, uow.actor.user_id)]
    follow_lots(uow, inspections)
    _reject(uow, failed, day)
    _let_go(uow, [(one, one.quantity) for one in inspections if one.state == "passed"], day)
    return inspections


def refuse_lots(
    uow: UnitOfWork, ids: Sequence[int], reason: str, on: dt.date | None = None
) -> list[Inspection]:
    """Fail lots whatever was measured."""
    uow.require("production.inspection.decide")
    inspections, day = _take_up(uow, ids), on or uow.today
    for one in inspections:
        one.refuse(reason, day, uow.actor.user_id)
    follow_lots(uow, inspections)
    _reject(uow, inspections, day)
    return inspections


def accept_in_part(
    uow: UnitOfWork,
    ids: Sequence[int],
    accepted: Decimal,
    reason: str,
    on: dt.date | None = None,
) -> list[Inspection]:
    """Lots were sorted: so much is good and may be used, the rest stays apart and is reported."""
    uow.require("production.inspection.decide")
    inspections, day = _take_up(uow, ids), on or uow.today
    for one in inspections:
        one.accept_part(accepted, reason, day, uow.actor.user_id)
    follow_lots(uow, inspections)
    _reject(uow, inspections, day)
    _let_go(uow, [(one, accepted) for one in inspections], day)
    return inspections


def cancel_inspections(uow: UnitOfWork, ids: Sequence[int]) -> list[Inspection]:
    """Nobody looks at these lots; what is kept apart must be decided instead."""
    uow.require("production.inspection.decide")
    inspections = uow.load(Inspection, ids, lock=True)
    for one in inspections:
        one.cancel()
    return inspections


def _reject(uow: UnitOfWork, failed: Sequence[Inspection], on: dt.date) -> None:
    """Report what is not good; the warehouse keeps it apart, where it has not done so on arrival."""
    report_failures(uow, failed, on)
    uow.publish(
        GoodsRejected(**_told(one, one.refused, on))
        for one in failed
        if one.stage != "operation" and not one.apart
    )


def _let_go(uow: UnitOfWork, passed: Iterable[tuple[Inspection, Decimal]], on: dt.date) -> None:
    """Goods that were kept apart until now may be used."""
    uow.publish(GoodsReleased(**_told(one, many, on)) for one, many in passed if one.apart)


def release_lots(
    uow: UnitOfWork, ids: Sequence[int], reason: str, on: dt.date | None = None
) -> list[Inspection]:
    """Let failed lots pass under conditions: a second person decides, the warehouse frees them."""
    uow.require("production.inspection.release")
    inspections = uow.load(Inspection, ids, lock=True)
    for one in inspections:
        one.release(reason, uow.actor.user_id)
    day = on or uow.today
    uow.publish(
        GoodsReleased(**_told(one, one.quantity, day))
        for one in inspections
        if one.stage != "operation"
    )
    return inspections


def _told(one: Inspection, quantity: Decimal, on: dt.date) -> dict[str, Any]:
    line = RejectedLine(product_id=one.product_id, quantity=quantity, lot=one.lot or "")
    return {
        "source": ref(one),
        "number": one.number or "",
        "company_id": one.company_id,
        "warehouse_id": one.warehouse_id,
        "on": on,
        "subject": DocumentRef(one.source_kind, one.source_id or 0) if one.source_kind else None,
        "lines": (line,),
    }


def resume_inspection(uow: UnitOfWork, ids: Sequence[int]) -> list[SamplingState]:
    """The supplier has improved: lots are taken again, inspected strictly."""
    uow.require("production.sampling_state.resume")
    states = uow.load(SamplingState, ids, lock=True)
    for state in states:
        SAMPLING_STEPS.move(state, "resume")
        start = resumed()
        state.recent, state.refused, state.score = start.recent, start.refused, start.score
    return states

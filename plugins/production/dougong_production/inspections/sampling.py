"""How strictly the next lot is inspected, by how the last ones were."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select

from dougong import UnitOfWork
from dougong_production.inspections.models import Inspection, SamplingState
from dougong_production.quality.aql import Plan
from dougong_production.quality.switching import Standing, after_lot

Key = tuple[int, int, int | None]


def read_states(
    uow: UnitOfWork, plan_ids: Collection[int], *, lock: bool = False
) -> dict[Key, SamplingState]:
    """Where inspection stands, by plan, product and supplier."""
    ids = uow.session.scalars(
        select(SamplingState.id)
        .where(SamplingState.plan_id.in_(plan_ids))
        .order_by(SamplingState.id)
    ).all()
    states = uow.load(SamplingState, ids, lock=lock) if ids else []
    return {(one.plan_id, one.product_id, one.supplier_id): one for one in states}


def follow_lots(uow: UnitOfWork, decided: Sequence[Inspection]) -> None:
    """Switch to stricter or milder inspection after these lots, in their order."""
    by_table = [one for one in decided if one.plan.sampling == "aql"]
    if not by_table:
        return
    states = read_states(uow, {one.plan_id for one in by_table}, lock=True)
    for one in sorted(by_table, key=lambda one: one.id):
        key = one.plan_id, one.product_id, one.supplier_id
        state = states.get(key)
        if state is None:
            state = states[key] = SamplingState(
                company_id=one.company_id, plan_id=one.plan_id, product_id=one.product_id,
                supplier_id=one.supplier_id, mode="normal", recent="", refused=0, score=0,
            )  # fmt: skip
            uow.add(state)
        # A lot that was opened under another severity says nothing of this one.
        if state.mode == one.severity:
            _follow(state, one)


def _follow(state: SamplingState, one: Inspection) -> None:
    before = Standing(state.mode, state.recent, state.refused, state.score)  # type: ignore[arg-type]
    plan = Plan(one.letter or "A", one.sample_size, one.accept, one.reject)
    after = after_lot(before, plan, one.plan.aql or "", one.bad, may_reduce=one.plan.may_reduce)
    state.mode, state.recent = after.mode, after.recent
    state.refused, state.score = after.refused, after.score

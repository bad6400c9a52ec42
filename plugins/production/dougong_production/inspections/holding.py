"""What waits for an inspection: goods in the quarantine, and the next operation of an order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from sqlalchemy import func, select

from dougong import ZERO, Refused, UnitOfWork, _
from dougong_production.inspections.models import Inspection
from dougong_production.quality_plans.models import QualityPlan
from dougong_production.quality_plans.queries import open_book

if TYPE_CHECKING:
    from dougong_production.work_orders.models import WorkOrder

#: In these states nobody has said that the pieces are good.
HOLDING = ("open", "failed")


class HeldUp(Refused):
    """An inspection in between has not been passed."""

    def __init__(self, inspection: Inspection, work: WorkOrder) -> None:
        sentence = (
            _(
                "%(inspection)s after %(work)s is still open. Decide it, then go on.",
                inspection=inspection,
                work=work,
            )
            if inspection.state == "open"
            else _(
                "%(inspection)s after %(work)s has failed. Somebody who may must release it first.",
                inspection=inspection,
                work=work,
            )
        )
        super().__init__(sentence)


class KeptApart:
    """The answer to other departments: these goods are not free before they have passed."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow

    def apart(
        self,
        stage: Literal["receipt", "final"],
        company_id: int,
        product_ids: Collection[int],
        *,
        party_id: int | None = None,
    ) -> Collection[int]:
        """Those of these products whose plan of that stage makes the goods wait."""
        if not product_ids:
            return ()
        book = open_book(self.uow, stage, product_ids)
        return {
            product
            for product in product_ids
            if (plan := book.plan_for(company_id, product, party_id)) and plan.holds
        }


class Refusals:
    """The answer to other departments: what of a supplier's goods was refused."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow

    def of(self, supplier_id: int, start: dt.date, end: dt.date) -> Decimal:
        """Of failed lots all, of sorted ones the bad part; released lots do not count."""
        refused = func.sum(Inspection.quantity - func.coalesce(Inspection.accepted, 0))
        query = select(refused).where(
            Inspection.company_id == self.uow.company_id,
            Inspection.stage == "receipt",
            Inspection.supplier_id == supplier_id,
            Inspection.state.in_(("failed", "partial")),
            Inspection.decided_on.between(start, end),
        )
        return self.uow.session.scalar(query) or ZERO


def refuse_held(uow: UnitOfWork, works: Sequence[WorkOrder], *, whole: bool = False) -> None:
    """Refuse to go on with work while an earlier operation of its order waits for a decision.

    ``whole``: the order is to be taken in, so every operation counts.
    """
    from dougong_production.work_orders.models import WorkOrder

    rows = uow.session.execute(
        select(Inspection, WorkOrder)
        .join(WorkOrder, WorkOrder.id == Inspection.source_id)
        .join(QualityPlan, QualityPlan.id == Inspection.plan_id)
        .where(
            Inspection.source_kind == WorkOrder.__document__,
            Inspection.stage == "operation",
            Inspection.state.in_(HOLDING),
            QualityPlan.holds,
            WorkOrder.order_id.in_({work.order_id for work in works}),
        )
        .order_by(WorkOrder.sequence, Inspection.id)
    )
    for inspection, before in rows:
        for work in works:
            if work.order_id == before.order_id and (whole or before.sequence < work.sequence):
                raise HeldUp(inspection, before)

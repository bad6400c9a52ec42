"""Which goods and which orders wait for a decision of the laboratory."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select

from dougong import ZERO, DocumentRef, UnitOfWork
from dougong_base.ports import StockApart
from dougong_production.inspections.holding import HOLDING
from dougong_production.inspections.models import Inspection
from dougong_production.quality_plans.models import QualityPlan
from dougong_production.work_orders.models import WorkOrder


class HeldLot(NamedTuple):
    """So much of a lot lies apart; ``until`` is None where it was refused."""

    inspection: DocumentRef
    number: str
    product_id: int
    quantity: Decimal
    since: dt.date
    until: dt.date | None


class HeldOrder(NamedTuple):
    """A production order that waits for an inspection between two operations."""

    inspection: DocumentRef
    number: str
    order_id: int
    since: dt.date
    until: dt.date | None


def apart(uow: UnitOfWork, product_ids: Collection[int] | None = None) -> dict[int, Decimal]:
    """How much of each product lies apart: waiting for its inspection, or refused."""
    port = uow.ask(StockApart)
    return dict(port.apart(product_ids)) if port is not None else {}


def held_lots(uow: UnitOfWork, lying: dict[int, Decimal]) -> list[HeldLot]:
    """Whose decision the goods that lie apart wait for: open lots first, then the latest refused ones.

    What was carried out of the quarantine since (scrapped, sent back) is held by nobody any more.
    """
    left = defaultdict(lambda: ZERO, lying)
    rows = uow.session.scalars(
        select(Inspection)
        .where(
            Inspection.company_id == uow.company_id,
            Inspection.stage != "operation",
            Inspection.product_id.in_([id for id, many in lying.items() if many > 0]),
            Inspection.state.in_(("open", "failed", "partial")),
        )
        .order_by(Inspection.state != "open", Inspection.id.desc())
    ).all()
    found = []
    for one in rows:
        if one.state == "open" and not one.apart:
            continue
        wanted = one.refused if one.state == "partial" else one.quantity
        if (many := min(wanted, left[one.product_id])) > 0:
            left[one.product_id] -= many
            found.append(
                HeldLot(
                    DocumentRef(Inspection.__document__, one.id), one.number or "",
                    one.product_id, many, _since(uow, one), _until(uow, one),
                )
            )  # fmt: skip
    return found


def held_orders(uow: UnitOfWork) -> list[HeldOrder]:
    """Production orders whose next operation may not begin."""
    rows = uow.session.execute(
        select(Inspection, WorkOrder.order_id)
        .join(WorkOrder, WorkOrder.id == Inspection.source_id)
        .join(QualityPlan, QualityPlan.id == Inspection.plan_id)
        .where(
            Inspection.company_id == uow.company_id,
            Inspection.source_kind == WorkOrder.__document__,
            Inspection.stage == "operation",
            Inspection.state.in_(HOLDING),
            QualityPlan.holds,
        )
    )
    return [
        HeldOrder(
            DocumentRef(Inspection.__document__, one.id), one.number or "", order,
            _since(uow, one), _until(uow, one),
        )
        for one, order in rows
    ]  # fmt: skip


def _since(uow: UnitOfWork, one: Inspection) -> dt.date:
    return one.came_on or one.due_on or uow.today


def _until(uow: UnitOfWork, one: Inspection) -> dt.date | None:
    return max(one.due_on or uow.today, uow.today) if one.state == "open" else None

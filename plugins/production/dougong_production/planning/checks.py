"""What must always be true of the last plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong import ZERO, Check, _
from dougong_base import Product
from dougong_production.plan_runs.models import PlanFlow, PlanItem, PlanRun, Proposal
from dougong_production.planning_rules.models import PlanningRule

#: Quantities of a plan come from arithmetic with rounding at each level.
DUST = Decimal("0.001")
#: Items that are looked at; what holds of these holds of all.
MOST = 20_000


def needs_are_pegged(session: Session) -> Iterable[str]:
    """What is needed of each item is what orders and planned lots above take of it, no more, no less."""
    for run in session.scalars(select(PlanRun).where(PlanRun.state == "done").order_by(PlanRun.id)):
        yield from _run(session, run)


def _run(session: Session, run: PlanRun) -> Iterable[str]:
    items = session.scalars(
        select(PlanItem).where(PlanItem.run_id == run.id).order_by(PlanItem.id).limit(MOST)
    ).all()
    if not items:
        return
    end = run.calendar.end
    wanted: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for product, quantity in session.execute(
        select(PlanFlow.product_id, func.sum(PlanFlow.quantity))
        .where(PlanFlow.run_id == run.id, PlanFlow.quantity < 0, PlanFlow.on <= end)
        .group_by(PlanFlow.product_id)
    ):
        wanted[product] -= quantity
    lots: dict[int, Decimal] = {
        row[0]: row[1]
        for row in session.execute(
            select(Proposal.product_id, func.sum(Proposal.quantity))
            .where(Proposal.run_id == run.id)
            .group_by(Proposal.product_id)
        )
    }
    near = set(
        session.scalars(
            select(PlanningRule.product_id).where(PlanningRule.horizon_days.is_not(None))
        )
    )
    names = {
        row[0]: row[1]
        for row in session.execute(
            select(Product.id, Product.code)
            .join(PlanItem, PlanItem.product_id == Product.id)
            .where(PlanItem.run_id == run.id)
        )
    }
    for item in items:
        if item.product_id in near:
            continue
        above = sum(
            (lots.get(product, ZERO) * per for product, per in item.takers().items() if per > 0),
            ZERO,
        )
        pegged = wanted[item.product_id] + above
        if abs(pegged - item.gross) > max(DUST, item.gross * DUST):
            yield str(
                _(
                    "%(run)s: %(gross)s of %(product)s are needed, but %(pegged)s are asked for.",
                    run=run,
                    gross=f"{item.gross.normalize():f}",
                    product=names.get(item.product_id, "?"),
                    pegged=f"{pegged.normalize():f}",
                )
            )


CHECKS = [Check("production.pegs", _("What is needed is what somebody asks for"), needs_are_pegged)]

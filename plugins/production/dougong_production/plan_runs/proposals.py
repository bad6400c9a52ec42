"""Proposals become production orders and purchases, many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from dougong import DocumentRef, UnitOfWork, ref
from dougong_base.events import RequestedSupply, SupplyRequested
from dougong_production.plan_runs.models import PlanRun, Proposal
from dougong_production.plan_runs.ordering import order_production


def accept_proposals(uow: UnitOfWork, ids: Sequence[int]) -> list[Proposal]:
    """Make: production orders are opened. Buy: purchasing hears of all of them at once."""
    uow.require("production.proposal.accept")
    proposals = uow.load(Proposal, ids, Proposal.run, lock=True)
    for proposal in proposals:
        proposal.move("accept")
    order_production(uow, [p for p in proposals if p.method == "make"])
    _request(uow, [p for p in proposals if p.method == "buy"])
    return proposals


def dismiss_proposals(uow: UnitOfWork, ids: Sequence[int]) -> list[Proposal]:
    """Nothing comes of these; the next run may propose the like again."""
    uow.require("production.proposal.accept")
    return _move(uow, ids, "dismiss")


def fulfil_proposals(uow: UnitOfWork, ids: Sequence[int]) -> list[Proposal]:
    """What was accepted has come: it no longer counts as supply."""
    uow.require("production.proposal.accept")
    return _move(uow, ids, "fulfil")


def _move(uow: UnitOfWork, ids: Sequence[int], step: str) -> list[Proposal]:
    proposals = uow.load(Proposal, ids, lock=True)
    for proposal in proposals:
        proposal.move(step)
    return proposals


def _request(uow: UnitOfWork, proposals: Sequence[Proposal]) -> None:
    by_run: dict[int, list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        by_run[proposal.run_id].append(proposal)
    for several in by_run.values():
        run: PlanRun = several[0].run
        uow.publish(
            SupplyRequested(
                source=ref(run),
                number=run.number or "",
                company_id=run.company_id,
                on=uow.today,
                lines=tuple(
                    RequestedSupply(
                        product_id=one.product_id, quantity=one.quantity, needed_on=one.due_on,
                        demand=DocumentRef(Proposal.__document__, one.id),
                    )
                    for one in several
                ),
            )
        )  # fmt: skip

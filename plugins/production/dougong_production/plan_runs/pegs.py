"""Who waits for what: pegs up to customers and down to purchases, worked out when asked.

A run keeps what it was told and what it proposed; which supply serves which demand follows from
that by first come, first served, product by product along the chain that is asked for. A million
pegs that nobody reads need not be written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from dougong import DocumentRef, rounded_to
from dougong.links.models import DocumentLink
from dougong_base import Product, digits_of_products, rounded_down, rounded_up
from dougong_production.plan_runs.models import PlanFlow, PlanItem, PlanRun, Proposal
from dougong_production.planning.pegging import Flow, peg
from dougong_production.planning.periods import Periods

PROPOSALS = Proposal.__document__
#: Chains are not followed further than anything is built.
DEEPEST = 60


class Need(NamedTuple):
    """A demand: the document that takes the goods, and who asked for it."""

    document: DocumentRef | None
    source: DocumentRef | None
    product_id: int
    on: dt.date


class Supply(NamedTuple):
    """Something that comes: a proposal or a document; None is the stock that lies there."""

    document: DocumentRef | None
    #: A receipt's purchase order.
    source: DocumentRef | None
    product_id: int
    on: dt.date


@dataclass(frozen=True, slots=True)
class Tie:
    """So much of a supply serves a need, so many days too late; ``depth`` steps from what was asked."""

    product_id: int
    supply: Supply | None
    need: Need | None
    quantity: Decimal
    late_days: int
    depth: int = 0


class Pegs:
    """The pegs of the last run of a company, product by product."""

    def __init__(self, session: Session, run: PlanRun) -> None:
        self.session, self.run, self.periods = session, run, run.calendar
        self._ties: dict[int, list[Tie]] = {}
        self._items: dict[int, PlanItem] = {}

    def of(self, product_ids: Iterable[int]) -> list[Tie]:
        """All pegs of these products."""
        several = list(dict.fromkeys(product_ids))
        wanted = [id for id in several if id not in self._ties]
        if wanted:
            self._read(wanted)
        return [tie for id in several for tie in self._ties.get(id, ())]

    def up(self, document: DocumentRef) -> Iterator[Tie]:
        """Who waits for it, step by step up to customers, forecast and master plan."""
        waiting = {
            (one, product)
            for one in (document, *self._became(document))
            for product in self._supplied(one)
        }
        seen = set(waiting)
        for depth in range(DEEPEST):
            if not waiting:
                return
            above: set[tuple[DocumentRef, int]] = set()
            for tie in self.of(product for _document, product in waiting):
                if tie.supply is None or not (
                    (tie.supply.document, tie.product_id) in waiting
                    or (tie.supply.source, tie.product_id) in waiting
                ):
                    continue
                yield _at(tie, depth)
                if tie.need is not None and (taker := tie.need.document) is not None:
                    above |= {(taker, product) for product in self._supplied(taker)}
            waiting = above - seen
            seen |= waiting

    def down(self, document: DocumentRef) -> Iterator[Tie]:
        """What it waits for, step by step down to stock and purchases."""
        waiting = {(document, product) for product in self._wanted(document)}
        seen = set(waiting)
        for depth in range(DEEPEST):
            if not waiting:
                return
            below: set[tuple[DocumentRef, int]] = set()
            for tie in self.of(product for _document, product in waiting):
                if tie.need is None or not (
                    (tie.need.document, tie.product_id) in waiting
                    or (tie.need.source, tie.product_id) in waiting
                ):
                    continue
                yield _at(tie, depth)
                if tie.supply is not None and (maker := tie.supply.document) is not None:
                    below |= {(maker, product) for product in self._wanted(maker)}
            waiting = below - seen
            seen |= waiting

    # -- inside -------------------------------------------------------------------------------

    def _supplied(self, document: DocumentRef) -> set[int]:
        """The products a document brings; a purchase order is known by its receipts too."""
        if document.kind == PROPOSALS:
            return {
                product
                for item in self._made_by(document)
                for product in (item.product_id, *item.brought())
            }
        return set(self.session.scalars(self._flows_of(document).where(PlanFlow.quantity > 0)))

    def _became(self, document: DocumentRef) -> list[DocumentRef]:
        """The proposals of this run that became the document since."""
        ids = self.session.scalars(
            select(Proposal.id)
            .join(DocumentLink, DocumentLink.from_id == Proposal.id)
            .where(
                DocumentLink.from_kind == PROPOSALS, DocumentLink.to_kind == document.kind,
                DocumentLink.to_id == document.id, Proposal.run_id == self.run.id,
            )
        )  # fmt: skip
        return [DocumentRef(PROPOSALS, id) for id in ids]

    def _made_by(self, proposal: DocumentRef) -> Sequence[PlanItem]:
        return self.session.scalars(
            select(PlanItem)
            .join(Proposal, Proposal.product_id == PlanItem.product_id)
            .where(PlanItem.run_id == self.run.id, Proposal.id == proposal.id)
        ).all()

    def _wanted(self, document: DocumentRef) -> set[int]:
        if document.kind == PROPOSALS:
            return {product for item in self._made_by(document) for product in item.taken()}
        return set(self.session.scalars(self._flows_of(document).where(PlanFlow.quantity < 0)))

    def _flows_of(self, document: DocumentRef):  # type: ignore[no-untyped-def]
        return select(PlanFlow.product_id).where(
            PlanFlow.run_id == self.run.id,
            or_(
                (PlanFlow.document_kind == document.kind) & (PlanFlow.document_id == document.id),
                (PlanFlow.source_kind == document.kind) & (PlanFlow.source_id == document.id),
            ),
        )

    def _read(self, products: list[int]) -> None:
        items = self.session.scalars(
            select(PlanItem).where(
                PlanItem.run_id == self.run.id, PlanItem.product_id.in_(products)
            )
        ).all()
        takers = {product for item in items for product in item.takers()}
        proposals = self.session.scalars(
            select(Proposal)
            .where(
                Proposal.run_id == self.run.id, Proposal.state != "dismissed",
                Proposal.product_id.in_({*products, *takers}),
            )
            .order_by(Proposal.period_index, Proposal.id)
        ).all()  # fmt: skip
        flows = self.session.scalars(
            select(PlanFlow)
            .where(PlanFlow.run_id == self.run.id, PlanFlow.product_id.in_(products))
            .order_by(PlanFlow.on, PlanFlow.rank, PlanFlow.id)
        ).all()
        digits = digits_of_products(self.session, products)
        for item in items:
            mine = [p for p in proposals if p.product_id == item.product_id]
            above = [(p, per) for product, per in item.takers().items()
                     for p in proposals if p.product_id == product]  # fmt: skip
            told = [flow for flow in flows if flow.product_id == item.product_id]
            fine = digits.get(item.product_id, 6)
            self._ties[item.product_id] = list(_ties(item, mine, above, told, self.periods, fine))


def last_run(session: Session) -> PlanRun | None:
    """The run whose table is kept."""
    return session.scalars(
        select(PlanRun).where(PlanRun.state == "done").order_by(PlanRun.id.desc()).limit(1)
    ).first()


def kinds_of(session: Session, run: PlanRun) -> set[str]:
    """What kinds of documents the run was told of, and what became of its proposals."""
    told = (PlanFlow.document_kind, PlanFlow.source_kind)
    found = {
        kind
        for column in told
        for kind in session.scalars(select(column).where(PlanFlow.run_id == run.id).distinct())
    }
    became = select(DocumentLink.to_kind).where(DocumentLink.from_kind == PROPOSALS).distinct()
    return {kind for kind in (*found, *session.scalars(became)) if kind}


def _ties(
    item: PlanItem,
    proposals: Iterable[Proposal],
    above: Iterable[tuple[Proposal, Decimal]],
    flows: Iterable[PlanFlow],
    periods: Periods,
    digits: int,
) -> Iterator[Tie]:
    product = item.product_id
    supplies: list[Flow[Supply | Need]] = []
    demands: list[Flow[Supply | Need]] = []
    for flow in flows:
        place = periods.index(flow.on)
        if flow.quantity > 0:
            supply = Supply(flow.document, flow.source, product, flow.on)
            supplies.append(Flow(place, float(flow.quantity), supply, flow.rank))
        else:
            need = Need(flow.document, flow.source, product, flow.on)
            demands.append(Flow(place, -float(flow.quantity), need, flow.rank))
    for one in proposals:
        supply = Supply(DocumentRef(PROPOSALS, one.id), None, product, one.due_on)
        supplies.append(Flow(one.period_index, float(one.quantity), supply, 5))
    for one, per in above:
        if per < 0:
            supply = Supply(DocumentRef(PROPOSALS, one.id), None, product, one.due_on)
            brought = rounded_down(rounded_to(-one.quantity * per, 4 + digits), digits)
            supplies.append(Flow(one.period_index, float(brought), supply, 4))
            continue
        need = Need(DocumentRef(PROPOSALS, one.id), None, product, one.release_on)
        taken = rounded_up(rounded_to(one.quantity * per, 4 + digits), digits)
        demands.append(Flow(periods.index(one.release_on), float(taken), need, 5))
    for tie in peg(float(item.on_hand), supplies, demands):
        supplied = tie.supply if isinstance(tie.supply, Supply) else None
        wanted = tie.demand if isinstance(tie.demand, Need) else None
        late = 0
        if supplied is not None and wanted is not None:
            late = max(0, (supplied.on - wanted.on).days)
        quantity = Decimal(repr(tie.quantity))
        if quantity < 0:
            yield Tie(product, None, wanted, quantity, 0)
            continue
        yield Tie(
            product, supplied or Supply(None, None, product, periods.start), wanted, quantity, late
        )


def _at(tie: Tie, depth: int) -> Tie:
    return Tie(tie.product_id, tie.supply, tie.need, tie.quantity, tie.late_days, depth)


def names_of(session: Session, products: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Code and name of products."""
    rows = session.execute(
        select(Product.id, Product.code, Product.name).where(Product.id.in_(set(products)))
    )
    return {id: (code, name) for id, code, name in rows}

"""A planning run, its table, what it was told, what it proposes and what it warns of."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

import orjson
from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, DocumentRef, Owned, Quantity, Row, _, link_to
from dougong_base import Product, Sourced, counted_in
from dougong_production.db import Base
from dougong_production.plan_runs.workflow import PLAN_RUN_STEPS, PROPOSAL_STEPS, UNDERWAY
from dougong_production.planning.periods import Periods


class PlanRun(Document, Base):
    """One run over all levels: when, how far it looked, and what came of it."""

    __tablename__ = "production_plan_run"
    __document__: ClassVar[str] = "production.plan_runs"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        # Only one at a time in a company: of those under way the sign is set.
        UniqueConstraint("company_id", "busy"),
        CheckConstraint(
            "periods >= 1",
            name="periods_positive",
            info={"sentence": _("A plan has at least one period.")},
        ),
    )

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(10), default="draft")
    busy: Mapped[bool | None]
    period: Mapped[str] = mapped_column(String(8), default="week")
    periods: Mapped[int] = mapped_column(default=26)
    start_on: Mapped[dt.date | None]
    job_id: Mapped[int | None]
    items: Mapped[int] = mapped_column(default=0)
    proposed: Mapped[int] = mapped_column(default=0)
    late: Mapped[int] = mapped_column(default=0)
    warnings: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[dt.datetime | None]
    message: Mapped[str | None] = mapped_column(String(400))

    def __str__(self) -> str:
        if not self.number:
            return str(_("New planning run"))
        return str(_("Planning run %(number)s", number=self.number))

    @property
    def calendar(self) -> Periods:
        """The periods it looked at."""
        assert self.start_on is not None
        return Periods(self.start_on, self.periods, self.period)

    def move(self, step: str) -> None:
        """Take a step; the sign that a run is under way follows."""
        PLAN_RUN_STEPS.move(self, step)
        self.busy = True if self.state in UNDERWAY else None

    def end(self, state: str, message: str | None = None) -> None:
        """The job is over: ``done`` or ``failed``."""
        self.state, self.busy, self.message = state, None, message


class PlanItem(Owned, Row, Base):
    """The row of one product in the last run's table; quantities by period stand in ``table``."""

    __tablename__ = "production_plan_item"
    __document__: ClassVar[str] = "production.plan_items"
    __table_args__ = (UniqueConstraint("run_id", "product_id"),)

    run_id: Mapped[int] = link_to("production_plan_run.id", ondelete="CASCADE", index=False)
    product_id: Mapped[int] = link_to("base_product.id")
    level: Mapped[int]
    method: Mapped[str] = mapped_column(String(4))
    lead_days: Mapped[int]
    on_hand: Mapped[Decimal] = mapped_column(Quantity)
    safety: Mapped[Decimal] = mapped_column(Quantity)
    gross: Mapped[Decimal] = mapped_column(Quantity)
    net: Mapped[Decimal] = mapped_column(Quantity)
    #: gross, expected, net, receipts, releases: the periods where they are not zero, and how much.
    table: Mapped[str] = mapped_column("by_period", Text)
    #: What one of it takes, and what takes it: products, and how much. Less than nothing comes out.
    parts: Mapped[str] = mapped_column(Text, default="[[],[]]")
    used_in: Mapped[str] = mapped_column(Text, default="[[],[]]")

    run: Mapped[PlanRun] = relationship(PlanRun, lazy="raise")
    product: Mapped[Product] = relationship(Product, lazy="raise")

    def __str__(self) -> str:
        return str(self.product) if "product" in self.__dict__ else str(self.product_id)

    def row(self, name: str) -> dict[int, Decimal]:
        """One line of the table: quantity by period."""
        table = orjson.loads(self.table)
        # Lots that are just what is needed are kept once.
        found = table.get(name) or (table.get("receipts") if name == "net" else None)
        return _by(found) if found else {}

    def projected(self, periods: int) -> dict[int, Decimal]:
        """What lies there at the end of each period, planned lots included."""
        there, found = self.on_hand, {}
        gross, expected, receipts = (self.row(n) for n in ("gross", "expected", "receipts"))
        for period in range(periods):
            there += expected.get(period, ZERO) + receipts.get(period, ZERO)
            there -= gross.get(period, ZERO)
            found[period] = there
        return found

    def taken(self) -> dict[int, Decimal]:
        """How much of which product one of it takes."""
        return {product: per for product, per in _by(orjson.loads(self.parts)).items() if per > 0}

    def brought(self) -> dict[int, Decimal]:
        """How much of which product comes out beside one of it."""
        return {product: -per for product, per in _by(orjson.loads(self.parts)).items() if per < 0}

    def takers(self) -> dict[int, Decimal]:
        """Which products take it, and how much; less than nothing where it comes out beside."""
        return _by(orjson.loads(self.used_in))


def _by(columns: tuple[list[int], list[float]]) -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    for key, quantity in zip(*columns, strict=True):
        found[key] = found.get(key, ZERO) + Decimal(repr(quantity))
    return found


class PlanFlow(Sourced, Owned, Row, Base):
    """What the run was told: something that is wanted (negative) or under way, and with what."""

    __tablename__ = "production_plan_flow"
    __table_args__ = (
        Index("ix_production_plan_flow_product", "run_id", "product_id"),
        Index("ix_production_plan_flow_document", "document_id"),
        Index("ix_production_plan_flow_source", "source_id"),
    )

    run_id: Mapped[int] = link_to("production_plan_run.id", ondelete="CASCADE", index=False)
    product_id: Mapped[int] = link_to("base_product.id", index=False)
    on: Mapped[dt.date]
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    #: The delivery, purchase, order, master plan; empty for a forecast.
    document_kind: Mapped[str | None] = mapped_column(String(60))
    document_id: Mapped[int | None]
    rank: Mapped[int] = mapped_column(default=0)

    @property
    def document(self) -> DocumentRef | None:
        """What comes or goes."""
        if self.document_kind is None or self.document_id is None:
            return None
        return DocumentRef(self.document_kind, self.document_id)


class Proposal(Document, Base):
    """Make or buy so much, begin on this day, have it on that."""

    __tablename__ = "production_proposal"
    __document__: ClassVar[str] = "production.proposals"
    #: Replaced by every run; what becomes of an accepted one is told by the order it became.
    __audited__: ClassVar[bool] = False
    __table_args__ = (
        CheckConstraint(
            "quantity > 0",
            name="quantity_positive",
            info={"sentence": _("A proposal is for more than nothing.")},
        ),
        CheckConstraint("method IN ('make', 'buy')", name="method_known"),
        CheckConstraint(
            "due_on >= release_on",
            name="dates_in_order",
            info={"sentence": _("It cannot be there before it is begun.")},
        ),
        Index("ix_production_proposal_run", "run_id", "product_id"),
        Index("ix_production_proposal_state", "company_id", "state"),
        Index("ix_production_proposal_document", "document_id"),
    )

    run_id: Mapped[int] = link_to("production_plan_run.id", index=False)
    state: Mapped[str] = mapped_column(String(10), default="open")
    product_id: Mapped[int] = link_to("base_product.id")
    method: Mapped[str] = mapped_column(String(4))
    quantity: Mapped[Decimal] = counted_in("product_id")
    release_on: Mapped[dt.date]
    due_on: Mapped[dt.date]
    needed_on: Mapped[dt.date]
    late_days: Mapped[int] = mapped_column(default=0)
    level: Mapped[int] = mapped_column(default=0)
    period_index: Mapped[int] = mapped_column(default=0)
    #: What it became when it was accepted.
    document_kind: Mapped[str | None] = mapped_column(String(60))
    document_id: Mapped[int | None]

    run: Mapped[PlanRun] = relationship(PlanRun, lazy="raise")
    product: Mapped[Product] = relationship(Product, lazy="raise")

    def __str__(self) -> str:
        return str(_("Proposal %(id)s", id=self.id))

    def move(self, step: str) -> None:
        """Take a step of its table."""
        PROPOSAL_STEPS.move(self, step)


class PlanWarning(Owned, Row, Base):
    """What a planner must look at: expedite, delay, cancel, late, a bill that goes in a circle."""

    __tablename__ = "production_plan_warning"
    __document__: ClassVar[str] = "production.plan_warnings"
    __table_args__ = (Index("ix_production_plan_warning_run", "run_id", "product_id"),)

    run_id: Mapped[int] = link_to("production_plan_run.id", ondelete="CASCADE", index=False)
    product_id: Mapped[int] = link_to("base_product.id")
    kind: Mapped[str] = mapped_column(String(12))
    quantity: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    #: When it is expected or possible, and when it is needed.
    planned_on: Mapped[dt.date | None]
    needed_on: Mapped[dt.date | None]
    document_kind: Mapped[str | None] = mapped_column(String(60))
    document_id: Mapped[int | None]
    note: Mapped[str | None] = mapped_column(String(400))

    run: Mapped[PlanRun] = relationship(PlanRun, lazy="raise")
    product: Mapped[Product] = relationship(Product, lazy="raise")

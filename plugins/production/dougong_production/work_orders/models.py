"""A work order, its time and what was scrapped at it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import (
    ZERO,
    Amount,
    Document,
    Percent,
    Price,
    Quantity,
    Row,
    State,
    Step,
    Workflow,
    _,
    later,
    link_to,
)  # fmt: skip
from dougong_production.db import Base
from dougong_production.orders.models import Order
from dougong_production.work_centres.models import CONFIDENTIAL, WorkCentre

_SERVICE = "dougong_production.work_orders.service"

#: Why something is spoiled.
REASONS = {
    "material": _("Material"),
    "machine": _("Machine"),
    "setup": _("Set-up"),
    "handling": _("Handling"),
    "other": _("Other"),
}

WORK_STEPS = Workflow(
    "production.work",
    states=[
        State("waiting", _("Waiting")),
        State("ready", _("Ready"), "blue"),
        State("running", _("Running"), "yellow"),
        State("paused", _("Paused"), "orange"),
        State("done", _("Done"), "green"),
        State("cancelled", _("Cancelled"), "red", aside=True),
    ],
    steps=[
        Step(
            "start", _("Start"), ["ready", "paused"], "running", "production.work.do",
            later(f"{_SERVICE}:start_work"), primary=True, icon="player-play",
        ),
        Step(
            "pause", _("Pause"), ["running"], "paused", "production.work.do",
            later(f"{_SERVICE}:pause_work"), icon="player-pause",
        ),
        Step(
            "complete", _("Complete"), ["ready", "running", "paused"], "done", "production.work.do",
            later(f"{_SERVICE}:complete_work"), icon="circle-check",
        ),
    ],
)  # fmt: skip


class WorkOrder(Document, Base):
    """One operation of a production order at a work centre."""

    __tablename__ = "production_work"
    __document__: ClassVar[str] = "production.work"
    __table_args__ = (
        CheckConstraint(
            "done >= 0 AND scrapped >= 0",
            name="counted_from_zero",
            info={"sentence": _("What is done is counted from zero.")},
        ),
        Index("ix_production_work_centre_state", "work_centre_id", "state"),
    )

    order_id: Mapped[int] = link_to("production_order.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    sequence: Mapped[int] = mapped_column(default=10)
    name: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    work_centre_id: Mapped[int] = link_to("production_work_centre.id", index=False)
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    setup_minutes: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    #: For one unit.
    run_minutes: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    #: Set-up and all units together.
    planned_minutes: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    overlap: Mapped[Decimal] = mapped_column(Percent, default=ZERO)
    external: Mapped[bool] = mapped_column(default=False)
    external_price: Mapped[Decimal] = mapped_column(Price, default=ZERO, info=CONFIDENTIAL)
    #: When it is to begin and end, as far as a schedule says.
    planned_start: Mapped[dt.datetime | None]
    planned_end: Mapped[dt.datetime | None]
    started_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    done: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    scrapped: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    #: Really spent.
    minutes: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    planned_cost: Mapped[Decimal] = mapped_column(Amount, default=ZERO, info=CONFIDENTIAL)
    labour_cost: Mapped[Decimal] = mapped_column(Amount, default=ZERO, info=CONFIDENTIAL)
    overhead_cost: Mapped[Decimal] = mapped_column(Amount, default=ZERO, info=CONFIDENTIAL)

    order: Mapped[Order] = relationship(Order, back_populates="work", lazy="raise")
    work_centre: Mapped[WorkCentre] = relationship(WorkCentre, lazy="raise")
    logs: Mapped[list[TimeLog]] = relationship(
        back_populates="work", order_by="TimeLog.id", lazy="raise"
    )
    scraps: Mapped[list[WorkScrap]] = relationship(
        back_populates="work", order_by="WorkScrap.id", lazy="raise"
    )

    def __str__(self) -> str:
        return f"{self.sequence} {self.name}"

    @property
    def cost(self) -> Decimal:
        """People and place together."""
        return self.labour_cost + self.overhead_cost


class TimeLog(Row, Base):
    """Somebody worked on it from then to then; an open one is running."""

    __tablename__ = "production_time_log"
    __part_of__: ClassVar[str] = "work_id"
    __table_args__ = (
        # One person does one thing at a time.
        Index(
            "uq_production_time_log_running", "user_id", unique=True,
            sqlite_where=text("ended_at IS NULL"), postgresql_where=text("ended_at IS NULL"),
        ),
        CheckConstraint(
            "minutes >= 0",
            name="minutes_not_negative",
            info={"sentence": _("Minutes are counted from zero.")},
        ),
    )  # fmt: skip

    work_id: Mapped[int] = link_to("production_work.id", ondelete="CASCADE")
    user_id: Mapped[int | None] = link_to("core_user.id", ondelete="SET NULL", index=False)
    worker: Mapped[str] = mapped_column(String(100))
    started_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    #: The day on which the books were told.
    charged_on: Mapped[dt.date | None]
    minutes: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    labour: Mapped[Decimal] = mapped_column(Amount, default=ZERO, info=CONFIDENTIAL)
    overhead: Mapped[Decimal] = mapped_column(Amount, default=ZERO, info=CONFIDENTIAL)

    work: Mapped[WorkOrder] = relationship(back_populates="logs", lazy="raise")


class WorkScrap(Row, Base):
    """So much was spoiled at an operation, and why."""

    __tablename__ = "production_work_scrap"
    __part_of__: ClassVar[str] = "work_id"
    __table_args__ = (
        CheckConstraint(
            "quantity > 0",
            name="quantity_positive",
            info={"sentence": _("A quantity is greater than zero.")},
        ),
    )

    work_id: Mapped[int] = link_to("production_work.id", ondelete="CASCADE")
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    reason: Mapped[str] = mapped_column(String(10), default="other")
    at: Mapped[dt.datetime]

    work: Mapped[WorkOrder] = relationship(back_populates="scraps", lazy="raise")

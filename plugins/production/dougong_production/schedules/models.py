"""A schedule: its limits, how good it is, and where each operation runs."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, Owned, Quantity, Row, _, link_to
from dougong_production.db import Base
from dougong_production.orders.models import Order
from dougong_production.schedules.workflow import SCHEDULE_STEPS
from dougong_production.work_centres.models import WorkCentre
from dougong_production.work_orders.models import WorkOrder

#: Further ahead nobody schedules by the minute.
LONGEST_DAYS = 120


class Schedule(Document, Base):
    """Which operation runs where and when; in force once it is adopted."""

    __tablename__ = "production_schedule"
    __document__: ClassVar[str] = "production.schedules"
    __table_args__ = (
        CheckConstraint(
            f"days >= 1 AND days <= {LONGEST_DAYS}",
            name="days_possible",
            info={"sentence": _("Schedule between 1 and 120 days ahead.")},
        ),
        CheckConstraint(
            "seconds >= 1 AND seconds <= 3600",
            name="seconds_possible",
            info={"sentence": _("Look for between one second and one hour.")},
        ),
        CheckConstraint(
            "frozen_hours >= 0",
            name="frozen_not_negative",
            info={"sentence": _("The frozen time is not negative.")},
        ),
        CheckConstraint(
            "extra_hours >= 0",
            name="extra_not_negative",
            info={"sentence": _("Extra hours are not negative.")},
        ),
        Index("uq_production_schedule_busy", "company_id", "busy", unique=True),
    )

    name: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(10), default="draft")
    busy: Mapped[bool | None]
    days: Mapped[int] = mapped_column(default=30)
    seconds: Mapped[int] = mapped_column(default=30)
    #: The limit does not depend on how busy the machine is, and the result can be repeated.
    repeatable: Mapped[bool] = mapped_column(default=False)
    #: What an adopted schedule has placed in the next hours stays where it is.
    frozen_hours: Mapped[int] = mapped_column(default=0)
    #: What if every work centre worked so many hours a day longer?
    extra_hours: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    start_at: Mapped[dt.datetime | None]
    job_id: Mapped[int | None]
    base_id: Mapped[int | None] = link_to("production_schedule.id", ondelete="SET NULL")
    #: ``optimal``, ``feasible`` or ``dispatched``.
    result: Mapped[str | None] = mapped_column(String(12))
    #: In minutes; tardiness weighted.
    tardiness: Mapped[int] = mapped_column(default=0)
    makespan: Mapped[int] = mapped_column(default=0)
    late: Mapped[int] = mapped_column(default=0)
    message: Mapped[str | None] = mapped_column(String(400))

    base: Mapped[Schedule | None] = relationship(remote_side="Schedule.id", lazy="raise")

    def __str__(self) -> str:
        return self.name or str(_("New schedule"))

    def move(self, step: str) -> None:
        """Take a step; the sign that it is under way follows."""
        SCHEDULE_STEPS.move(self, step)
        self.busy = True if self.state == "running" else None

    def end(self, message: str | None) -> None:
        """The job is over."""
        self.state, self.busy, self.message = "done", None, message


class ScheduledWork(Owned, Row, Base):
    """An operation in a schedule: where, from when to when, and why its order is late."""

    __tablename__ = "production_scheduled_work"
    __document__: ClassVar[str] = "production.scheduled_work"

    schedule_id: Mapped[int] = link_to("production_schedule.id", ondelete="CASCADE")
    order_id: Mapped[int] = link_to("production_order.id", ondelete="CASCADE")
    work_id: Mapped[int] = link_to("production_work.id", ondelete="CASCADE")
    work_centre_id: Mapped[int] = link_to("production_work_centre.id", ondelete="CASCADE")
    start_at: Mapped[dt.datetime]
    end_at: Mapped[dt.datetime]
    late_minutes: Mapped[int] = mapped_column(default=0)
    #: Why the order is late: material, lead_time, capacity.
    reason: Mapped[str | None] = mapped_column(String(10))

    schedule: Mapped[Schedule] = relationship(Schedule, lazy="raise")
    order: Mapped[Order] = relationship(Order, lazy="raise")
    work: Mapped[WorkOrder] = relationship(WorkOrder, lazy="raise")
    work_centre: Mapped[WorkCentre] = relationship(WorkCentre, lazy="raise")

"""Machines, when they are looked after, and the work on them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import (
    ZERO,
    Ask,
    Document,
    Quantity,
    State,
    Step,
    Workflow,
    _,
    later,
    link_to,
)  # fmt: skip
from dougong.people.users.models import User
from dougong_production.db import Base
from dougong_production.maintenance.reliability import NegativeTime, hours_between
from dougong_production.work_centres.models import WorkCentre

KINDS = {
    "breakdown": _("Breakdown"),
    "preventive": _("Preventive"),
    "request": _("Request"),
}
_SERVICE = "dougong_production.maintenance.service:"
PENDING = ("requested", "planned", "running")

MAINTENANCE_STEPS = Workflow(
    "production.maintenance",
    states=[
        State("requested", _("Requested"), "yellow", editable=True),
        State("planned", _("Planned"), "blue", editable=True),
        State("running", _("In work"), "orange", editable=True),
        State("done", _("Done"), "green"),
        State("cancelled", _("Cancelled"), aside=True),
    ],
    steps=[
        Step(
            "plan", _("Plan"), ["requested"], "planned", "production.maintenance.write",
            later(_SERVICE + "plan_orders"), icon="calendar-plus",
            asks=[Ask("due", _("Due on"), "date")],
        ),
        Step(
            "start", _("Start"), ["requested", "planned"], "running",
            "production.maintenance.write", later(_SERVICE + "start_orders"), primary=True,
            icon="player-play",
        ),
        Step(
            "finish", _("Finish"), ["running"], "done", "production.maintenance.write",
            later(_SERVICE + "finish_orders"), primary=True, icon="circle-check",
            asks=[
                Ask("on", _("Date"), "date"),
                Ask("downtime", _("Hours down"), "quantity"),
                Ask("finding", _("What was done")),
            ],
        ),
        Step(
            "cancel", _("Cancel"), ["requested", "planned"], "cancelled",
            "production.maintenance.write", icon="ban",
        ),
    ],
)  # fmt: skip


class Equipment(Document, Base):
    """A machine or a tool; it may stand at a work centre."""

    __tablename__ = "production_equipment"
    __document__: ClassVar[str] = "production.equipment"
    __table_args__ = (
        UniqueConstraint("company_id", "code"),
        CheckConstraint(
            "hours_used >= 0",
            name="hours_not_negative",
            info={"sentence": _("Hours of use are not negative.")},
        ),
    )

    code: Mapped[str] = mapped_column(String(30))
    name: Mapped[str] = mapped_column(String(120))
    work_centre_id: Mapped[int | None] = link_to("production_work_centre.id")
    serial: Mapped[str | None] = mapped_column(String(60))
    in_use_since: Mapped[dt.date | None]
    #: Read off its meter.
    hours_used: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    note: Mapped[str | None] = mapped_column(String(2000))
    active: Mapped[bool] = mapped_column(default=True)

    work_centre: Mapped[WorkCentre | None] = relationship(WorkCentre, lazy="raise")

    def __str__(self) -> str:
        return self.name


class MaintenancePlan(Document, Base):
    """A machine is looked after every so many days, or hours of use."""

    __tablename__ = "production_maintenance_plan"
    __document__: ClassVar[str] = "production.maintenance_plans"
    __table_args__ = (
        CheckConstraint(
            "(every_days IS NOT NULL AND every_days > 0)"
            " OR (every_hours IS NOT NULL AND every_hours > 0)",
            name="interval_positive",
            info={"sentence": _("Say after how many days or hours of use it is due: more than 0.")},
        ),
    )

    name: Mapped[str] = mapped_column(String(120))
    equipment_id: Mapped[int] = link_to("production_equipment.id", ondelete="CASCADE")
    every_days: Mapped[int | None]
    every_hours: Mapped[Decimal | None] = mapped_column(Quantity)
    last_on: Mapped[dt.date | None]
    last_hours: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    instructions: Mapped[str | None] = mapped_column(String(4000))
    active: Mapped[bool] = mapped_column(default=True)

    equipment: Mapped[Equipment] = relationship(Equipment, lazy="raise")

    def __str__(self) -> str:
        return self.name

    def due(self, today: dt.date) -> bool:
        """Whether the days or the hours are over."""
        if self.every_days:
            if self.last_on is None:
                return True
            if today >= self.last_on + dt.timedelta(days=self.every_days):
                return True
        used = self.equipment.hours_used - self.last_hours
        return bool(self.every_hours) and used >= (self.every_hours or ZERO)


class MaintenanceOrder(Document, Base):
    """Work on a machine: asked for, planned by its turn, or because it has broken down."""

    __tablename__ = "production_maintenance"
    __document__: ClassVar[str] = "production.maintenance"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        CheckConstraint(
            "kind IN ('breakdown', 'preventive', 'request')",
            name="kind_known",
            info={"sentence": _("Choose a breakdown, preventive work or a request.")},
        ),
        CheckConstraint(
            "downtime >= 0",
            name="downtime_not_negative",
            info={"sentence": _("Hours down are not negative.")},
        ),
        CheckConstraint(
            "back_at IS NULL OR stopped_at IS NULL OR back_at >= stopped_at",
            name="back_after_stop",
            info={"sentence": _("A machine runs again after it has stopped, not before.")},
        ),
    )

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(10), default="requested", index=True)
    kind: Mapped[str] = mapped_column(String(10), default="request")
    equipment_id: Mapped[int] = link_to("production_equipment.id")
    plan_id: Mapped[int | None] = link_to("production_maintenance_plan.id", ondelete="SET NULL")
    title: Mapped[str] = mapped_column(String(200))
    reported_on: Mapped[dt.date] = mapped_column(index=True)
    due_on: Mapped[dt.date | None] = mapped_column(index=True)
    #: Since when a broken machine stands still, and when it is expected to run again.
    stopped_at: Mapped[dt.datetime | None]
    back_at: Mapped[dt.datetime | None]
    started_on: Mapped[dt.date | None]
    ended_on: Mapped[dt.date | None] = mapped_column(index=True)
    #: Hours in which the machine could not work.
    downtime: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    responsible_id: Mapped[int | None] = link_to("core_user.id", ondelete="SET NULL")
    finding: Mapped[str | None] = mapped_column(String(2000))

    equipment: Mapped[Equipment] = relationship(Equipment, lazy="raise")
    plan: Mapped[MaintenancePlan | None] = relationship(MaintenancePlan, lazy="raise")
    responsible: Mapped[User | None] = relationship(User, lazy="raise")

    def __str__(self) -> str:
        return self.number or self.title

    @property
    def stands(self) -> bool:
        """Whether the machine is broken and does not run."""
        return self.kind == "breakdown" and self.state in PENDING

    def finish(
        self, on: dt.date, downtime: Decimal | None, finding: str | None, now: dt.datetime
    ) -> None:
        """The machine works again; where nobody says how long it stood, the clock does."""
        if self.started_on and on < self.started_on:
            raise NegativeTime
        if downtime is not None and downtime < 0:
            raise NegativeTime
        MAINTENANCE_STEPS.move(self, "finish")
        self.ended_on = on
        if downtime is None and not self.downtime and self.stopped_at and self.kind == "breakdown":
            downtime = hours_between(self.stopped_at, now)
        self.downtime = self.downtime if downtime is None else downtime
        self.finding = finding or self.finding

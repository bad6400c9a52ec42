"""The plan of a day: shipments and vehicles; and the tours that came out of it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import (
    ZERO,
    Document,
    Percent,
    Quantity,
    Row,
    State,
    Step,
    Workflow,
    _,
    later,
    link_to,
    pgettext,
)
from dougong_logistics.db import Base
from dougong_logistics.fleet.models import Driver, Vehicle
from dougong_logistics.places.models import Place
from dougong_logistics.shipments.models import Shipment

_service = "dougong_logistics.tours.service"

PLAN_STEPS = Workflow(
    "logistics.plans",
    states=[
        State("draft", _("Draft"), editable=True),
        State("planned", pgettext("tour", "Planned"), "blue", editable=True),
        State("released", pgettext("tour", "Released"), "green"),
    ],
    steps=[
        Step(
            "collect", _("Collect shipments"), ["draft", "planned"], "draft",
            "logistics.plan.write", later(f"{_service}:collect"), icon="download",
        ),
        Step(
            "plan", _("Plan routes"), ["draft", "planned"], "planned", "logistics.plan.write",
            later(f"{_service}:plan_simply"), primary=True, icon="route",
        ),
        Step(
            "optimise", _("Optimise in the background"), ["draft", "planned"], "draft",
            "logistics.plan.write", later(f"{_service}:optimise"), icon="sparkles",
        ),
        Step(
            "release", pgettext("tour", "Release"), ["planned"], "released",
            "logistics.plan.release", later(f"{_service}:release"), primary=True, icon="send",
        ),
    ],
)  # fmt: skip

TOUR_STEPS = Workflow(
    "logistics.tours",
    states=[
        State("planned", pgettext("tour", "Planned"), editable=True),
        State("under_way", _("Under way"), "purple"),
        State("done", pgettext("tour", "Done"), "green"),
    ],
    steps=[
        Step(
            "start", _("Start"), ["planned"], "under_way", "logistics.tour.drive",
            later(f"{_service}:start_tours"), primary=True, icon="player-play",
        ),
        Step(
            "finish", _("Finish"), ["under_way"], "done", "logistics.tour.drive",
            later(f"{_service}:finish_tours"), primary=True, icon="flag",
        ),
    ],
)  # fmt: skip


#: What came of a stop.
OUTCOMES = {
    "open": pgettext("stop", "Open"),
    "delivered": pgettext("shipment", "Delivered"),
    "partly": _("Partly delivered"),
    "refused": _("Refused"),
}  # fmt: skip


class RoutePlan(Document, Base):
    """Which shipments go out on a day, and with which vehicles."""

    __tablename__ = "logistics_plan"
    __document__: ClassVar[str] = "logistics.plans"
    __table_args__ = (
        CheckConstraint(
            "detour > 0 AND speed > 0", name="roads_are_longer",
            info={"sentence": _("The detour is at least 100 %, and the speed more than zero.")},
        ),
    )  # fmt: skip

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(10), default="draft")
    day: Mapped[dt.date]
    #: How much longer roads are than the crow's flight.
    detour: Mapped[Decimal] = mapped_column(Percent, default=Decimal(130))
    speed: Mapped[int] = mapped_column(default=50)
    method: Mapped[str | None] = mapped_column(String(12))
    distance: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    cost: Mapped[Decimal] = mapped_column(default=ZERO)
    #: Kilometres and minutes between places as somebody has measured them; empty: from coordinates.
    matrix: Mapped[str | None] = mapped_column(String(200_000))
    #: Whether stops that nobody can reach stay here instead of stopping the plan.
    leave_out: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str | None] = mapped_column(String(2000))

    vehicles: Mapped[list[PlanVehicle]] = relationship(
        back_populates="plan", lazy="raise", order_by="PlanVehicle.position"
    )
    stops: Mapped[list[PlanStop]] = relationship(
        back_populates="plan", lazy="raise", order_by="PlanStop.position"
    )

    def __str__(self) -> str:
        return str(_("Plan %(day)s", day=self.day))


class PlanVehicle(Row, Base):
    """A vehicle that may drive on the day, and where it starts."""

    __tablename__ = "logistics_plan_vehicle"
    __part_of__: ClassVar[str] = "plan_id"
    __table_args__ = (UniqueConstraint("plan_id", "vehicle_id"),)

    plan_id: Mapped[int] = link_to("logistics_plan.id", ondelete="CASCADE", index=False)
    position: Mapped[int] = mapped_column(default=0)
    vehicle_id: Mapped[int] = link_to("logistics_vehicle.id")
    depot_id: Mapped[int] = link_to("logistics_place.id")
    #: Kilometres it drives in the plan.
    distance: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)

    plan: Mapped[RoutePlan] = relationship(back_populates="vehicles", lazy="raise")
    vehicle: Mapped[Vehicle] = relationship(Vehicle, lazy="raise")
    depot: Mapped[Place] = relationship(Place, lazy="raise")


class PlanStop(Row, Base):
    """A shipment of the day; after planning, with vehicle, order and times."""

    __tablename__ = "logistics_plan_stop"
    __part_of__: ClassVar[str] = "plan_id"
    __table_args__ = (UniqueConstraint("plan_id", "shipment_id"),)

    plan_id: Mapped[int] = link_to("logistics_plan.id", ondelete="CASCADE", index=False)
    position: Mapped[int] = mapped_column(default=0)
    shipment_id: Mapped[int] = link_to("logistics_shipment.id")
    vehicle_id: Mapped[int | None] = link_to("logistics_vehicle.id")
    turn: Mapped[int | None]
    arrives: Mapped[str | None] = mapped_column(String(5))

    plan: Mapped[RoutePlan] = relationship(back_populates="stops", lazy="raise")
    shipment: Mapped[Shipment] = relationship(Shipment, lazy="raise")
    vehicle: Mapped[Vehicle | None] = relationship(Vehicle, lazy="raise")


class Tour(Document, Base):
    """What one vehicle drives on a day."""

    __tablename__ = "logistics_tour"
    __document__: ClassVar[str] = "logistics.tours"
    __table_args__ = (UniqueConstraint("company_id", "number"),)

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(10), default="planned")
    day: Mapped[dt.date]
    plan_id: Mapped[int | None] = link_to("logistics_plan.id")
    vehicle_id: Mapped[int] = link_to("logistics_vehicle.id")
    driver_id: Mapped[int | None] = link_to("logistics_driver.id")
    depot_id: Mapped[int | None] = link_to("logistics_place.id")
    #: In kilometres.
    distance: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)

    vehicle: Mapped[Vehicle] = relationship(Vehicle, lazy="raise")
    driver: Mapped[Driver | None] = relationship(Driver, lazy="raise")
    depot: Mapped[Place | None] = relationship(Place, lazy="raise")
    stops: Mapped[list[TourStop]] = relationship(
        back_populates="tour", lazy="raise", order_by="TourStop.position"
    )

    def __str__(self) -> str:
        return str(_("Tour %(number)s", number=self.number or ""))


class TourStop(Row, Base):
    """A shipment that the driver hands over, in this order."""

    __tablename__ = "logistics_tour_stop"
    __part_of__: ClassVar[str] = "tour_id"
    __table_args__ = (
        UniqueConstraint("tour_id", "shipment_id"),
        CheckConstraint("outcome IN ('" + "', '".join(OUTCOMES) + "')", name="outcome_known"),
    )

    tour_id: Mapped[int] = link_to("logistics_tour.id", ondelete="CASCADE", index=False)
    position: Mapped[int] = mapped_column(default=0)
    shipment_id: Mapped[int] = link_to("logistics_shipment.id")
    arrives: Mapped[str | None] = mapped_column(String(5))
    #: When the driver was there, and what came of it.
    arrived_at: Mapped[dt.datetime | None]
    outcome: Mapped[str] = mapped_column(String(10), default="open")

    tour: Mapped[Tour] = relationship(back_populates="stops", lazy="raise")
    shipment: Mapped[Shipment] = relationship(Shipment, lazy="raise")

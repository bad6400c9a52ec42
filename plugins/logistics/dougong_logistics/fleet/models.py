"""Vehicles, those who drive them, and the log of what they need and cost."""

from __future__ import annotations

import calendar
import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, Price, Quantity, _, link_to
from dougong.people.users.models import User
from dougong_logistics.db import Base

KINDS = {
    "van": _("Van"), "truck": _("Truck"), "car": _("Car"), "bike": _("Cargo bike"),
}  # fmt: skip
ENTRIES = {
    "odometer": _("Odometer"), "fuel": _("Fuel"), "service": _("Service"),
    "contract": _("Contract"), "other": _("Other cost"),
}  # fmt: skip


class Driver(Document, Base):
    """Somebody who drives."""

    __tablename__ = "logistics_driver"
    __document__: ClassVar[str] = "logistics.drivers"
    __table_args__ = (UniqueConstraint("company_id", "name"),)

    name: Mapped[str] = mapped_column(String(120))
    user_id: Mapped[int | None] = link_to("core_user.id", ondelete="SET NULL")
    phone: Mapped[str | None] = mapped_column(String(40))
    licence_until: Mapped[dt.date | None]
    active: Mapped[bool] = mapped_column(default=True)

    user: Mapped[User | None] = relationship(User, lazy="raise")

    def __str__(self) -> str:
        return self.name or str(_("New driver"))


class Vehicle(Document, Base):
    """A vehicle of our own: what it carries, when it drives, what it costs."""

    __tablename__ = "logistics_vehicle"
    __document__: ClassVar[str] = "logistics.vehicles"
    __table_args__ = (
        UniqueConstraint("company_id", "plate"),
        CheckConstraint("kind IN ('" + "', '".join(KINDS) + "')", name="kind_known"),
        CheckConstraint(
            "capacity > 0 AND (room IS NULL OR room > 0)", name="carries_something",
            info={"sentence": _("A vehicle carries more than nothing: enter its capacity in kg.")},
        ),
        CheckConstraint(
            "cost_a_day >= 0 AND cost_a_km >= 0", name="costs_not_negative",
            info={"sentence": _("A cost is not negative.")},
        ),
        CheckConstraint(
            "service_every_km > 0 AND service_every_months > 0", name="service_comes_again",
            info={"sentence": _("A service comes again after more than nothing.")},
        ),
    )  # fmt: skip

    plate: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(8), default="van")
    driver_id: Mapped[int | None] = link_to("logistics_driver.id")
    #: In kg and m³.
    capacity: Mapped[Decimal] = mapped_column(Quantity)
    room: Mapped[Decimal | None] = mapped_column(Quantity)
    starts: Mapped[str] = mapped_column(String(5), default="07:00")
    ends: Mapped[str] = mapped_column(String(5), default="17:00")
    cost_a_day: Mapped[Decimal] = mapped_column(default=ZERO)
    cost_a_km: Mapped[Decimal] = mapped_column(Price, default=ZERO)
    odometer: Mapped[int] = mapped_column(default=0)
    #: How often it goes to the workshop.
    service_every_km: Mapped[int | None]
    service_every_months: Mapped[int | None]
    next_service_km: Mapped[int | None]
    next_service_on: Mapped[dt.date | None]
    active: Mapped[bool] = mapped_column(default=True)

    driver: Mapped[Driver | None] = relationship(Driver, lazy="raise")

    def was_serviced(self, on: dt.date, odometer: int | None) -> None:
        """It comes from the workshop: the next service is so many kilometres and months away."""
        if self.service_every_km is not None:
            self.next_service_km = (odometer or self.odometer) + self.service_every_km
        if self.service_every_months is not None:
            month = on.month - 1 + self.service_every_months
            year, month = on.year + month // 12, month % 12 + 1
            self.next_service_on = on.replace(
                year=year, month=month, day=min(on.day, calendar.monthrange(year, month)[1])
            )

    def is_due(self, today: dt.date) -> bool:
        """Whether it has to go to the workshop, by its kilometres or by the calendar."""
        by_km = self.next_service_km is not None and self.odometer >= self.next_service_km
        by_day = self.next_service_on is not None and self.next_service_on <= today
        return by_km or by_day

    def __str__(self) -> str:
        return self.plate or str(_("New vehicle"))


class FleetEntry(Document, Base):
    """A line of a vehicle's log: kilometres, fuel, service, a contract's cost."""

    __tablename__ = "logistics_fleet_entry"
    __document__: ClassVar[str] = "logistics.fleetlog"
    __table_args__ = (
        CheckConstraint("kind IN ('" + "', '".join(ENTRIES) + "')", name="kind_known"),
        CheckConstraint(
            "amount >= 0 AND litres >= 0 AND odometer >= 0", name="not_negative",
            info={"sentence": _("Kilometres, litres and amounts are not negative.")},
        ),
    )  # fmt: skip

    vehicle_id: Mapped[int] = link_to("logistics_vehicle.id")
    on: Mapped[dt.date]
    kind: Mapped[str] = mapped_column(String(8), default="fuel")
    odometer: Mapped[int | None]
    litres: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    amount: Mapped[Decimal] = mapped_column(default=ZERO)
    text: Mapped[str | None] = mapped_column(String(200))

    vehicle: Mapped[Vehicle] = relationship(Vehicle, lazy="raise")

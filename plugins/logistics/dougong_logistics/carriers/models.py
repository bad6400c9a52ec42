"""A carrier, the services it offers, and what they ask: dated tariffs by zone and step."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, Percent, Price, Quantity, Row, _, link_to
from dougong_base import Party, Product
from dougong_logistics.db import Base

#: What a tariff counts.
BASES = {"weight": _("Weight in kg"), "amount": _("Value of the goods")}


class Carrier(Document, Base):
    """Somebody who takes our goods to customers."""

    __tablename__ = "logistics_carrier"
    __document__: ClassVar[str] = "logistics.carriers"
    __table_args__ = (UniqueConstraint("company_id", "code"),)

    code: Mapped[str] = mapped_column(String(20))
    party_id: Mapped[int] = link_to("base_party.id")
    #: The product that stands on the carrier's bills.
    product_id: Mapped[int | None] = link_to("base_product.id")
    #: ``{number}`` stands where the tracking number goes.
    tracking_url: Mapped[str | None] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)

    party: Mapped[Party] = relationship(Party, lazy="raise")
    product: Mapped[Product | None] = relationship(Product, lazy="raise")

    def __str__(self) -> str:
        return self.code or str(_("New carrier"))


class Service(Document, Base):
    """One way in which a carrier takes goods: parcel, express, pallet."""

    __tablename__ = "logistics_service"
    __document__: ClassVar[str] = "logistics.services"
    __table_args__ = (
        UniqueConstraint("company_id", "code"),
        CheckConstraint(
            "days >= 0", name="days_not_negative",
            info={"sentence": _("Days are counted from zero.")},
        ),
        CheckConstraint(
            "divisor > 0", name="divisor_positive",
            info={"sentence": _("The volumetric divisor is greater than zero, as 5000; or empty.")},
        ),
        CheckConstraint(
            "parcel_limit > 0", name="parcel_limit_positive",
            info={"sentence": _("A parcel may weigh more than nothing; leave it empty for no limit.")},
        ),
    )  # fmt: skip

    carrier_id: Mapped[int] = link_to("logistics_carrier.id")
    code: Mapped[str] = mapped_column(String(30))
    name: Mapped[str] = mapped_column(String(120))
    days: Mapped[int] = mapped_column(default=1)
    #: So many cubic centimetres count as a kilogram; empty: volume does not count.
    divisor: Mapped[int | None]
    #: What one parcel may weigh at most, in kg.
    parcel_limit: Mapped[Decimal | None] = mapped_column(Quantity)
    active: Mapped[bool] = mapped_column(default=True)

    carrier: Mapped[Carrier] = relationship(Carrier, lazy="raise")

    def __str__(self) -> str:
        return self.code or str(_("New service"))


class Tariff(Document, Base):
    """What a service asks for one zone during some time, in the company's currency."""

    __tablename__ = "logistics_tariff"
    __document__: ClassVar[str] = "logistics.tariffs"
    __table_args__ = (
        CheckConstraint("basis IN ('" + "', '".join(BASES) + "')", name="basis_known"),
        CheckConstraint(
            "valid_until >= valid_from", name="days_in_order",
            info={"sentence": _("A tariff ends on the day it begins, or later.")},
        ),
        CheckConstraint(
            "fuel >= 0 AND minimum >= 0", name="not_negative",
            info={"sentence": _("Fuel surcharge and minimum are not negative.")},
        ),
        Index("ix_logistics_tariff_zone", "service_id", "country", "postcode", "valid_from"),
    )  # fmt: skip

    service_id: Mapped[int] = link_to("logistics_service.id", index=False)
    #: Empty: every country that no other tariff of the service names.
    country: Mapped[str | None] = mapped_column(String(2))
    #: How the postcode begins; the longest beginning counts.
    postcode: Mapped[str | None] = mapped_column(String(20))
    basis: Mapped[str] = mapped_column(String(6), default="weight")
    valid_from: Mapped[dt.date]
    valid_until: Mapped[dt.date | None]
    fuel: Mapped[Decimal] = mapped_column(Percent, default=ZERO)
    minimum: Mapped[Decimal] = mapped_column(default=ZERO)

    service: Mapped[Service] = relationship(Service, lazy="raise")
    steps: Mapped[list[TariffStep]] = relationship(
        back_populates="tariff", lazy="raise", order_by="TariffStep.up_to"
    )

    def overlaps(self, other: Tariff) -> bool:
        """Whether both would answer for the same parcel on the same day."""
        same = (
            self.service_id == other.service_id
            and (self.country or "") == (other.country or "")
            and (self.postcode or "") == (other.postcode or "")
        )
        last = dt.date.max
        return (
            same
            and self.valid_from <= (other.valid_until or last)
            and other.valid_from <= (self.valid_until or last)
        )

    def __str__(self) -> str:
        zone = f"{self.country or '*'} {self.postcode or ''}".strip()
        return f"{zone} {self.valid_from or ''}".strip()


class TariffStep(Row, Base):
    """Up to so much: a base price, and so much for each kilogram (or each unit of value)."""

    __tablename__ = "logistics_tariff_step"
    __part_of__: ClassVar[str] = "tariff_id"
    __table_args__ = (
        UniqueConstraint("tariff_id", "up_to"),
        CheckConstraint(
            "up_to > 0", name="up_to_positive",
            info={"sentence": _("A step reaches further than zero.")},
        ),
        CheckConstraint(
            "base >= 0 AND rate >= 0", name="prices_not_negative",
            info={"sentence": _("A freight price is not negative.")},
        ),
    )  # fmt: skip

    tariff_id: Mapped[int] = link_to("logistics_tariff.id", ondelete="CASCADE", index=False)
    position: Mapped[int] = mapped_column(default=0)
    up_to: Mapped[Decimal] = mapped_column(Quantity)
    base: Mapped[Decimal] = mapped_column(default=ZERO)
    rate: Mapped[Decimal] = mapped_column(Price, default=ZERO)

    tariff: Mapped[Tariff] = relationship(back_populates="steps", lazy="raise")

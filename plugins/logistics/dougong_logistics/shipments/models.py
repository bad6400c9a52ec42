"""A shipment: what travels to one address, in which parcels, and with whom."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, DocumentRef, Quantity, Refused, Row, _, link_to
from dougong_base import Address, Party, Product, counted_in
from dougong_logistics.carriers.models import Service
from dougong_logistics.carriers.pricing import Load
from dougong_logistics.db import Base
from dougong_logistics.shipments.workflow import SHIPMENT_STEPS

#: Incoterms 2020 of the International Chamber of Commerce, by their codes.
INCOTERMS = {
    code: code
    for code in ("EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP", "DAP", "DPU", "DDP")
}


#: What a photo may weigh.
MOST_BYTES = 1_000_000


class ShipmentIsEmpty(Refused):
    """Nothing is to travel."""

    def __init__(self, shipment: Shipment) -> None:
        super().__init__(
            _("%(shipment)s holds no goods and no parcels; enter some first.", shipment=shipment)
        )


class ParcelTooHeavy(Refused):
    """A parcel weighs more than the service takes."""

    def __init__(self, parcel: Parcel, limit: Decimal) -> None:
        super().__init__(
            _(
                "Parcel %(position)s weighs %(weight)s kg; the service takes %(limit)s kg at most."
                " Split it or choose another service.",
                position=parcel.position + 1,
                weight=f"{parcel.weight.normalize():f}",
                limit=f"{limit.normalize():f}",
            )
        )


class Shipment(Document, Base):
    """Goods for one address on one day."""

    __tablename__ = "logistics_shipment"
    __document__: ClassVar[str] = "logistics.shipments"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        UniqueConstraint("company_id", "carrier_id", "tracking_number"),
        CheckConstraint(
            "cost >= 0", name="cost_not_negative",
            info={"sentence": _("Freight is not negative.")},
        ),
        CheckConstraint(
            "service_id IS NULL OR NOT own", name="own_or_carrier",
            info={"sentence": _("What we drive ourselves goes with no carrier.")},
        ),
        Index("ix_logistics_shipment_due", "state", "ship_on", "id"),
    )  # fmt: skip

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(12), default="planned")
    party_id: Mapped[int | None] = link_to("base_party.id")
    address_id: Mapped[int | None] = link_to("base_address.id")
    #: The warehouse the goods leave from, told without knowing that plugin.
    warehouse_id: Mapped[int | None]
    ship_on: Mapped[dt.date]
    promised_on: Mapped[dt.date | None]
    reference: Mapped[str | None] = mapped_column(String(60))
    #: Whether we drive it ourselves: no carrier is chosen for it.
    own: Mapped[bool] = mapped_column(default=False)
    service_id: Mapped[int | None] = link_to("logistics_service.id")
    #: The service's carrier, so that a tracking number is unique with it.
    carrier_id: Mapped[int | None] = link_to("logistics_carrier.id")
    tracking_number: Mapped[str | None] = mapped_column(String(60), index=True)
    #: What the freight is expected to cost, in the company's currency.
    cost: Mapped[Decimal] = mapped_column(default=ZERO)
    handed_over_on: Mapped[dt.date | None]
    delivered_on: Mapped[dt.date | None]
    received_by: Mapped[str | None] = mapped_column(String(120))
    proof_note: Mapped[str | None] = mapped_column(String(1000))
    #: A drawing of the signature, as the text of an SVG path.
    signature: Mapped[str | None] = mapped_column(String(20000))
    incoterm: Mapped[str | None] = mapped_column(String(3))
    #: Where the term of delivery holds, as in FCA Hamburg.
    incoterm_place: Mapped[str | None] = mapped_column(String(80))
    note: Mapped[str | None] = mapped_column(String(2000))

    party: Mapped[Party | None] = relationship(Party, lazy="raise")
    address: Mapped[Address | None] = relationship(Address, lazy="raise")
    service: Mapped[Service | None] = relationship(Service, lazy="raise")
    lines: Mapped[list[ShipmentLine]] = relationship(
        back_populates="shipment", lazy="raise", order_by="ShipmentLine.position"
    )
    parcels: Mapped[list[Parcel]] = relationship(
        back_populates="shipment", lazy="raise", order_by="Parcel.position"
    )

    @property
    def load(self) -> Load:
        """What travels: the parcels as weighed, else the goods as their products say; parts loaded."""
        value = sum((line.value or ZERO for line in self.lines), ZERO)
        if self.parcels:
            return Load(
                weight=sum((p.weight for p in self.parcels), ZERO),
                volume=sum((p.volume for p in self.parcels), ZERO),
                amount=value,
                heaviest=max(p.weight for p in self.parcels),
            )
        return Load(
            weight=sum((line.weight or ZERO for line in self.lines), ZERO),
            volume=sum((line.volume or ZERO for line in self.lines), ZERO),
            amount=value,
        )

    def deliveries(self) -> list[DocumentRef]:
        """The warehouse's deliveries that travel in it; lines loaded."""
        return list(dict.fromkeys(line.delivery for line in self.lines if line.delivery))

    def check_parcels(self, service: Service | None) -> None:
        """No parcel weighs more than the service takes."""
        limit = service.parcel_limit if service else None
        for parcel in self.parcels:
            if limit is not None and parcel.weight > limit:
                raise ParcelTooHeavy(parcel, limit)

    def pack(self, service: Service | None) -> None:
        """The parcels are closed."""
        if not self.lines and not self.parcels:
            raise ShipmentIsEmpty(self)
        SHIPMENT_STEPS.move(self, "pack")
        self.check_parcels(service)

    def one_parcel(self) -> Parcel:
        """All of it in one parcel; lines loaded."""
        load = self.load
        return Parcel(
            shipment_id=self.id, position=0, weight=load.weight, stated_volume=load.volume
        )

    def hand_over(self, on: dt.date) -> None:
        """The carrier has the goods."""
        if self.state == "planned":
            # The warehouse does not wait for somebody to press a button here.
            self.state = "packed"
        SHIPMENT_STEPS.move(self, "hand_over")
        self.handed_over_on = on

    def deliver(self, on: dt.date, received_by: str, note: str = "") -> None:
        """Somebody has signed for them."""
        if self.handed_over_on and on < self.handed_over_on:
            raise Refused(_("Goods are not delivered before they were handed over."))
        SHIPMENT_STEPS.move(self, "deliver")
        self.delivered_on, self.received_by = on, received_by
        self.proof_note = note or None

    def __str__(self) -> str:
        if not self.number:
            return str(_("New shipment"))
        return str(_("Shipment %(number)s", number=self.number))


class ShipmentLine(Row, Base):
    """So much of a product in a shipment, and what customs want to know of it."""

    __tablename__ = "logistics_shipment_line"
    __part_of__: ClassVar[str] = "shipment_id"
    __table_args__ = (
        CheckConstraint(
            "quantity > 0", name="quantity_positive",
            info={"sentence": _("The quantity of a shipment line is greater than zero.")},
        ),
        CheckConstraint(
            "refused >= 0 AND refused <= quantity", name="refused_within",
            info={"sentence": _("Nobody refuses more than was brought.")},
        ),
        Index("ix_logistics_shipment_line_delivery", "delivery_id", "delivery_kind"),
    )  # fmt: skip

    shipment_id: Mapped[int] = link_to("logistics_shipment.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    product_id: Mapped[int] = link_to("base_product.id")
    quantity: Mapped[Decimal] = counted_in("product_id")
    weight: Mapped[Decimal | None] = mapped_column(Quantity)
    volume: Mapped[Decimal | None] = mapped_column(Quantity)
    value: Mapped[Decimal | None]
    customs_code: Mapped[str | None] = mapped_column(String(12))
    origin: Mapped[str | None] = mapped_column(String(2))
    delivery_kind: Mapped[str | None] = mapped_column(String(60))
    delivery_id: Mapped[int | None]
    delivery_line_id: Mapped[int | None]
    #: Whether the warehouse has handed it over.
    left: Mapped[bool] = mapped_column(default=False)
    #: What of it the receiver did not take.
    refused: Mapped[Decimal] = counted_in("product_id", default=ZERO)

    shipment: Mapped[Shipment] = relationship(back_populates="lines", lazy="raise")
    product: Mapped[Product] = relationship(Product, lazy="raise")

    @property
    def delivery(self) -> DocumentRef | None:
        """The warehouse's delivery that this is part of."""
        if self.delivery_kind is None or self.delivery_id is None:
            return None
        return DocumentRef(self.delivery_kind, self.delivery_id)

    def measure(self, product: Product) -> None:
        """Weight, volume and value of so much of the product."""
        self.weight = ((product.weight or ZERO) * self.quantity).quantize(Decimal("0.000001"))
        self.volume = ((product.volume or ZERO) * self.quantity).quantize(Decimal("0.000001"))
        self.value = (product.sales_price * self.quantity).quantize(Decimal("0.01"))


class ProofPhoto(Row, Base):
    """A picture of where the goods were left; apart, so that no list carries it."""

    __tablename__ = "logistics_photo"
    __table_args__ = (
        CheckConstraint(
            f"length(data) BETWEEN 1 AND {MOST_BYTES}", name="size_capped",
            info={"sentence": _("The photo is larger than one megabyte: take a smaller one.")},
        ),
    )  # fmt: skip

    shipment_id: Mapped[int] = link_to(
        "logistics_shipment.id", ondelete="CASCADE", unique=True, index=False
    )
    media: Mapped[str] = mapped_column(String(20))
    data: Mapped[bytes] = mapped_column(LargeBinary)


class Parcel(Row, Base):
    """One box or pallet."""

    __tablename__ = "logistics_parcel"
    __part_of__: ClassVar[str] = "shipment_id"
    __table_args__ = (
        CheckConstraint(
            "weight >= 0 AND stated_volume >= 0", name="not_negative",
            info={"sentence": _("Weight and volume of a parcel are not negative.")},
        ),
        CheckConstraint(
            "length > 0 AND width > 0 AND height > 0", name="size_positive",
            info={"sentence": _("A parcel is longer, wider and higher than zero.")},
        ),
    )  # fmt: skip

    shipment_id: Mapped[int] = link_to("logistics_shipment.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    weight: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    #: In whole centimetres.
    length: Mapped[int | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    #: In m³, where nobody measured the sides.
    stated_volume: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)

    shipment: Mapped[Shipment] = relationship(back_populates="parcels", lazy="raise")

    @property
    def volume(self) -> Decimal:
        """In m³: from the sides where they are known."""
        if self.length and self.width and self.height:
            return Decimal(self.length * self.width * self.height).scaleb(-6)
        return self.stated_volume or ZERO

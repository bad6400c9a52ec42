"""A tracking event: what a carrier says of a shipment, and when."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Document, _, link_to
from dougong_logistics.db import Base
from dougong_logistics.shipments.models import Shipment

#: What a carrier may say.
STATUSES = {
    "under_way": _("Under way"),
    "delivered": _("Delivered"),
    "failed": _("Delivery failed"),
    "returned": _("Came back"),
    "note": _("Remark"),
}


class TrackingEvent(Document, Base):
    """What the carrier says of a shipment, and when."""

    __tablename__ = "logistics_tracking"
    __document__: ClassVar[str] = "logistics.trackings"
    __table_args__ = (
        UniqueConstraint("shipment_id", "happened_at", "status"),
        CheckConstraint("status IN ('" + "', '".join(STATUSES) + "')", name="status_known"),
    )

    shipment_id: Mapped[int] = link_to("logistics_shipment.id", ondelete="CASCADE")
    happened_at: Mapped[dt.datetime]
    status: Mapped[str] = mapped_column(String(12))
    place: Mapped[str | None] = mapped_column(String(120))
    text: Mapped[str | None] = mapped_column(String(400))
    #: Who signed for it, where the status says delivered.
    received_by: Mapped[str | None] = mapped_column(String(120))
    #: Whether the shipment has taken it in.
    applied: Mapped[bool] = mapped_column(default=False)

    shipment: Mapped[Shipment] = relationship(Shipment, lazy="raise")

    def __str__(self) -> str:
        return f"{self.happened_at:%Y-%m-%d %H:%M} {self.status}" if self.happened_at else ""

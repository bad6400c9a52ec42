"""A warehouse, and the tree of locations that goods move between."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from dougong import Document, _, link_to
from dougong_inventory.db import Base

#: Places inside the house: what lies there is ours and counted. Only what lies in stock is free.
INSIDE = {
    "stock": _("Stock"),
    "input": _("Input"),
    "output": _("Output"),
    "quarantine": _("Quarantine"),
}
#: Places outside: where goods come from and where they go. Nothing is counted there.
OUTSIDE = {
    "customers": _("Customers"),
    "suppliers": _("Suppliers"),
    "loss": _("Loss and gain"),
    "production": _("Production"),
    "opening": _("Opening"),
}
KINDS = INSIDE | OUTSIDE


def _path(warehouse: str | None, kind: str) -> str:
    return f"{warehouse or ''}/{kind.upper()}"


class Warehouse(Document, Base):
    """A building with goods in it. A new one gets its stock, input, output and quarantine at once."""

    __tablename__ = "inventory_warehouse"
    __document__: ClassVar[str] = "inventory.warehouses"
    __table_args__ = (UniqueConstraint("company_id", "code"),)

    code: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120))
    address_id: Mapped[int | None] = link_to("base_address.id", ondelete="SET NULL")
    active: Mapped[bool] = mapped_column(default=True)

    locations: Mapped[list[Location]] = relationship(
        back_populates="warehouse", lazy="raise", order_by="Location.id"
    )

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        if "locations" not in values:
            self.locations = [
                Location(
                    code=_path(self.code, kind),
                    name=str(label),
                    kind=kind,
                    role=kind,
                    company_id=self.company_id,
                )
                for kind, label in INSIDE.items()
            ]

    @validates("code")
    def _name_locations(self, _key: str, code: str) -> str:
        """Its own places are called after it: MAIN/STOCK."""
        for location in self.__dict__.get("locations", ()):
            if location.role:
                location.code = _path(code, location.role)
        return code

    def __str__(self) -> str:
        return self.name


class Location(Document, Base):
    """A place: a shelf of a warehouse, or somewhere outside such as the customers."""

    __tablename__ = "inventory_location"
    __document__: ClassVar[str] = "inventory.locations"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('" + "', '".join(KINDS) + "')",
            name="kind_known",
            info={"sentence": _("A location of this kind does not exist.")},
        ),
        CheckConstraint(
            "(kind IN ('" + "', '".join(INSIDE) + "')) = (warehouse_id IS NOT NULL)",
            name="inside_a_warehouse",
            info={
                "sentence": _(
                    "Stock, input, output and quarantine belong to a warehouse; places outside do not."
                )
            },
        ),
        UniqueConstraint("company_id", "code"),
        Index("ix_inventory_location_role", "company_id", "warehouse_id", "role"),
    )

    warehouse_id: Mapped[int | None] = link_to("inventory_warehouse.id")
    parent_id: Mapped[int | None] = link_to("inventory_location.id")
    #: With the warehouse in front: MAIN/STOCK, MAIN/A-01-3.
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(12), default="stock")
    #: Set on the places every warehouse and company has: its main stock, its customers …
    role: Mapped[str | None] = mapped_column(String(12))
    barcode: Mapped[str | None] = mapped_column(String(40))
    active: Mapped[bool] = mapped_column(default=True)

    warehouse: Mapped[Warehouse | None] = relationship(back_populates="locations", lazy="raise")
    parent: Mapped[Location | None] = relationship(remote_side="Location.id", lazy="raise")

    @property
    def inside(self) -> bool:
        """Whether goods lying here are ours and counted."""
        return self.kind in INSIDE

    def __str__(self) -> str:
        return self.code

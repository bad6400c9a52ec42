"""Taxes: percent, fixed a unit, or a group of others."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Percent, Price, Record, Row, _, link_to
from dougong_base.db import Base


class Tax(Record, Base):
    """A tax; orders and invoices name one a line, which may be a group of several."""

    __tablename__ = "base_tax"
    __document__ = "base.taxes"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('percent', 'fixed', 'group')",
            name="kind_known",
            info={"sentence": _("A tax is a percentage, an amount a unit, or a group.")},
        ),
        CheckConstraint(
            "scope IN ('sale', 'purchase', 'both')",
            name="scope_known",
            info={"sentence": _("A tax is for sales, purchases or both.")},
        ),
    )

    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(8), default="percent")
    scope: Mapped[str] = mapped_column(String(8), default="both")
    #: For a percentage: 13 means thirteen in the hundred.
    rate: Mapped[Decimal] = mapped_column(Percent, default=ZERO)
    #: For a fixed tax: so much a unit.
    amount: Mapped[Decimal] = mapped_column(Price, default=ZERO)
    #: The price already contains it.
    included: Mapped[bool] = mapped_column(default=False)
    #: The taxes after it are computed on the base and this tax together.
    compound: Mapped[bool] = mapped_column(default=False)
    country: Mapped[str | None] = mapped_column(String(2))
    active: Mapped[bool] = mapped_column(default=True)
    # Only a group asks for its members, so they are read when one is met, and not for every tax.
    members: Mapped[list[TaxMember]] = relationship(
        foreign_keys="TaxMember.group_id",
        back_populates="group",
        order_by="TaxMember.position",
        lazy="select",
    )

    def __str__(self) -> str:
        return self.name or self.code

    @property
    def parts(self) -> list[Tax]:
        """The taxes it stands for: itself, or the members of the group in their order."""
        if self.kind != "group":
            return [self]
        return [member.tax for member in self.members]


class TaxMember(Row, Base):
    """One tax of a group."""

    __tablename__ = "base_tax_member"
    __part_of__ = "group_id"
    __table_args__ = (
        UniqueConstraint("group_id", "tax_id"),
        CheckConstraint(
            "group_id <> tax_id",
            name="not_itself",
            info={"sentence": _("A group of taxes cannot contain itself.")},
        ),
    )

    group_id: Mapped[int] = link_to("base_tax.id", ondelete="CASCADE")
    tax_id: Mapped[int] = link_to("base_tax.id")
    position: Mapped[int] = mapped_column(default=0)
    group: Mapped[Tax] = relationship(foreign_keys=group_id, back_populates="members", lazy="raise")
    tax: Mapped[Tax] = relationship(foreign_keys=tax_id, lazy="joined", join_depth=1)

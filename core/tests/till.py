"""A shop's till, as small as a plugin can be: what the tests of the unit of work sell with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from dougong import Document, Event, Id, Json, Quantity, Reaction, Row, Tables, _, link_to
from dougong.db import Owned
from dougong.unit_of_work import House


class Base(Tables, DeclarativeBase):
    __plugin__ = "till"


class Receipt(Document, Base):
    __tablename__ = "till_receipt"
    __document__: ClassVar[str] = "till.receipts"
    __table_args__ = (
        CheckConstraint(
            "total >= 0",
            name="total_positive",
            info={"sentence": _("A receipt is never negative.")},
        ),
    )

    number: Mapped[str | None] = mapped_column(String(30), unique=True)
    state: Mapped[str] = mapped_column(String(30), default="draft")
    total: Mapped[Decimal]
    sold_on: Mapped[dt.date]
    printed_at: Mapped[dt.datetime | None]
    extra: Mapped[dict[str, Any] | None] = mapped_column(Json)
    secret: Mapped[str | None] = mapped_column(String(20), info={"secret": True})
    lines: Mapped[list[ReceiptLine]] = relationship(
        order_by="ReceiptLine.position", back_populates="receipt", lazy="raise"
    )


class ReceiptLine(Row, Base):
    __tablename__ = "till_receipt_line"
    __part_of__ = "receipt_id"

    receipt_id: Mapped[int] = link_to("till_receipt.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(Integer)
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    receipt: Mapped[Receipt] = relationship(back_populates="lines", lazy="raise")


class Fact(Owned, Row, Base):
    """What is counted by the thousand and never changed."""

    __tablename__ = "till_fact"

    name: Mapped[str] = mapped_column(String(20))
    amount: Mapped[Decimal | None]
    rank: Mapped[int] = mapped_column(default=7)


class Drawer(Base):
    """The money in a drawer: a balance that receipts add to."""

    __tablename__ = "till_drawer"

    company_id: Mapped[int] = mapped_column(
        Id,
        ForeignKey("core_company.id", ondelete="RESTRICT"),
        primary_key=True,
        autoincrement=False,
    )
    drawer: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    amount: Mapped[Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sold(Event):
    receipt_id: int
    total: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Rang(Event):
    receipt_id: int


def reacting(house: House, *reactions: Reaction) -> House:
    """Let the house react."""
    found: dict[type, list[Reaction]] = {}
    for reaction in reactions:
        found.setdefault(reaction.event, []).append(reaction)
    house.reactions = found
    return house

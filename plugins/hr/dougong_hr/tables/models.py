"""A table of values by date: by a key, or by the bracket an amount falls into."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Document, Rate, Row, _, link_to
from dougong_hr.db import Base


class RateTable(Document, Base):
    """Values that a law or a company sets, and that change from a day on."""

    __tablename__ = "hr_rate_table"
    __document__: ClassVar[str] = "hr.rate-tables"
    __table_args__ = (UniqueConstraint("company_id", "code"),)

    code: Mapped[str] = mapped_column(String(30))
    name: Mapped[str] = mapped_column(String(80))
    note: Mapped[str | None] = mapped_column(String(2000))

    rows: Mapped[list[RateRow]] = relationship(
        back_populates="table", lazy="raise", order_by="RateRow.from_on, RateRow.id"
    )

    def __str__(self) -> str:
        return self.name


class RateRow(Row, Base):
    """One value: from which day, for which key, or for amounts up to which bound."""

    __tablename__ = "hr_rate_row"
    __part_of__: ClassVar[str] = "table_id"
    __table_args__ = (
        CheckConstraint(
            "key IS NULL OR upto IS NULL",
            name="key_or_bound",
            info={"sentence": _("A row has a key or a bound, not both.")},
        ),
    )

    table_id: Mapped[int] = link_to("hr_rate_table.id", ondelete="CASCADE")
    from_on: Mapped[dt.date]
    key: Mapped[str | None] = mapped_column(String(60))
    #: The bracket reaches up to this amount; the last one has no end.
    upto: Mapped[Decimal | None]
    value: Mapped[Decimal] = mapped_column(Rate)

    table: Mapped[RateTable] = relationship(back_populates="rows", lazy="raise")

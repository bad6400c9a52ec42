"""Currencies, and what they were worth on which day."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dougong import Rate, Record, _, link_to
from dougong_base.db import Base


class Currency(Record, Base):
    """A currency of ISO 4217; others refer to it by its code."""

    __tablename__ = "base_currency"
    __document__ = "base.currencies"
    __table_args__ = (
        CheckConstraint(
            "digits BETWEEN 0 AND 3",
            name="digits_known",
            info={"sentence": _("A currency has between 0 and 3 decimal places.")},
        ),
    )

    code: Mapped[str] = mapped_column(String(3), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    symbol: Mapped[str] = mapped_column(String(8), default="")
    digits: Mapped[int] = mapped_column(default=2)
    active: Mapped[bool] = mapped_column(default=True)

    def __str__(self) -> str:
        return self.code


class CurrencyRate(Record, Base):
    """From this day on, one unit of ``currency`` is worth so much of ``against``."""

    __tablename__ = "base_currency_rate"
    __document__ = "base.rates"
    __table_args__ = (
        UniqueConstraint("currency", "against", "on"),
        CheckConstraint(
            "rate > 0",
            name="rate_positive",
            info={"sentence": _("A rate is greater than zero.")},
        ),
        CheckConstraint(
            "currency <> against",
            name="two_currencies",
            info={"sentence": _("A rate needs two different currencies.")},
        ),
    )

    currency: Mapped[str] = link_to("base_currency.code", type_=String(3), index=False)
    against: Mapped[str] = link_to("base_currency.code", type_=String(3), index=False)
    on: Mapped[dt.date]
    rate: Mapped[Decimal] = mapped_column(Rate)

    def __str__(self) -> str:
        return f"{self.currency}/{self.against} {self.on:%Y-%m-%d}"

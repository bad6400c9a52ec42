"""Payment terms and their instalments."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Percent, Record, Row, _, link_to
from dougong_base.db import Base


class PaymentTerm(Record, Base):
    """When how much of an invoice is due; without instalments all of it at once."""

    __tablename__ = "base_payment_term"
    __document__ = "base.terms"
    __table_args__ = (
        CheckConstraint(
            "discount_percent >= 0",
            name="discount_sensible",
            info={"sentence": _("A discount for early payment is between 0 and 100 percent.")},
        ),
        CheckConstraint(
            "discount_days >= 0",
            name="discount_days_not_negative",
            info={"sentence": _("Days are counted from zero.")},
        ),
    )

    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    #: Whoever pays within ``discount_days`` may keep so much.
    discount_percent: Mapped[Decimal] = mapped_column(Percent, default=ZERO)
    discount_days: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    lines: Mapped[list[PaymentTermLine]] = relationship(
        back_populates="term", order_by="PaymentTermLine.position", lazy="raise"
    )

    def __str__(self) -> str:
        return self.name or self.code


class PaymentTermLine(Row, Base):
    """One instalment: a percentage, an amount, or what is left."""

    __tablename__ = "base_payment_term_line"
    __part_of__ = "term_id"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('percent', 'fixed', 'remainder')",
            name="kind_known",
            info={"sentence": _("An instalment is a percentage, an amount, or the remainder.")},
        ),
        CheckConstraint(
            "days >= 0",
            name="days_not_negative",
            info={"sentence": _("Days are counted from zero.")},
        ),
        CheckConstraint(
            "value >= 0",
            name="value_not_negative",
            info={"sentence": _("An instalment is not negative.")},
        ),
    )

    term_id: Mapped[int] = link_to("base_payment_term.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(String(10), default="remainder")
    value: Mapped[Decimal] = mapped_column(Percent, default=ZERO)
    days: Mapped[int] = mapped_column(default=0)
    #: Moved on to the last day of its month.
    end_of_month: Mapped[bool] = mapped_column(default=False)
    term: Mapped[PaymentTerm] = relationship(back_populates="lines", lazy="raise")

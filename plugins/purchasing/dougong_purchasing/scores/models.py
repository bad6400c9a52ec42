"""What we think of a supplier for a period, and what follows from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Document, Percent, Refused, _, link_to, rounded_to
from dougong_base import Party
from dougong_purchasing.db import Base
from dougong_purchasing.scores.workflow import SCORE_STEPS

HUNDRED = Decimal(100)
PARTS = ("quality", "price", "delivery", "service")
#: From how many points on; below the last it is D.
GRADES = (("A", 90), ("B", 75), ("C", 60))
GRADE_COLOURS = {"A": "green", "B": "lime", "C": "orange", "D": "red"}


class Score(Document, Base):
    """Points from 0 to 100 for quality, price, delivery and service."""

    __tablename__ = "purchasing_score"
    __document__ = "purchasing.scores"
    __table_args__ = (
        UniqueConstraint("company_id", "supplier_id", "starts_on", "ends_on"),
        CheckConstraint("state IN ('draft', 'valid')", name="state_known"),
        CheckConstraint(
            "starts_on <= ends_on",
            name="ends_after_start",
            info={"sentence": _("The period ends on or after the day it starts.")},
        ),
        CheckConstraint(
            "service IS NULL OR service >= 0",
            name="service_not_negative",
            info={"sentence": _("Points are not negative.")},
        ),
    )

    supplier_id: Mapped[int] = link_to("base_party.id")
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(String(10), default="draft")
    quality: Mapped[Decimal | None] = mapped_column(Percent)
    price: Mapped[Decimal | None] = mapped_column(Percent)
    delivery: Mapped[Decimal | None] = mapped_column(Percent)
    #: Given by hand.
    service: Mapped[Decimal | None] = mapped_column(Percent)
    total: Mapped[Decimal | None] = mapped_column(Percent)
    grade: Mapped[str | None] = mapped_column(String(1), index=True)
    note: Mapped[str | None] = mapped_column(String(2000))
    supplier: Mapped[Party] = relationship(Party, lazy="raise")

    def __str__(self) -> str:
        return str(_("Score until %(on)s", on=self.ends_on))

    def weigh(self, weights: Mapping[str, Decimal]) -> None:
        """The weighted mean of the parts that are known, and its grade."""
        if self.service is not None and self.service > HUNDRED:
            raise Refused(_("Points go from 0 to 100."))
        known = [
            (points, weights[part])
            for part in PARTS
            if (points := getattr(self, part)) is not None and weights[part] > 0
        ]
        whole = sum((weight for _points, weight in known), Decimal(0))
        if not whole:
            self.total = self.grade = None
            return
        total = sum((points * weight for points, weight in known), Decimal(0)) / whole
        self.total = rounded_to(total, 2)
        self.grade = next((g for g, least in GRADES if self.total >= least), "D")

    def publish(self) -> None:
        """It counts from now on."""
        SCORE_STEPS.move(self, "publish")

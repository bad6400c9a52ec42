"""A bill beside the order it is for, and who let it pass."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Amount, Document, Id, Json, Quantity, Refused, Row, _, link_to
from dougong.people.users.models import User
from dougong_purchasing.db import Base
from dougong_purchasing.matches.differing import Difference
from dougong_purchasing.matches.workflow import MATCH_STEPS
from dougong_purchasing.orders.models import Order


class Match(Document, Base):
    """A supplier's bill for one of our orders; what differs is held until somebody releases it."""

    __tablename__ = "purchasing_match"
    __document__ = "purchasing.matches"
    __table_args__ = (
        UniqueConstraint("bill_kind", "bill_id", "order_id"),
        CheckConstraint(
            "state IN ('open', 'held', 'released', 'done', 'gone')", name="state_known"
        ),
        CheckConstraint(
            "differs IN ('received', 'ordered', 'price', 'unknown')", name="differs_known"
        ),
    )

    order_id: Mapped[int] = link_to("purchasing_order.id")
    bill_kind: Mapped[str] = mapped_column(String(60))
    bill_id: Mapped[int] = mapped_column(Id, index=True)
    #: The supplier's number of the bill, or ours once it is posted.
    bill: Mapped[str | None] = mapped_column(String(60), index=True)
    state: Mapped[str] = mapped_column(String(10), default="open", index=True)
    #: What differs too far by the last comparison: of what kind, and the facts of it.
    differs: Mapped[str | None] = mapped_column(String(8), index=True)
    why: Mapped[dict[str, Any] | None] = mapped_column(Json)
    compared_on: Mapped[dt.date | None]
    #: What the draft came to by the order, without tax.
    expected: Mapped[Decimal] = mapped_column(Amount)
    reason: Mapped[str | None] = mapped_column(String(500))
    #: Released up to this, without tax; empty means whatever it comes to.
    most: Mapped[Decimal | None] = mapped_column(Amount)
    released_by_id: Mapped[int | None] = link_to("core_user.id", ondelete="SET NULL", index=False)
    released_on: Mapped[dt.date | None]
    order: Mapped[Order] = relationship(Order, lazy="raise")
    released_by: Mapped[User | None] = relationship(User, lazy="raise")
    lines: Mapped[list[MatchLine]] = relationship(
        back_populates="match", order_by="MatchLine.id", lazy="raise"
    )

    def __str__(self) -> str:
        return str(_("Bill of an order"))

    def compare(self, on: dt.date, found: Difference | None) -> None:
        """It was laid beside its order: hold it where it differs, let it go where it does not."""
        MATCH_STEPS.move(self, "compare")
        self.state = "held" if found else "open"
        self.differs = found.code if found else None
        self.why, self.compared_on = found.facts() if found else None, on

    def release(self, user_id: int | None, on: dt.date, reason: str, most: Decimal | None) -> None:
        """Somebody answers for the difference."""
        if not reason.strip():
            raise Refused(_("Say why the bill may be posted although it differs."))
        if most is not None and most < 0:
            raise Refused(_("A bill is not released up to less than nothing."))
        MATCH_STEPS.move(self, "release")
        self.released_by_id, self.released_on = user_id, on
        self.reason, self.most = reason, most

    def hold_again(self) -> None:
        """The release does not count any more."""
        MATCH_STEPS.move(self, "hold")
        self.released_by_id = self.released_on = self.reason = self.most = None

    def lets_pass(self, untaxed: Decimal) -> bool:
        """Whether a bill over so much may be posted without comparing."""
        return self.state == "released" and (self.most is None or untaxed <= self.most)


class MatchLine(Row, Base):
    """How much of an order's line the draft of the bill stood for."""

    __tablename__ = "purchasing_match_line"
    __part_of__ = "match_id"

    match_id: Mapped[int] = link_to("purchasing_match.id", ondelete="CASCADE")
    order_line_id: Mapped[int] = mapped_column(Id)
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    match: Mapped[Match] = relationship(back_populates="lines", lazy="raise")

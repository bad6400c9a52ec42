"""What we offer, until when, and what the customer said."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Document, Refused, _, link_to
from dougong_crm.db import Base
from dougong_crm.opportunities.models import Opportunity
from dougong_crm.quotes.workflow import QUOTE_STEPS
from dougong_crm.selling.columns import Priced, PricedLine, line_rules


class Quote(Priced, Document, Base):
    """An offer; each revision is a document of its own under the same number."""

    __tablename__ = "crm_quote"
    __document__ = "crm.quotes"
    __table_args__ = (
        UniqueConstraint("company_id", "number", "revision"),
        CheckConstraint(
            "state IN ('draft', 'sent', 'accepted', 'rejected', 'expired', 'replaced')",
            name="state_known",
        ),
        CheckConstraint(
            "valid_until IS NULL OR valid_until >= quoted_on",
            name="valid_after_quoted",
            info={"sentence": _("A quote is valid at least until the day it is made.")},
        ),
        Index("ix_crm_quote_quoted_on_id", "quoted_on", "id"),
    )

    number: Mapped[str | None] = mapped_column(String(30))
    revision: Mapped[int] = mapped_column(Integer, default=1)
    state: Mapped[str] = mapped_column(String(10), default="draft", index=True)
    quoted_on: Mapped[dt.date] = mapped_column(default=dt.date.today)
    valid_until: Mapped[dt.date | None] = mapped_column(index=True)
    opportunity_id: Mapped[int | None] = link_to("crm_opportunity.id")
    reject_reason: Mapped[str | None] = mapped_column(String(200))
    opportunity: Mapped[Opportunity | None] = relationship(Opportunity, lazy="raise")
    lines: Mapped[list[QuoteLine]] = relationship(
        back_populates="quote", order_by="QuoteLine.position", lazy="raise"
    )

    def __str__(self) -> str:
        if not self.number:
            return str(_("Draft quote"))
        return self.number if self.revision == 1 else f"{self.number}/{self.revision}"

    def send(self, on: dt.date, days: int) -> None:
        """The offer stands from that day on."""
        if not self.lines:
            raise Refused(_("%(quote)s has no lines. Add what is offered first.", quote=self))
        QUOTE_STEPS.move(self, "send")
        self.quoted_on = on
        if self.valid_until is None or self.valid_until < on:
            self.valid_until = on + dt.timedelta(days=days)

    def accept(self, on: dt.date) -> None:
        """The customer says yes in time."""
        if self.valid_until is not None and on > self.valid_until:
            raise Refused(
                _(
                    "%(quote)s was valid until %(day)s. Revise it, or give the day on which it"
                    " was accepted.",
                    quote=self,
                    day=self.valid_until,
                )
            )
        if not self.lines:
            raise Refused(_("%(quote)s has no lines. Add what is offered first.", quote=self))
        QUOTE_STEPS.move(self, "accept")

    def reject(self, reason: str | None) -> None:
        """The customer says no."""
        QUOTE_STEPS.move(self, "reject")
        self.reject_reason = reason

    def expire(self) -> None:
        """Nobody answered in time."""
        self.state = "expired"

    def replace(self) -> None:
        """A new revision stands in its place."""
        QUOTE_STEPS.move(self, "revise")


class QuoteLine(PricedLine, Base):
    """One line of a quote."""

    __tablename__ = "crm_quote_line"
    __part_of__ = "quote_id"
    __table_args__ = line_rules()

    quote_id: Mapped[int] = link_to("crm_quote.id", ondelete="CASCADE")
    quote: Mapped[Quote] = relationship(back_populates="lines", lazy="raise")

    def __str__(self) -> str:
        return self.description or ""

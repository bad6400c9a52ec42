"""A fiscal year and its months."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import CheckConstraint, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Document, Refused, _, link_to
from dougong_finance.db import Base
from dougong_finance.periods.workflow import PERIOD_STEPS, YEAR_STEPS

if TYPE_CHECKING:
    from dougong_finance.entries.models import Entry


class PeriodClosed(Refused):
    """Somebody wants to post where the books are shut."""

    def __init__(self, period: Period) -> None:
        super().__init__(
            _(
                "The period %(period)s is %(state)s. Choose a later date, or reopen the period.",
                period=period.name,
                state=PERIOD_STEPS.state(period.state).label,
            )
            if period.state == "closed"
            else _(
                "The period %(period)s is locked for good. Choose a later date.", period=period.name
            )
        )


class YearClosed(Refused):
    """A month of a year whose result has been told."""

    def __init__(self, year: str) -> None:
        super().__init__(_("The fiscal year %(year)s is closed. Reopen the year first.", year=year))


class FiscalYear(Document, Base):
    """Twelve months for which a result is told."""

    __tablename__ = "finance_year"
    __document__: ClassVar[str] = "finance.years"
    __table_args__ = (
        UniqueConstraint("company_id", "starts_on"),
        CheckConstraint("starts_on < ends_on", name="ends_after_start"),
    )

    name: Mapped[str] = mapped_column(String(20))
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    state: Mapped[str] = mapped_column(String(10), default="open", index=True)
    #: The entry that moved the result to equity; none when there was nothing to move.
    closing_id: Mapped[int | None] = link_to("finance_entry.id")

    closing: Mapped[Entry | None] = relationship(lazy="raise")
    periods: Mapped[list[Period]] = relationship(
        lazy="raise", back_populates="year", order_by="Period.month"
    )

    def __str__(self) -> str:
        return self.name

    def close(self) -> None:
        """The result is told; none of its months takes anything more."""
        YEAR_STEPS.move(self, "close")
        for period in self.periods:
            if period.state == "open":
                period.close()

    def reopen(self) -> None:
        """The result is open again, and so is the last month, for what has to be set right."""
        YEAR_STEPS.move(self, "reopen")
        self.closing_id = None

    def open_last_month(self) -> None:
        """Let the closing in; raises `PeriodClosed` when that month is locked for good."""
        last = self.periods[-1]
        if last.state == "closed":
            last.reopen()
        last.admit()


class Period(Document, Base):
    """A month of the books: open, closed for the time being, or locked for good."""

    __tablename__ = "finance_period"
    __document__: ClassVar[str] = "finance.periods"
    __table_args__ = (UniqueConstraint("company_id", "month"),)

    year_id: Mapped[int] = link_to("finance_year.id")
    #: 202603 is March 2026; balances are kept by it.
    month: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(20))
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    state: Mapped[str] = mapped_column(String(10), default="open", index=True)

    year: Mapped[FiscalYear] = relationship(lazy="raise", back_populates="periods")

    def __str__(self) -> str:
        return self.name

    def admit(self) -> None:
        """Let an entry in, or say why not."""
        if self.state != "open":
            raise PeriodClosed(self)

    def close(self) -> None:
        """Nothing more is posted here, unless somebody opens it again."""
        PERIOD_STEPS.move(self, "close")

    def reopen(self) -> None:
        """Post here again."""
        PERIOD_STEPS.move(self, "reopen")

    def lock(self) -> None:
        """Shut it for good: what was reported stays true."""
        PERIOD_STEPS.move(self, "lock")

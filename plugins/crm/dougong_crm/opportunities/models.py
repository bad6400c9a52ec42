"""What may become an order, and how likely."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, Refused, _, link_to
from dougong_base import Party
from dougong_crm.db import Base
from dougong_crm.leads.models import Lead
from dougong_crm.opportunities.workflow import OPPORTUNITY_STEPS
from dougong_crm.selling.columns import Sold


class Stage(Document, Base):
    """A station of the pipeline; each company names its own."""

    __tablename__ = "crm_stage"
    __document__ = "crm.stages"
    __table_args__ = (
        UniqueConstraint("company_id", "name"),
        CheckConstraint(
            "probability BETWEEN 0 AND 100",
            name="probability_sensible",
            info={"sentence": _("A probability is between 0 and 100 percent.")},
        ),
    )

    name: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(Integer, default=100)
    probability: Mapped[int] = mapped_column(Integer, default=10)
    active: Mapped[bool] = mapped_column(default=True)

    def __str__(self) -> str:
        return self.name


class Opportunity(Sold, Document, Base):
    """A chance to sell: to whom, how much, how likely, what is next."""

    __tablename__ = "crm_opportunity"
    __document__ = "crm.opportunities"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'won', 'lost')", name="state_known"),
        CheckConstraint(
            "probability BETWEEN 0 AND 100",
            name="probability_sensible",
            info={"sentence": _("A probability is between 0 and 100 percent.")},
        ),
        CheckConstraint(
            "value >= 0",
            name="value_not_negative",
            info={"sentence": _("An expected revenue is not negative.")},
        ),
        Index("ix_crm_opportunity_state_stage", "state", "stage_id"),
    )

    name: Mapped[str] = mapped_column(String(200))
    customer_id: Mapped[int | None] = link_to("base_party.id")
    lead_id: Mapped[int | None] = link_to("crm_lead.id")
    stage_id: Mapped[int] = link_to("crm_stage.id")
    state: Mapped[str] = mapped_column(String(8), default="open")
    currency: Mapped[str] = link_to("base_currency.code", type_=String(3), index=False)
    #: What it would bring.
    value: Mapped[Decimal] = mapped_column(default=ZERO)
    probability: Mapped[int] = mapped_column(Integer, default=10)
    #: The value times its probability.
    expected: Mapped[Decimal] = mapped_column(default=ZERO)
    expected_on: Mapped[dt.date | None] = mapped_column(index=True)
    next_activity: Mapped[str | None] = mapped_column(String(120))
    next_activity_on: Mapped[dt.date | None] = mapped_column(index=True)
    lost_reason: Mapped[str | None] = mapped_column(String(200))
    closed_on: Mapped[dt.date | None]
    note: Mapped[str | None] = mapped_column(String(2000))

    customer: Mapped[Party | None] = relationship(Party, lazy="raise")
    lead: Mapped[Lead | None] = relationship(Lead, lazy="raise")
    stage: Mapped[Stage] = relationship(Stage, lazy="raise")

    def __str__(self) -> str:
        return self.name

    def win(self, on: dt.date) -> None:
        """The customer says yes."""
        OPPORTUNITY_STEPS.move(self, "win")
        self.closed_on, self.probability, self.expected = on, 100, self.value

    def lose(self, on: dt.date, reason: str | None) -> None:
        """The customer says no; without the reason nobody learns from it."""
        if not reason:
            raise Refused(_("Say why %(opportunity)s was lost.", opportunity=self))
        OPPORTUNITY_STEPS.move(self, "lose")
        self.closed_on, self.lost_reason = on, reason
        self.probability, self.expected = 0, ZERO

    def reopen(self) -> None:
        """There is hope again."""
        OPPORTUNITY_STEPS.move(self, "reopen")
        self.closed_on = self.lost_reason = None

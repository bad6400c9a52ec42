"""Somebody who may become a customer."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Document, _, link_to
from dougong_base import Party
from dougong_crm.db import Base
from dougong_crm.leads.workflow import LEAD_STEPS
from dougong_crm.selling.columns import Sold


class Lead(Sold, Document, Base):
    """A name, how to reach it, and where we have it from."""

    __tablename__ = "crm_lead"
    __document__ = "crm.leads"
    __table_args__ = (
        CheckConstraint("state IN ('new', 'contacted', 'converted', 'lost')", name="state_known"),
        CheckConstraint(
            "organisation IS NOT NULL OR name IS NOT NULL",
            name="somebody",
            info={"sentence": _("A lead needs the name of a person or of an organisation.")},
        ),
    )

    name: Mapped[str | None] = mapped_column(String(200))
    organisation: Mapped[str | None] = mapped_column(String(200))
    email: Mapped[str | None] = mapped_column(String(200), index=True)
    phone: Mapped[str | None] = mapped_column(String(40))
    city: Mapped[str | None] = mapped_column(String(80))
    country: Mapped[str | None] = mapped_column(String(2))
    #: Web form, telephone, visit, questionnaire, partner …
    source: Mapped[str | None] = mapped_column(String(60), index=True)
    #: Whether the person agreed to be written to.
    consent: Mapped[bool] = mapped_column(default=False)
    interest: Mapped[str | None] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(10), default="new", index=True)
    lost_reason: Mapped[str | None] = mapped_column(String(200))
    #: Whom it turned out to be.
    customer_id: Mapped[int | None] = link_to("base_party.id")
    note: Mapped[str | None] = mapped_column(String(2000))
    customer: Mapped[Party | None] = relationship(Party, lazy="raise")

    def __str__(self) -> str:
        return self.organisation or self.name or ""

    def convert(self, customer_id: int) -> None:
        """It is a customer now."""
        LEAD_STEPS.move(self, "convert")
        self.customer_id = customer_id

    def lose(self, reason: str | None) -> None:
        """Nothing will come of it."""
        LEAD_STEPS.move(self, "lose")
        self.lost_reason = reason

"""A non-conformance report: what is wrong, why, who corrects it, and whether that has helped."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Document, Refused, Row, _, link_to
from dougong.people.users.models import User
from dougong_base import Party, Product, counted_in
from dougong_production.db import Base
from dougong_production.ncrs.workflow import NCR_STEPS

ORIGINS = {
    "inspection": _("Inspection"),
    "complaint": _("Complaint"),
    "audit": _("Audit"),
    "manual": _("By hand"),
}
ACTION_KINDS = {"corrective": _("Corrective"), "preventive": _("Preventive")}


class OwnWork(Refused):
    """Who did the work does not say that it has helped."""

    def __init__(self, report: object) -> None:
        super().__init__(
            _(
                "%(report)s: who was responsible for an action does not approve its effect. Ask a"
                " colleague.",
                report=report,
            )
        )


class Ncr(Document, Base):
    """Something does not conform: contained, explained, corrected and checked."""

    __tablename__ = "production_ncr"
    __document__: ClassVar[str] = "production.ncrs"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        CheckConstraint(
            "origin IN ('inspection', 'complaint', 'audit', 'manual')",
            name="origin_known",
            info={"sentence": _("Say where the report comes from.")},
        ),
        CheckConstraint(
            "state IN ('open', 'contained', 'acting', 'checking', 'closed', 'cancelled')",
            name="state_known",
        ),
        CheckConstraint(
            "quantity IS NULL OR quantity >= 0",
            name="quantity_not_negative",
            info={"sentence": _("The quantity concerned is not negative.")},
        ),
    )

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(12), default="open", index=True)
    origin: Mapped[str] = mapped_column(String(12), default="manual")
    title: Mapped[str] = mapped_column(String(200))
    product_id: Mapped[int | None] = link_to("base_product.id")
    #: The supplier or the customer concerned.
    party_id: Mapped[int | None] = link_to("base_party.id")
    inspection_id: Mapped[int | None] = link_to("production_inspection.id")
    quantity: Mapped[Decimal | None] = counted_in("product_id")
    found_on: Mapped[dt.date] = mapped_column(index=True)
    description: Mapped[str | None] = mapped_column(String(4000))
    containment: Mapped[str | None] = mapped_column(String(2000))
    cause: Mapped[str | None] = mapped_column(String(2000))
    responsible_id: Mapped[int | None] = link_to("core_user.id", ondelete="SET NULL")
    due_on: Mapped[dt.date | None] = mapped_column(index=True)
    check_on: Mapped[dt.date | None]
    finding: Mapped[str | None] = mapped_column(String(500))
    closed_on: Mapped[dt.date | None]
    closed_by_id: Mapped[int | None] = link_to("core_user.id", ondelete="SET NULL")
    #: How many actions had not helped when the effect was checked last.
    in_vain: Mapped[int] = mapped_column(default=0)

    product: Mapped[Product | None] = relationship(Product, lazy="raise")
    party: Mapped[Party | None] = relationship(Party, lazy="raise")
    responsible: Mapped[User | None] = relationship(
        User, foreign_keys=[responsible_id], lazy="raise"
    )
    closed_by: Mapped[User | None] = relationship(User, foreign_keys=[closed_by_id], lazy="raise")
    actions: Mapped[list[NcrAction]] = relationship(
        back_populates="ncr", lazy="raise", order_by="NcrAction.position"
    )

    def __str__(self) -> str:
        return self.number or self.title

    def contain(self) -> None:
        """Nothing of it can get further."""
        if not self.containment:
            raise Refused(
                _("%(report)s: say first how the goods concerned were contained.", report=self)
            )
        NCR_STEPS.move(self, "contain")

    def start_correction(self) -> None:
        """The cause is known, and somebody does something about it by a day."""
        if not self.cause:
            raise Refused(_("%(report)s: say first what the cause is.", report=self))
        if not self.actions:
            raise Refused(_("%(report)s: enter what is to be done.", report=self))
        if any(one.responsible_id is None or one.due_on is None for one in self.actions):
            raise Refused(
                _("%(report)s: every action needs somebody responsible and a day.", report=self)
            )
        NCR_STEPS.move(self, "act")
        self.due_on = max(one.due_on for one in self.actions if one.due_on)

    def check_effect(self, on: dt.date) -> None:
        """All is done; whether it has helped is seen later."""
        if any(one.done_on is None for one in self.actions):
            raise Refused(_("%(report)s: not every action is done yet.", report=self))
        if len(self.actions) <= self.in_vain:
            raise Refused(
                _("%(report)s: what was done has not helped. Enter what else is done.", report=self)
            )
        NCR_STEPS.move(self, "check")
        self.check_on = self.due_on = on

    def close(self, finding: str, on: dt.date, user_id: int | None) -> None:
        """It has helped; somebody says so who has not done it."""
        if user_id is not None and user_id in self.workers:
            raise OwnWork(self)
        NCR_STEPS.move(self, "close")
        self.finding, self.closed_on, self.closed_by_id = finding, on, user_id

    @property
    def workers(self) -> set[int | None]:
        """Who was responsible for an action, or has done it."""
        return {id for one in self.actions for id in (one.responsible_id, one.done_by_id)}

    def correct_again(self, finding: str) -> None:
        """It has not helped: something else must be done."""
        NCR_STEPS.move(self, "again")
        self.finding, self.in_vain = finding, len(self.actions)


class NcrAction(Row, Base):
    """Something that is done so that it does not happen again."""

    __tablename__ = "production_ncr_action"
    __part_of__: ClassVar[str] = "ncr_id"

    ncr_id: Mapped[int] = link_to("production_ncr.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(String(12), default="corrective")
    text: Mapped[str] = mapped_column(String(500))
    responsible_id: Mapped[int | None] = link_to("core_user.id", ondelete="SET NULL")
    due_on: Mapped[dt.date | None]
    done_on: Mapped[dt.date | None]
    #: Who said that it is done.
    done_by_id: Mapped[int | None] = link_to("core_user.id", ondelete="SET NULL")

    ncr: Mapped[Ncr] = relationship(back_populates="actions", lazy="raise")
    responsible: Mapped[User | None] = relationship(
        User, foreign_keys=[responsible_id], lazy="raise"
    )
    done_by: Mapped[User | None] = relationship(User, foreign_keys=[done_by_id], lazy="raise")

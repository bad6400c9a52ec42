"""A rule that asks for approval, what was asked, how it was answered, and who stands in for whom."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong.approvals.workflow import APPROVAL_STEPS
from dougong.base import Base
from dougong.db import Document, Row, link_to
from dougong.i18n import _
from dougong.people.roles.models import Role
from dougong.people.users.models import User
from dougong.types import Amount, Json


class ApprovalRule(Document, Base):
    """A step that is taken only when holders of a role, or one person, have agreed."""

    __tablename__ = "core_approval_rule"
    __document__: ClassVar[str] = "core.approval-rules"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN role_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN user_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_who",
            info={"sentence": _("Choose a role or a person who approves, not both.")},
        ),
        CheckConstraint(
            "(field IS NULL) = (least IS NULL)",
            name="field_with_least",
            info={"sentence": _("A field and the least amount belong together.")},
        ),
        CheckConstraint(
            "turn BETWEEN 1 AND 9",
            name="turn_sensible",
            info={"sentence": _("The turn is a number from 1 to 9.")},
        ),
        CheckConstraint(
            "days BETWEEN 0 AND 365",
            name="days_sensible",
            info={"sentence": _("An answer is expected within 0 to 365 days.")},
        ),
    )

    label: Mapped[str] = mapped_column(String(120))
    #: The resource and its step: ``purchasing.orders``, ``confirm``.
    resource: Mapped[str] = mapped_column(String(60), index=True)
    step: Mapped[str] = mapped_column(String(40))
    #: From which amount of which field: ``total``, 1000. Both empty: any.
    field: Mapped[str | None] = mapped_column(String(60))
    least: Mapped[Decimal | None] = mapped_column(Amount)
    #: A condition beside it: ``{"field": "supplier.country", "op": "ne", "value": "DE"}``.
    filter: Mapped[dict[str, Any] | None] = mapped_column(Json)
    #: Those with a lower turn are asked first.
    turn: Mapped[int] = mapped_column(Integer, default=1)
    role_id: Mapped[int | None] = link_to("core_role.id")
    user_id: Mapped[int | None] = link_to("core_user.id")
    #: Nobody approves what they have entered, changed or asked for.
    four_eyes: Mapped[bool] = mapped_column(default=True)
    #: Within how many days an answer is expected.
    days: Mapped[int | None] = mapped_column(Integer)
    active: Mapped[bool] = mapped_column(default=True)

    role: Mapped[Role | None] = relationship(Role, lazy="raise")
    user: Mapped[User | None] = relationship(User, lazy="raise")

    def __str__(self) -> str:
        return self.label or str(_("New approval rule"))


class Approval(Document, Base):
    """Somebody wants to take a document along a step, and waits for others to agree."""

    __tablename__ = "core_approval"
    __document__: ClassVar[str] = "core.approvals"
    __table_args__ = (
        CheckConstraint(
            "state IN ('waiting', 'approved', 'refused', 'withdrawn')", name="state_known"
        ),
        Index("ix_core_approval_document", "document_id", "resource"),
        Index(
            "uq_core_approval_waiting", "document_id", "resource", "step", unique=True,
            sqlite_where=text("state = 'waiting'"), postgresql_where=text("state = 'waiting'"),
        ),
    )  # fmt: skip

    state: Mapped[str] = mapped_column(String(10), default="waiting", index=True)
    resource: Mapped[str] = mapped_column(String(60))
    document_id: Mapped[int]
    #: How the document read when it was asked for; a changed document is asked for anew.
    seen: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    step: Mapped[str] = mapped_column(String(40))
    #: What the step was told: a date, a reason.
    answers: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    amount: Mapped[Decimal | None] = mapped_column(Amount)
    asked_by_id: Mapped[int | None] = link_to("core_user.id")
    asked_at: Mapped[dt.datetime]
    due_on: Mapped[dt.date | None]
    #: Whose turn it is.
    turn: Mapped[int] = mapped_column(Integer, default=1)
    #: What came of it when it was approved, where that was not the step itself.
    note: Mapped[str | None] = mapped_column(String(500))

    asked_by: Mapped[User | None] = relationship(User, lazy="raise")
    votes: Mapped[list[ApprovalVote]] = relationship(
        back_populates="approval", lazy="raise", order_by="ApprovalVote.at"
    )

    def __str__(self) -> str:
        return self.title or str(_("New approval"))

    def end(self, step: str) -> None:
        """Approve, refuse or withdraw it; raises `StepNotAllowed` once it is decided."""
        APPROVAL_STEPS.move(self, step)


class ApprovalVote(Row, Base):
    """One person's answer to one rule."""

    __tablename__ = "core_approval_vote"
    __part_of__: ClassVar[str] = "approval_id"
    __table_args__ = (
        UniqueConstraint("approval_id", "rule_id"),
        CheckConstraint("verdict IN ('approve', 'refuse')", name="verdict_known"),
    )

    approval_id: Mapped[int] = link_to("core_approval.id", ondelete="CASCADE", index=False)
    #: The rule may be gone by now; the answer stays.
    rule_id: Mapped[int] = mapped_column(index=True)
    label: Mapped[str] = mapped_column(String(120))
    verdict: Mapped[str] = mapped_column(String(8))
    user_id: Mapped[int | None] = link_to("core_user.id", ondelete="SET NULL")
    reason: Mapped[str | None] = mapped_column(String(500))
    at: Mapped[dt.datetime]

    approval: Mapped[Approval] = relationship(back_populates="votes", lazy="raise")
    user: Mapped[User | None] = relationship(User, lazy="raise")


class Deputy(Document, Base):
    """Somebody decides in another's place for some days."""

    __tablename__ = "core_deputy"
    __document__: ClassVar[str] = "core.deputies"
    __table_args__ = (
        CheckConstraint(
            "user_id <> deputy_id",
            name="somebody_else",
            info={"sentence": _("Choose somebody else as the deputy.")},
        ),
        CheckConstraint(
            "until_on >= from_on",
            name="in_order",
            info={"sentence": _("The last day is not before the first.")},
        ),
    )

    user_id: Mapped[int] = link_to("core_user.id", ondelete="CASCADE")
    deputy_id: Mapped[int] = link_to("core_user.id", ondelete="CASCADE")
    from_on: Mapped[dt.date]
    until_on: Mapped[dt.date]

    user: Mapped[User] = relationship(User, foreign_keys=[user_id], lazy="raise")
    deputy: Mapped[User] = relationship(User, foreign_keys=[deputy_id], lazy="raise")

    def __str__(self) -> str:
        return str(_("Deputy from %(day)s", day=self.from_on)) if self.from_on else str(_("Deputy"))

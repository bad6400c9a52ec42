"""A planned next step of a document of any plugin, and the kinds that a house has of them."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong.activities.workflow import ACTIVITY_STEPS
from dougong.base import Base
from dougong.db import Document, Record, link_to
from dougong.i18n import _
from dougong.people.users.models import User

OPEN = text("state = 'planned'")


class ActivityKind(Record, Base):
    """What can be planned: a call, a meeting; administrators make more."""

    __tablename__ = "core_activity_kind"
    __document__: ClassVar[str] = "core.activity-kinds"
    __table_args__ = (
        CheckConstraint(
            "days BETWEEN 0 AND 365",
            name="days_sensible",
            info={"sentence": _("An activity is due within 0 to 365 days.")},
        ),
    )

    name: Mapped[str] = mapped_column(String(60), unique=True)
    icon: Mapped[str] = mapped_column(String(40), default="checkbox")
    #: Within how many days one of them is due, where nobody says otherwise.
    days: Mapped[int] = mapped_column(Integer, default=1)
    position: Mapped[int] = mapped_column(Integer, default=0)
    active: Mapped[bool] = mapped_column(default=True)

    def __str__(self) -> str:
        return self.name or str(_("New kind of activity"))


class Activity(Document, Base):
    """Who wants to do what with a document until when, and what came of it."""

    __tablename__ = "core_activity"
    __document__: ClassVar[str] = "core.activities"
    __table_args__ = (
        CheckConstraint("state IN ('planned', 'done', 'cancelled')", name="state_known"),
        CheckConstraint(
            "(state = 'done') = (done_at IS NOT NULL)",
            name="done_with_time",
            info={"sentence": _("What is done has a time, and nothing else.")},
        ),
        Index("ix_core_activity_document", "document_id", "document"),
        Index(
            "ix_core_activity_open", "assignee_id", "due_on",
            sqlite_where=OPEN, postgresql_where=OPEN,
        ),
    )  # fmt: skip

    #: What links and the history call the document: ``crm.orders``.
    document: Mapped[str] = mapped_column(String(60))
    document_id: Mapped[int]
    #: What the document was called when this was planned.
    about: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[str] = mapped_column(String(10), default="planned", index=True)
    kind_id: Mapped[int] = link_to("core_activity_kind.id")
    summary: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[dt.date] = mapped_column(index=True)
    assignee_id: Mapped[int] = link_to("core_user.id", index=False)
    planned_by_id: Mapped[int | None] = link_to("core_user.id", ondelete="SET NULL")
    #: What came of it; the same stands in the notes of the document.
    feedback: Mapped[str | None] = mapped_column(String(2000))
    done_at: Mapped[dt.datetime | None]
    #: The due day of which the bell has told.
    told_on: Mapped[dt.date | None]

    kind: Mapped[ActivityKind] = relationship(ActivityKind, lazy="raise")
    assignee: Mapped[User] = relationship(User, foreign_keys=[assignee_id], lazy="raise")
    planned_by: Mapped[User | None] = relationship(User, foreign_keys=[planned_by_id], lazy="raise")

    def __str__(self) -> str:
        return self.summary or str(_("New activity"))

    def finish(self, feedback: str | None, now: dt.datetime) -> None:
        """It is done; raises `StepNotAllowed` where it is not planned any more."""
        ACTIVITY_STEPS.move(self, "done")
        self.feedback, self.done_at = feedback, now

    def cancel(self) -> None:
        """Nobody will do it; raises `StepNotAllowed` where it is not planned any more."""
        ACTIVITY_STEPS.move(self, "cancel")

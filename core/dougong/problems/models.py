"""A problem and its latest cases. Neither keeps a word that anybody entered."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from sqlalchemy import Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong.base import Base
from dougong.db import Row, link_to
from dougong.jobs.models import QueuedJob
from dougong.outbox.models import OutboxMessage


class Problem(Row, Base):
    """What went wrong in one way, however often. ``state``: open or done."""

    __tablename__ = "core_problem"
    __document__: ClassVar[str] = "core.problems"
    __table_args__ = (Index("ix_core_problem_last", "state", "last_at"),)

    fingerprint: Mapped[str] = mapped_column(String(40), unique=True)
    #: page, job, letter, reaction or module.
    kind: Mapped[str] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(300))
    #: Which page, which job, which reaction.
    subject: Mapped[str] = mapped_column(String(200))
    module: Mapped[str] = mapped_column(String(24))
    #: Where in the program, frame by frame, without the values of its variables.
    place: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default="open")
    times: Mapped[int] = mapped_column(Integer, default=0)
    first_at: Mapped[dt.datetime]
    last_at: Mapped[dt.datetime]
    done_at: Mapped[dt.datetime | None]
    done_by: Mapped[str | None] = mapped_column(String(100))
    job_id: Mapped[int | None] = link_to("core_job.id", ondelete="SET NULL")
    letter_id: Mapped[int | None] = link_to("core_outbox.id", ondelete="SET NULL")
    job: Mapped[QueuedJob | None] = relationship(lazy="raise")
    letter: Mapped[OutboxMessage | None] = relationship(lazy="raise")
    cases: Mapped[list[ProblemCase]] = relationship(
        order_by="ProblemCase.at.desc()", back_populates="problem", lazy="raise"
    )

    def __str__(self) -> str:
        return self.title


class ProblemCase(Row, Base):
    """One time that it went wrong: when, for whom, in which request."""

    __tablename__ = "core_problem_case"
    __part_of__ = "problem_id"

    problem_id: Mapped[int] = link_to("core_problem.id", ondelete="CASCADE")
    at: Mapped[dt.datetime]
    request_id: Mapped[str] = mapped_column(String(64), default="")
    who: Mapped[str] = mapped_column(String(100), default="", info={"class": "personal"})
    page: Mapped[str] = mapped_column(String(200), default="")
    problem: Mapped[Problem] = relationship(back_populates="cases", lazy="raise")

"""What happened to the modules, and what an administrator asked for from a page."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dougong.base import Base
from dougong.db import Record
from dougong.types import Json

STATES = ("asked", "running", "done", "refused")


class ModuleChange(Base):
    """One line of a module's log: it was installed, enabled, disabled, upgraded, taken out."""

    __tablename__ = "core_plugin_change"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    name: Mapped[str] = mapped_column(String(24), index=True)
    action: Mapped[str] = mapped_column(String(12))
    #: The version that was there before, and the one since.
    before: Mapped[str] = mapped_column(String(40), default="")
    version: Mapped[str] = mapped_column(String(40), default="")
    #: Whoever asked for it: a person, or the command line.
    by: Mapped[str] = mapped_column(String(200))
    at: Mapped[dt.datetime]


class ModuleErrand(Record, Base):
    """A change of the modules that somebody asked for; a process of its own carries it out."""

    __tablename__ = "core_plugin_errand"
    __document__: ClassVar[str] = "core.modules"
    __table_args__ = (
        CheckConstraint(f"state in {STATES}", name="state_known"),
        CheckConstraint("(state in ('done', 'refused')) = (ended_at is not null)", name="ended"),
    )

    action: Mapped[str] = mapped_column(String(12))
    #: The module it is about, and all that are concerned with it.
    name: Mapped[str] = mapped_column(String(24), index=True)
    names: Mapped[Any] = mapped_column(Json)
    by: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(10), default="asked")
    #: The last that was told: a step, or how it ended.
    said: Mapped[str] = mapped_column(Text, default="")
    #: The name of the file its data were written to first.
    file: Mapped[str] = mapped_column(String(120), default="")
    asked_at: Mapped[dt.datetime]
    told_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]

    def __str__(self) -> str:
        return f"{self.action} {self.name}"

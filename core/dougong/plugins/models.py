"""What the house remembers of its plugins, and which processes serve it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from dougong.base import Base


class PluginState(Base):
    """A plugin that is in this house: its tables are there, and it is switched on or not."""

    __tablename__ = "core_plugin"
    __table_args__ = (CheckConstraint("status in ('installed', 'enabled')", name="status_known"),)

    name: Mapped[str] = mapped_column(String(24), primary_key=True)
    #: The version whose migrations were run.
    version: Mapped[str] = mapped_column(String(40))
    status: Mapped[str] = mapped_column(String(10))
    #: Why it does not run although it should, as the last lifecycle command saw it.
    error: Mapped[str | None] = mapped_column(Text)
    installed_at: Mapped[dt.datetime]
    changed_at: Mapped[dt.datetime]
    #: How often it was switched on or off, upgraded.
    changes: Mapped[int] = mapped_column(Integer, default=0)
    #: The rights, tables, jobs … it came with, so that an update can be compared.
    brings: Mapped[dict[str, Any]]


class Registry(Base):
    """One row. Lifecycle commands raise it; processes that see it raised build themselves anew."""

    __tablename__ = "core_registry"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    generation: Mapped[int]
    #: Processes older than this must end: tables are about to change under their feet.
    restart_generation: Mapped[int]


class Worker(Base):
    """A process that serves the house, as it last said itself."""

    __tablename__ = "core_worker"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    #: web or jobs.
    kind: Mapped[str] = mapped_column(String(10))
    started_at: Mapped[dt.datetime]
    seen_at: Mapped[dt.datetime] = mapped_column(index=True)
    generation: Mapped[int]
    restart_generation: Mapped[int]
    #: Plugins that do not run in this process, and why.
    failed: Mapped[dict[str, Any]]

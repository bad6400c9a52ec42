"""An open log-in, and how often somebody tried."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong.base import Base
from dougong.db import Row, link_to
from dougong.people.users.models import User


class LogIn(Row, Base):
    """A browser somebody is logged in with. Only the hash of its key is kept here."""

    __tablename__ = "core_session"

    key: Mapped[str] = mapped_column(String(64), unique=True, info={"secret": True})
    user_id: Mapped[int] = link_to("core_user.id", ondelete="CASCADE")
    #: The company they work in at the moment.
    company_id: Mapped[int | None] = link_to("core_company.id", ondelete="SET NULL")
    #: False between the password and the code of the second factor.
    complete: Mapped[bool] = mapped_column(default=True)
    csrf: Mapped[str] = mapped_column(String(64), info={"secret": True})
    created_at: Mapped[dt.datetime]
    seen_at: Mapped[dt.datetime]
    idle_seconds: Mapped[int] = mapped_column(Integer)
    ends_at: Mapped[dt.datetime]
    #: When the password was last typed: changing what matters needs it fresh.
    proven_at: Mapped[dt.datetime]
    #: Through whose eyes this log-in looks, and until when at most.
    as_user_id: Mapped[int | None] = link_to("core_user.id", ondelete="SET NULL")
    as_until: Mapped[dt.datetime | None]
    address: Mapped[str] = mapped_column(String(45), default="")
    user_agent: Mapped[str] = mapped_column(String(200), default="")

    user: Mapped[User] = relationship(lazy="raise", foreign_keys=[user_id])


class Attempts(Base):
    """How often a name or an address was tried in vain, and until when it must wait."""

    __tablename__ = "core_attempts"

    #: A hash: what people type into the wrong field is not kept.
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int] = mapped_column(Integer, default=0)
    last_at: Mapped[dt.datetime]
    wait_until: Mapped[dt.datetime]

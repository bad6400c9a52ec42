"""A person who may log in. Not a party of the business: each has its own table and rights."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from dougong.base import Base
from dougong.db import Record, Row, link_to
from dougong.i18n import _
from dougong.people.roles.models import UserRole
from dougong.types import Json


class User(Record, Base):
    """Somebody with a log-in."""

    __tablename__ = "core_user"
    __document__: ClassVar[str] = "core.users"
    __table_args__ = (
        CheckConstraint(
            "login = lower(login)",
            name="login_lower",
            info={"sentence": _("A log-in name is written in small letters.")},
        ),
    )

    #: A name or an e-mail address, in small letters: ``Ann`` and ``ann`` are one person.
    login: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(200), unique=True)
    active: Mapped[bool] = mapped_column(default=True)
    #: Somebody from outside, a customer: holds no role, and no page of the office opens.
    guest: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(String(12), default="en")
    timezone: Mapped[str] = mapped_column(String(40), default="UTC")
    theme: Mapped[str] = mapped_column(String(8), default="auto")
    #: The company in which they start.
    company_id: Mapped[int | None] = link_to("core_company.id")

    password: Mapped[str | None] = mapped_column(String(255), info={"secret": True})
    #: A password somebody else has chosen opens nothing but the page that changes it.
    must_change: Mapped[bool] = mapped_column(default=False)
    password_at: Mapped[dt.datetime | None] = mapped_column(info={"secret": True})
    #: The shared secret of the second factor, sealed; unproven until its first code was right.
    totp: Mapped[str | None] = mapped_column(String(255), info={"secret": True})
    has_totp: Mapped[bool] = mapped_column(default=False)
    #: The time step of the last code: none is taken twice.
    totp_step: Mapped[int] = mapped_column(default=0, info={"secret": True})
    #: Hashes of codes for the day the telephone is lost.
    recovery: Mapped[list[Any]] = mapped_column(Json, default=list, info={"secret": True})

    companies: Mapped[list[UserCompany]] = relationship(
        lazy="raise", order_by="UserCompany.company_id"
    )
    roles: Mapped[list[UserRole]] = relationship(lazy="raise", order_by=UserRole.id)

    @validates("login", "email")
    def _small_letters(self, key: str, value: str | None) -> str | None:
        value = value.strip().lower() if value else None
        return value or None

    def __str__(self) -> str:
        return self.name


class UserCompany(Row, Base):
    """A company whose documents a person may see."""

    __tablename__ = "core_user_company"
    __part_of__: ClassVar[str] = "user_id"
    __table_args__ = (UniqueConstraint("user_id", "company_id"),)

    user_id: Mapped[int] = link_to("core_user.id", ondelete="CASCADE")
    company_id: Mapped[int] = link_to("core_company.id", ondelete="CASCADE")

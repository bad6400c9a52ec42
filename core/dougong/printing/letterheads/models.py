"""A letterhead: what a company's papers say of it, for one language or for all."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import CheckConstraint, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dougong.base import Base
from dougong.db import Document
from dougong.i18n import _

#: The letterhead of this language serves every language that has none of its own.
ANY = "any"


class Letterhead(Document, Base):
    """Name, address, numbers, bank and logo of a company, as its papers show them."""

    __tablename__ = "core_letterhead"
    __document__: ClassVar[str] = "core.letterheads"
    __table_args__ = (
        UniqueConstraint(
            "company_id",
            "language",
            info={"sentence": _("There is a letterhead for this language already.")},
        ),
        CheckConstraint(
            "name <> ''",
            name="name_said",
            info={"sentence": _("A letterhead needs a name.")},
        ),
    )

    language: Mapped[str] = mapped_column(String(12), default=ANY)
    name: Mapped[str] = mapped_column(String(200))
    address: Mapped[str | None] = mapped_column(Text)
    tax_number: Mapped[str | None] = mapped_column(String(40))
    #: Court and number of the commercial register, or what stands for it.
    registration: Mapped[str | None] = mapped_column(String(120))
    phone: Mapped[str | None] = mapped_column(String(40))
    email: Mapped[str | None] = mapped_column(String(200))
    website: Mapped[str | None] = mapped_column(String(200))
    bank: Mapped[str | None] = mapped_column(String(120))
    account: Mapped[str | None] = mapped_column(String(60))
    bic: Mapped[str | None] = mapped_column(String(11))
    #: The last words of invoices and quotes: terms, retention of title.
    closing: Mapped[str | None] = mapped_column(Text)
    #: ``data:image/png;base64,…``; too long for the history.
    logo: Mapped[str | None] = mapped_column(Text, info={"secret": True})

    def __str__(self) -> str:
        return self.name

    @property
    def address_lines(self) -> list[str]:
        """The address, line by line."""
        return [line.strip() for line in (self.address or "").splitlines() if line.strip()]

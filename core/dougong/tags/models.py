"""A tag belongs to one department; the rights of a document are the rights of its tags."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, validates

from dougong.base import Base
from dougong.db import Record, Row, link_to
from dougong.i18n import _

COLOURS = ("secondary", "blue", "cyan", "green", "orange", "red", "purple")


class Tag(Record, Base):
    """A word with a colour, on documents of one department."""

    __tablename__ = "core_tag"
    __document__: ClassVar[str] = "core.tags"
    __table_args__ = (
        UniqueConstraint(
            "family", "key", info={"sentence": _("There is a tag of this name already.")}
        ),
        CheckConstraint(
            "colour IN ('secondary', 'blue', 'cyan', 'green', 'orange', 'red', 'purple')",
            name="colour_known",
            info={"sentence": _("Choose one of the colours.")},
        ),
        CheckConstraint("name <> ''", name="named", info={"sentence": _("Give the tag a name.")}),
    )

    #: The plugin whose documents carry it: ``crm``.
    family: Mapped[str] = mapped_column(String(24))
    name: Mapped[str] = mapped_column(String(40))
    #: The name in small letters: “Urgent” and “urgent” are one tag.
    key: Mapped[str] = mapped_column(String(60), default="")
    colour: Mapped[str] = mapped_column(String(12), default="secondary")

    @validates("name")
    def _named(self, _key: str, name: str) -> str:
        name = " ".join((name or "").split())
        self.key = name.casefold()[:60]
        return name

    def __str__(self) -> str:
        return self.name or str(_("New tag"))


class DocumentTag(Row, Base):
    """A tag on a document."""

    __tablename__ = "core_document_tag"
    __table_args__ = (
        UniqueConstraint("document_id", "tag_id", "document"),
        Index("ix_core_document_tag_tag", "tag_id", "document_id"),
    )

    tag_id: Mapped[int] = link_to("core_tag.id", ondelete="CASCADE", index=False)
    document: Mapped[str] = mapped_column(String(60))
    document_id: Mapped[int]

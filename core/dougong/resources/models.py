"""What the engine keeps for itself: where documents came from, views and mappings people saved."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dougong.base import Base
from dougong.db import Owned, Row, link_to
from dougong.i18n import _
from dougong.sealing import Sealed


class ExternalId(Row, Base):
    """What a document is called in the system it was imported from."""

    __tablename__ = "core_external_id"
    __table_args__ = (
        UniqueConstraint(
            "resource", "source", "external_id", "company_id",
            info={"sentence": _("This external id belongs to another record already.")},
        ),
    )  # fmt: skip

    resource: Mapped[str] = mapped_column(String(60))
    #: The system: ``oldshop``.
    source: Mapped[str] = mapped_column(String(60))
    external_id: Mapped[str] = mapped_column(String(120))
    #: The company whose data were imported.
    company_id: Mapped[int]
    document_id: Mapped[int] = mapped_column(index=True)


class SavedView(Row, Base):
    """A list as somebody likes to see it: its URL parameters under a name."""

    __tablename__ = "core_saved_view"
    __table_args__ = (UniqueConstraint("user_id", "resource", "name"),)

    user_id: Mapped[int]
    resource: Mapped[str] = mapped_column(String(60), index=True)
    name: Mapped[str] = mapped_column(String(80))
    parameters: Mapped[dict[str, Any]]
    #: Whether everybody who may see the noun is offered the view.
    shared: Mapped[bool] = mapped_column(default=False)
    #: Whether its owner's list begins with it.
    preferred: Mapped[bool] = mapped_column(default=False)
    saved_at: Mapped[dt.datetime]


class ImportMap(Row, Base):
    """Which column of a file is which field, remembered for the next file of the same kind."""

    __tablename__ = "core_import_map"
    __table_args__ = (UniqueConstraint("resource", "name"),)

    resource: Mapped[str] = mapped_column(String(60))
    name: Mapped[str] = mapped_column(String(80))
    mapping: Mapped[dict[str, Any]]
    saved_at: Mapped[dt.datetime]


class ImportRun(Owned, Row, Base):
    """A file that was brought in; what it made and changed can be taken back as a whole."""

    __tablename__ = "core_import_run"

    resource: Mapped[str] = mapped_column(String(60), index=True)
    file: Mapped[str] = mapped_column(String(200))
    ran_at: Mapped[dt.datetime]
    ran_by: Mapped[str] = mapped_column(String(200))
    undone_at: Mapped[dt.datetime | None]
    undone_by: Mapped[str] = mapped_column(String(200), default="")


class Imported(Row, Base):
    """A document that an import has made or changed."""

    __tablename__ = "core_imported"

    run_id: Mapped[int] = link_to("core_import_run.id", ondelete="CASCADE")
    #: Its key, as text.
    key: Mapped[str] = mapped_column(String(80))
    created: Mapped[bool]
    #: How the import left it: its version, or a digest of all it says where it has none.
    left_as: Mapped[str] = mapped_column(String(64))
    #: By field, what a changed document said before, as the API says it.
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    #: The same, as JSON, of the fields that the database keeps sealed.
    sealed: Mapped[str | None] = mapped_column(Sealed("core_imported.sealed"))

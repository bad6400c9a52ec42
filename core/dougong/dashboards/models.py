"""A dashboard, its cards, the roles it is shared with, and who begins with which."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong.base import Base
from dougong.db import Document, Owned, Row, link_to
from dougong.i18n import _

#: For whom a dashboard is.
PRIVATE, ROLES, EVERYBODY = "private", "roles", "everybody"
SHARINGS = (PRIVATE, ROLES, EVERYBODY)
#: What a card is made of, and how it is shown.
SOURCES = ("list", "report", "widget")
KINDS = ("number", "chart", "rows")
ALERTS = ("", "above", "below")
#: How many of twelve columns a card may take.
NARROWEST, WIDEST = 2, 12


class Dashboard(Document, Base):
    """Cards in an order, of one person or of the company."""

    __tablename__ = "core_dashboard"
    __document__: ClassVar[str] = "core.dashboards"
    __table_args__ = (
        Index(
            "uq_core_dashboard_shipped", "company_id", "shipped", unique=True,
            sqlite_where=text("shipped <> ''"), postgresql_where=text("shipped <> ''"),
        ),
        CheckConstraint(
            "sharing IN ('private', 'roles', 'everybody')",
            name="sharing_known",
            info={"sentence": _("A dashboard is for yourself, for roles or for everybody.")},
        ),
        CheckConstraint(
            "name <> '' OR shipped <> ''",
            name="named",
            info={"sentence": _("Give the dashboard a name.")},
        ),
    )  # fmt: skip

    #: Empty where a module's own dashboard keeps its name.
    name: Mapped[str] = mapped_column(String(80))
    #: Whose it is; nobody's where it stands for a module's own.
    owner_id: Mapped[int | None] = link_to("core_user.id", ondelete="CASCADE")
    sharing: Mapped[str] = mapped_column(String(10), default=PRIVATE)
    #: The module's dashboard that it replaces in this company: ``crm.sales``.
    shipped: Mapped[str] = mapped_column(String(80), default="")

    cards: Mapped[list[Card]] = relationship(
        order_by="Card.position, Card.id", back_populates="dashboard", lazy="raise"
    )
    shares: Mapped[list[Share]] = relationship(back_populates="dashboard", lazy="raise")

    def __str__(self) -> str:
        return self.name or self.shipped


class Card(Row, Base):
    """A list as seen, a report or a widget, and how much room it takes."""

    __tablename__ = "core_dashboard_card"
    __part_of__: ClassVar[str] = "dashboard_id"
    __table_args__ = (
        CheckConstraint(
            "width BETWEEN 2 AND 12",
            name="width_sensible",
            info={"sentence": _("A card is 2 to 12 columns wide.")},
        ),
        CheckConstraint("source IN ('list', 'report', 'widget')", name="source_known"),
        CheckConstraint("kind IN ('number', 'chart', 'rows')", name="kind_known"),
        CheckConstraint("alert IN ('', 'above', 'below')", name="alert_known"),
        CheckConstraint(
            "(alert = '') = (threshold IS NULL)",
            name="alert_with_threshold",
            info={"sentence": _("A limit is marked when it is passed above or below.")},
        ),
    )

    dashboard_id: Mapped[int] = link_to("core_dashboard.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(Integer)
    width: Mapped[int] = mapped_column(Integer, default=3)
    kind: Mapped[str] = mapped_column(String(8))
    #: Empty where a module's own card keeps its name.
    title: Mapped[str] = mapped_column(String(80), default="")
    source: Mapped[str] = mapped_column(String(8))
    #: The noun, the report or the widget.
    target: Mapped[str] = mapped_column(String(80))
    #: The list's query, or the report's parameters.
    query: Mapped[str] = mapped_column(String(2000), default="")
    #: What is summed; empty counts records.
    measure: Mapped[str] = mapped_column(String(120), default="")
    alert: Mapped[str] = mapped_column(String(5), default="")
    threshold: Mapped[Decimal | None]
    #: The module's card that it was: ``crm.sales/late``.
    shipped: Mapped[str] = mapped_column(String(120), default="")

    dashboard: Mapped[Dashboard] = relationship(back_populates="cards", lazy="raise")


class Share(Row, Base):
    """A role whose holders see the dashboard."""

    __tablename__ = "core_dashboard_role"
    __part_of__: ClassVar[str] = "dashboard_id"
    __table_args__ = (UniqueConstraint("dashboard_id", "role"),)

    dashboard_id: Mapped[int] = link_to("core_dashboard.id", ondelete="CASCADE", index=False)
    role: Mapped[str] = mapped_column(String(60))

    dashboard: Mapped[Dashboard] = relationship(back_populates="shares", lazy="raise")


class Beginning(Owned, Row, Base):
    """The dashboard on the home page of a person, of a role, or (neither is named) of everybody."""

    __tablename__ = "core_dashboard_beginning"
    __table_args__ = (
        Index(
            "uq_core_dashboard_beginning_role", "company_id", "role", unique=True,
            sqlite_where=text("user_id IS NULL"), postgresql_where=text("user_id IS NULL"),
        ),
        Index(
            "uq_core_dashboard_beginning_user", "company_id", "user_id", unique=True,
            sqlite_where=text("user_id IS NOT NULL"), postgresql_where=text("user_id IS NOT NULL"),
        ),
        CheckConstraint("user_id IS NULL OR role = ''", name="one_whom"),
        CheckConstraint("(dashboard_id IS NULL) = (shipped <> '')", name="one_dashboard"),
    )  # fmt: skip

    user_id: Mapped[int | None] = link_to("core_user.id", ondelete="CASCADE")
    role: Mapped[str] = mapped_column(String(60), default="")
    dashboard_id: Mapped[int | None] = link_to("core_dashboard.id", ondelete="CASCADE")
    #: A module's own dashboard, changed or not.
    shipped: Mapped[str] = mapped_column(String(80), default="")

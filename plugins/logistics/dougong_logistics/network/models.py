"""A scenario: sites that might be opened, regions that want goods, and what serving costs."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, Percent, Quantity, Row, State, Step, Workflow, _, later, link_to
from dougong_logistics.db import Base

SCENARIO_STEPS = Workflow(
    "logistics.scenarios",
    states=[
        State("draft", _("Draft"), editable=True),
        State("solved", _("Solved"), "green", editable=True),
    ],
    steps=[
        Step(
            "solve", _("Solve"), ["draft", "solved"], "solved", "logistics.scenario.write",
            later("dougong_logistics.network.service:solve"), primary=True, icon="affiliate",
        )
    ],
)  # fmt: skip


class Scenario(Document, Base):
    """A question about the network, and its answer."""

    __tablename__ = "logistics_scenario"
    __document__: ClassVar[str] = "logistics.scenarios"
    __table_args__ = (UniqueConstraint("company_id", "name"),)

    name: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(10), default="draft")
    method: Mapped[str | None] = mapped_column(String(12))
    total: Mapped[Decimal] = mapped_column(default=ZERO)
    note: Mapped[str | None] = mapped_column(String(2000))

    sites: Mapped[list[Site]] = relationship(
        back_populates="scenario", lazy="raise", order_by="Site.position"
    )
    regions: Mapped[list[Region]] = relationship(
        back_populates="scenario", lazy="raise", order_by="Region.position"
    )
    lanes: Mapped[list[Lane]] = relationship(
        back_populates="scenario", lazy="raise", order_by="Lane.position"
    )

    def __str__(self) -> str:
        return self.name or str(_("New scenario"))


class Site(Row, Base):
    """A warehouse that is there, or might be."""

    __tablename__ = "logistics_site"
    __part_of__: ClassVar[str] = "scenario_id"
    __table_args__ = (
        UniqueConstraint("scenario_id", "name"),
        CheckConstraint(
            "fixed >= 0 AND (capacity IS NULL OR capacity > 0)", name="costs_and_holds",
            info={"sentence": _("A site costs nothing or more, and holds more than nothing.")},
        ),
    )  # fmt: skip

    scenario_id: Mapped[int] = link_to("logistics_scenario.id", ondelete="CASCADE", index=False)
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(60))
    fixed: Mapped[Decimal] = mapped_column(default=ZERO)
    capacity: Mapped[Decimal | None] = mapped_column(Quantity)
    opened: Mapped[bool | None]

    scenario: Mapped[Scenario] = relationship(back_populates="sites", lazy="raise")


class Region(Row, Base):
    """Where goods are wanted, and how much."""

    __tablename__ = "logistics_region"
    __part_of__: ClassVar[str] = "scenario_id"
    __table_args__ = (
        UniqueConstraint("scenario_id", "name"),
        CheckConstraint(
            "demand >= 0", name="demand_not_negative",
            info={"sentence": _("A demand is not negative.")},
        ),
    )  # fmt: skip

    scenario_id: Mapped[int] = link_to("logistics_scenario.id", ondelete="CASCADE", index=False)
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(60))
    demand: Mapped[Decimal] = mapped_column(Quantity)

    scenario: Mapped[Scenario] = relationship(back_populates="regions", lazy="raise")


class Lane(Row, Base):
    """What it costs that a site serves all of a region; pairs without a lane cannot."""

    __tablename__ = "logistics_lane"
    __part_of__: ClassVar[str] = "scenario_id"
    __table_args__ = (
        UniqueConstraint("scenario_id", "site", "region"),
        CheckConstraint(
            "cost >= 0", name="cost_not_negative", info={"sentence": _("A cost is not negative.")}
        ),
    )  # fmt: skip

    scenario_id: Mapped[int] = link_to("logistics_scenario.id", ondelete="CASCADE", index=False)
    position: Mapped[int] = mapped_column(default=0)
    #: Names of a site and a region of the scenario: such tables are pasted and imported.
    site: Mapped[str] = mapped_column(String(60))
    region: Mapped[str] = mapped_column(String(60))
    cost: Mapped[Decimal]
    #: What of the region the site serves, in per cent.
    share: Mapped[Decimal] = mapped_column(Percent, default=ZERO)

    scenario: Mapped[Scenario] = relationship(back_populates="lanes", lazy="raise")

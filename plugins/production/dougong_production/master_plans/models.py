"""The master plan: what the market is to get, product by product and period by period."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import (
    ZERO,
    Document,
    Refused,
    Row,
    State,
    Step,
    Workflow,
    _,
    later,
    link_to,
    pgettext,
)  # fmt: skip
from dougong_base import Product, counted_in
from dougong_production.db import Base

_fill = later("dougong_production.master_plans.service:fill_from_forecast")
_approve = later("dougong_production.master_plans.service:approve_master_plans")
_close = later("dougong_production.master_plans.service:close_master_plans")

MASTER_PLAN_STEPS = Workflow(
    "production.master_plans",
    states=[
        State("draft", _("Draft"), editable=True),
        State("approved", pgettext("plan", "Approved"), "green"),
        State("closed", pgettext("plan", "Closed"), aside=True),
    ],
    steps=[
        Step(
            "fill", _("Fill from forecast"), ["draft"], "draft", "production.master_plan.write",
            _fill, icon="chart-line",
        ),
        Step(
            "approve", _("Approve"), ["draft"], "approved", "production.master_plan.approve",
            _approve, primary=True, icon="circle-check",
        ),
        Step(
            "close", _("Close"), ["draft", "approved"], "closed", "production.master_plan.approve",
            _close, icon="archive",
        ),
    ],
)  # fmt: skip


class DemandInThePast(Refused):
    """Nothing can be made for yesterday."""

    def __init__(self, on: dt.date) -> None:
        super().__init__(
            _(
                "The plan asks for goods on %(on)s, which is past. Choose a day from today on.",
                on=on,
            )
        )


class MasterPlanIsEmpty(Refused):
    """A plan without a line says nothing."""

    def __init__(self) -> None:
        super().__init__(_("The master plan has no line. Enter what is wanted, or fill it."))


class MasterPlan(Document, Base):
    """What is to be there for customers; in force once it is approved."""

    __tablename__ = "production_master_plan"
    __document__: ClassVar[str] = "production.master_plans"
    __table_args__ = (UniqueConstraint("company_id", "name"),)

    name: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(String(10), default="draft")
    note: Mapped[str | None] = mapped_column(String(400))

    lines: Mapped[list[MasterLine]] = relationship(
        back_populates="plan", lazy="raise", order_by="MasterLine.position"
    )

    def __str__(self) -> str:
        return self.name or str(_("New master plan"))

    def approve(self, today: dt.date) -> None:
        """From now on requirements are planned from it."""
        if not self.lines:
            raise MasterPlanIsEmpty
        for line in self.lines:
            if line.on < today:
                raise DemandInThePast(line.on)
        MASTER_PLAN_STEPS.move(self, "approve")


class MasterLine(Row, Base):
    """So much of a product is wanted in the period that begins on this day."""

    __tablename__ = "production_master_line"
    __part_of__: ClassVar[str] = "plan_id"
    __table_args__ = (
        CheckConstraint(
            "quantity >= 0",
            name="quantity_not_negative",
            info={"sentence": _("A planned quantity is not negative.")},
        ),
        UniqueConstraint("plan_id", "product_id", "on"),
    )

    plan_id: Mapped[int] = link_to("production_master_plan.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    product_id: Mapped[int] = link_to("base_product.id")
    on: Mapped[dt.date]
    quantity: Mapped[Decimal] = counted_in("product_id", default=ZERO)

    plan: Mapped[MasterPlan] = relationship(back_populates="lines", lazy="raise")
    product: Mapped[Product] = relationship(Product, lazy="raise")

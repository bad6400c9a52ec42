"""A forecast: one run over many products, what it says of each, and what a planner knows better."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, Exact, Owned, Quantity, Refused, Row, _, link_to
from dougong_base import Category, Product
from dougong_inventory.db import Base
from dougong_inventory.forecast.choosing import METHODS
from dougong_inventory.forecast.periods import Periods
from dougong_inventory.forecast.workflow import FORECAST_STEPS, SERIES_STEPS, UNDERWAY
from dougong_inventory.warehouses.models import Warehouse

#: Further ahead, and longer back, nothing is learnt from a few numbers.
LONGEST, OLDEST = 104, 520
#: Ratios such as a scaled error; huge ones are told as the largest.
Ratio = Exact(4)


class NothingForecast(Refused):
    """There is no figure to be approved."""

    def __init__(self, forecast: Forecast) -> None:
        super().__init__(
            _(
                "%(forecast)s forecasts nothing: nobody took these products in its past."
                " Choose others or a longer past.",
                forecast=forecast,
            )
        )


class Forecast(Document, Base):
    """One run: of which products, from when, how far, and how."""

    __tablename__ = "inventory_forecast"
    __document__: ClassVar[str] = "inventory.forecasts"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        # Only one at a time in a company: of those under way the sign is set.
        UniqueConstraint("company_id", "busy"),
        CheckConstraint(
            f"horizon >= 1 AND horizon <= {LONGEST}",
            name="horizon_possible",
            info={"sentence": _("Look between 1 and 104 periods ahead.")},
        ),
        CheckConstraint(
            f"past >= 4 AND past <= {OLDEST}",
            name="past_possible",
            info={"sentence": _("Learn from between 4 and 520 periods of the past.")},
        ),
        CheckConstraint(
            "bucket IN ('week', 'month')",
            name="bucket_known",
            info={"sentence": _("A forecast is made by weeks or by months.")},
        ),
        CheckConstraint("method IN ('" + "', '".join(METHODS) + "')", name="method_known"),
        Index("ix_inventory_forecast_state", "company_id", "state"),
    )

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(10), default="draft")
    busy: Mapped[bool | None]
    #: Any day of the first period; the past ends before that period.
    start_on: Mapped[dt.date | None]
    bucket: Mapped[str] = mapped_column(String(5), default="week")
    horizon: Mapped[int] = mapped_column(default=13)
    past: Mapped[int] = mapped_column(default=104)
    method: Mapped[str] = mapped_column(String(16), default="auto")
    category_id: Mapped[int | None] = link_to("base_category.id")
    product_id: Mapped[int | None] = link_to("base_product.id")
    warehouse_id: Mapped[int | None] = link_to("inventory_warehouse.id")
    note: Mapped[str | None] = mapped_column(String(400))
    job_id: Mapped[int | None]
    #: How many products in warehouses were forecast, and how good that would have been lately.
    series: Mapped[int] = mapped_column(default=0)
    rmsse: Mapped[Decimal | None] = mapped_column(Ratio)
    #: In per cent of what came in the periods that were held back.
    bias: Mapped[Decimal | None] = mapped_column(Ratio)
    finished_at: Mapped[dt.datetime | None]
    approved_at: Mapped[dt.datetime | None]
    message: Mapped[str | None] = mapped_column(String(400))

    category: Mapped[Category | None] = relationship(Category, lazy="raise")
    product: Mapped[Product | None] = relationship(Product, lazy="raise")
    warehouse: Mapped[Warehouse | None] = relationship(Warehouse, lazy="raise")

    def __str__(self) -> str:
        if not self.number:
            return str(_("New forecast"))
        return str(_("Forecast %(number)s", number=self.number))

    @property
    def periods(self) -> Periods:
        """The periods it looks at."""
        assert self.start_on is not None
        return Periods(self.start_on, self.horizon, self.bucket)

    def move(self, step: str) -> None:
        """Take a step; the sign that it is under way follows."""
        FORECAST_STEPS.move(self, step)
        self.busy = True if self.state in UNDERWAY else None

    def end(self, state: str, message: str | None = None) -> None:
        """The job is over: ``done`` or ``failed``."""
        self.state, self.busy, self.message = state, None, message

    def approve(self, at: dt.datetime) -> None:
        """From now on plans and reorder rules ask it."""
        if not self.series:
            raise NothingForecast(self)
        FORECAST_STEPS.move(self, "approve")
        self.approved_at = at

    def withdraw(self) -> None:
        """It no longer counts, and may be changed again."""
        FORECAST_STEPS.move(self, "withdraw")
        self.approved_at = None


class ForecastSeries(Document, Base):
    """What a forecast says of one product in one warehouse: its kind, the method, how good it was."""

    __tablename__ = "inventory_forecast_series"
    __document__: ClassVar[str] = "inventory.forecast_series"
    #: Computed by the thousand; what is changed by hand is told by its adjustments.
    __audited__: ClassVar[bool] = False
    __table_args__ = (
        UniqueConstraint("forecast_id", "product_id", "warehouse_id"),
        CheckConstraint("error >= 0", name="error_not_negative"),
    )

    forecast_id: Mapped[int] = link_to("inventory_forecast.id", ondelete="CASCADE", index=False)
    product_id: Mapped[int] = link_to("base_product.id")
    warehouse_id: Mapped[int] = link_to("inventory_warehouse.id")
    #: Code and name of the product as they were.
    name: Mapped[str] = mapped_column(String(250))
    state: Mapped[str] = mapped_column(String(10), default="computed")
    kind: Mapped[str] = mapped_column(String(12))
    method: Mapped[str] = mapped_column(String(16))
    #: What is wanted in all periods, as it counts: changes by hand included.
    total: Mapped[Decimal] = mapped_column(Quantity)
    #: Standard deviation of what the method misses in one period.
    error: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    rmsse: Mapped[Decimal | None] = mapped_column(Ratio)
    mase: Mapped[Decimal | None] = mapped_column(Ratio)
    smape: Mapped[Decimal | None] = mapped_column(Ratio)
    bias: Mapped[Decimal | None] = mapped_column(Ratio)

    forecast: Mapped[Forecast] = relationship(Forecast, lazy="raise")
    product: Mapped[Product] = relationship(Product, lazy="raise")
    warehouse: Mapped[Warehouse] = relationship(Warehouse, lazy="raise")
    adjustments: Mapped[list[ForecastAdjustment]] = relationship(
        back_populates="series", lazy="raise", order_by="ForecastAdjustment.on"
    )

    def __str__(self) -> str:
        return self.name

    def move(self, step: str) -> None:
        """Take a step of its table."""
        SERIES_STEPS.move(self, step)


class ForecastLine(Owned, Row, Base):
    """So much of the product will be wanted in the period that begins on this day, low and high."""

    __tablename__ = "inventory_forecast_line"
    __table_args__ = (
        UniqueConstraint("series_id", "on"),
        CheckConstraint(
            "low >= 0 AND low <= quantity AND quantity <= high", name="low_to_high"
        ),
    )  # fmt: skip

    series_id: Mapped[int] = link_to(
        "inventory_forecast_series.id", ondelete="CASCADE", index=False
    )
    on: Mapped[dt.date]
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    low: Mapped[Decimal] = mapped_column(Quantity)
    high: Mapped[Decimal] = mapped_column(Quantity)


class ForecastAdjustment(Row, Base):
    """A planner knows better: so much instead, in the period that begins on this day, and why."""

    __tablename__ = "inventory_forecast_adjustment"
    __part_of__: ClassVar[str] = "series_id"
    __table_args__ = (
        UniqueConstraint("series_id", "on"),
        CheckConstraint(
            "quantity >= 0",
            name="quantity_not_negative",
            info={"sentence": _("A forecast quantity is not negative.")},
        ),
        CheckConstraint(
            "reason <> ''",
            name="reason_told",
            info={"sentence": _("Say why the figure is changed.")},
        ),
    )

    series_id: Mapped[int] = link_to(
        "inventory_forecast_series.id", ondelete="CASCADE", index=False
    )
    on: Mapped[dt.date]
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    reason: Mapped[str] = mapped_column(String(400))

    series: Mapped[ForecastSeries] = relationship(back_populates="adjustments", lazy="raise")

"""A quality plan: which goods are inspected when, on what, and how many pieces of a lot."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Document, Percent, Quantity, Refused, Row, _, link_to, pgettext
from dougong_base import Category, Party, Product
from dougong_production.db import Base
from dougong_production.quality.aql import NothingToInspect, Plan, Severity, plan_for

STAGES = {
    "receipt": pgettext("inspection", "On receipt"),
    "operation": _("In process"),
    "final": _("Final"),
}
SAMPLINGS = {
    "all": _("Every piece"),
    "percent": _("A part of the lot"),
    "number": _("So many pieces"),
    "aql": _("By AQL (ISO 2859-1)"),
}
KINDS = {"numeric": _("Measured"), "yes_no": _("Yes or no"), "count": _("Faults counted")}


class SampleLargerThanLot(Refused):
    """More pieces are to be looked at than there are."""

    def __init__(self, sample: int, lot: int) -> None:
        super().__init__(
            _(
                "The sample of %(sample)s is larger than the lot of %(lot)s. Take a smaller sample"
                " or inspect every piece.",
                sample=sample,
                lot=lot,
            )
        )


class QualityPlan(Document, Base):
    """For a product, a category or a supplier: what is looked at, and how many pieces of a lot."""

    __tablename__ = "production_quality_plan"
    __document__: ClassVar[str] = "production.quality_plans"
    __table_args__ = (
        UniqueConstraint("company_id", "code"),
        CheckConstraint(
            "stage IN ('receipt', 'operation', 'final')",
            name="stage_known",
            info={"sentence": _("Goods are inspected on receipt, in process or at the end.")},
        ),
        CheckConstraint(
            "sampling IN ('all', 'percent', 'number', 'aql')",
            name="sampling_known",
            info={"sentence": _("Choose how many pieces of a lot are inspected.")},
        ),
        CheckConstraint(
            "sampling <> 'percent' OR percent > 0",
            name="percent_of_a_lot",
            info={"sentence": _("The part of the lot that is inspected is above 0 %.")},
        ),
        CheckConstraint(
            "sampling <> 'number' OR number > 0",
            name="number_positive",
            info={"sentence": _("At least one piece is inspected.")},
        ),
        CheckConstraint(
            "sampling <> 'aql' OR aql IS NOT NULL AND level IS NOT NULL",
            name="aql_with_level",
            info={"sentence": _("Sampling by AQL needs the AQL and the inspection level.")},
        ),
        CheckConstraint(
            "days >= 0 AND days <= 365",
            name="days_of_a_year",
            info={"sentence": _("An inspection takes between 0 and 365 days.")},
        ),
        CheckConstraint(
            "chart_rules IN ('nelson', 'western')",
            name="rules_known",
            info={"sentence": _("Choose the rules of Nelson or of Western Electric.")},
        ),
        CheckConstraint(
            "run IS NULL OR run IN (7, 8, 9)",
            name="run_usual",
            info={"sentence": _("Seven, eight or nine points on one side make a run.")},
        ),
        CheckConstraint(
            "accept >= 0",
            name="accept_not_negative",
            info={"sentence": _("The number of bad pieces that is accepted is not negative.")},
        ),
    )

    code: Mapped[str] = mapped_column(String(30))
    name: Mapped[str] = mapped_column(String(120))
    stage: Mapped[str] = mapped_column(String(10), default="receipt")
    product_id: Mapped[int | None] = link_to("base_product.id")
    category_id: Mapped[int | None] = link_to("base_category.id")
    supplier_id: Mapped[int | None] = link_to("base_party.id")
    #: The operation after which pieces are looked at, by its name.
    operation: Mapped[str | None] = mapped_column(String(120))
    sampling: Mapped[str] = mapped_column(String(10), default="all")
    percent: Mapped[Decimal | None] = mapped_column(Percent)
    number: Mapped[int | None]
    #: How many bad pieces are accepted, where no table says so.
    accept: Mapped[int] = mapped_column(default=0)
    aql: Mapped[str | None] = mapped_column(String(8))
    level: Mapped[str | None] = mapped_column(String(4))
    #: Goods are kept apart, and the next operation waits, until the lot has passed.
    holds: Mapped[bool] = mapped_column(default=True)
    #: How many days an inspection may take; the goods are expected to be free after them.
    days: Mapped[int] = mapped_column(default=0)
    #: Whoever is responsible agrees to reduced inspection of those who deliver well.
    may_reduce: Mapped[bool] = mapped_column(default=True)
    #: By which signs a chart is out of control, and how many points on one side are one.
    chart_rules: Mapped[str] = mapped_column(String(10), default="nelson")
    run: Mapped[int | None]
    instructions: Mapped[str | None] = mapped_column(String(4000))
    active: Mapped[bool] = mapped_column(default=True)

    product: Mapped[Product | None] = relationship(Product, lazy="raise")
    category: Mapped[Category | None] = relationship(Category, lazy="raise")
    supplier: Mapped[Party | None] = relationship(Party, lazy="raise")
    characteristics: Mapped[list[Characteristic]] = relationship(
        back_populates="plan", lazy="raise", order_by="Characteristic.position"
    )

    def __str__(self) -> str:
        return self.name

    def sample(self, lot: int, severity: Severity = "normal", *, whole: bool = False) -> Plan:
        """How many pieces of a lot are looked at, and how many of them may be bad."""
        if lot < 1:
            raise NothingToInspect
        if whole or self.sampling == "all":
            return Plan("", lot, self.accept, self.accept + 1, whole_lot=True)
        if self.sampling == "aql":
            return plan_for(lot, self.level or "", self.aql or "", severity)
        size = self.number or 0
        if self.sampling == "percent":
            part = Decimal(lot) * (self.percent or 0) / 100
            size = max(1, int(part.to_integral_value(ROUND_CEILING)))
        size = min(size, lot)
        return Plan("", size, self.accept, self.accept + 1, whole_lot=size == lot)


class Characteristic(Row, Base):
    """Something a piece is looked at for: measured, right or wrong, or with faults to count."""

    __tablename__ = "production_characteristic"
    __document__: ClassVar[str] = "production.characteristics"
    __part_of__: ClassVar[str] = "plan_id"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('numeric', 'yes_no', 'count')",
            name="kind_known",
            info={
                "sentence": _(
                    "A characteristic is measured, right or wrong, or faults are counted."
                )
            },
        ),
        CheckConstraint(
            "lower IS NULL OR upper IS NULL OR lower < upper",
            name="limits_in_order",
            info={"sentence": _("The lower limit lies below the upper limit.")},
        ),
        CheckConstraint(
            "target IS NULL OR (lower IS NULL OR target >= lower)"
            " AND (upper IS NULL OR target <= upper)",
            name="target_between_limits",
            info={"sentence": _("The target lies between the limits.")},
        ),
    )

    plan_id: Mapped[int] = link_to("production_quality_plan.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(10), default="numeric")
    lower: Mapped[Decimal | None] = mapped_column(Quantity)
    target: Mapped[Decimal | None] = mapped_column(Quantity)
    upper: Mapped[Decimal | None] = mapped_column(Quantity)
    unit: Mapped[str | None] = mapped_column(String(20))
    method: Mapped[str | None] = mapped_column(String(200))

    plan: Mapped[QualityPlan] = relationship(back_populates="characteristics", lazy="raise")

    def __str__(self) -> str:
        return self.name

    @property
    def told(self) -> str:
        """What is allowed, with its unit: ``9.9 – 10 – 10.1 mm``."""
        limits = [
            f"{x.normalize():f}" for x in (self.lower, self.target, self.upper) if x is not None
        ]
        if self.lower is None and self.upper is not None and self.target is None:
            limits.insert(0, "≤")
        if self.upper is None and self.lower is not None and self.target is None:
            limits.insert(0, "≥")
        between = " " if limits and limits[0] in "≤≥" else " – "
        return " ".join(filter(None, [between.join(limits), self.unit]))

    def fits(self, value: Decimal) -> bool:
        """Whether a measured value lies between the limits."""
        return not (
            (self.lower is not None and value < self.lower)
            or (self.upper is not None and value > self.upper)
        )

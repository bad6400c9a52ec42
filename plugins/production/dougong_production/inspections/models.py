"""An inspection: a lot that is looked at, what was found, and the decision."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, Refused, Row, _, link_to
from dougong.people.users.models import User
from dougong_base import Party, Product, counted_in
from dougong_production.db import Base
from dougong_production.inspections.workflow import INSPECTION_STEPS
from dougong_production.quality_plans.models import (
    Characteristic,
    QualityPlan,
    SampleLargerThanLot,
)

SEVERITIES = {
    "normal": _("Normal"),
    "tightened": _("Tightened"),
    "reduced": _("Reduced"),
    "discontinued": _("Stopped"),
}
_BETWEEN = re.compile(r"[\s;|]+")


class NotAValue(Refused):
    """Something among the values is no number."""

    def __init__(self, text: str, characteristic: object) -> None:
        super().__init__(
            _(
                "“%(text)s” is not a value of %(characteristic)s. Enter numbers with blanks between"
                " them.",
                text=text,
                characteristic=characteristic,
            )
        )


class ResultMissing(Refused):
    """Something has not been looked at yet."""

    def __init__(self, characteristic: object, has: int, needs: int) -> None:
        super().__init__(
            _(
                "%(characteristic)s needs %(needs)s results and has %(has)s. Enter the missing ones,"
                " or take out what is too much.",
                characteristic=characteristic,
                has=has,
                needs=needs,
            )
        )


class NotAPart(Refused):
    """All or nothing of a lot is no part of it."""

    def __init__(self, inspection: object, quantity: Decimal) -> None:
        super().__init__(
            _(
                "%(inspection)s is about %(quantity)s: the part that is accepted is more than zero"
                " and less than that.",
                inspection=inspection,
                quantity=f"{quantity.normalize():f}",
            )
        )


class FourEyes(Refused):
    """Who decided does not decide against it."""

    def __init__(self) -> None:
        super().__init__(
            _("Who refused the lot does not release it. Ask a colleague who may decide.")
        )


class Inspection(Document, Base):
    """Pieces of a lot are looked at by a plan; the lot passes, fails or passes under conditions."""

    __tablename__ = "production_inspection"
    __document__: ClassVar[str] = "production.inspections"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        Index("ix_production_inspection_source", "source_id", "source_kind"),
        CheckConstraint(
            "quantity > 0 AND lot_size > 0",
            name="something_to_inspect",
            info={"sentence": _("A lot has at least one piece; enter its size.")},
        ),
        CheckConstraint(
            "sample_size > 0 AND sample_size <= lot_size",
            name="sample_within_lot",
            info={"sentence": _("The sample has at least one piece and is not above the lot.")},
        ),
        CheckConstraint(
            "state IN ('open', 'passed', 'failed', 'partial', 'conditional', 'cancelled')",
            name="state_known",
        ),
        CheckConstraint(
            "accepted IS NULL OR (accepted > 0 AND accepted < quantity)",
            name="accepted_is_a_part",
            info={"sentence": _("The part that is accepted is more than zero and less than all.")},
        ),
        CheckConstraint(
            "released_by_id IS NULL OR decided_by_id IS NULL OR released_by_id <> decided_by_id",
            name="four_eyes",
            info={
                "sentence": _(
                    "Who refused the lot does not release it. Ask a colleague who may decide."
                )
            },
        ),
    )

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(12), default="open", index=True)
    stage: Mapped[str] = mapped_column(String(10), default="receipt")
    plan_id: Mapped[int] = link_to("production_quality_plan.id")
    product_id: Mapped[int] = link_to("base_product.id")
    supplier_id: Mapped[int | None] = link_to("base_party.id")
    lot: Mapped[str | None] = mapped_column(String(60))
    quantity: Mapped[Decimal] = counted_in("product_id")
    #: The quantity in pieces that can be looked at.
    lot_size: Mapped[int]
    sample_size: Mapped[int]
    accept: Mapped[int] = mapped_column(default=0)
    reject: Mapped[int] = mapped_column(default=1)
    severity: Mapped[str] = mapped_column(String(12), default="normal")
    letter: Mapped[str | None] = mapped_column(String(1))
    bad: Mapped[int] = mapped_column(default=0)
    #: How much of the lot is good, where only a part of it is.
    accepted: Mapped[Decimal | None] = counted_in("product_id")
    #: The goods have been kept apart since they came, until somebody decides.
    apart: Mapped[bool] = mapped_column(default=False)
    came_on: Mapped[dt.date | None]
    due_on: Mapped[dt.date | None] = mapped_column(index=True)
    decided_on: Mapped[dt.date | None] = mapped_column(index=True)
    decided_by_id: Mapped[int | None] = link_to("core_user.id", ondelete="SET NULL")
    released_by_id: Mapped[int | None] = link_to("core_user.id", ondelete="SET NULL")
    reason: Mapped[str | None] = mapped_column(String(500))
    note: Mapped[str | None] = mapped_column(String(2000))
    warehouse_id: Mapped[int | None]
    source_kind: Mapped[str | None] = mapped_column(String(60))
    source_id: Mapped[int | None]
    source_line_id: Mapped[int | None]
    reference: Mapped[str | None] = mapped_column(String(60))

    plan: Mapped[QualityPlan] = relationship(QualityPlan, lazy="raise")
    product: Mapped[Product] = relationship(Product, lazy="raise")
    supplier: Mapped[Party | None] = relationship(Party, lazy="raise")
    decided_by: Mapped[User | None] = relationship(User, foreign_keys=[decided_by_id], lazy="raise")
    released_by: Mapped[User | None] = relationship(
        User, foreign_keys=[released_by_id], lazy="raise"
    )
    results: Mapped[list[Result]] = relationship(
        back_populates="inspection", lazy="raise", order_by="Result.position"
    )

    def __str__(self) -> str:
        return self.number or str(_("New inspection"))

    def must_be_open(self) -> None:
        """Refuse to change what was decided."""
        if self.state != "open":
            state = INSPECTION_STEPS.state(self.state).label
            raise Refused(_("%(inspection)s is decided: %(state)s.", inspection=self, state=state))

    @property
    def refused(self) -> Decimal:
        """How much of the lot is not good, once that is decided."""
        return self.quantity - (self.accepted or ZERO)

    def draw(self, plan: QualityPlan, mode: str = "normal") -> None:
        """The sample as the plan says, for a lot of that size and as strictly as ``mode`` says."""
        severity = mode if mode in ("tightened", "reduced") else "normal"
        sample = plan.sample(self.lot_size, severity, whole=mode == "discontinued")  # type: ignore[arg-type]
        self.sample_size, self.accept, self.reject = sample.size, sample.accept, sample.reject
        self.letter, self.severity = sample.letter or None, mode

    def decide(self, on: dt.date, user_id: int | None) -> bool:
        """Pass or fail by what was found; every characteristic has its results."""
        if self.sample_size > self.lot_size:
            raise SampleLargerThanLot(self.sample_size, self.lot_size)
        seen = {result.characteristic_id for result in self.results}
        for characteristic in self.plan.characteristics:
            if characteristic.id not in seen:
                raise ResultMissing(characteristic, 0, self.sample_size)
        self.bad = self._bad()
        passed = self.bad < self.reject
        INSPECTION_STEPS.move(self, "decide" if passed else "refuse")
        self.decided_on, self.decided_by_id = on, user_id
        return passed

    def _bad(self) -> int:
        """Bad pieces, each counted once as far as one can tell, and faults."""
        bad: set[int] = set()
        others = faults = 0
        for result in self.results:
            positions, more = result.judge(self.sample_size)
            bad |= positions
            if result.characteristic.kind == "count":
                faults += more
            else:
                others += more
        return min(self.sample_size, len(bad) + others) + faults

    def refuse(self, reason: str, on: dt.date, user_id: int | None) -> None:
        """Fail the lot whatever was measured."""
        INSPECTION_STEPS.move(self, "refuse")
        self.reason, self.decided_on, self.decided_by_id = reason, on, user_id
        self.bad = max(self.bad, self.reject)

    def accept_part(self, accepted: Decimal, reason: str, on: dt.date, user_id: int | None) -> None:
        """The lot was sorted: so much of it is good, the rest is not."""
        if not 0 < accepted < self.quantity:
            raise NotAPart(self, self.quantity)
        INSPECTION_STEPS.move(self, "sort")
        self.accepted, self.reason = accepted, reason
        self.decided_on, self.decided_by_id = on, user_id
        self.bad = max(self.bad, self.reject)

    def cancel(self) -> None:
        """Nobody looks at the lot after all."""
        if self.apart:
            raise Refused(
                _(
                    "The goods of %(inspection)s are kept apart until somebody decides: decide it,"
                    " or refuse the lot.",
                    inspection=self,
                )
            )
        INSPECTION_STEPS.move(self, "cancel")

    def release(self, reason: str, user_id: int | None) -> None:
        """Let a failed lot pass under conditions; somebody else decides this."""
        if user_id is not None and user_id == self.decided_by_id:
            raise FourEyes
        INSPECTION_STEPS.move(self, "release")
        self.reason, self.released_by_id = reason, user_id


class Result(Row, Base):
    """What was found for a characteristic: a value for each piece, or how many pieces are wrong."""

    __tablename__ = "production_result"
    __part_of__: ClassVar[str] = "inspection_id"
    __table_args__ = (
        CheckConstraint(
            "nonconforming >= 0",
            name="nonconforming_not_negative",
            info={"sentence": _("The number of bad pieces is not negative.")},
        ),
    )

    inspection_id: Mapped[int] = link_to("production_inspection.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    characteristic_id: Mapped[int] = link_to("production_characteristic.id")
    #: Numbers with blanks between them, in the order of the pieces.
    values: Mapped[str | None] = mapped_column(String(40000))
    nonconforming: Mapped[int | None]

    inspection: Mapped[Inspection] = relationship(back_populates="results", lazy="raise")
    characteristic: Mapped[Characteristic] = relationship(Characteristic, lazy="raise")

    def numbers(self) -> list[Decimal]:
        """The values, in the order of the pieces; refuses what is no number."""
        return read_values(self.values, self.characteristic)

    def read(self, text: str) -> list[Decimal]:
        """Numbers out of what was typed; refuses what is no number."""
        return read_values(text, self.characteristic)

    def keep(self, values: Sequence[Decimal]) -> None:
        """Store these values."""
        self.values = " ".join(f"{value:f}" for value in values) or None

    def judge(self, needed: int) -> tuple[set[int], int]:
        """Which pieces are outside the limits, or how many are wrong; every result must be there."""
        if self.characteristic.kind != "numeric":
            if self.nonconforming is None:
                raise ResultMissing(self.characteristic, 0, needed)
            if self.nonconforming > needed and self.characteristic.kind == "yes_no":
                raise ResultMissing(self.characteristic, self.nonconforming, needed)
            return set(), self.nonconforming
        values = self.numbers()
        if len(values) != needed:
            raise ResultMissing(self.characteristic, len(values), needed)
        outside = {n for n, value in enumerate(values) if not self.characteristic.fits(value)}
        self.nonconforming = len(outside)
        return outside, 0


def read_values(text: str | None, characteristic: object) -> list[Decimal]:
    """Many values at once, as they are typed or pasted."""
    words: Sequence[str] = [word for word in _BETWEEN.split(text or "") if word]
    found = []
    for word in words:
        try:
            number = Decimal(word.replace(",", "."))
        except InvalidOperation:
            raise NotAValue(word, characteristic) from None
        if not number.is_finite() or abs(number) >= 10**12:
            raise NotAValue(word, characteristic)
        found.append(number + ZERO)
    return found


class SamplingState(Document, Base):
    """How strictly the lots of a product from a supplier are inspected now."""

    __tablename__ = "production_sampling_state"
    __document__: ClassVar[str] = "production.sampling_states"
    __table_args__ = (
        # One standing for each supplier, and one for goods without one.
        Index(
            "uq_production_sampling_state_supplier", "plan_id", "product_id", "supplier_id",
            unique=True, sqlite_where=text("supplier_id IS NOT NULL"),
            postgresql_where=text("supplier_id IS NOT NULL"),
        ),
        Index(
            "uq_production_sampling_state_own", "plan_id", "product_id", unique=True,
            sqlite_where=text("supplier_id IS NULL"), postgresql_where=text("supplier_id IS NULL"),
        ),
    )  # fmt: skip

    plan_id: Mapped[int] = link_to("production_quality_plan.id", ondelete="CASCADE", index=False)
    product_id: Mapped[int] = link_to("base_product.id")
    supplier_id: Mapped[int | None] = link_to("base_party.id")
    mode: Mapped[str] = mapped_column(String(12), default="normal")
    recent: Mapped[str] = mapped_column(String(10), default="")
    refused: Mapped[int] = mapped_column(default=0)
    score: Mapped[int] = mapped_column(default=0)

    plan: Mapped[QualityPlan] = relationship(QualityPlan, lazy="raise")
    product: Mapped[Product] = relationship(Product, lazy="raise")
    supplier: Mapped[Party | None] = relationship(Party, lazy="raise")

    def __str__(self) -> str:
        return str(SEVERITIES[self.mode])

"""A contract, and the terms that hold from a day on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Document, Quantity, Refused, Row, _, link_to
from dougong_base import Calendar
from dougong_hr.contracts.workflow import CONTRACT_STEPS
from dougong_hr.db import Base
from dougong_hr.employees.models import Employee
from dougong_hr.insurance.models import InsurancePlan
from dougong_hr.privacy import WAGE
from dougong_hr.structures.models import Structure


class Overlapping(Refused):
    """Two contracts of one person at the same time."""

    def __init__(self, mine: Contract, other: Contract) -> None:
        super().__init__(
            _(
                "%(employee)s already has contract %(number)s from %(first)s to %(last)s."
                " End it before the new one begins.",
                employee=mine.employee, number=other.number or other.id, first=other.starts_on,
                last=other.ends_on or _("further notice"),
            )
        )  # fmt: skip


class Contract(Document, Base):
    """What was agreed: how long, on probation until when, and the terms by date."""

    __tablename__ = "hr_contract"
    __document__: ClassVar[str] = "hr.contracts"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        CheckConstraint("state IN ('draft', 'active', 'ended', 'cancelled')", name="state_known"),
        CheckConstraint(
            "ends_on >= starts_on",
            name="ends_after_start",
            info={"sentence": _("A contract does not end before it begins.")},
        ),
        CheckConstraint(
            "probation_until >= starts_on",
            name="probation_after_start",
            info={"sentence": _("Probation does not end before the contract begins.")},
        ),
        Index("ix_hr_contract_employee_dates", "employee_id", "starts_on", "ends_on"),
    )

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(10), default="draft", index=True)
    employee_id: Mapped[int] = link_to("hr_employee.id", index=False)
    kind: Mapped[str] = mapped_column(String(10), default="permanent")
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date | None]
    probation_until: Mapped[dt.date | None] = mapped_column(index=True)
    note: Mapped[str | None] = mapped_column(String(2000), info=WAGE)

    employee: Mapped[Employee] = relationship(Employee, lazy="raise")
    terms: Mapped[list[ContractTerm]] = relationship(
        back_populates="contract", lazy="raise", order_by="ContractTerm.from_on"
    )

    def __str__(self) -> str:
        return self.number or str(_("New contract"))

    def covers(self, on: dt.date) -> bool:
        """Whether it holds on that day."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)

    def meets(self, other: Contract) -> bool:
        """Whether the two hold on one day."""
        last, theirs = self.ends_on or dt.date.max, other.ends_on or dt.date.max
        return self.starts_on <= theirs and other.starts_on <= last

    def terms_on(self, on: dt.date) -> ContractTerm | None:
        """The terms that hold on that day: the latest that have begun."""
        begun = [term for term in self.terms if term.from_on <= on]
        return max(begun, key=lambda term: term.from_on, default=None)

    def sign(self, others: Sequence[Contract]) -> None:
        """Both sides are bound; no other contract of the person may hold at the same time."""
        for other in others:
            if other is not self and self.meets(other):
                raise Overlapping(self, other)
        if self.terms_on(self.starts_on) is None:
            raise Refused(
                _("Enter the terms that hold from the first day, %(day)s.", day=self.starts_on)
            )
        CONTRACT_STEPS.move(self, "sign")

    def end(self, on: dt.date) -> None:
        """It holds until that day."""
        if on < self.starts_on:
            raise Refused(
                _(
                    "Contract %(number)s begins on %(first)s: it cannot end on %(last)s.",
                    number=self, first=self.starts_on, last=on,
                )
            )  # fmt: skip
        CONTRACT_STEPS.move(self, "end")
        self.ends_on = on


class ContractTerm(Row, Base):
    """What holds from a day on: wage, hours, where social insurance is paid."""

    __tablename__ = "hr_contract_term"
    __part_of__: ClassVar[str] = "contract_id"
    __table_args__ = (
        UniqueConstraint("contract_id", "from_on"),
        CheckConstraint(
            "wage >= 0", name="wage_not_negative", info={"sentence": _("A wage is not negative.")}
        ),
        CheckConstraint(
            "hours_week > 0",
            name="hours_positive",
            info={"sentence": _("A week has more than 0 hours of work.")},
        ),
    )

    contract_id: Mapped[int] = link_to("hr_contract.id", ondelete="CASCADE", index=False)
    from_on: Mapped[dt.date]
    #: For a whole month.
    wage: Mapped[Decimal] = mapped_column(info=WAGE)
    hours_week: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(40))
    calendar_id: Mapped[int | None] = link_to("base_calendar.id", index=False)
    structure_id: Mapped[int | None] = link_to("hr_structure.id", index=False)
    #: Where social insurance and housing fund are paid.
    insurance_id: Mapped[int | None] = link_to("hr_insurance_plan.id", index=False)
    #: On which they are counted; the wage where nothing is said.
    social_base: Mapped[Decimal | None] = mapped_column(info=WAGE)
    housing_base: Mapped[Decimal | None] = mapped_column(info=WAGE)

    contract: Mapped[Contract] = relationship(back_populates="terms", lazy="raise")
    calendar: Mapped[Calendar | None] = relationship(Calendar, lazy="raise")
    structure: Mapped[Structure | None] = relationship(Structure, lazy="raise")
    insurance: Mapped[InsurancePlan | None] = relationship(InsurancePlan, lazy="raise")

    def followed_by(
        self, from_on: dt.date, wage: Decimal | None, hours_week: Decimal | None
    ) -> ContractTerm:
        """The same terms from a later day on, but for what changes."""
        return ContractTerm(
            from_on=from_on,
            wage=self.wage if wage is None else wage,
            hours_week=self.hours_week if hours_week is None else hours_week,
            calendar_id=self.calendar_id,
            structure_id=self.structure_id,
            insurance_id=self.insurance_id,
            # A base that was told follows no wage: it is told anew each year.
            social_base=self.social_base,
            housing_base=self.housing_base,
        )

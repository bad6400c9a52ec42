"""A pay structure: components in the order in which they are computed."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Document, Row, _, link_to
from dougong_hr.db import Base

COMPONENT_KINDS = {
    "input": _("Entered for the month"),
    "info": _("Only computed"),
    "earning": _("Paid to the employee"),
    "deduction": _("Kept back from the employee"),
    "employer": _("Paid by the employer on top"),
}
#: Where an amount goes in the books; finance has an account for each.
PURPOSES = {
    "wages": _("Wages and salaries"),
    "social_insurance": _("Social insurance and housing fund, the employer's part"),
    "social_payable": _("Social insurance owed"),
    "housing_payable": _("Housing fund owed"),
    "tax_withheld": _("Income tax withheld"),
    "employee_payable": _("Expenses owed to employees"),
}


class Structure(Document, Base):
    """How pay is computed for a group of people."""

    __tablename__ = "hr_structure"
    __document__: ClassVar[str] = "hr.structures"
    __table_args__ = (UniqueConstraint("company_id", "code"),)

    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    note: Mapped[str | None] = mapped_column(String(2000))
    active: Mapped[bool] = mapped_column(default=True)

    components: Mapped[list[Component]] = relationship(
        back_populates="structure", lazy="raise", order_by="Component.position"
    )

    def __str__(self) -> str:
        return self.name


class Component(Row, Base):
    """One line of a payslip: what it is called in formulas, and the formula that gives it."""

    __tablename__ = "hr_component"
    __part_of__: ClassVar[str] = "structure_id"
    __table_args__ = (
        UniqueConstraint("structure_id", "code"),
        CheckConstraint(
            "kind IN ('input', 'info', 'earning', 'deduction', 'employer')", name="kind_known"
        ),
    )

    structure_id: Mapped[int] = link_to("hr_structure.id", ondelete="CASCADE", index=False)
    position: Mapped[int] = mapped_column(default=0)
    code: Mapped[str] = mapped_column(String(30))
    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(10), default="earning")
    formula: Mapped[str | None] = mapped_column(String(500))
    purpose: Mapped[str | None] = mapped_column(String(20))
    #: Printed on the payslip.
    shown: Mapped[bool] = mapped_column(default=True)

    structure: Mapped[Structure] = relationship(back_populates="components", lazy="raise")

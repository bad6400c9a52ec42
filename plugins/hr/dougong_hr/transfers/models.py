"""A transfer of net wages, and whom it pays."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import (
    ZERO,
    Ask,
    Document,
    Row,
    Sealed,
    State,
    Step,
    Workflow,
    _,
    later,
    link_to,
    pgettext,
)
from dougong_hr.db import Base
from dougong_hr.employees.models import Employee
from dougong_hr.payroll.models import Payroll
from dougong_hr.privacy import PRIVATE

FORMATS = {
    "cn": _("Table for Chinese banks (CSV, GB 18030)"),
    "iso": _("ISO 20022 (pain.001)"),
}

TRANSFER_STEPS = Workflow(
    "hr.transfers",
    states=[
        State("draft", _("Prepared"), "blue"),
        State("paid", pgettext("transfer", "Paid"), "green"),
        State("cancelled", _("Cancelled"), "red", aside=True),
    ],
    steps=[
        Step(
            "pay",
            _("The bank has paid"),
            ["draft"],
            "paid",
            needs="hr.payroll.pay",
            effect=later("dougong_hr.transfers.service:pay_transfers"),
            primary=True,
            icon="circle-check",
            confirm=_("The books say that the wages are paid."),
            asks=[Ask("on", _("Date"), "date")],
        ),
        Step("cancel", _("Cancel"), ["draft"], "cancelled", needs="hr.payroll.pay", icon="x"),
    ],
)


class Transfer(Document, Base):
    """The net wages of a payroll on their way to the people."""

    __tablename__ = "hr_transfer"
    __document__: ClassVar[str] = "hr.transfers"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        CheckConstraint("state IN ('draft', 'paid', 'cancelled')", name="state_known"),
        CheckConstraint("format IN ('cn', 'iso')", name="format_known"),
        Index(
            "uq_hr_transfer_payroll",
            "payroll_id",
            unique=True,
            sqlite_where=text("state <> 'cancelled'"),
            postgresql_where=text("state <> 'cancelled'"),
            info={"sentence": _("The payroll has a bank transfer already.")},
        ),
    )

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(10), default="draft", index=True)
    payroll_id: Mapped[int] = link_to("hr_payroll.id", index=False)
    format: Mapped[str] = mapped_column(String(4), default="iso")
    pay_on: Mapped[dt.date]
    paid_on: Mapped[dt.date | None]
    people: Mapped[int] = mapped_column(Integer, default=0)
    total: Mapped[Decimal] = mapped_column(default=ZERO)

    payroll: Mapped[Payroll] = relationship(Payroll, lazy="raise")
    lines: Mapped[list[TransferLine]] = relationship(
        back_populates="transfer", lazy="raise", order_by="TransferLine.position"
    )

    def __str__(self) -> str:
        return self.number or str(_("New transfer"))

    def add_up(self) -> None:
        """Whom it pays, and how much in all."""
        self.people = len(self.lines)
        self.total = sum((line.amount for line in self.lines), ZERO)

    def pay(self, on: dt.date) -> None:
        """The bank has done it."""
        TRANSFER_STEPS.move(self, "pay")
        self.paid_on = on


class TransferLine(Row, Base):
    """One person's net wage: where it goes, as it was when the file was prepared."""

    __tablename__ = "hr_transfer_line"
    __table_args__ = (
        UniqueConstraint("transfer_id", "employee_id"),
        CheckConstraint(
            "amount > 0",
            name="amount_positive",
            info={"sentence": _("Only amounts greater than zero are transferred.")},
        ),
    )

    transfer_id: Mapped[int] = link_to("hr_transfer.id", ondelete="CASCADE", index=False)
    position: Mapped[int] = mapped_column(default=0)
    employee_id: Mapped[int] = link_to("hr_employee.id")
    name: Mapped[str] = mapped_column(String(120))
    bank: Mapped[str | None] = mapped_column(String(120))
    bank_code: Mapped[str | None] = mapped_column(String(20))
    account: Mapped[str] = mapped_column(Sealed("hr_transfer_line.account", 60), info=PRIVATE)
    amount: Mapped[Decimal]

    transfer: Mapped[Transfer] = relationship(back_populates="lines", lazy="raise")
    employee: Mapped[Employee] = relationship(Employee, lazy="raise")

"""An advance: money an employee gets before a journey or before payday."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import (
    ZERO,
    Ask,
    Document,
    Row,
    State,
    Step,
    Workflow,
    _,
    later,
    link_to,
    pgettext,
    rounded,
)
from dougong_hr.db import Base
from dougong_hr.employees.models import Employee

#: How an advance is linked to the claim or payroll that has used it.
SET_OFF = "set-off"
FROM = {"bank": pgettext("payment", "Bank"), "cash": _("Cash")}


ADVANCE_STEPS = Workflow(
    "hr.advances",
    states=[
        State("draft", _("Draft"), editable=True),
        State("paid", _("Paid out"), "blue"),
        State("settled", _("Settled"), "green"),
        State("cancelled", _("Cancelled"), "red", aside=True),
    ],
    steps=[
        Step(
            "pay",
            _("Pay out"),
            ["draft"],
            "paid",
            needs="hr.advance.pay",
            effect=later("dougong_hr.advances.service:pay_advances"),
            primary=True,
            icon="cash",
            asks=[Ask("on", _("Date"), "date")],
        ),
        Step(
            "repay",
            _("Paid back"),
            ["paid"],
            "settled",
            needs="hr.advance.pay",
            effect=later("dougong_hr.advances.service:repay_advances"),
            icon="arrow-back",
            confirm=_("What claims have not used was paid back."),
            asks=[Ask("on", _("Date"), "date")],
        ),
        Step("cancel", _("Cancel"), ["draft"], "cancelled", needs="hr.advance.write", icon="x"),
    ],
)


class Advance(Document, Base):
    """The employee owes it back: later claims and wages are set against it."""

    __tablename__ = "hr_advance"
    __document__: ClassVar[str] = "hr.advances"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        CheckConstraint("state IN ('draft', 'paid', 'settled', 'cancelled')", name="state_known"),
        CheckConstraint(
            "amount > 0",
            name="amount_positive",
            info={"sentence": _("An advance is greater than zero.")},
        ),
        CheckConstraint(
            "settled BETWEEN 0 AND amount",
            name="settled_within",
            info={"sentence": _("No more is set off than was given in advance.")},
        ),
        CheckConstraint(
            "instalments BETWEEN 0 AND 60",
            name="instalments_within",
            info={"sentence": _("An advance is kept back in 60 months at most.")},
        ),
    )

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(10), default="draft", index=True)
    employee_id: Mapped[int] = link_to("hr_employee.id")
    purpose: Mapped[str] = mapped_column(String(200))
    amount: Mapped[Decimal]
    #: Whether it is paid by the bank or in cash.
    paid_by: Mapped[str] = mapped_column(String(4), default="bank")
    paid_on: Mapped[dt.date | None]
    #: From the payroll of this day's month on, and in how many months, wages are set against it;
    #: none: only claims are.
    keep_from: Mapped[dt.date | None]
    instalments: Mapped[int] = mapped_column(default=1)
    #: What claims and payrolls have used of it, or what was paid back.
    settled: Mapped[Decimal] = mapped_column(default=ZERO)
    repaid: Mapped[Decimal] = mapped_column(default=ZERO)
    repaid_on: Mapped[dt.date | None]

    employee: Mapped[Employee] = relationship(Employee, lazy="raise")

    def __str__(self) -> str:
        return self.number or self.purpose

    def pay(self, on: dt.date, grace: int = 0) -> None:
        """The money is with the employee; payrolls wait so many days unless a day was said."""
        ADVANCE_STEPS.move(self, "pay")
        self.paid_on = on
        if self.instalments:
            self.keep_from = self.keep_from or on + dt.timedelta(days=grace)

    @property
    def open(self) -> Decimal:
        """What the employee still owes of it."""
        return self.amount - self.settled

    def settle(self, wanted: Decimal) -> Decimal:
        """Use it for so much, as far as it goes; returns what was used."""
        used = max(ZERO, min(self.open, wanted))
        self.settled += used
        if used and not self.open:
            self.state = "settled"
        return used

    def due(self, last: dt.date, currency: str, leaving: bool = False) -> Decimal:
        """What the payroll of the month that ends on ``last`` should keep back.

        The parts of all months so far less what is settled: what a month had no room for, the next
        one makes up for. Who leaves owes the rest at once.
        """
        if not self.instalments or self.keep_from is None or self.keep_from > last:
            return ZERO
        first = self.keep_from
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        if leaving or months >= self.instalments:
            return self.open
        return max(ZERO, rounded(self.amount * months / self.instalments, currency) - self.settled)

    def keep(self, amount: Decimal) -> None:
        """A payroll has kept so much back; less than nothing was given back."""
        self.settled += amount
        self.state = "paid" if self.open else "settled"

    def repay(self, on: dt.date) -> None:
        """What is left was paid back."""
        ADVANCE_STEPS.move(self, "repay")
        self.repaid, self.repaid_on, self.settled = self.open, on, self.amount


class KeptBack(Row, Base):
    """What one payslip has kept back for one advance; less than nothing was given back."""

    __tablename__ = "hr_kept_back"
    __document__: ClassVar[str] = "hr.kept-back"
    __table_args__ = (UniqueConstraint("payslip_id", "advance_id"),)

    payslip_id: Mapped[int] = link_to("hr_payslip.id", ondelete="CASCADE", index=False)
    advance_id: Mapped[int] = link_to("hr_advance.id")
    amount: Mapped[Decimal]
    #: What is owed of it after that.
    still_owed: Mapped[Decimal]

    advance: Mapped[Advance] = relationship(Advance, lazy="raise")

"""A claim: what an employee paid for the company and wants back."""

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
    Rate,
    Refused,
    Row,
    State,
    Step,
    Workflow,
    _,
    later,
    link_to,
)
from dougong.people.users.models import User
from dougong_base import Category
from dougong_hr.db import Base
from dougong_hr.employees.models import Employee

CLAIM_STEPS = Workflow(
    "hr.claims",
    states=[
        State("draft", _("Draft"), editable=True),
        State("submitted", _("Handed in"), "blue"),
        State("approved", _("Approved"), "green"),
        State("refused", _("Refused"), "red", aside=True),
    ],
    steps=[
        Step(
            "submit",
            _("Hand in"),
            ["draft"],
            "submitted",
            needs="hr.claim.write",
            effect=later("dougong_hr.claims.service:submit_claims"),
            primary=True,
            icon="send",
        ),
        Step(
            "approve",
            _("Approve"),
            ["submitted"],
            "approved",
            needs="hr.claim.approve",
            effect=later("dougong_hr.claims.service:approve_claims"),
            primary=True,
            icon="circle-check",
            asks=[Ask("on", _("Date"), "date")],
        ),
        Step(
            "refuse",
            _("Refuse"),
            ["submitted"],
            "refused",
            needs="hr.claim.approve",
            effect=later("dougong_hr.claims.service:refuse_claims"),
            icon="x",
            asks=[Ask("reason", _("Reason"), required=True)],
        ),
        Step(
            "reopen",
            _("Back to draft"),
            ["submitted", "refused"],
            "draft",
            needs="hr.claim.write",
            icon="arrow-back",
        ),
    ],
)


class Claim(Document, Base):
    """Receipts of one journey or one month, in the company's currency."""

    __tablename__ = "hr_claim"
    __document__: ClassVar[str] = "hr.claims"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        CheckConstraint(
            "state IN ('draft', 'submitted', 'approved', 'refused')", name="state_known"
        ),
    )

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(10), default="draft", index=True)
    employee_id: Mapped[int] = link_to("hr_employee.id")
    purpose: Mapped[str] = mapped_column(String(200))
    claimed_on: Mapped[dt.date | None] = mapped_column(index=True)
    approved_on: Mapped[dt.date | None]
    total: Mapped[Decimal] = mapped_column(default=ZERO)
    #: What was set off against advances, when it was approved.
    set_off: Mapped[Decimal] = mapped_column(default=ZERO)
    decided_by_id: Mapped[int | None] = link_to("core_user.id", ondelete="SET NULL")
    answer: Mapped[str | None] = mapped_column(String(200))

    employee: Mapped[Employee] = relationship(Employee, lazy="raise")
    decided_by: Mapped[User | None] = relationship(User, lazy="raise")
    lines: Mapped[list[ClaimLine]] = relationship(
        back_populates="claim", lazy="raise", order_by="ClaimLine.position"
    )

    def __str__(self) -> str:
        return self.number or self.purpose

    @property
    def owed(self) -> Decimal:
        """What is left to be paid to the employee."""
        return self.total - self.set_off

    def add_up(self) -> None:
        """What its lines come to."""
        self.total = sum((line.amount or ZERO for line in self.lines), ZERO)

    def submit(self, on: dt.date) -> None:
        """It lies before whoever decides."""
        self.add_up()
        if not self.total:
            raise Refused(_("%(claim)s has no amounts. Enter what was paid.", claim=self))
        CLAIM_STEPS.move(self, "submit")
        self.claimed_on = self.claimed_on or on

    def decide(self, step: str, user_id: int | None, answer: str | None = None) -> None:
        """Somebody says yes or no."""
        CLAIM_STEPS.move(self, step)
        self.decided_by_id, self.answer = user_id, answer


class ClaimLine(Row, Base):
    """One receipt."""

    __tablename__ = "hr_claim_line"
    __part_of__: ClassVar[str] = "claim_id"
    __table_args__ = (
        CheckConstraint(
            "amount > 0",
            name="amount_positive",
            info={"sentence": _("A receipt has an amount greater than zero.")},
        ),
        CheckConstraint(
            "paid > 0",
            name="paid_positive",
            info={"sentence": _("A receipt has an amount greater than zero.")},
        ),
    )

    claim_id: Mapped[int] = link_to("hr_claim.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    on: Mapped[dt.date]
    text: Mapped[str] = mapped_column(String(200))
    #: Its account takes the cost, where finance knows one for it.
    category_id: Mapped[int | None] = link_to("base_category.id", index=False)
    #: What the receipt says, and in which currency; empty is the company's.
    currency: Mapped[str | None] = mapped_column(String(3))
    paid: Mapped[Decimal | None]
    #: What one unit was worth on the day of the receipt.
    rate: Mapped[Decimal | None] = mapped_column(Rate)
    amount: Mapped[Decimal]

    claim: Mapped[Claim] = relationship(back_populates="lines", lazy="raise")
    category: Mapped[Category | None] = relationship(Category, lazy="raise")

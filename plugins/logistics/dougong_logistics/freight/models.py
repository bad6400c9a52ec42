"""A carrier's statement: what it charges for each shipment, beside what we expected."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, Refused, Row, State, Step, Workflow, _, later, link_to, pgettext
from dougong_logistics.carriers.models import Carrier
from dougong_logistics.db import Base
from dougong_logistics.shipments.models import Shipment

_check = later("dougong_logistics.freight.service:check_statements")
_accept = later("dougong_logistics.freight.service:accept_statements")
_reject = later("dougong_logistics.freight.service:reject_statements")

STATEMENT_STEPS = Workflow(
    "logistics.statements",
    states=[
        State("draft", _("Draft"), editable=True),
        State("checked", _("Checked"), "blue", editable=True),
        State("accepted", _("Accepted"), "green"),
        State("rejected", _("Rejected"), "red", aside=True),
    ],
    steps=[
        Step(
            "check", _("Check"), ["draft", "checked"], "checked", "logistics.statement.check",
            _check, primary=True, icon="list-check",
        ),
        Step(
            "accept", _("Accept"), ["checked"], "accepted", "logistics.statement.accept",
            _accept, primary=True, icon="circle-check",
            confirm=_("The carrier's bill is drafted with these charges."),
        ),
        Step(
            "reject", _("Reject"), ["draft", "checked"], "rejected", "logistics.statement.accept",
            _reject, icon="ban",
        ),
    ],
)  # fmt: skip

#: What the check found for a line.
VERDICTS = {
    "": _("Not checked"),
    "agrees": _("Agrees"),
    "within": _("Within tolerance"),
    "over": pgettext("freight", "Too much"),
    "under": _("Less than expected"),
    "unknown": _("Unknown shipment"),
    "twice": _("Charged before"),
}
#: What the books cannot take: nobody knows the shipment, or it was paid before.
REFUSED = ("unknown", "twice")


class StatementIsEmpty(Refused):
    """Nothing is charged."""

    def __init__(self, statement: Statement) -> None:
        super().__init__(
            _("%(statement)s charges nothing; enter a line first.", statement=statement)
        )


class Statement(Document, Base):
    """What a carrier charges for some time."""

    __tablename__ = "logistics_statement"
    __document__: ClassVar[str] = "logistics.statements"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        UniqueConstraint("carrier_id", "reference"),
    )

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(10), default="draft")
    carrier_id: Mapped[int] = link_to("logistics_carrier.id")
    #: The carrier's own number.
    reference: Mapped[str] = mapped_column(String(60))
    dated_on: Mapped[dt.date]
    charged: Mapped[Decimal] = mapped_column(default=ZERO)
    expected: Mapped[Decimal] = mapped_column(default=ZERO)
    difference: Mapped[Decimal] = mapped_column(default=ZERO)
    note: Mapped[str | None] = mapped_column(String(2000))

    carrier: Mapped[Carrier] = relationship(Carrier, lazy="raise")
    lines: Mapped[list[StatementLine]] = relationship(
        back_populates="statement", lazy="raise", order_by="StatementLine.position"
    )

    def add_up(self) -> None:
        """Sums over the lines."""
        self.charged = sum((line.charged or ZERO for line in self.lines), ZERO)
        self.expected = sum((line.expected or ZERO for line in self.lines), ZERO)
        self.difference = self.charged - self.expected

    def accept(self) -> None:
        """We will pay it; what nobody can explain is refused by name."""
        for line in self.lines:
            if line.verdict in REFUSED:
                raise Refused(
                    _(
                        "Line %(line)s (%(tracking)s): %(verdict)s. Take it out, or ask the"
                        " carrier.",
                        line=line.position + 1,
                        tracking=line.tracking or "–",
                        verdict=VERDICTS[line.verdict],
                    )
                )
        STATEMENT_STEPS.move(self, "accept")

    def __str__(self) -> str:
        return str(_("Statement %(number)s", number=self.number or self.reference or ""))


class StatementLine(Row, Base):
    """What is charged for one shipment."""

    __tablename__ = "logistics_statement_line"
    __part_of__: ClassVar[str] = "statement_id"
    __table_args__ = (
        CheckConstraint(
            "charged >= 0", name="charged_not_negative",
            info={"sentence": _("A charge is not negative.")},
        ),
    )  # fmt: skip

    statement_id: Mapped[int] = link_to("logistics_statement.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    #: The tracking number or our number, as the carrier writes it.
    tracking: Mapped[str | None] = mapped_column(String(60))
    shipment_id: Mapped[int | None] = link_to("logistics_shipment.id")
    charged: Mapped[Decimal]
    expected: Mapped[Decimal] = mapped_column(default=ZERO)
    difference: Mapped[Decimal] = mapped_column(default=ZERO)
    verdict: Mapped[str] = mapped_column(String(8), default="")

    statement: Mapped[Statement] = relationship(back_populates="lines", lazy="raise")
    shipment: Mapped[Shipment | None] = relationship(Shipment, lazy="raise")

    def judge(self, shipment: Shipment | None, paid: bool, tolerance: Decimal) -> None:
        """Compare the charge with what was expected; tolerance in per cent of it."""
        self.expected = shipment.cost if shipment is not None else ZERO
        self.difference = self.charged - self.expected
        allowed = self.expected * tolerance / 100
        if shipment is None or shipment.handed_over_on is None:
            self.verdict = "unknown"
        elif paid:
            self.verdict = "twice"
        elif not self.difference:
            self.verdict = "agrees"
        elif abs(self.difference) <= allowed:
            self.verdict = "within"
        else:
            self.verdict = "over" if self.difference > 0 else "under"


class BilledShipment(Row, Base):
    """That the freight of a shipment was accepted once: the database lets nobody pay it again."""

    __tablename__ = "logistics_billed"

    shipment_id: Mapped[int] = link_to("logistics_shipment.id", unique=True, index=False)
    statement_id: Mapped[int] = link_to("logistics_statement.id")

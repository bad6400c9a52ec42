"""Sales orders: the promise, and how far it has been kept."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, Id, Refused, Row, _, link_to, rounded
from dougong_base import Address, Followed, FollowUpColumns, counted_in, follow_up_rules, how_far
from dougong_crm.db import Base
from dougong_crm.orders.workflow import ORDER_STEPS
from dougong_crm.quotes.models import Quote
from dougong_crm.selling.columns import Priced, PricedLine, line_rules


class Order(Followed, Priced, Document, Base):
    """What a customer has ordered; once confirmed it binds both sides."""

    __tablename__ = "crm_order"
    __document__ = "crm.orders"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        CheckConstraint("state IN ('draft', 'confirmed', 'done', 'cancelled')", name="state_known"),
        CheckConstraint(
            "state IN ('draft', 'cancelled') OR confirmed_on IS NOT NULL",
            name="confirmed_has_date",
            info={"sentence": _("A confirmed order has the date of its confirmation.")},
        ),
        Index("ix_crm_order_ordered_on_id", "ordered_on", "id"),
        Index("ix_crm_order_state_ordered_on", "state", "ordered_on"),
    )

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(12), default="draft")
    ordered_on: Mapped[dt.date] = mapped_column(default=dt.date.today)
    promised_on: Mapped[dt.date | None]
    confirmed_on: Mapped[dt.date | None]
    #: The day for which money was asked, or credit promised, last.
    asked_on: Mapped[dt.date | None]
    invoice_address_id: Mapped[int | None] = link_to("base_address.id", index=False)
    delivery_address_id: Mapped[int | None] = link_to("base_address.id", index=False)
    quote_id: Mapped[int | None] = link_to("crm_quote.id")
    #: From which warehouse; the warehouses are another department's.
    warehouse_id: Mapped[int | None] = mapped_column(Id)
    #: order: billed when confirmed; delivery: billed as delivered. Empty: as the company does.
    invoice_on: Mapped[str | None] = mapped_column(String(8))
    #: How far: unneeded, open, partial or full.
    delivery_state: Mapped[str] = mapped_column(String(8), default="open", index=True)
    invoice_state: Mapped[str] = mapped_column(String(8), default="open", index=True)
    payment_state: Mapped[str] = mapped_column(String(8), default="open", index=True)
    #: What is not on an invoice yet, without tax.
    unbilled: Mapped[Decimal] = mapped_column(default=ZERO)

    quote: Mapped[Quote | None] = relationship(Quote, lazy="raise")
    lines: Mapped[list[OrderLine]] = relationship(
        back_populates="order", order_by="OrderLine.position", lazy="raise"
    )
    follow_ups: Mapped[list[FollowUp]] = relationship(
        back_populates="order", order_by="FollowUp.id", lazy="raise"
    )
    invoice_address: Mapped[Address | None] = relationship(
        Address, foreign_keys=invoice_address_id, lazy="raise"
    )
    delivery_address: Mapped[Address | None] = relationship(
        Address, foreign_keys=delivery_address_id, lazy="raise"
    )

    def __str__(self) -> str:
        return self.number or str(_("Draft order"))

    def confirm(self, on: dt.date) -> None:
        """Bind both sides from that day on."""
        if not self.lines:
            raise Refused(_("%(order)s has no lines. Add what is ordered first.", order=self))
        ORDER_STEPS.move(self, "confirm")
        self.confirmed_on = on
        self.refresh()

    def cancel(self) -> None:
        """Give the order up; what was delivered or billed has to be returned or cancelled before."""
        if any(line.delivered > line.came_back for line in self.lines):
            raise Refused(
                _(
                    "%(order)s is partly delivered. Let the customer return the goods,"
                    " or give up only the rest.",
                    order=self,
                )
            )
        if any(line.billed for line in self.lines):
            raise Refused(_("%(order)s is billed. Cancel its invoices first.", order=self))
        ORDER_STEPS.move(self, "cancel")
        self.refresh()

    def reopen(self) -> None:
        """Make a draft of a cancelled order again; a number it has, it keeps."""
        ORDER_STEPS.move(self, "reopen")
        self.confirmed_on = None
        for line in self.lines:
            line.asked = ZERO

    def finish(self) -> None:
        """Close it by hand."""
        ORDER_STEPS.move(self, "finish")

    def refresh(self) -> None:
        """Look at the lines and say how far the order is."""
        goods = [line for line in self.lines if line.kind == "goods" and line.own_quantity]
        self.delivery_state = (
            how_far([(line.delivered, line.own_quantity) for line in goods])
            if goods
            else "unneeded"
        )
        self.invoice_state = (
            how_far([(line.billed, line.wanted) for line in self.lines if line.wanted])
            if self.lines
            else "open"
        )
        if self.state == "cancelled":
            self.unbilled = ZERO
        else:
            self.unbilled = rounded(
                sum((line.unbilled for line in self.lines), ZERO), self.currency
            )

    def recount(self) -> None:
        """Say how far it is; with nothing left to do it is closed."""
        self.refresh()
        self.payment_state = self.how_far_paid()
        if self.state == "confirmed" and self.complete:
            self.finish()

    @property
    def only_services(self) -> bool:
        """Whether nothing of it is ever delivered."""
        return all(line.kind == "service" for line in self.lines)

    @property
    def complete(self) -> bool:
        """Whether everything is delivered, billed and paid."""
        return (
            self.delivery_state in ("full", "unneeded")
            and self.invoice_state == "full"
            and self.payment_state == "full"
        )


class OrderLine(PricedLine, Base):
    """One line of an order, and how much of it was delivered, came back, and was billed."""

    __tablename__ = "crm_order_line"
    __part_of__ = "order_id"
    __table_args__ = (
        *line_rules(),
        CheckConstraint(
            "delivered >= 0 AND came_back >= 0 AND came_back <= delivered",
            name="came_back_within_delivered",
            info={"sentence": _("More came back than was delivered.")},
        ),
        CheckConstraint(
            "announced >= 0 AND announced <= delivered",
            name="announced_within_delivered",
            info={"sentence": _("Only what was delivered can be returned.")},
        ),
    )

    order_id: Mapped[int] = link_to("crm_order.id", ondelete="CASCADE")
    #: All of these are in the product's own unit.
    delivered: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    #: Announced by returns, whether it has arrived or not.
    announced: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    came_back: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    #: Told to be billable, less what was credited.
    asked: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    billed: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    order: Mapped[Order] = relationship(back_populates="lines", lazy="raise")

    def __init__(self, **values: Any) -> None:
        nothing = dict.fromkeys(("delivered", "announced", "came_back", "asked", "billed"), ZERO)
        super().__init__(**(nothing | values))

    def __str__(self) -> str:
        return self.description or ""

    @property
    def wanted(self) -> Decimal:
        """How much is to be billed in the end: what was ordered, or delivered beyond, less returns."""
        return max(self.own_quantity, self.delivered) - self.came_back

    @property
    def undelivered(self) -> Decimal:
        """How much is still to come."""
        return max(self.own_quantity - self.delivered, ZERO)

    @property
    def returnable(self) -> Decimal:
        """How much could still be sent back."""
        return self.delivered - self.announced

    @property
    def unbilled(self) -> Decimal:
        """What the open quantity comes to, unrounded."""
        if not self.own_quantity:
            return ZERO
        return self.amount * (self.wanted - self.billed) / self.own_quantity

    def deliver(self, quantity: Decimal) -> None:
        """Goods of this line have left the house."""
        self.delivered += quantity

    def take_back(self, quantity: Decimal) -> None:
        """Goods of this line have come home."""
        self.came_back += quantity


class FollowUp(FollowUpColumns, Row, Base):
    """A delivery or an invoice that another department made for an order."""

    __tablename__ = "crm_follow_up"
    __table_args__ = tuple(follow_up_rules())

    order_id: Mapped[int] = link_to("crm_order.id", ondelete="CASCADE")
    order: Mapped[Order] = relationship(back_populates="follow_ups", lazy="raise")

"""Purchase orders: what we have bound ourselves to take, and how far it has come."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import (
    ZERO,
    Amount,
    Document,
    Id,
    Percent,
    Price,
    Refused,
    Row,
    _,
    link_to,
    rounded,
    rounded_to,
)
from dougong.people.users.models import User
from dougong_base import (
    Followed,
    FollowUpColumns,
    Party,
    PaymentTerm,
    Product,
    Tax,
    Unit,
    counted_in,
    follow_up_rules,
    how_far,
)
from dougong_purchasing.db import Base
from dougong_purchasing.orders.workflow import ORDER_STEPS

HUNDRED = Decimal(100)
PROGRESS = ("received", "announced", "came_back", "asked", "billed")


class Order(Followed, Document, Base):
    """What we buy from a supplier; once confirmed it binds both sides."""

    __tablename__ = "purchasing_order"
    __document__ = "purchasing.orders"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        CheckConstraint("state IN ('draft', 'confirmed', 'done', 'cancelled')", name="state_known"),
        CheckConstraint(
            "state IN ('draft', 'cancelled') OR confirmed_on IS NOT NULL",
            name="confirmed_has_date",
            info={"sentence": _("A confirmed order has the date of its confirmation.")},
        ),
        Index("ix_purchasing_order_ordered_on_id", "ordered_on", "id"),
        Index("ix_purchasing_order_state_ordered_on", "state", "ordered_on"),
    )

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(12), default="draft")
    supplier_id: Mapped[int] = link_to("base_party.id")
    #: The supplier's own number for it.
    reference: Mapped[str | None] = mapped_column(String(60), index=True)
    currency: Mapped[str] = link_to("base_currency.code", type_=String(3), index=False)
    payment_term_id: Mapped[int | None] = link_to("base_payment_term.id", index=False)
    buyer_id: Mapped[int | None] = link_to("core_user.id", ondelete="SET NULL")
    ordered_on: Mapped[dt.date] = mapped_column(default=dt.date.today)
    expected_on: Mapped[dt.date | None]
    confirmed_on: Mapped[dt.date | None]
    #: The day for which a bill was expected last.
    asked_on: Mapped[dt.date | None]
    #: To which warehouse; the warehouses are another department's.
    warehouse_id: Mapped[int | None] = mapped_column(Id)
    #: How often it was changed after it was confirmed.
    revision: Mapped[int] = mapped_column(default=0)
    #: The supplier's grade where it is so bad that the house is warned of it.
    warned_grade: Mapped[str | None] = mapped_column(String(1))
    #: order: billed when confirmed; receipt: as received. Empty: as the company does.
    bill_on: Mapped[str | None] = mapped_column(String(8))
    receipt_state: Mapped[str] = mapped_column(String(8), default="open", index=True)
    bill_state: Mapped[str] = mapped_column(String(8), default="open", index=True)
    payment_state: Mapped[str] = mapped_column(String(8), default="open", index=True)
    untaxed: Mapped[Decimal] = mapped_column(default=ZERO)
    tax_total: Mapped[Decimal] = mapped_column(default=ZERO)
    total: Mapped[Decimal] = mapped_column(default=ZERO, index=True)
    #: Without tax in the company's currency, at the rate of the day of the order; empty where there
    #: is none. Rules of approval ask for it.
    worth: Mapped[Decimal | None] = mapped_column(Amount)
    note: Mapped[str | None] = mapped_column(String(2000))

    supplier: Mapped[Party] = relationship(Party, lazy="raise")
    payment_term: Mapped[PaymentTerm | None] = relationship(PaymentTerm, lazy="raise")
    buyer: Mapped[User | None] = relationship(User, lazy="raise")
    lines: Mapped[list[OrderLine]] = relationship(
        back_populates="order", order_by="OrderLine.position", lazy="raise"
    )
    follow_ups: Mapped[list[FollowUp]] = relationship(
        back_populates="order", order_by="FollowUp.id", lazy="raise"
    )

    def __str__(self) -> str:
        return self.number or str(_("Draft purchase order"))

    def confirm(self, on: dt.date, rate: Decimal, own: str) -> None:
        """Bind both sides from that day on; ``rate`` is the order's currency in our ``own``."""
        self._refuse_empty()
        if self.worth is None:
            raise Refused(
                _(
                    "When %(order)s was entered there was no exchange rate of %(currency)s. Save it"
                    " again, so that its worth is known.",
                    order=self,
                    currency=self.currency,
                )
            )
        ORDER_STEPS.move(self, "confirm")
        self.confirmed_on = on
        self.value(rate, own)
        self.refresh()

    def cancel(self) -> None:
        """Give the order up; what has come or was billed has to go back or be cancelled before."""
        if any(line.received > line.came_back for line in self.lines):
            raise Refused(
                _(
                    "%(order)s is partly received. Return the goods, or give up only the rest.",
                    order=self,
                )
            )
        if any(line.billed for line in self.lines):
            raise Refused(_("%(order)s is billed. Cancel its bills first.", order=self))
        ORDER_STEPS.move(self, "cancel")

    def reopen(self) -> None:
        """Make a draft of it again; a number it has, it keeps."""
        ORDER_STEPS.move(self, "reopen")
        self.confirmed_on = None
        for line in self.lines:
            line.asked = ZERO

    def finish(self) -> None:
        """Close it by hand."""
        ORDER_STEPS.move(self, "finish")

    def value(self, rate: Decimal, own: str) -> None:
        """What each line and one unit of it cost us, in the company's currency."""
        for line in self.lines:
            line.own_amount = rounded(line.amount * rate, own)
            line.unit_cost = rounded_to(line.amount * rate / line.own_quantity)

    def refresh(self) -> None:
        """Look at the lines and say how far the order is."""
        goods = [line for line in self.lines if line.kind == "goods" and line.own_quantity]
        self.receipt_state = (
            how_far([(line.received, line.own_quantity) for line in goods]) if goods else "unneeded"
        )
        wanted = [(line.billed, line.wanted) for line in self.lines if line.wanted]
        self.bill_state = how_far(wanted) if self.lines else "open"

    def recount(self) -> None:
        """Say how far it is; with nothing left to do it is closed."""
        self.refresh()
        self.payment_state = self.how_far_paid()
        if self.state == "confirmed" and self.complete:
            self.finish()

    @property
    def complete(self) -> bool:
        """Whether everything has come, was billed and is paid."""
        return (
            self.receipt_state in ("full", "unneeded")
            and self.bill_state == "full"
            and self.payment_state == "full"
        )

    def _refuse_empty(self) -> None:
        if not self.lines:
            raise Refused(_("%(order)s has no lines. Add what is to be bought first.", order=self))
        if any(line.discount > HUNDRED for line in self.lines):
            raise Refused(_("A discount is at most 100 percent."))


class OrderLine(Row, Base):
    """One line of an order, and how much of it has come, went back, and was billed."""

    __tablename__ = "purchasing_order_line"
    __part_of__ = "order_id"
    __table_args__ = (
        CheckConstraint(
            "quantity > 0",
            name="quantity_positive",
            info={"sentence": _("A line needs a quantity greater than zero.")},
        ),
        CheckConstraint(
            "price >= 0",
            name="price_not_negative",
            info={"sentence": _("A price is not negative; use a discount or a return.")},
        ),
        CheckConstraint(
            "discount >= 0",
            name="discount_not_negative",
            info={"sentence": _("A discount is not negative.")},
        ),
        CheckConstraint(
            "received >= 0 AND came_back >= 0 AND came_back <= received",
            name="came_back_within_received",
            info={"sentence": _("More went back than has come.")},
        ),
        CheckConstraint(
            "announced >= 0 AND announced <= received",
            name="announced_within_received",
            info={"sentence": _("Only what has come can go back.")},
        ),
    )

    order_id: Mapped[int] = link_to("purchasing_order.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    product_id: Mapped[int] = link_to("base_product.id")
    description: Mapped[str | None] = mapped_column(String(500))
    #: goods are received, services only billed; kept from the product.
    kind: Mapped[str] = mapped_column(String(8), default="goods")
    quantity: Mapped[Decimal] = counted_in("unit_id", default=Decimal(1))
    unit_id: Mapped[int] = link_to("base_unit.id", index=False)
    #: The same in the product's own unit, in which goods move and bills count.
    own_quantity: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    price: Mapped[Decimal] = mapped_column(Price)
    discount: Mapped[Decimal] = mapped_column(Percent, default=ZERO)
    tax_id: Mapped[int | None] = link_to("base_tax.id", index=False)
    #: Without tax.
    amount: Mapped[Decimal] = mapped_column(Amount, default=ZERO)
    #: The same in the company's currency, at the rate of the day of confirmation.
    own_amount: Mapped[Decimal] = mapped_column(Amount, default=ZERO)
    #: Of one own unit, in the company's currency, at the rate of the day of confirmation.
    unit_cost: Mapped[Decimal] = mapped_column(Price, default=ZERO)
    expected_on: Mapped[dt.date | None]
    #: The day on which goods of it came last.
    received_on: Mapped[dt.date | None]
    #: The framework agreement it is called off from.
    blanket_line_id: Mapped[int | None] = link_to("purchasing_blanket_line.id", ondelete="SET NULL")
    #: All of these are in the product's own unit.
    received: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    #: Announced by returns, whether it has left or not.
    announced: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    came_back: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    #: Told to be billable, less what was credited.
    asked: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    billed: Mapped[Decimal] = counted_in("product_id", default=ZERO)

    order: Mapped[Order] = relationship(back_populates="lines", lazy="raise")
    product: Mapped[Product] = relationship(Product, lazy="raise")
    unit: Mapped[Unit] = relationship(Unit, lazy="raise")
    tax: Mapped[Tax | None] = relationship(Tax, lazy="raise")

    def __init__(self, **values: Any) -> None:
        super().__init__(
            **({"unit_cost": ZERO, "own_amount": ZERO} | dict.fromkeys(PROGRESS, ZERO) | values)
        )

    def __str__(self) -> str:
        return self.description or ""

    @property
    def own_price(self) -> Decimal:
        """The price of one of the product's own unit."""
        if self.own_quantity == self.quantity or not self.own_quantity:
            return self.price
        return rounded_to(self.price * self.quantity / self.own_quantity)

    @property
    def wanted(self) -> Decimal:
        """How much is to be billed in the end: what was ordered, or came beyond, less returns."""
        return max(self.own_quantity, self.received) - self.came_back

    @property
    def outstanding(self) -> Decimal:
        """How much is still to come."""
        return max(self.own_quantity - self.received, ZERO)

    @property
    def returnable(self) -> Decimal:
        """How much could still go back."""
        return self.received - self.announced

    def share(self, quantity: Decimal, currency: str) -> Decimal:
        """What so much of the line comes to."""
        return rounded(self.amount * quantity / self.own_quantity, currency)


class FollowUp(FollowUpColumns, Row, Base):
    """A receipt, a shipment back or a bill that another department made for an order."""

    __tablename__ = "purchasing_follow_up"
    __table_args__ = tuple(follow_up_rules())

    order_id: Mapped[int] = link_to("purchasing_order.id", ondelete="CASCADE")
    order: Mapped[Order] = relationship(back_populates="follow_ups", lazy="raise")

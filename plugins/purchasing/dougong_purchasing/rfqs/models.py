"""A request for quotation, the suppliers asked, and what each answers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, Price, Quantity, Refused, Row, _, link_to
from dougong_base import Party, PaymentTerm, Product, counted_in
from dougong_purchasing.db import Base
from dougong_purchasing.rfqs.workflow import QUOTE_STEPS, RFQ_STEPS


class Rfq(Document, Base):
    """What several suppliers are asked to offer until a day."""

    __tablename__ = "purchasing_rfq"
    __document__ = "purchasing.rfqs"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        CheckConstraint("state IN ('draft', 'sent', 'awarded', 'cancelled')", name="state_known"),
        CheckConstraint(
            "award_by IS NULL OR award_by >= answer_by",
            name="award_after_answers",
            info={"sentence": _("Nobody is chosen before the day for answers.")},
        ),
    )

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(12), default="draft", index=True)
    name: Mapped[str] = mapped_column(String(120), default="")
    answer_by: Mapped[dt.date] = mapped_column(index=True)
    needed_on: Mapped[dt.date | None]
    #: Until when somebody may be chosen; empty: as long as the offers hold.
    award_by: Mapped[dt.date | None]
    note: Mapped[str | None] = mapped_column(String(2000))
    lines: Mapped[list[RfqLine]] = relationship(
        back_populates="rfq", order_by="RfqLine.position", lazy="raise"
    )
    suppliers: Mapped[list[RfqSupplier]] = relationship(
        back_populates="rfq", order_by="RfqSupplier.position", lazy="raise"
    )
    awards: Mapped[list[Award]] = relationship(
        back_populates="rfq", order_by="Award.id", lazy="raise"
    )

    def __str__(self) -> str:
        return self.number or str(_("Draft request for quotation"))

    def send(self, on: dt.date) -> None:
        """Ask the suppliers."""
        if not self.lines or not self.suppliers:
            raise Refused(_("%(rfq)s needs lines, and suppliers to ask.", rfq=self))
        if len({asked.supplier_id for asked in self.suppliers}) < len(self.suppliers):
            raise Refused(_("%(rfq)s names a supplier twice. Ask each once.", rfq=self))
        if self.answer_by < on:
            raise Refused(_("%(rfq)s: the day for answers has passed.", rfq=self))
        RFQ_STEPS.move(self, "send")

    def remind(self, on: dt.date) -> None:
        """Ask once more those who have not answered, while they still can."""
        if self.answer_by < on:
            raise Refused(_("%(rfq)s: the day for answers has passed.", rfq=self))
        RFQ_STEPS.move(self, "remind")

    def award(self, on: dt.date) -> None:
        """So much of it is ordered; with all of it, it is done."""
        if self.award_by and on > self.award_by:
            raise Refused(
                _(
                    "%(rfq)s: somebody had to be chosen until %(day)s. Ask the suppliers anew.",
                    rfq=self,
                    day=self.award_by,
                )
            )
        RFQ_STEPS.move(self, "award")
        if not any(line.open for line in self.lines):
            self.state = "awarded"


class RfqLine(Row, Base):
    """So much of a product, in its own unit."""

    __tablename__ = "purchasing_rfq_line"
    __part_of__ = "rfq_id"
    __table_args__ = (
        CheckConstraint(
            "quantity > 0",
            name="quantity_positive",
            info={"sentence": _("A line needs a quantity greater than zero.")},
        ),
        CheckConstraint(
            "awarded >= 0 AND awarded <= quantity",
            name="awarded_within_asked",
            info={"sentence": _("No more is awarded than was asked for.")},
        ),
    )

    rfq_id: Mapped[int] = link_to("purchasing_rfq.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    product_id: Mapped[int] = link_to("base_product.id")
    quantity: Mapped[Decimal] = counted_in("product_id")
    #: How much of it was given to suppliers.
    awarded: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    rfq: Mapped[Rfq] = relationship(back_populates="lines", lazy="raise")
    product: Mapped[Product] = relationship(Product, lazy="raise")

    def __init__(self, **values: Any) -> None:
        super().__init__(**({"awarded": ZERO} | values))

    @property
    def open(self) -> Decimal:
        """How much nobody was given yet."""
        return max(self.quantity - self.awarded, ZERO)

    def award(self, quantity: Decimal) -> None:
        """A supplier gets so much of it."""
        if not 0 < quantity <= self.open:
            raise Refused(
                _(
                    "Of “%(product)s” %(open)s are open; award more than nothing, and no more"
                    " than that.",
                    product=self.product,
                    open=f"{self.open.normalize():f}",
                )
            )
        self.awarded += quantity


class RfqSupplier(Row, Base):
    """Somebody who is asked."""

    __tablename__ = "purchasing_rfq_supplier"
    __part_of__ = "rfq_id"
    __table_args__ = (UniqueConstraint("rfq_id", "supplier_id"),)

    rfq_id: Mapped[int] = link_to("purchasing_rfq.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    supplier_id: Mapped[int] = link_to("base_party.id")
    #: The supplier's grade where it is so bad that the house is warned of it.
    warned_grade: Mapped[str | None] = mapped_column(String(1))
    rfq: Mapped[Rfq] = relationship(back_populates="suppliers", lazy="raise")
    supplier: Mapped[Party] = relationship(Party, lazy="raise")


class Award(Row, Base):
    """So much of a line was given to the supplier of an offer."""

    __tablename__ = "purchasing_award"
    __part_of__ = "rfq_id"

    rfq_id: Mapped[int] = link_to("purchasing_rfq.id", ondelete="CASCADE")
    rfq_line_id: Mapped[int] = link_to("purchasing_rfq_line.id", ondelete="CASCADE")
    quote_id: Mapped[int] = link_to("purchasing_quote.id", ondelete="CASCADE")
    #: Where it was ordered.
    order_line_id: Mapped[int | None] = link_to("purchasing_order_line.id", ondelete="SET NULL")
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    rfq: Mapped[Rfq] = relationship(back_populates="awards", lazy="raise")


class Quote(Document, Base):
    """What one supplier answers."""

    __tablename__ = "purchasing_quote"
    __document__ = "purchasing.quotes"
    __table_args__ = (
        UniqueConstraint("rfq_id", "supplier_id"),
        CheckConstraint("state IN ('asked', 'answered', 'declined')", name="state_known"),
    )

    rfq_id: Mapped[int] = link_to("purchasing_rfq.id")
    supplier_id: Mapped[int] = link_to("base_party.id")
    state: Mapped[str] = mapped_column(String(12), default="asked", index=True)
    currency: Mapped[str] = link_to("base_currency.code", type_=String(3), index=False)
    #: What the signed link carries beside the number; another one makes old links void.
    key: Mapped[str] = mapped_column(String(40), info={"classification": "secret"})
    expected_on: Mapped[dt.date | None]
    valid_until: Mapped[dt.date | None]
    payment_term_id: Mapped[int | None] = link_to("base_payment_term.id", index=False)
    reference: Mapped[str | None] = mapped_column(String(60))
    note: Mapped[str | None] = mapped_column(String(2000))
    #: The day on which the supplier was last written to.
    mailed_on: Mapped[dt.date | None]
    answered_on: Mapped[dt.date | None]
    rfq: Mapped[Rfq] = relationship(Rfq, lazy="raise")
    supplier: Mapped[Party] = relationship(Party, lazy="raise")
    payment_term: Mapped[PaymentTerm | None] = relationship(PaymentTerm, lazy="raise")
    lines: Mapped[list[QuoteLine]] = relationship(
        back_populates="quote", order_by="QuoteLine.position", lazy="raise"
    )

    def __str__(self) -> str:
        return str(_("Offer %(id)s", id=self.id))

    def answer(self, on: dt.date) -> None:
        """They have named their prices."""
        if all(line.price is None for line in self.lines):
            raise Refused(
                _("No price was named. Enter at least one, or say that you do not offer.")
            )
        if any(line.price is not None and line.price < 0 for line in self.lines):
            raise Refused(_("A price is not negative."))
        if any(line.lead_days is not None and line.lead_days < 0 for line in self.lines):
            raise Refused(_("Days are counted from zero."))
        if self.valid_until and self.valid_until < on:
            raise Refused(_("An offer holds at least until today. Enter a later day."))
        QUOTE_STEPS.move(self, "answer")
        self.answered_on = on

    def decline(self) -> None:
        """They do not offer."""
        QUOTE_STEPS.move(self, "decline")

    def holds(self, on: dt.date) -> bool:
        """Whether it can be ordered from on that day."""
        return self.state == "answered" and (self.valid_until is None or self.valid_until >= on)


class QuoteLine(Row, Base):
    """The price of one unit, or none where they do not offer it."""

    __tablename__ = "purchasing_quote_line"
    __part_of__ = "quote_id"
    __table_args__ = (
        CheckConstraint(
            "price >= 0",
            name="price_not_negative",
            info={"sentence": _("A price is not negative.")},
        ),
        CheckConstraint(
            "lead_days >= 0",
            name="lead_days_not_negative",
            info={"sentence": _("Days are counted from zero.")},
        ),
    )

    quote_id: Mapped[int] = link_to("purchasing_quote.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    rfq_line_id: Mapped[int] = link_to("purchasing_rfq_line.id", ondelete="CASCADE")
    product_id: Mapped[int] = link_to("base_product.id")
    quantity: Mapped[Decimal] = counted_in("product_id")
    price: Mapped[Decimal | None] = mapped_column(Price)
    #: So many days after the order it comes; empty: on the day of the whole offer.
    lead_days: Mapped[int | None]
    quote: Mapped[Quote] = relationship(back_populates="lines", lazy="raise")
    product: Mapped[Product] = relationship(Product, lazy="raise")

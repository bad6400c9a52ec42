"""A request: what somebody needs, by when, and who allowed it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import (
    ZERO,
    Amount,
    Document,
    Id,
    Refused,
    Row,
    _,
    link_to,
)
from dougong.people.users.models import User
from dougong_base import Party, Product, Sourced, counted_in
from dougong_purchasing.db import Base
from dougong_purchasing.requests.workflow import REQUEST_STEPS


class Request(Sourced, Document, Base):
    """Something is needed; whom the rules name approves it, and a buyer orders it."""

    __tablename__ = "purchasing_request"
    __document__ = "purchasing.requests"
    __table_args__ = (
        UniqueConstraint("company_id", "number"),
        CheckConstraint("state IN ('draft', 'approved', 'ordered', 'refused')", name="state_known"),
        Index("ix_purchasing_request_source", "source_id", "source_kind"),
    )

    number: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str] = mapped_column(String(12), default="draft", index=True)
    requester_id: Mapped[int | None] = link_to("core_user.id", ondelete="SET NULL")
    department: Mapped[str | None] = mapped_column(String(60), index=True)
    requested_on: Mapped[dt.date] = mapped_column(default=dt.date.today)
    needed_on: Mapped[dt.date] = mapped_column(index=True)
    #: Whom to buy from; empty leaves it to the buyer and the best offer.
    supplier_id: Mapped[int | None] = link_to("base_party.id")
    reason: Mapped[str | None] = mapped_column(String(500))
    #: What it would cost at today's offers, without tax, in the company's currency.
    worth: Mapped[Decimal] = mapped_column(Amount, default=ZERO)
    requester: Mapped[User | None] = relationship(User, lazy="raise")
    supplier: Mapped[Party | None] = relationship(Party, lazy="raise")
    lines: Mapped[list[RequestLine]] = relationship(
        back_populates="request", order_by="RequestLine.position", lazy="raise"
    )

    def __str__(self) -> str:
        return self.number or str(_("Draft request"))

    def submit(self) -> None:
        """Let it be ordered; the rules of approval say who agrees before."""
        if not self.lines:
            raise Refused(_("%(request)s has no lines. Add what is needed.", request=self))
        REQUEST_STEPS.move(self, "submit")

    def reopen(self) -> None:
        """Make a draft of it again, to be approved anew."""
        REQUEST_STEPS.move(self, "reopen")


class RequestLine(Row, Base):
    """So much of a product, in its own unit."""

    __tablename__ = "purchasing_request_line"
    __part_of__ = "request_id"
    __table_args__ = (
        CheckConstraint(
            "quantity > 0",
            name="quantity_positive",
            info={"sentence": _("A line needs a quantity greater than zero.")},
        ),
    )

    request_id: Mapped[int] = link_to("purchasing_request.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    product_id: Mapped[int] = link_to("base_product.id")
    quantity: Mapped[Decimal] = counted_in("product_id")
    needed_on: Mapped[dt.date | None]
    warehouse_id: Mapped[int | None] = mapped_column(Id)
    demand_kind: Mapped[str | None] = mapped_column(String(60))
    demand_id: Mapped[int | None] = mapped_column(Id)
    #: Where it was ordered.
    order_line_id: Mapped[int | None] = link_to("purchasing_order_line.id", ondelete="SET NULL")
    request: Mapped[Request] = relationship(back_populates="lines", lazy="raise")
    product: Mapped[Product] = relationship(Product, lazy="raise")

"""The columns of a priced line and of the document around it; quotes and orders share them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from dougong import ZERO, Amount, Percent, Price, Row, _, link_to, rounded_to
from dougong.people.users.models import User
from dougong_base import Party, PaymentTerm, Product, Tax, Unit, counted_in

#: Nobody without this right sees what goods cost us, nor what we earn by them.
COST = {"needs": "base.cost.read", "classification": "confidential"}


class Sold:
    """Something that a salesperson looks after."""

    @declared_attr
    def salesperson_id(cls) -> Mapped[int | None]:
        """Who looks after it."""
        return link_to("core_user.id", ondelete="SET NULL")

    @declared_attr
    def salesperson(cls) -> Mapped[User | None]:
        """Who looks after it."""
        return relationship(User, lazy="raise")


class PricedLine(Row):
    """A product, how much of it, at which price, with which discount and tax."""

    position: Mapped[int] = mapped_column(default=0)
    description: Mapped[str | None] = mapped_column(String(500))
    #: goods are delivered, services only billed; kept from the product.
    kind: Mapped[str] = mapped_column(String(8), default="goods")
    quantity: Mapped[Decimal] = counted_in("unit_id", default=Decimal(1))
    #: The same in the product's own unit, in which goods move and invoices count.
    own_quantity: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    price: Mapped[Decimal] = mapped_column(Price)
    discount: Mapped[Decimal] = mapped_column(Percent, default=ZERO)
    #: Without tax.
    amount: Mapped[Decimal] = mapped_column(Amount, default=ZERO)
    #: What one own unit costs us.
    cost: Mapped[Decimal] = mapped_column(Price, default=ZERO, info=COST)

    @declared_attr
    def product_id(cls) -> Mapped[int]:
        """What is sold."""
        return link_to("base_product.id")

    @declared_attr
    def unit_id(cls) -> Mapped[int]:
        """The unit in which the quantity is told."""
        return link_to("base_unit.id", index=False)

    @declared_attr
    def tax_id(cls) -> Mapped[int | None]:
        """The tax, which may be a group."""
        return link_to("base_tax.id", index=False)

    @declared_attr
    def product(cls) -> Mapped[Product]:
        """What is sold."""
        return relationship(Product, lazy="raise")

    @declared_attr
    def unit(cls) -> Mapped[Unit]:
        """The unit in which the quantity is told."""
        return relationship(Unit, lazy="raise")

    @declared_attr
    def tax(cls) -> Mapped[Tax | None]:
        """The tax, which may be a group."""
        return relationship(Tax, lazy="raise")

    @property
    def own_price(self) -> Decimal:
        """The price of one of the product's own unit."""
        if self.own_quantity == self.quantity or not self.own_quantity:
            return self.price
        return rounded_to(self.price * self.quantity / self.own_quantity)


def line_rules() -> tuple[Any, ...]:
    """What the database itself asks of a priced line."""
    return (
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
    )


class Priced(Sold):
    """Who buys, in which currency, on which terms, and what it comes to."""

    #: The customer's own number for it.
    reference: Mapped[str | None] = mapped_column(String(60), index=True)
    #: For all lines; a line may differ.
    discount: Mapped[Decimal] = mapped_column(Percent, default=ZERO)
    untaxed: Mapped[Decimal] = mapped_column(default=ZERO)
    tax_total: Mapped[Decimal] = mapped_column(default=ZERO)
    total: Mapped[Decimal] = mapped_column(default=ZERO, index=True)
    #: What we earn by it.
    margin: Mapped[Decimal] = mapped_column(default=ZERO, info=COST)
    note: Mapped[str | None] = mapped_column(String(2000))

    @declared_attr
    def customer_id(cls) -> Mapped[int]:
        """Who buys."""
        return link_to("base_party.id")

    @declared_attr
    def customer(cls) -> Mapped[Party]:
        """Who buys."""
        return relationship(Party, lazy="raise")

    @declared_attr
    def currency(cls) -> Mapped[str]:
        """In which all its amounts are."""
        return link_to("base_currency.code", type_=String(3), index=False)

    @declared_attr
    def payment_term_id(cls) -> Mapped[int | None]:
        """When it is to be paid."""
        return link_to("base_payment_term.id", index=False)

    @declared_attr
    def payment_term(cls) -> Mapped[PaymentTerm | None]:
        """When it is to be paid."""
        return relationship(PaymentTerm, lazy="raise")

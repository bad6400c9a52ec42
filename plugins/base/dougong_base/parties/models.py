"""Everyone the house deals with: one record for customer, supplier, employee and their contacts."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import Record, Row, _, link_to
from dougong_base.db import Base
from dougong_base.parties.checks import iban_problem
from dougong_base.terms.models import PaymentTerm


class Party(Record, Base):
    """A person or an organisation; a branch or a contact stands below its parent."""

    __tablename__ = "base_party"
    __document__ = "base.parties"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('organisation', 'person')",
            name="kind_known",
            info={"sentence": _("A party is an organisation or a person.")},
        ),
        CheckConstraint(
            "parent_id <> id",
            name="not_its_own_parent",
            info={"sentence": _("A party cannot belong to itself.")},
        ),
        CheckConstraint(
            "credit_limit >= 0",
            name="credit_limit_not_negative",
            info={"sentence": _("A credit limit is not negative; leave it empty for no limit.")},
        ),
        Index("ix_base_party_name_id", "name", "id"),
    )

    code: Mapped[str] = mapped_column(String(30), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(12), default="organisation")
    parent_id: Mapped[int | None] = link_to("base_party.id", ondelete="RESTRICT")
    is_customer: Mapped[bool] = mapped_column(default=False)
    is_supplier: Mapped[bool] = mapped_column(default=False)
    is_employee: Mapped[bool] = mapped_column(default=False)
    tax_number: Mapped[str | None] = mapped_column(String(40), index=True)
    email: Mapped[str | None] = mapped_column(String(200), index=True)
    phone: Mapped[str | None] = mapped_column(String(40), index=True)
    website: Mapped[str | None] = mapped_column(String(200))
    language: Mapped[str | None] = mapped_column(String(12))
    currency: Mapped[str | None] = link_to("base_currency.code", type_=String(3))
    payment_term_id: Mapped[int | None] = link_to("base_payment_term.id")
    supplier_term_id: Mapped[int | None] = link_to("base_payment_term.id")
    #: In the company's currency; empty means no limit.
    credit_limit: Mapped[Decimal | None]
    group: Mapped[str | None] = mapped_column(String(60), index=True)
    territory: Mapped[str | None] = mapped_column(String(60), index=True)
    industry: Mapped[str | None] = mapped_column(String(60))
    note: Mapped[str | None] = mapped_column(String(2000))
    active: Mapped[bool] = mapped_column(default=True)

    parent: Mapped[Party | None] = relationship(remote_side="Party.id", lazy="raise")
    payment_term: Mapped[PaymentTerm | None] = relationship(
        PaymentTerm, foreign_keys=payment_term_id, lazy="raise"
    )
    supplier_term: Mapped[PaymentTerm | None] = relationship(
        PaymentTerm, foreign_keys=supplier_term_id, lazy="raise"
    )
    addresses: Mapped[list[Address]] = relationship(
        back_populates="party", order_by="Address.position", lazy="raise"
    )
    contacts: Mapped[list[Contact]] = relationship(
        back_populates="party", order_by="Contact.position", lazy="raise"
    )
    bank_accounts: Mapped[list[BankAccount]] = relationship(
        back_populates="party", order_by="BankAccount.position", lazy="raise"
    )

    def __str__(self) -> str:
        return self.display

    @property
    def display(self) -> str:
        """The name people call it by."""
        return self.name or self.code or ""

    def address_for(self, role: str) -> Address | None:
        """The address for a role, else the main one, else the first; addresses must be loaded."""
        for wanted in (role, "main"):
            for address in self.addresses:
                if address.role == wanted:
                    return address
        return self.addresses[0] if self.addresses else None


class Address(Row, Base):
    """Where a party is found, delivered or billed."""

    __tablename__ = "base_address"
    __part_of__ = "party_id"
    __table_args__ = (
        CheckConstraint(
            "role IN ('main', 'invoice', 'delivery', 'other')",
            name="role_known",
            info={"sentence": _("An address is the main, invoice, delivery or another one.")},
        ),
    )

    party_id: Mapped[int] = link_to("base_party.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    role: Mapped[str] = mapped_column(String(10), default="main")
    name: Mapped[str | None] = mapped_column(String(120))
    street: Mapped[str] = mapped_column(String(200), default="")
    street2: Mapped[str | None] = mapped_column(String(200))
    postcode: Mapped[str | None] = mapped_column(String(20))
    city: Mapped[str | None] = mapped_column(String(80), index=True)
    region: Mapped[str | None] = mapped_column(String(80))
    country: Mapped[str | None] = mapped_column(String(2))
    party: Mapped[Party] = relationship(back_populates="addresses", lazy="raise")

    def __str__(self) -> str:
        place = " ".join(part for part in (self.postcode, self.city) if part)
        return ", ".join(part for part in (self.name, self.street, place, self.country) if part)


class Contact(Row, Base):
    """A way to reach a party: a mail address, a telephone, a chat name."""

    __tablename__ = "base_contact"
    __part_of__ = "party_id"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('mail', 'phone', 'mobile', 'fax', 'web', 'chat', 'other')",
            name="kind_known",
            info={"sentence": _("This kind of contact is unknown.")},
        ),
        Index("ix_base_contact_value_kind", "value", "kind"),
    )

    party_id: Mapped[int] = link_to("base_party.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    kind: Mapped[str] = mapped_column(String(8), default="mail")
    value: Mapped[str] = mapped_column(String(200))
    #: Where it was learned, and whether the person agreed to be written to.
    source: Mapped[str | None] = mapped_column(String(60))
    consent: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str | None] = mapped_column(String(120))
    party: Mapped[Party] = relationship(back_populates="contacts", lazy="raise")

    def __str__(self) -> str:
        return self.value


class BankAccount(Row, Base):
    """Where a party's money goes; seen only by those who need it."""

    __tablename__ = "base_bank_account"
    __part_of__ = "party_id"

    party_id: Mapped[int] = link_to("base_party.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(default=0)
    holder: Mapped[str | None] = mapped_column(String(120))
    bank: Mapped[str | None] = mapped_column(String(120))
    number: Mapped[str] = mapped_column(
        String(60), info={"needs": "base.bank.read", "classification": "confidential"}
    )
    bic: Mapped[str | None] = mapped_column(String(11))
    currency: Mapped[str | None] = link_to("base_currency.code", type_=String(3), index=False)
    party: Mapped[Party] = relationship(back_populates="bank_accounts", lazy="raise")

    @property
    def problem(self) -> object | None:
        """What is wrong with the number, if anything."""
        return iban_problem(self.number)

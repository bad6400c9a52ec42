"""The language of business: what departments tell each other. Plain values, past tense.

Quantities are in the product's own unit. Amounts are in the event's currency, without tax unless
a field says otherwise; ``amount`` is signed from the document's point of view (a credit is negative).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from dougong.events import DocumentRef, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleLine:
    """One line of a sale: what, how much, at which price."""

    line_id: int
    product_id: int
    quantity: Decimal
    price: Decimal
    discount: Decimal
    tax_ids: tuple[int, ...]
    amount: Decimal
    description: str = ""
    #: goods are delivered and counted, services only billed.
    kind: str = "goods"


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesOrderConfirmed(Event):
    """A customer's order binds both sides: reserve and deliver it."""

    source: DocumentRef
    number: str
    company_id: int
    customer_id: int
    address_id: int | None
    warehouse_id: int | None
    on: dt.date
    promised_on: dt.date | None
    currency: str
    lines: tuple[SaleLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesOrderCancelled(Event):
    """What is not yet delivered will not be: let go of reservations and open deliveries."""

    source: DocumentRef
    number: str
    company_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesOrderChanged(Event):
    """A confirmed order's quantities or date are others now: bring open deliveries into line.

    ``lines`` are all lines the order still has, in their new quantities; a line that is missing
    was given up. What has left the house already counts towards them.
    """

    source: DocumentRef
    number: str
    company_id: int
    on: dt.date
    promised_on: dt.date | None
    lines: tuple[SaleLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleReturned(Event):
    """A customer sends goods back: expect them, and credit them once they are here."""

    source: DocumentRef
    number: str
    company_id: int
    customer_id: int
    on: dt.date
    currency: str
    lines: tuple[SaleLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedLine:
    """Goods that moved for a line of a source document."""

    source_line_id: int | None
    product_id: int
    quantity: Decimal
    #: What they cost, in the company's currency.
    cost: Decimal
    lot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsShipped(Event):
    """Goods have left the house. ``source`` is what asked for them, if anything did."""

    delivery: DocumentRef
    number: str
    source: DocumentRef | None
    company_id: int
    party_id: int | None
    on: dt.date
    lines: tuple[MovedLine, ...]
    #: Whether nothing of the source is left to ship.
    complete: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsReceived(Event):
    """Goods have come in: from a supplier, or back from a customer (``returned``)."""

    receipt: DocumentRef
    number: str
    source: DocumentRef | None
    company_id: int
    party_id: int | None
    on: dt.date
    lines: tuple[MovedLine, ...]
    returned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuedLine:
    """A change of the value of stock: positive came in, negative went out."""

    product_id: int
    category_id: int | None
    quantity: Decimal
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class StockValued(Event):
    """The value of stock has changed; the ledger follows.

    ``reason``: shipment, return, receipt, supplier_return, opening, adjustment, production, scrap,
    revaluation.
    """

    source: DocumentRef
    number: str
    company_id: int
    on: dt.date
    reason: str
    party_id: int | None
    lines: tuple[ValuedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleBillable(Event):
    """The customer owes for this (or, with negative quantities, is to be credited): draft the invoice."""

    source: DocumentRef
    number: str
    company_id: int
    customer_id: int
    on: dt.date
    currency: str
    payment_term_id: int | None
    reference: str
    lines: tuple[SaleLine, ...]
    #: What the goods left with, if anything; linked to the invoice too.
    delivery: DocumentRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BilledLine:
    """A quantity that an invoice asks money for."""

    source_line_id: int | None
    product_id: int | None
    quantity: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceDrafted(Event):
    """A draft stands for these lines; nobody needs to bill them again."""

    invoice: DocumentRef
    source: DocumentRef | None
    company_id: int
    lines: tuple[BilledLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePosted(Event):
    """An invoice or credit note is in the books. ``total`` includes tax."""

    invoice: DocumentRef
    number: str
    kind: str
    source: DocumentRef | None
    company_id: int
    party_id: int
    on: dt.date
    due_on: dt.date
    currency: str
    untaxed: Decimal
    total: Decimal
    lines: tuple[BilledLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceCancelled(Event):
    """A draft was given up or a posted invoice reversed: its lines are open again."""

    invoice: DocumentRef
    source: DocumentRef | None
    company_id: int
    lines: tuple[BilledLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePaid(Event):
    """Nothing of the invoice is open any more."""

    invoice: DocumentRef
    source: DocumentRef | None
    company_id: int
    party_id: int
    on: dt.date
    total: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentReceived(Event):
    """Money has come in."""

    payment: DocumentRef
    number: str
    company_id: int
    party_id: int
    on: dt.date
    currency: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentMade(Event):
    """Money has gone out."""

    payment: DocumentRef
    number: str
    company_id: int
    party_id: int
    on: dt.date
    currency: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductionFinished(Event):
    """Goods were made; ``source`` is the production order."""

    source: DocumentRef
    number: str
    company_id: int
    on: dt.date
    product_id: int
    quantity: Decimal
    cost: Decimal

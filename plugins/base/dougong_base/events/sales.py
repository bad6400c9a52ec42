"""Sales, as other departments hear of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from dougong.events import DocumentRef, Event
from dougong.i18n import _


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

    label = _("Sales order confirmed")

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

    label = _("Sales order cancelled")

    source: DocumentRef
    number: str
    company_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesOrderChanged(Event):
    """A confirmed order's quantities or date are others now: bring open deliveries into line.

    ``lines`` are all lines the order still has, in their new quantities; a line that is missing
    was given up. What has left the house already counts towards them.
    """

    label = _("Sales order changed")

    source: DocumentRef
    number: str
    company_id: int
    on: dt.date
    promised_on: dt.date | None
    lines: tuple[SaleLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleReturned(Event):
    """A customer sends goods back: expect them, and credit them once they are here."""

    label = _("Customer returns goods")

    source: DocumentRef
    number: str
    company_id: int
    customer_id: int
    on: dt.date
    currency: str
    lines: tuple[SaleLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleBillable(Event):
    """The customer owes for this (or, with negative quantities, is to be credited): draft the invoice.

    Told twice it is billed once: the same source, delivery, lines and quantities; without a delivery
    the day counts, too. So one source may be billed month after month. ``line_id`` is the id of the
    source's own line, and tells whoever asked which of them stand on an invoice.
    """

    label = _("Sale to be billed")

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

"""Invoices and payments."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from dougong.events import DocumentRef, Event
from dougong.i18n import _


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

    label = _("Invoice drafted")

    invoice: DocumentRef
    source: DocumentRef | None
    company_id: int
    lines: tuple[BilledLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePosted(Event):
    """An invoice or credit note is in the books. ``total`` includes tax."""

    label = _("Invoice posted")

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

    label = _("Invoice cancelled")

    invoice: DocumentRef
    source: DocumentRef | None
    company_id: int
    lines: tuple[BilledLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoicePaid(Event):
    """Nothing of the invoice is open any more."""

    label = _("Invoice paid")

    invoice: DocumentRef
    source: DocumentRef | None
    company_id: int
    party_id: int
    on: dt.date
    total: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentReceived(Event):
    """Money has come in."""

    label = _("Payment received")

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

    label = _("Payment made")

    payment: DocumentRef
    number: str
    company_id: int
    party_id: int
    on: dt.date
    currency: str
    amount: Decimal

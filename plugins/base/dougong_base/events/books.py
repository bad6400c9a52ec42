"""What departments tell the books beside invoices and the value of stock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from dougong.events import DocumentRef, Event
from dougong.i18n import _


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine:
    """An amount for the account that serves a purpose: positive is a debit, negative a credit.

    With a party, a line on a receivable or payable account becomes an open item, due ``due_on``.
    """

    #: One of finance's purposes: ``wages``, ``wages_payable``, ``freight_out``, ``production`` …
    purpose: str
    amount: Decimal
    party_id: int | None = None
    product_id: int | None = None
    category_id: int | None = None
    due_on: dt.date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostsArose(Event):
    """Wages, freight, labour or overhead have arisen: book them. The lines sum to zero.

    ``key`` tells several bookings of one source apart; the same source and key are booked once.
    ``settles`` names documents whose open items this pays: on one account and with one party,
    debits and credits cancel out as far as they go, those named first before the others.
    """

    label = _("Costs arose")

    source: DocumentRef
    number: str
    company_id: int
    on: dt.date
    key: str
    text: str
    lines: tuple[CostLine, ...]
    settles: tuple[DocumentRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """What one customer paid on the spot, tax included; negative where money was given back."""

    #: The document that it pays: the source of a `SaleBillable`.
    pays: DocumentRef
    #: Of the receipt; it stands on the line in the books.
    number: str
    party_id: int
    #: In the company's currency.
    amount: Decimal
    #: ``cash`` lies in the drawer, ``card`` is on its way from whoever settles cards, ``bank`` is
    #: on the account already.
    means: str = "cash"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingsCounted(Event):
    """A drawer was counted: book the money that was taken, and what is missing or too much.

    A source is booked once, however often it is told. The invoices that were drafted for what was
    paid are paid with it: at once where they are posted, else when they will be.
    """

    label = _("Takings counted")

    source: DocumentRef
    number: str
    company_id: int
    on: dt.date
    takings: tuple[Taking, ...]
    #: Cash that was counted less what there should be: negative is missing.
    difference: Decimal = Decimal(0)

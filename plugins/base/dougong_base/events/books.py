"""What departments tell the books beside invoices and the value of stock."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from dougong.events import DocumentRef, Event


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

    source: DocumentRef
    number: str
    company_id: int
    on: dt.date
    key: str
    text: str
    lines: tuple[CostLine, ...]
    settles: tuple[DocumentRef, ...] = ()

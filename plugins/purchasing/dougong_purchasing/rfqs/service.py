"""Asking suppliers, and noting what they answer."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from decimal import Decimal

from dougong import Refused, UnitOfWork, _
from dougong.companies.currency import currency_of
from dougong_base import Party
from dougong_purchasing.rfqs.models import Quote, QuoteLine, Rfq
from dougong_purchasing.scores.service import refuse_blocked


class TooLate(Refused):
    """The day for answers has passed, or somebody was chosen."""

    def __init__(self) -> None:
        super().__init__(_("This request is closed; no more offers are taken."))


def send_rfqs(uow: UnitOfWork, ids: Sequence[int]) -> list[Rfq]:
    """Ask the suppliers: each gets an answer of his own to fill in."""
    uow.require("purchasing.rfq.send")
    rfqs = uow.load(Rfq, ids, Rfq.lines, Rfq.suppliers)
    wanted = sorted({asked.supplier_id for rfq in rfqs for asked in rfq.suppliers})
    refuse_blocked(uow, wanted)
    parties = {party.id: party for party in uow.load(Party, wanted)}
    for rfq in rfqs:
        rfq.send(uow.today)
        if rfq.number is None:
            uow.number(rfq, "purchase-rfq")
        for asked in rfq.suppliers:
            supplier = parties[asked.supplier_id]
            quote = Quote(
                company_id=rfq.company_id,
                rfq_id=rfq.id,
                supplier_id=supplier.id,
                currency=supplier.currency or currency_of(uow, rfq.company_id),
                key=secrets.token_urlsafe(24),
                expected_on=rfq.needed_on,
                lines=[
                    QuoteLine(rfq_line_id=x.id, product_id=x.product_id, quantity=x.quantity)
                    for x in rfq.lines
                ],
            )
            uow.add(quote)
            uow.link(rfq, quote, "quote")
    return rfqs


def note_answers(uow: UnitOfWork, ids: Sequence[int]) -> list[Quote]:
    """What suppliers answered by telephone or letter was entered."""
    uow.require("purchasing.quote.write")
    quotes = uow.load(Quote, ids, Quote.lines)
    for quote in quotes:
        quote.answer(uow.today)
    return quotes


def take_answer(
    uow: UnitOfWork,
    quote: Quote,
    prices: Mapping[int, Decimal | None],
    *,
    expected_on: dt.date | None,
    valid_until: dt.date | None,
    reference: str,
    note: str,
) -> Quote:
    """The supplier has filled in the page behind his link."""
    if quote.rfq.state != "sent" or quote.rfq.answer_by < uow.today or quote.state == "declined":
        raise TooLate
    for line in quote.lines:
        if line.id in prices:
            line.price = prices[line.id]
    quote.expected_on, quote.valid_until = expected_on, valid_until
    quote.reference, quote.note = reference[:60] or None, note[:2000] or None
    quote.answer(uow.today)
    uow.touch(quote)
    return quote

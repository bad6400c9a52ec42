"""Asking suppliers, and noting what they answer."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from sqlalchemy import select

from dougong import Refused, UnitOfWork, _, ref
from dougong.companies.currency import currency_of
from dougong.mail import NoMail, mail_is_set
from dougong_base import Party
from dougong_purchasing.events import OfferAsked
from dougong_purchasing.rfqs.models import Quote, QuoteLine, Rfq
from dougong_purchasing.scores.service import refuse_blocked, warned


class TooLate(Refused):
    """The day for answers has passed, or somebody was chosen."""

    def __init__(self) -> None:
        super().__init__(_("This request is closed; no more offers are taken."))


@dataclass(frozen=True)
class Answer:
    """What a supplier has filled in; prices and days are by line of his offer."""

    prices: Mapping[int, Decimal | None] = field(default_factory=dict)
    lead_days: Mapping[int, int | None] = field(default_factory=dict)
    expected_on: dt.date | None = None
    valid_until: dt.date | None = None
    reference: str = ""
    note: str = ""


def send_rfqs(uow: UnitOfWork, ids: Sequence[int]) -> list[Rfq]:
    """Ask the suppliers: each gets an answer of his own to fill in, and a letter with the link."""
    uow.require("purchasing.rfq.send")
    rfqs = uow.load(Rfq, ids, Rfq.lines, Rfq.suppliers)
    wanted = sorted({asked.supplier_id for rfq in rfqs for asked in rfq.suppliers})
    parties = {party.id: party for party in uow.load(Party, wanted)}
    for party in parties.values():
        if not party.active or not party.is_supplier:
            raise Refused(_("%(party)s is not a supplier of ours (any more).", party=party))
    refuse_blocked(uow, wanted)
    doubtful = warned(uow, wanted)
    for rfq in rfqs:
        rfq.send(uow.today)
        for asked in rfq.suppliers:
            score = doubtful.get(asked.supplier_id)
            asked.warned_grade = score.grade if score else None
        if rfq.number is None:
            uow.number(rfq, "purchase-rfq")
        quotes = [_quote(uow, rfq, parties[asked.supplier_id]) for asked in rfq.suppliers]
        for quote in quotes:
            uow.add(quote)
            uow.link(rfq, quote, "quote")
        if mail_is_set(uow):
            uow.publish(OfferAsked(quote=ref(q), company_id=q.company_id) for q in quotes)
    return rfqs


def remind_suppliers(uow: UnitOfWork, ids: Sequence[int]) -> list[Rfq]:
    """Write once more to those who have not answered."""
    uow.require("purchasing.rfq.send")
    rfqs = uow.load(Rfq, ids)
    if not mail_is_set(uow):
        raise NoMail
    for rfq in rfqs:
        rfq.remind(uow.today)
    waiting = _waiting(uow, [rfq.id for rfq in rfqs])
    if not waiting:
        raise Refused(_("Everybody has answered; there is nobody to write to."))
    uow.publish(
        OfferAsked(quote=ref(quote), company_id=quote.company_id, reminder=True)
        for quote in waiting
    )
    return rfqs


def note_answers(uow: UnitOfWork, ids: Sequence[int]) -> list[Quote]:
    """What suppliers answered by telephone or letter was entered."""
    uow.require("purchasing.quote.write")
    quotes = uow.load(Quote, ids, Quote.lines)
    for quote in quotes:
        quote.answer(uow.today)
    return quotes


def decline_quotes(uow: UnitOfWork, ids: Sequence[int]) -> list[Quote]:
    """These suppliers do not offer."""
    uow.require("purchasing.quote.write")
    quotes = uow.load(Quote, ids)
    for quote in quotes:
        quote.decline()
    return quotes


def take_answer(uow: UnitOfWork, quote: Quote, answer: Answer) -> Quote:
    """The supplier has filled in the page behind his link."""
    _refuse_late(uow, quote)
    for line in quote.lines:
        line.price = answer.prices.get(line.id, line.price)
        line.lead_days = answer.lead_days.get(line.id, line.lead_days)
    quote.expected_on, quote.valid_until = answer.expected_on, answer.valid_until
    quote.reference, quote.note = answer.reference[:60] or None, answer.note[:2000] or None
    quote.answer(uow.today)
    uow.touch(quote)
    return quote


def take_refusal(uow: UnitOfWork, quote: Quote) -> Quote:
    """The supplier says behind his link that he does not offer."""
    _refuse_late(uow, quote)
    quote.decline()
    return quote


def _refuse_late(uow: UnitOfWork, quote: Quote) -> None:
    if quote.rfq.state != "sent" or quote.rfq.answer_by < uow.today or quote.state == "declined":
        raise TooLate


def _quote(uow: UnitOfWork, rfq: Rfq, supplier: Party) -> Quote:
    return Quote(
        company_id=rfq.company_id,
        rfq_id=rfq.id,
        supplier_id=supplier.id,
        currency=supplier.currency or currency_of(uow, rfq.company_id),
        payment_term_id=supplier.supplier_term_id,
        key=secrets.token_urlsafe(24),
        expected_on=rfq.needed_on,
        lines=[
            QuoteLine(rfq_line_id=x.id, product_id=x.product_id, quantity=x.quantity)
            for x in rfq.lines
        ],
    )


def _waiting(uow: UnitOfWork, rfq_ids: Sequence[int]) -> Sequence[Quote]:
    return uow.session.scalars(
        select(Quote).where(Quote.rfq_id.in_(rfq_ids), Quote.state == "asked").order_by(Quote.id)
    ).all()

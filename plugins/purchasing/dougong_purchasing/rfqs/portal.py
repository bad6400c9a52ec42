"""The page on which a supplier answers, behind a signed link; it shows his request and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from hmac import compare_digest
from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from dougong import Actor, DougongError, NotFound, Refused, UnitOfWork, _
from dougong.mail import unsign
from dougong.web.calls import the_house
from dougong.web.rights import public
from dougong_purchasing.rfqs.letters import PURPOSE, path_of
from dougong_purchasing.rfqs.models import Quote, QuoteLine, Rfq
from dougong_purchasing.rfqs.service import Answer, take_answer, take_refusal

pages = Blueprint("purchasing", __name__)
MOST = Decimal(10) ** 9
DAYS = 3650


def link_tab(
    noun: Any, session: Session, quote: Quote, actor: Actor
) -> tuple[str, Mapping[str, Any]]:
    """The link to send to the supplier."""
    link = request.host_url.rstrip("/") + path_of(session, quote)
    return "purchasing/link.html", {"link": link, "mailed_on": quote.mailed_on}


@pages.get("/offer/<token>")
@public
def offer(token: str) -> ResponseReturnValue:
    """What we ask this supplier for."""
    return _page(the_house().run(Actor.system(), lambda uow: _facts(uow, token)), token)


@pages.post("/offer/<token>")
@public
def answer(token: str) -> ResponseReturnValue:
    """What the supplier offers."""
    facts: Mapping[str, Any] | None
    try:
        facts = the_house().run(Actor.system(), lambda uow: _save(uow, token))
    except DougongError as refusal:
        before = the_house().run(Actor.system(), lambda uow: _facts(uow, token))
        return _page(before, token, wrong=str(refusal), said=request.form), refusal.status
    return _page(facts, token, done=True)


def _page(
    facts: Mapping[str, Any] | None,
    token: str,
    *,
    wrong: str = "",
    done: bool = False,
    said: Mapping[str, str] | None = None,
) -> str:
    if facts is None:
        abort(404)
    return render_template(
        "purchasing/offer.html", token=token, wrong=wrong, done=done, said=said or {}, **facts
    )


def _find(uow: UnitOfWork, token: str) -> Quote | None:
    """The answer of this link, while it is open; a link that we did not sign leads nowhere."""
    match unsign(uow, PURPOSE, token):
        case [int(key), str(secret)]:
            pass
        case _:
            return None
    try:
        quote = uow.get(Quote, key, Quote.lines, Quote.rfq, Quote.supplier)
    except NotFound:
        return None
    open_still = quote.rfq.state == "sent" and quote.rfq.answer_by >= uow.today
    return quote if compare_digest(quote.key, secret) and open_still else None


def _facts(uow: UnitOfWork, token: str) -> Mapping[str, Any] | None:
    quote = _find(uow, token)
    return None if quote is None else _told(uow, quote)


def _told(uow: UnitOfWork, quote: Quote) -> Mapping[str, Any]:
    rfq: Rfq = quote.rfq
    uow.load(QuoteLine, [line.id for line in quote.lines], QuoteLine.product)
    return {
        "number": rfq.number,
        "supplier": quote.supplier.name,
        "answer_by": rfq.answer_by,
        "currency": quote.currency,
        "declined": quote.state == "declined",
        "quote": {
            "expected_on": quote.expected_on,
            "valid_until": quote.valid_until,
            "reference": quote.reference or "",
            "note": quote.note or "",
        },
        "lines": [
            {
                "id": line.id,
                "product": line.product.name,
                "quantity": line.quantity,
                "price": "" if line.price is None else f"{line.price.normalize():f}",
                "lead_days": "" if line.lead_days is None else line.lead_days,
            }
            for line in quote.lines
        ],
    }


def _save(uow: UnitOfWork, token: str) -> Mapping[str, Any] | None:
    quote = _find(uow, token)
    if quote is None:
        return None
    said = request.form
    if said.get("do") == "decline":
        return _told(uow, take_refusal(uow, quote))
    take_answer(
        uow,
        quote,
        Answer(
            prices={line.id: _price(said.get(f"price-{line.id}", "")) for line in quote.lines},
            lead_days={line.id: _days(said.get(f"days-{line.id}", "")) for line in quote.lines},
            expected_on=_day(said.get("expected_on", "")),
            valid_until=_day(said.get("valid_until", "")),
            reference=said.get("reference", ""),
            note=said.get("note", ""),
        ),
    )
    return _told(uow, quote)


def _price(text: str) -> Decimal | None:
    if not text.strip():
        return None
    try:
        price = Decimal(text.strip())
    except InvalidOperation:
        price = Decimal("NaN")
    if not price.is_finite() or not -MOST < price < MOST:
        raise Refused(_("“%(text)s” is not a price.", text=text[:20]))
    return price


def _days(text: str) -> int | None:
    if not text.strip():
        return None
    if not (text.strip().isascii() and text.strip().isdecimal() and int(text[:9]) <= DAYS):
        raise Refused(_("“%(text)s” is not a number of days.", text=text[:20]))
    return int(text)


def _day(text: str) -> dt.date | None:
    if not text.strip():
        return None
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise Refused(_("“%(text)s” is not a date.", text=text[:20])) from None

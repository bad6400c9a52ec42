"""The page on which a supplier answers, behind a signed link; it shows his request and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from flask import Blueprint, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session

from dougong import Actor, DougongError, NotFound, Refused, UnitOfWork, _
from dougong.web.calls import the_house
from dougong.web.rights import public
from dougong_purchasing.rfqs.models import Quote, QuoteLine, Rfq
from dougong_purchasing.rfqs.service import take_answer

pages = Blueprint("purchasing", __name__)
MOST = Decimal(10) ** 9


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="purchasing.offer")


def link_tab(
    noun: Any, session: Session, quote: Quote, actor: Actor
) -> tuple[str, Mapping[str, Any]]:
    """The link to send to the supplier."""
    token = _signer().dumps([quote.id, quote.key])
    return "purchasing/link.html", {"link": f"{request.host_url}purchasing/offer/{token}"}


@pages.get("/offer/<token>")
@public
def offer(token: str) -> ResponseReturnValue:
    """What we ask this supplier for."""
    key, secret = _read(token)
    return _page(the_house().run(Actor.system(), lambda uow: _facts(uow, key, secret)), token)


@pages.post("/offer/<token>")
@public
def answer(token: str) -> ResponseReturnValue:
    """What the supplier offers."""
    key, secret = _read(token)
    facts: Mapping[str, Any] | None
    try:
        facts = the_house().run(Actor.system(), lambda uow: _save(uow, key, secret))
    except DougongError as refusal:
        before = the_house().run(Actor.system(), lambda uow: _facts(uow, key, secret))
        return _page(before, token, wrong=str(refusal)), refusal.status
    return _page(facts, token, done=True)


def _page(
    facts: Mapping[str, Any] | None, token: str, *, wrong: str = "", done: bool = False
) -> str:
    if facts is None:
        abort(404)
    return render_template("purchasing/offer.html", token=token, wrong=wrong, done=done, **facts)


def _read(token: str) -> tuple[int, str]:
    """The answer's number and secret; a link that we did not sign leads nowhere."""
    try:
        key, secret = _signer().loads(token)
    except (BadSignature, ValueError, TypeError):
        abort(404)
    return int(key), str(secret)


def _find(uow: UnitOfWork, key: int, secret: str) -> Quote | None:
    """The answer of this link, while it is open."""
    try:
        quote = uow.get(Quote, key, Quote.lines, Quote.rfq, Quote.supplier)
    except NotFound:
        return None
    open_still = quote.rfq.state == "sent" and quote.rfq.answer_by >= uow.today
    return quote if quote.key == secret and open_still else None


def _facts(uow: UnitOfWork, key: int, secret: str) -> Mapping[str, Any] | None:
    quote = _find(uow, key, secret)
    if quote is None:
        return None
    return _told(uow, quote)


def _told(uow: UnitOfWork, quote: Quote) -> Mapping[str, Any]:
    rfq: Rfq = quote.rfq
    uow.load(QuoteLine, [line.id for line in quote.lines], QuoteLine.product)
    return {
        "number": rfq.number,
        "supplier": quote.supplier.name,
        "answer_by": rfq.answer_by,
        "currency": quote.currency,
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
                "quantity": f"{line.quantity.normalize():f}",
                "price": "" if line.price is None else f"{line.price.normalize():f}",
            }
            for line in quote.lines
        ],
    }


def _save(uow: UnitOfWork, key: int, secret: str) -> Mapping[str, Any] | None:
    quote = _find(uow, key, secret)
    if quote is None:
        return None
    said = request.form
    take_answer(
        uow,
        quote,
        {line.id: _price(said.get(f"price-{line.id}", "")) for line in quote.lines},
        expected_on=_day(said.get("expected_on", "")),
        valid_until=_day(said.get("valid_until", "")),
        reference=said.get("reference", ""),
        note=said.get("note", ""),
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


def _day(text: str) -> dt.date | None:
    if not text.strip():
        return None
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        raise Refused(_("“%(text)s” is not a date.", text=text[:20])) from None

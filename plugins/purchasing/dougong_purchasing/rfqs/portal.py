"""The page on which a supplier answers, behind a signed link; it shows his request and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from hmac import compare_digest
from http import HTTPStatus
from typing import Any, NamedTuple

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import Actor, DougongError, NotFound, Refused, UnitOfWork, _
from dougong.companies.models import Company
from dougong.unit_of_work.session import SCOPED
from dougong.web.calls import the_house
from dougong.web.outside import count_answer, follow
from dougong.web.rights import public
from dougong_base import Unit
from dougong_purchasing.rfqs.letters import PURPOSE, path_of
from dougong_purchasing.rfqs.models import Quote, QuoteLine, Rfq
from dougong_purchasing.rfqs.service import Answer, TooLate, take_answer, take_refusal

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
    return _shown(_whose(token), token)


@pages.post("/offer/<token>")
@public
def answer(token: str) -> ResponseReturnValue:
    """What the supplier offers."""
    found = _whose(token)
    count_answer(found.actor, f"offer {found.quote}")
    try:
        facts = the_house().run(found.actor, lambda uow: _save(uow, found))
    except TooLate:
        page, status = _shown(found, token)
        return page, HTTPStatus.CONFLICT if status == HTTPStatus.OK else status
    except DougongError as refusal:
        with the_house().look(found.actor) as uow:
            before = _told(uow, _find(uow, found))
        return _page(before, token, wrong=str(refusal), said=request.form)[0], refusal.status
    return _page(facts, token, done=True)


def _shown(link: Link, token: str) -> tuple[str, int]:
    with the_house().look(link.actor) as uow:
        quote = _find(uow, link)
        return _page(_told(uow, quote), token, closed=_is_closed(uow, quote))


def _page(
    facts: Mapping[str, Any],
    token: str,
    *,
    wrong: str = "",
    done: bool = False,
    closed: bool = False,
    said: Mapping[str, str] | None = None,
) -> tuple[str, int]:
    page = render_template(
        "purchasing/offer.html",
        token=token, house=facts["company"], wrong=wrong, done=done, closed=closed, said=said or {}, **facts,
    )  # fmt: skip
    return page, HTTPStatus.GONE if closed else HTTPStatus.OK


class Link(NamedTuple):
    """Where a link leads: to one answer, in the company that asked for it."""

    quote: int
    secret: str
    actor: Actor


def _whose(token: str) -> Link:
    """The answer of this link; 404 for one that we did not sign, and a wait for who tries many."""
    return follow(PURPOSE, token, _link)


def _link(uow: UnitOfWork, said: Any) -> Link | None:
    match said:
        case [int(key), str(secret)]:
            # Which company asked is not known yet; the secret is compared in it.
            column = select(Quote.company_id).where(Quote.id == key)
            company = uow.session.scalar(column, execution_options={SCOPED: True})
            if company is not None:
                return Link(key, secret, Actor.system(company, name="supplier"))
    return None


def _find(uow: UnitOfWork, link: Link) -> Quote:
    try:
        quote = uow.get(Quote, link.quote, Quote.lines, Quote.rfq, Quote.supplier)
    except NotFound:
        abort(404)
    if not compare_digest(quote.key, link.secret):
        abort(404)
    return quote


def _is_closed(uow: UnitOfWork, quote: Quote) -> bool:
    return quote.rfq.state != "sent" or quote.rfq.answer_by < uow.today


def _told(uow: UnitOfWork, quote: Quote) -> Mapping[str, Any]:
    rfq: Rfq = quote.rfq
    uow.load(QuoteLine, [line.id for line in quote.lines], QuoteLine.product)
    units = {unit.id: unit.name for unit in uow.session.scalars(select(Unit))}
    company = select(Company.name).where(Company.id == quote.company_id)
    return {
        "company": uow.session.scalar(company),
        "needed_on": rfq.needed_on,
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
                "unit": units.get(line.product.unit_id, ""),
                "price": "" if line.price is None else f"{line.price.normalize():f}",
                "lead_days": "" if line.lead_days is None else line.lead_days,
            }
            for line in quote.lines
        ],
    }


def _save(uow: UnitOfWork, link: Link) -> Mapping[str, Any]:
    quote = _find(uow, link)
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

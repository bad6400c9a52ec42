"""What is done with quotes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import select

from dougong import UnitOfWork
from dougong_crm.opportunities.models import Opportunity
from dougong_crm.orders.models import Order, OrderLine
from dougong_crm.quotes.models import Quote, QuoteLine
from dougong_crm.selling.columns import PricedLine

L = TypeVar("L", bound=PricedLine)

#: What an order or a new revision takes over from a quote, and from each of its lines.
TAKEN = (
    "company_id", "customer_id", "currency", "payment_term_id", "salesperson_id", "reference",
    "discount", "untaxed", "tax_total", "total", "margin", "note",
)  # fmt: skip
LINE_TAKEN = (
    "position", "product_id", "description", "kind", "quantity", "own_quantity", "unit_id",
    "price", "discount", "tax_id", "amount", "cost",
)  # fmt: skip


def send_quotes(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> list[Quote]:
    """The offers stand from now on; they get their numbers."""
    uow.require("crm.quote.send")
    quotes = uow.load(Quote, ids, Quote.lines)
    day, days = on or uow.today, int(uow.setting("crm.quote_days"))
    for quote in quotes:
        quote.send(day, days)
        if quote.number is None:
            uow.number(quote, "sales-quote", on=day)
    return quotes


def accept_quotes(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> list[Order]:
    """Draft an order of each quote; its opportunity is won."""
    uow.require("crm.order.create")
    quotes = uow.load(Quote, ids, Quote.lines, Quote.opportunity)
    day, orders = on or uow.today, []
    for quote in quotes:
        quote.accept(day)
        if quote.number is None:
            uow.number(quote, "sales-quote", on=day)
        order = Order(
            **_taken(quote, TAKEN),
            quote_id=quote.id,
            ordered_on=day,
            lines=_lines(quote, OrderLine),
        )
        order.refresh()
        uow.add(order)
        uow.link(quote, order, "order")
        _win(quote.opportunity, day)
        orders.append(order)
    return orders


def reject_quotes(uow: UnitOfWork, ids: Sequence[int], reason: str | None = None) -> list[Quote]:
    """Customers said no."""
    uow.require("crm.quote.send")
    quotes = uow.load(Quote, ids)
    for quote in quotes:
        quote.reject(reason)
    return quotes


def revise_quotes(uow: UnitOfWork, ids: Sequence[int]) -> list[Quote]:
    """A new draft under the same number stands in place of each quote."""
    uow.require("crm.quote.create")
    drafts = []
    for quote in uow.load(Quote, ids, Quote.lines):
        quote.replace()
        draft = Quote(
            **_taken(quote, TAKEN),
            number=quote.number,
            revision=quote.revision + 1,
            quoted_on=uow.today,
            opportunity_id=quote.opportunity_id,
            lines=_lines(quote, QuoteLine),
        )
        uow.add(draft)
        uow.link(quote, draft, "revision")
        drafts.append(draft)
    return drafts


def expire_quotes(uow: UnitOfWork) -> None:
    """Quotes whose time is over are no longer open; done every day."""
    ids = uow.session.scalars(
        select(Quote.id).where(Quote.state == "sent", Quote.valid_until < uow.today)
    ).all()
    for quote in uow.load(Quote, ids):
        quote.expire()


def _win(opportunity: Opportunity | None, on: dt.date) -> None:
    if opportunity is not None and opportunity.state == "open":
        opportunity.win(on)


def _taken(source: Any, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(source, name) for name in names}


def _lines(quote: Quote, model: type[L]) -> list[L]:
    return [model(**_taken(line, LINE_TAKEN)) for line in quote.lines]

"""Offers side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import _, rounded_to
from dougong.actors import Actor
from dougong.companies.models import Company
from dougong.reports import Column, Line, Parameter, Report
from dougong_base import Party, Product, rates_on
from dougong_purchasing.rfqs.models import Quote, QuoteLine, Rfq, RfqLine


class Offered(NamedTuple):
    """The offer of one supplier for one line."""

    quote_id: int
    line_id: int
    supplier_id: int
    supplier: str
    price: Decimal
    currency: str
    #: One unit, in the company's currency; offers are compared by it.
    own_price: Decimal
    expected_on: dt.date | None
    valid_until: dt.date | None
    valid: bool


def offers_of(session: Session, rfq_id: int, on: dt.date) -> dict[int, list[Offered]]:
    """The answers to a request by its lines, the cheapest valid one first."""
    rows = session.execute(
        select(Quote, QuoteLine, Party.name)
        .join(QuoteLine, QuoteLine.quote_id == Quote.id)
        .join(Party, Party.id == Quote.supplier_id)
        .where(Quote.rfq_id == rfq_id, Quote.state == "answered", QuoteLine.price.is_not(None))
        .order_by(Quote.id, QuoteLine.position)
    ).all()
    found: dict[int, list[Offered]] = {}
    if not rows:
        return found
    own = session.scalars(select(Company.currency).where(Company.id == rows[0][0].company_id)).one()
    rates = rates_on(session, [(quote.currency, on) for quote, _line, _name in rows], own)
    for quote, line, name in rows:
        if line.price is None:
            continue
        worth = rounded_to(line.price * rates[quote.currency, on])
        found.setdefault(line.rfq_line_id, []).append(
            Offered(
                quote.id, line.id, quote.supplier_id, name, line.price, quote.currency, worth,
                quote.expected_on, quote.valid_until, quote.holds(on),
            )
        )  # fmt: skip
    for several in found.values():
        several.sort(key=lambda o: (not o.valid, o.own_price, o.expected_on or dt.date.max))
    return found


def comparison(
    noun: Any, session: Session, rfq: Rfq, actor: Actor
) -> tuple[str, Mapping[str, Any]]:
    """A column a supplier, a row a line; the best of each row is marked."""
    offers = offers_of(session, rfq.id, actor.today)
    suppliers = sorted(
        {(o.supplier_id, o.supplier) for several in offers.values() for o in several}
    )
    rows = []
    for line, product in session.execute(_asked(rfq.id)):
        by_supplier = {o.supplier_id: o for o in offers.get(line.id, ())}
        best = next((o for o in offers.get(line.id, ()) if o.valid), None)
        rows.append((product, line.quantity, [by_supplier.get(id) for id, _n in suppliers], best))
    return "purchasing/comparison.html", {
        "suppliers": [name for _id, name in suppliers],
        "rows": rows,
    }


def ask_comparison(session: Session, actor: Actor, *, rfq: int | None) -> Iterable[Line]:
    """Each offer for each line, the best of a line first."""
    if rfq is None:
        return
    offers = offers_of(session, rfq, actor.today)
    for line, product in session.execute(_asked(rfq)):
        for place, offer in enumerate(offers.get(line.id, ()), 1):
            yield Line(
                {
                    "product": product,
                    "quantity": line.quantity,
                    "place": place,
                    "supplier": offer.supplier,
                    "price": offer.price,
                    "currency": offer.currency,
                    "own_price": offer.own_price,
                    "expected_on": offer.expected_on,
                    "valid_until": offer.valid_until,
                },
                drill=f"/purchasing/quotes/{offer.quote_id}",
            )


def lines_of(session: Session, document: Rfq | None) -> Sequence[tuple[int, str]]:
    """The lines nobody was awarded yet."""
    if document is None:
        return []
    rows = session.execute(_asked(document.id).where(RfqLine.order_line_id.is_(None)))
    return [(line.id, name) for line, name in rows]


def suppliers_of(session: Session, document: Rfq | None) -> Sequence[tuple[int, str]]:
    """The suppliers who have answered."""
    if document is None:
        return []
    rows = session.execute(
        select(Party.id, Party.name)
        .join(Quote, Quote.supplier_id == Party.id)
        .where(Quote.rfq_id == document.id, Quote.state == "answered")
        .order_by(Party.name)
    )
    return [(id, name) for id, name in rows]


def _asked(rfq_id: int) -> Any:
    return (
        select(RfqLine, Product.name)
        .join(Product, Product.id == RfqLine.product_id)
        .where(RfqLine.rfq_id == rfq_id)
        .order_by(RfqLine.position)
    )


COMPARISON = Report(
    "purchasing.comparison",
    _("Offers compared"),
    "purchasing.rfq.read",
    [
        Column("product", _("Product")),
        Column("quantity", _("Quantity"), "quantity"),
        Column("place", _("Place"), "number"),
        Column("supplier", _("Supplier")),
        Column("price", _("Price"), "quantity"),
        Column("currency", _("Currency")),
        Column("own_price", _("In our currency"), "quantity"),
        Column("expected_on", _("Delivery on"), "date"),
        Column("valid_until", _("Valid until"), "date"),
    ],
    ask_comparison,
    [Parameter("rfq", _("Request for quotation"), "link", to="purchasing.rfqs", required=True)],
    icon="scale",
    order=10,
)

"""Offers side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import ZERO, _, rounded_to
from dougong.actors import Actor
from dougong.companies.models import Company
from dougong.reports import Column, Line, Parameter, Report
from dougong_base import NoRate, Party, PaymentTerm, Product, rates_on
from dougong_purchasing.rfqs.models import Quote, QuoteLine, Rfq, RfqLine
from dougong_purchasing.scores.models import GRADE_COLOURS, Score
from dougong_purchasing.scores.queries import last_scores


class Offered(NamedTuple):
    """The offer of one supplier for one line."""

    quote_id: int
    line_id: int
    supplier_id: int
    supplier: str
    price: Decimal
    currency: str
    #: One unit, in the company's currency; None without a rate. Offers are compared by it.
    own_price: Decimal | None
    lead_days: int | None
    expected_on: dt.date | None
    valid_until: dt.date | None
    valid: bool
    payment_term_id: int | None
    payment_term: str | None
    reference: str | None

    def comes_on(self, ordered: dt.date) -> dt.date | None:
        """The day on which it is there when it is ordered on that day."""
        if self.lead_days is None:
            return self.expected_on
        return ordered + dt.timedelta(days=self.lead_days)


def offers_of(session: Session, rfq_id: int, on: dt.date) -> dict[int, list[Offered]]:
    """The answers to a request by its lines, the cheapest valid one first."""
    rows = session.execute(
        select(Quote, QuoteLine, Party.name, PaymentTerm.name)
        .join(QuoteLine, QuoteLine.quote_id == Quote.id)
        .join(Party, Party.id == Quote.supplier_id)
        .outerjoin(PaymentTerm, PaymentTerm.id == Quote.payment_term_id)
        .where(Quote.rfq_id == rfq_id, Quote.state == "answered", QuoteLine.price.is_not(None))
        .order_by(Quote.id, QuoteLine.position)
    ).all()
    found: dict[int, list[Offered]] = {}
    if not rows:
        return found
    rates = _rates(session, {row[0].currency for row in rows}, rows[0][0].company_id, on)
    for quote, line, name, term in rows:
        if line.price is None:
            continue
        rate = rates.get(quote.currency)
        found.setdefault(line.rfq_line_id, []).append(
            Offered(
                quote.id, line.id, quote.supplier_id, name, line.price, quote.currency,
                None if rate is None else rounded_to(line.price * rate), line.lead_days,
                quote.expected_on, quote.valid_until, quote.holds(on), quote.payment_term_id,
                term, quote.reference,
            )
        )  # fmt: skip
    for several in found.values():
        several.sort(key=lambda o: _liking(o, on))
    return found


def _liking(offer: Offered, on: dt.date) -> tuple[Any, ...]:
    """The smaller, the rather: valid, comparable, cheap, early."""
    return (
        not offer.valid,
        offer.own_price is None,
        offer.own_price or offer.price,
        offer.comes_on(on) or dt.date.max,
    )


def _rates(
    session: Session, currencies: Iterable[str], company_id: int, on: dt.date
) -> dict[str, Decimal]:
    """What these currencies are worth in the company's; those without a rate are missing."""
    own = session.scalars(select(Company.currency).where(Company.id == company_id)).one()
    found = {}
    for currency in currencies:
        try:
            found[currency] = rates_on(session, [(currency, on)], own)[currency, on]
        except NoRate:
            continue
    return found


class Bidder(NamedTuple):
    """A supplier who has answered, as the head of a column."""

    supplier_id: int
    name: str
    grade: str | None
    points: Decimal | None
    payment_term: str | None
    #: What all he offers comes to, in his currency and in ours.
    total: Decimal
    own_total: Decimal | None
    currency: str
    complete: bool


class Asked(NamedTuple):
    """A line that was asked for, as a row."""

    line_id: int
    product: str
    quantity: Decimal
    open: Decimal
    #: By column; None where a supplier does not offer it.
    offers: list[Offered | None]
    best: Offered | None


def comparison(
    noun: Any, session: Session, rfq: Rfq, actor: Actor
) -> tuple[str, Mapping[str, Any]]:
    """A column a supplier, a row a line; the best of each row is marked."""
    offers = offers_of(session, rfq.id, actor.today)
    suppliers = sorted(
        {o.supplier_id for several in offers.values() for o in several},
        key=lambda id: next(o.supplier for s in offers.values() for o in s if o.supplier_id == id),
    )
    rows = []
    for line, product in session.execute(_asked(rfq.id)):
        mine = offers.get(line.id, [])
        by_supplier = {o.supplier_id: o for o in mine}
        best = next((o for o in mine if o.valid), None)
        rows.append(
            Asked(
                line.id, product, line.quantity, line.open,
                [by_supplier.get(id) for id in suppliers], best,
            )
        )  # fmt: skip
    scores = last_scores(session, suppliers)
    return "purchasing/comparison.html", {
        "rfq": rfq,
        "bidders": [_bidder(id, n, rows, scores) for n, id in enumerate(suppliers)],
        "rows": rows,
        "on": actor.today,
        "may_award": rfq.state == "sent" and actor.may("purchasing.rfq.award"),
        "colours": GRADE_COLOURS,
    }


def _bidder(
    supplier_id: int, column: int, rows: Sequence[Asked], scores: Mapping[int, Score]
) -> Bidder:
    mine = [(row.quantity, offer) for row in rows if (offer := row.offers[column])]
    first, score = mine[0][1], scores.get(supplier_id)
    own = [None if o.own_price is None else q * o.own_price for q, o in mine]
    return Bidder(
        supplier_id,
        first.supplier,
        score.grade if score else None,
        score.total if score else None,
        first.payment_term,
        sum((q * o.price for q, o in mine), ZERO),
        None if None in own else sum((part for part in own if part is not None), ZERO),
        first.currency,
        len(mine) == len(rows),
    )


def ask_comparison(session: Session, actor: Actor, *, rfq: int | None) -> Iterable[Line]:
    """Each offer for each line, the best of a line first."""
    if rfq is None:
        return
    offers = offers_of(session, rfq, actor.today)
    scores = last_scores(session, {o.supplier_id for some in offers.values() for o in some})
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
                    "lead_days": offer.lead_days,
                    "term": offer.payment_term,
                    "grade": scores[offer.supplier_id].grade
                    if offer.supplier_id in scores
                    else None,
                    "expected_on": offer.expected_on,
                    "valid_until": offer.valid_until,
                },
                drill=f"/purchasing/quotes/{offer.quote_id}",
            )


def lines_of(session: Session, document: Rfq | None) -> Sequence[tuple[int, str]]:
    """The lines nobody was awarded yet."""
    if document is None:
        return []
    rows = session.execute(_asked(document.id).where(RfqLine.awarded < RfqLine.quantity))
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
        Column("lead_days", _("Lead time in days"), "number"),
        Column("expected_on", _("Delivery on"), "date"),
        Column("valid_until", _("Valid until"), "date"),
        Column("term", _("Payment term")),
        Column("grade", _("Grade")),
    ],
    ask_comparison,
    [Parameter("rfq", _("Request for quotation"), "link", to="purchasing.rfqs", required=True)],
    icon="scale",
    order=10,
)

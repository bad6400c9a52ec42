"""The quote as the customer gets it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dougong import _
from dougong.printing import Desk, Print, Sheet, Signatures, Words
from dougong_base import addressed, languages_of, receivers
from dougong_crm.quotes.models import Quote
from dougong_crm.selling.papers import closing, priced_parts


def lay_out_quotes(desk: Desk, quotes: Sequence[Quote]) -> Iterator[Sheet]:
    """What is offered, until when, and where to sign."""
    customers = receivers(desk.session, (quote.customer_id for quote in quotes))
    for quote in quotes:
        until = desk.fmt.date(quote.valid_until) if quote.valid_until else ""
        yield Sheet(
            title=f"{_('Quote')} {quote if quote.number else ''}".strip(),
            to=addressed(desk, customers.get(quote.customer_id)),
            facts=desk.facts(
                quote, ("quoted_on", _("Date")), "valid_until", ("reference", _("Your reference")),
                "payment_term", "salesperson",
            ),
            dated=quote.quoted_on,
            parts=[
                Words(_("We are glad to offer you:")),
                *priced_parts(desk, quote),
                *([Words(_("This quote is valid until %(day)s.", day=until))] if until else []),
                *closing(desk, quote),
                Signatures([_("Place and date"), _("Accepted by the customer")]),
            ],
        )  # fmt: skip


QUOTE_PRINTS = [
    Print(
        name="crm.quote", label=_("Quote"), resource="crm.quotes", layout=lay_out_quotes,
        language=languages_of("customer_id"), order=10,
    )
]  # fmt: skip

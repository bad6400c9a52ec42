"""How quotes are shown and entered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dougong import _
from dougong.resources import Calendar, Field, Form, Kanban, Pivot, Resource, Rights, Section
from dougong_base import SHARE_TAB
from dougong_crm.quotes.models import Quote
from dougong_crm.quotes.workflow import QUOTE_STEPS
from dougong_crm.selling.derive import derive_priced
from dougong_crm.selling.fields import (
    PRICED_DERIVED,
    PRICED_FIELDS,
    priced_lines,
    start_selling,
    totals_section,
)


def derive_quote(quote: Quote, facts: Any) -> None:
    """Everything that follows from customer and products."""
    derive_priced(quote, facts, quote.quoted_on)


def start_quote(actor: Any) -> Mapping[str, Any]:
    """Offered today, where whoever enters it is; they look after it."""
    return {"quoted_on": actor.today, **start_selling(actor)}


def check_quote(quote: Quote, facts: Any) -> None:
    """It is valid at least on its own day."""
    if quote.valid_until and quote.quoted_on and quote.valid_until < quote.quoted_on:
        facts.error(quote, "valid_until", _("This is before the day of the quote."))


class QuoteResource(Resource):
    """What we offer, until when, and what the customer said."""

    name, model, label, one = "crm.quotes", Quote, _("Quotes"), _("Quote")
    manual = "sales#quote"
    empty = _("What you have offered; a quote that is accepted becomes an order.")
    icon, title, sort = "file-dollar", "number", "-quoted_on"
    columns = [
        "number", "revision", "quoted_on", "customer", "valid_until", "state", "total", "currency",
    ]  # fmt: skip
    search = ["number", "reference", "customer.name", "lines.product.code"]
    filters = [
        "state", "customer", "salesperson", "opportunity", "quoted_on", "valid_until", "total",
        "lines.product",
    ]  # fmt: skip
    groups = ["state", "customer", "salesperson", "quoted_on:month"]
    totals = ["total"]
    form = Form(
        Section("customer", "quoted_on", "valid_until", "reference", "currency", "payment_term"),
        priced_lines(),
        totals_section(),
        Section(
            "number", "revision", "salesperson", "opportunity", "discount", "reject_reason",
            title=_("More"), side=True,
        ),
        Section("note", side=True),
    )  # fmt: skip
    fields = PRICED_FIELDS | {
        "number": Field(label=_("Number")),
        "revision": Field(label=_("Revision")),
        "quoted_on": Field(label=_("Date")),
        "valid_until": Field(label=_("Valid until")),
        "reject_reason": Field(label=_("Reason")),
    }
    derived = [*PRICED_DERIVED, "revision", "reject_reason"]
    boards = [
        Kanban("state", card=["number", "customer", "total", "valid_until"], sum="total"),
        Calendar("valid_until"),
        Pivot("untaxed", rows="salesperson", columns="quoted_on:month"),
    ]
    tabs = [SHARE_TAB]
    steps, derive, check, start = QUOTE_STEPS, derive_quote, check_quote, start_quote
    rights = Rights("crm.quote")

"""How requests for quotation and their answers are shown and entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from dougong import _
from dougong.resources import (
    Choice,
    Field,
    Form,
    Lines,
    Long,
    Number,
    Resource,
    Rights,
    Section,
    Tab,
)
from dougong_base import CURRENCY_CHOICES, Party
from dougong_purchasing.rfqs.compare import comparison
from dougong_purchasing.rfqs.models import Quote, Rfq
from dougong_purchasing.rfqs.portal import link_tab
from dougong_purchasing.rfqs.workflow import QUOTE_STEPS, RFQ_STEPS
from dougong_purchasing.scores.models import GRADE_COLOURS
from dougong_purchasing.scores.resource import GRADES

WEEK = dt.timedelta(days=7)


def start_rfq(actor: Any) -> Mapping[str, Any]:
    """A week to answer."""
    return {"answer_by": actor.today + WEEK}


def check_rfq(rfq: Rfq, facts: Any) -> None:
    """Each supplier is asked once, and nobody is chosen before the day for answers."""
    seen = set()
    for asked in rfq.suppliers:
        if asked.supplier_id in seen:
            facts.error(asked, "supplier", _("This supplier is asked already."))
        seen.add(asked.supplier_id)
        party = facts.get(Party, asked.supplier_id)
        if party is not None and not party.is_supplier:
            facts.error(asked, "supplier", _("This is not a supplier of ours."))
    if rfq.award_by and rfq.answer_by and rfq.award_by < rfq.answer_by:
        facts.error(rfq, "award_by", _("Nobody is chosen before the day for answers."))


class RfqResource(Resource):
    """What several suppliers are asked to offer."""

    name, model = "purchasing.rfqs", Rfq
    manual = "purchasing#asking-several-suppliers"
    label, one = _("Requests for quotation"), _("Request for quotation")
    icon, identity, title, sort = "file-search", "number", "number", "-id"
    columns = ["number", "name", "answer_by", "award_by", "needed_on", "state"]
    search, filters = ["number", "name", "lines.product.code"], ["state", "answer_by"]
    form = Form(
        Section("name", "answer_by", "award_by", "needed_on"),
        Lines("lines", "product", "quantity", "awarded", title=_("Lines")),
        Lines("suppliers", "supplier", "warned_grade", title=_("Suppliers asked")),
        Section("number", "note", side=True),
    )
    fields = {
        "number": Field(label=_("Number")),
        "name": Field(label=_("Subject"), required=False),
        "answer_by": Field(label=_("Answer until")),
        "award_by": Field(label=_("Choose until"), help=_("Empty: as long as an offer holds.")),
        "needed_on": Field(label=_("Needed on")),
        "note": Long(label=_("Note")),
        "lines.quantity": Number(label=_("Quantity"), least=0),
        "lines.awarded": Number(label=_("Awarded"), readonly=True),
        "suppliers.supplier": Field(label=_("Supplier")),
        "suppliers.warned_grade": Choice(
            label=_("Doubtful grade"), choices=GRADES, colours=GRADE_COLOURS
        ),
    }
    derived = ["number", "lines.awarded", "suppliers.warned_grade"]
    check = check_rfq
    tabs = [Tab("comparison", _("Comparison"), comparison)]
    steps, start, rights = RFQ_STEPS, start_rfq, Rights("purchasing.rfq")


class QuoteResource(Resource):
    """What suppliers answer."""

    name, model = "purchasing.quotes", Quote
    label, one, icon, sort = _("Suppliers' offers"), _("Supplier's offer"), "file-dollar", "-id"
    columns = ["rfq", "supplier", "state", "currency", "expected_on", "valid_until", "reference"]
    search, filters = ["rfq.number", "supplier.name", "reference"], ["state", "rfq", "supplier"]
    form = Form(
        Section(
            "rfq", "supplier", "currency", "payment_term", "expected_on", "valid_until",
            "reference",
        ),
        Lines("lines", "product", "quantity", "price", "lead_days", title=_("Lines")),
        Section("mailed_on", "answered_on", "note", side=True),
    )  # fmt: skip
    fields = {
        "rfq": Field(label=_("Request for quotation"), readonly=True),
        "supplier": Field(label=_("Supplier"), readonly=True),
        "currency": Choice(label=_("Currency"), choices=CURRENCY_CHOICES),
        "expected_on": Field(label=_("Delivery on")),
        "valid_until": Field(label=_("Valid until")),
        "reference": Field(label=_("Their reference")),
        "payment_term": Field(label=_("Payment term")),
        "mailed_on": Field(label=_("Written to on")),
        "answered_on": Field(label=_("Answered on")),
        "note": Long(label=_("Note")),
        "lines.product": Field(label=_("Product"), readonly=True),
        "lines.quantity": Number(label=_("Quantity"), readonly=True),
        "lines.price": Number(label=_("Price"), least=0),
        "lines.lead_days": Number(label=_("Lead time in days"), least=0),
    }
    derived = ["mailed_on", "answered_on"]
    tabs = [Tab("link", _("Link for the supplier"), link_tab, needs="purchasing.rfq.send")]
    steps, rights = QUOTE_STEPS, Rights("purchasing.quote")

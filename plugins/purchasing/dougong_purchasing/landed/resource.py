"""How landed costs are shown and entered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dougong import ZERO, _
from dougong.resources import Choice, Field, Form, Lines, Money, Resource, Rights, Section
from dougong_purchasing.landed.models import KINDS, METHODS, LandedCost
from dougong_purchasing.landed.workflow import LANDED_STEPS


def start_landed(actor: Any) -> Mapping[str, Any]:
    """Of today."""
    return {"dated_on": actor.today}


def derive_landed(document: LandedCost, facts: Any) -> None:
    """What it comes to."""
    document.total = sum((part.amount or ZERO for part in document.parts), ZERO)


def check_landed(document: LandedCost, facts: Any) -> None:
    """Costs are not negative; what was allocated is taken back by cancelling."""
    for part in document.parts:
        if part.amount is not None and part.amount <= 0:
            facts.error(part, "amount", _("A cost is greater than zero."))


class LandedCostResource(Resource):
    """Freight, duty and insurance, shared out over what came."""

    name, model = "purchasing.landed", LandedCost
    label, one = _("Landed costs"), _("Landed cost")
    icon, identity, title, sort = "ship", "number", "number", "-id"
    columns = ["number", "dated_on", "supplier", "method", "total", "state", "reference"]
    search, filters = ["number", "reference"], ["state", "supplier", "dated_on", "method"]
    totals = ["total"]
    form = Form(
        Section("dated_on", "method", "supplier", "reference"),
        Lines("parts", "kind", "amount", "product", title=_("Costs"), totals=["amount"]),
        Lines("receipts", "order", "receipt", title=_("For the goods of")),
        Lines("shares", "product", "value", title=_("Shares")),
        Section("number", "total", "opposite_of", side=True),
    )
    fields = {
        "number": Field(label=_("Number")),
        "dated_on": Field(label=_("Date")),
        "method": Choice(label=_("Shared out"), choices=METHODS),
        "supplier": Field(
            label=_("Billed by"), help=_("Empty: no bill is expected."), begin={"is_supplier": True}
        ),
        "reference": Field(label=_("Their reference")),
        "total": Money(label=_("Total")),
        "opposite_of": Field(label=_("Opposite of")),
        "parts.kind": Choice(label=_("Kind"), choices=KINDS),
        "parts.amount": Money(label=_("Amount")),
        "parts.product": Field(label=_("Service on the bill")),
        "receipts.order": Field(label=_("Purchase order")),
        "receipts.receipt": Field(label=_("Receipt"), help=_("Empty: all that has come.")),
        "shares.product": Field(label=_("Product"), readonly=True),
        "shares.value": Money(label=_("Value"), readonly=True),
    }
    derived = ["number", "total", "opposite_of", "shares.product", "shares.value"]
    steps, derive, check, start = LANDED_STEPS, derive_landed, check_landed, start_landed
    rights = Rights("purchasing.landed")

"""How opening stock is shown and entered."""

from __future__ import annotations

from typing import Any

from dougong import _
from dougong.resources import Field, Form, Lines, Long, Number, Resource, Rights, Section
from dougong_inventory.openings.models import OPENING_STEPS, Opening
from dougong_inventory.warehouses.service import find_places


def derive_opening(opening: Opening, facts: Any) -> None:
    """In the company's first warehouse, today, unless somebody says otherwise."""
    uow = facts.uow
    if facts.fresh(opening, "opened_on"):
        opening.opened_on = facts.today
    if facts.fresh(opening, "warehouse"):
        known = uow.session.info.setdefault("inventory_first", {})
        company = opening.company_id or uow.company_id
        if company not in known:
            known[company] = find_places(uow).first.get(company)
        opening.warehouse_id = known[company]


def check_opening(opening: Opening, facts: Any) -> None:
    """Goods need a place."""
    if opening.warehouse_id is None:
        facts.error(opening, "warehouse", _("There is no warehouse yet. Create one first."))


class OpeningResource(Resource):
    """What was there on the first day, and what it was worth."""

    name, model, label, one = "inventory.openings", Opening, _("Opening stock"), _("Opening stock")
    empty = _("What lies in the warehouse on the day you begin, with its value.")
    icon, identity, title, sort = "flag", "number", "number", "-id"
    columns = ["number", "warehouse", "opened_on", "state"]
    search, filters = ["number", "lines.product.code"], ["state", "warehouse", "opened_on"]
    form = Form(
        Section("warehouse", "location", "opened_on"),
        Lines("lines", "product", "quantity", "unit_cost", "lots", "expires_on", title=_("Lines")),
        Section("number", title=_("Trail"), side=True),
        Section("note", title=_("More"), side=True),
    )
    fields = {
        "location": Field(label=_("Lies at"), help=_("Empty: the stock of the warehouse.")),
        "opened_on": Field(label=_("Date"), required=False),
        "warehouse": Field(label=_("Warehouse"), required=False),
        "note": Long(label=_("Note")),
        "lines.quantity": Number(label=_("Quantity"), least=0),
        "lines.unit_cost": Number(
            label=_("Unit cost"), least=0, help=_("Empty: the cost price of the product.")
        ),
        "lines.lots": Field(label=_("Lot or serial numbers"), help=_("Separated by commas.")),
        "lines.expires_on": Field(label=_("Expires on")),
    }
    derived = ["number"]
    derive, check = derive_opening, check_opening
    steps, rights = OPENING_STEPS, Rights("inventory.opening")

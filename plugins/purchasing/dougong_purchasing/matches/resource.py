"""How bills beside their orders are shown."""

from __future__ import annotations

from dougong import _
from dougong.resources import Field, Form, Money, Resource, Rights, Section, Tab
from dougong_purchasing.matches.models import Match
from dougong_purchasing.matches.tab import three_ways
from dougong_purchasing.matches.workflow import MATCH_STEPS


class MatchResource(Resource):
    """Suppliers' bills for our orders: what differs is held until somebody releases it."""

    name, model = "purchasing.matches", Match
    label, one, icon, sort = _("Bills and orders"), _("Bill of an order"), "scale", "-id"
    columns = [
        "order", "order.supplier", "bill_id", "expected", "state", "why", "reason",
        "released_by", "released_on",
    ]  # fmt: skip
    search, filters = ["order.number", "reason"], ["state", "order", "released_on"]
    form = Form(
        Section("order", "bill_id", "expected", "why", "compared_on"),
        Section("reason", "most", "released_by", "released_on", title=_("Released"), side=True),
    )
    fields = {
        "order": Field(label=_("Purchase order")),
        "bill_id": Field(label=_("Bill")),
        "expected": Money(label=_("By the order, without tax")),
        "why": Field(label=_("What differs")),
        "compared_on": Field(label=_("Compared on")),
        "reason": Field(label=_("Reason")),
        "most": Money(label=_("Up to, without tax")),
        "released_by": Field(label=_("Released by")),
        "released_on": Field(label=_("Released on")),
    }
    groups = ["state"]
    tabs = [Tab("lines", _("Order, receipt and bill"), three_ways)]
    steps, rights = MATCH_STEPS, Rights("purchasing.match", only_read=True)

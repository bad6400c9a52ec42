"""How bills beside their orders are shown."""

from __future__ import annotations

from dougong import _, pgettext
from dougong.resources import Choice, Field, Form, Money, Resource, Rights, Section, Tab
from dougong_purchasing.matches.differing import KINDS, DifferenceField
from dougong_purchasing.matches.models import Match
from dougong_purchasing.matches.tab import three_ways
from dougong_purchasing.matches.workflow import MATCH_STEPS


class MatchResource(Resource):
    """Suppliers' bills for our orders: what differs is held until somebody releases it."""

    name, model = "purchasing.matches", Match
    label, one, icon, sort = _("Bills and orders"), _("Bill of an order"), "scale", "-id"
    columns = [
        "order", "order.supplier", "bill", "expected", "state", "why", "released_by", "reason",
    ]  # fmt: skip
    search = ["order.number", "order.supplier.name", "bill", "reason"]
    filters = ["state", "differs", "order", "order.supplier", "released_on"]
    form = Form(
        Section("order", "bill", "expected", "differs", "why", "compared_on"),
        Section(
            "reason",
            "most",
            "released_by",
            "released_on",
            title=pgettext("bill", "Released"),
            side=True,
        ),
    )
    fields = {
        "order": Field(label=_("Purchase order")),
        "bill": Field(label=_("Bill")),
        "differs": Choice(label=_("Difference"), choices=KINDS),
        "expected": Money(label=_("By the order, without tax")),
        "why": DifferenceField(label=_("What differs"), wide=2),
        "compared_on": Field(label=_("Compared on")),
        "reason": Field(label=_("Reason")),
        "most": Money(label=_("Up to, without tax")),
        "released_by": Field(label=_("Released by")),
        "released_on": Field(label=pgettext("bill", "Released on")),
    }
    groups = ["state", "differs", "order.supplier"]
    tabs = [Tab("lines", _("Order, receipt and bill"), three_ways)]
    steps, rights = MATCH_STEPS, Rights("purchasing.match", only_read=True)

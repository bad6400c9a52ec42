"""How scenarios are entered, and their answers shown."""

from __future__ import annotations

from dougong import _, pgettext
from dougong.resources import Field, Form, Lines, Long, Money, Number, Resource, Rights, Section
from dougong_logistics.network.models import SCENARIO_STEPS, Scenario


class ScenarioResource(Resource):
    """Which warehouses serve which regions."""

    name, model, label, one = (
        "logistics.scenarios", Scenario, _("Network scenarios"), pgettext("network", "Scenario"),
    )  # fmt: skip
    icon, identity, title, sort = "affiliate", "name", "name", "name"
    columns = ["name", "state", "method", "total"]
    search, filters = ["name"], ["state"]
    form = Form(
        Section("name"),
        Lines("sites", "name", "fixed", "capacity", "opened", title=_("Sites")),
        Lines("regions", "name", "demand", title=_("Regions"), totals=["demand"]),
        Lines("lanes", "site", "region", "cost", "share", title=_("Lanes")),
        Section("total", "method", "note", title=_("Result"), side=True),
    )
    fields = {
        "total": Field(label=_("Cost")),
        "method": Field(label=_("Method")),
        "note": Long(label=_("Note")),
        "sites.fixed": Money(label=_("Fixed cost"), least=0),
        "sites.capacity": Number(label=_("Capacity"), least=0),
        "sites.opened": Field(label=pgettext("site", "Open")),
        "regions.demand": Number(label=_("Demand"), least=0),
        "lanes.site": Field(label=_("Site")),
        "lanes.region": Field(label=_("Region")),
        "lanes.cost": Money(label=_("Cost of all of it"), least=0),
        "lanes.share": Field(label=_("Share, %")),
    }
    derived = ["total", "method", "sites.opened", "lanes.share"]
    steps = SCENARIO_STEPS
    rights = Rights("logistics.scenario")

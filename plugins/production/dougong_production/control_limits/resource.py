"""How frozen control limits are shown and entered."""

from __future__ import annotations

from dougong import _, pgettext
from dougong.resources import Choice, Field, Form, Long, Number, Resource, Rights, Section
from dougong_production.charts.queries import KINDS
from dougong_production.control_limits.models import ControlLimits
from dougong_production.control_limits.workflow import LIMITS_STEPS


class ControlLimitsResource(Resource):
    """What charts are judged by, and by what they were before."""

    name, model = "production.control_limits", ControlLimits
    label, one = _("Frozen control limits"), _("Control limits")
    icon, sort = "snowflake", "-id"
    columns = [
        "characteristic", "characteristic.plan", "kind", "from_on", "until_on", "inspections",
        "centre", "spread", "frozen_on", "released_on", "state",
    ]  # fmt: skip
    search = ["characteristic.name", "characteristic.plan.name", "note"]
    filters = ["state", "characteristic", "characteristic.plan", "kind", "frozen_on"]
    groups = ["state", "characteristic", "kind"]
    form = Form(
        Section("characteristic", "kind", "from_on", "until_on", "note"),
        Section(
            "inspections", "size", "centre", "spread", "frozen_on", "released_on",
            title=_("What was found"), side=True,
        ),
    )  # fmt: skip
    fields = {
        "characteristic": Field(label=_("Characteristic")),
        "characteristic.plan": Field(label=_("Quality plan")),
        "kind": Choice(label=_("Chart"), choices=KINDS),
        "from_on": Field(label=_("Inspections from")),
        "until_on": Field(label=_("Inspections until")),
        "inspections": Number(label=pgettext("control limits", "Inspections")),
        "size": Number(label=_("Values of each")),
        "centre": Number(
            label=_("Centre"), help=_("Bad pieces and faults: what one piece has on average.")
        ),
        "spread": Number(
            label=_("Spread"), help=_("The mean of ranges, moving ranges or standard deviations.")
        ),
        "frozen_on": Field(label=_("Frozen on")),
        "released_on": Field(label=pgettext("control limits", "Released on")),
        "note": Long(label=_("Note")),
    }
    derived = ["inspections", "size", "centre", "spread", "frozen_on", "released_on"]
    steps, rights = LIMITS_STEPS, Rights("production.control_limit")

"""How tables of rates are shown and entered."""

from __future__ import annotations

from dougong import _
from dougong.resources import Field, Form, Lines, Long, Money, Number, Resource, Rights, Section
from dougong_hr.tables.models import RateTable


class RateTableResource(Resource):
    """Values by date that formulas look up."""

    name, model, label, one = "hr.rate-tables", RateTable, _("Rate tables"), _("Rate table")
    icon, identity, title, sort = "table", "code", "name", "code"
    columns, search = ["code", "name"], ["code", "name"]
    form = Form(
        Section("code", "name"),
        Lines("rows", "from_on", "key", "upto", "value", title=_("Values")),
        Section("note", side=True),
    )
    fields = {
        "note": Long(label=_("Note")),
        "rows.from_on": Field(label=_("From")),
        "rows.key": Field(label=_("Key")),
        "rows.upto": Money(label=_("For amounts up to")),
        "rows.value": Number(label=_("Value")),
    }
    rights = Rights("hr.table")

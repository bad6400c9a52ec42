"""How tables of rates are shown and entered."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from dougong import _
from dougong.resources import Field, Form, Lines, Long, Money, Number, Resource, Rights, Section
from dougong_hr.tables.models import RateRow, RateTable


def check_table(table: RateTable, facts: Any) -> None:
    """Brackets that begin on one day leave no amount without a value, and say none twice."""
    days: dict[Any, list[RateRow]] = defaultdict(list)
    for row in table.rows:
        if row.key is not None and row.upto is not None:
            facts.error(row, "upto", _("A row has a key or a bound, not both."))
        days[row.from_on, row.key].append(row)
    for (day, key), rows in days.items():
        bounds = [row.upto for row in rows]
        for at, row in enumerate(rows):
            if row.upto in bounds[:at]:
                facts.error(row, "from_on", _("There is a row for the same from that day already."))
        if key is None and None not in bounds:
            highest = max(rows, key=lambda row: row.upto or 0)
            facts.error(
                highest,
                "upto",
                _(
                    "From %(day)s on nothing is said of amounts above %(bound)s."
                    " Leave the last bound empty.",
                    day=day, bound=highest.upto,
                ),
            )  # fmt: skip


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
    check, rights = check_table, Rights("hr.table")

"""How carriers' statements are shown and entered."""

from __future__ import annotations

from typing import Any

from dougong import _, pgettext
from dougong.resources import Choice, Field, Form, Lines, Long, Money, Resource, Rights, Section
from dougong_logistics.freight.models import STATEMENT_STEPS, VERDICTS, Statement


def derive_statement(statement: Statement, facts: Any) -> None:
    """Sums follow the lines; what was changed is to be checked again."""
    for line in statement.lines:
        if facts.changed(line, "charged", "tracking", "shipment"):
            line.verdict = ""
    statement.add_up()
    if statement.state == "checked" and any(not line.verdict for line in statement.lines):
        statement.state = "draft"


class StatementResource(Resource):
    """What carriers charge."""

    name, model, label, one = (
        "logistics.statements", Statement, _("Freight statements"),
        pgettext("document", "Freight statement"),
    )  # fmt: skip
    icon, identity, title, sort = "file-invoice", "number", "number", "-dated_on"
    columns = ["number", "carrier", "reference", "dated_on", "charged", "difference", "state"]
    search, filters = ["number", "reference", "lines.tracking"], ["state", "carrier", "dated_on"]
    totals = ["charged", "expected", "difference"]
    form = Form(
        Section("carrier", "reference", "dated_on"),
        Lines(
            "lines", "tracking", "shipment", "charged", "expected", "difference", "verdict",
            title=_("Charges"), totals=["charged", "expected", "difference"],
        ),
        Section("number", "charged", "expected", "difference", title=_("Totals"), side=True),
        Section("note", side=True),
    )  # fmt: skip
    fields = {
        "reference": Field(label=_("Carrier's number")),
        "dated_on": Field(label=_("Dated")),
        "charged": Field(label=_("Charged")),
        "expected": Field(label=_("Expected")),
        "difference": Field(label=_("Difference")),
        "note": Long(label=_("Note")),
        "lines.tracking": Field(label=_("Tracking number")),
        "lines.charged": Money(label=_("Charged"), least=0),
        "lines.expected": Field(label=_("Expected")),
        "lines.difference": Field(label=_("Difference")),
        "lines.verdict": Choice(label=_("Verdict"), choices=VERDICTS),
    }
    derived = [
        "number", "charged", "expected", "difference", "lines.expected", "lines.difference",
        "lines.verdict",
    ]  # fmt: skip
    steps, derive = STATEMENT_STEPS, derive_statement
    rights = Rights("logistics.statement")

"""How reports of non-conformance are shown and entered."""

from __future__ import annotations

from typing import Any

from dougong import _, pgettext
from dougong.resources import (
    Choice,
    Field,
    Form,
    Kanban,
    Lines,
    Long,
    Number,
    Resource,
    Rights,
    Section,
)  # fmt: skip
from dougong_production.ncrs.models import ACTION_KINDS, ORIGINS, Ncr
from dougong_production.ncrs.workflow import NCR_STEPS


def derive_ncr(report: Ncr, facts: Any) -> None:
    """Found today, unless somebody says otherwise; who says that an action is done has done it."""
    if report.found_on is None:
        report.found_on = facts.today
    for action in report.actions:
        if facts.changed(action, "done_on"):
            action.done_by_id = facts.actor.user_id if action.done_on else None


def check_ncr(report: Ncr, facts: Any) -> None:
    """Nothing is done before it was found."""
    for action in report.actions:
        if action.done_on and report.found_on and action.done_on < report.found_on:
            facts.error(action, "done_on", _("It cannot be done before the day it was found."))


class NcrResource(Resource):
    """What does not conform, and what is done about it."""

    name, model, label = "production.ncrs", Ncr, _("Non-conformances")
    manual = "quality#non-conformance-and-corrective-action"
    one, icon, sort = _("Non-conformance"), "alert-triangle", "-id"
    title = "number"
    columns = ["number", "found_on", "title", "product", "party", "responsible", "due_on", "state"]
    search = ["number", "title", "description", "product.code", "product.name"]
    filters = ["state", "origin", "product", "party", "responsible", "found_on", "due_on"]
    groups = ["state", "origin", "product", "party", "found_on:month"]
    form = Form(
        Section("title", "origin", "product", "party", "quantity", "found_on"),
        Section("description", "containment", "cause", title=pgettext("quality", "What happened")),
        Lines(
            "actions", "text", "kind", "responsible", "due_on", "done_on", "done_by",
            title=_("Actions"),
        ),
        Section(
            "number", "responsible", "due_on", "check_on", "finding", "closed_on",
            "closed_by", side=True,
        ),
    )  # fmt: skip
    fields = {
        "title": Field(label=pgettext("quality", "What is wrong")),
        "origin": Choice(label=_("Comes from"), choices=ORIGINS),
        "product": Field(label=_("Product")),
        "party": Field(label=_("Supplier or customer")),
        "quantity": Number(label=_("Quantity concerned"), least=0),
        "found_on": Field(label=_("Found on"), required=False),
        "description": Long(label=_("Description")),
        "containment": Long(label=_("Containment")),
        "cause": Long(label=_("Cause")),
        "responsible": Field(label=_("Responsible")),
        "due_on": Field(label=_("Due on")),
        "check_on": Field(label=_("Effect checked on")),
        "finding": Field(label=_("What the check has found")),
        "closed_on": Field(label=_("Closed on")),
        "closed_by": Field(label=_("Closed by")),
        "actions.kind": Choice(label=_("Kind"), choices=ACTION_KINDS),
        "actions.text": Field(label=_("Action")),
        "actions.responsible": Field(label=_("Responsible")),
        "actions.due_on": Field(label=_("Due on")),
        "actions.done_on": Field(label=_("Done on")),
        "actions.done_by": Field(label=_("Done by")),
    }
    derived = ["number", "check_on", "finding", "closed_on", "closed_by", "actions.done_by"]
    boards = [Kanban("state", card=["title", "product", "due_on"])]
    steps, derive, check, rights = NCR_STEPS, derive_ncr, check_ncr, Rights("production.ncr")

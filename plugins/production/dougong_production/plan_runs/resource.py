"""How planning runs, their tables, proposals and warnings are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dougong import _, pgettext, ref
from dougong.resources import Choice, Field, Form, Kanban, Number, Resource, Rights, Section, Tab
from dougong_production.plan_runs.models import PlanItem, PlanRun, PlanWarning, Proposal
from dougong_production.plan_runs.pegs import Pegs, last_run
from dougong_production.plan_runs.showing import pegs_shown, table_shown
from dougong_production.plan_runs.workflow import PLAN_RUN_STEPS, PROPOSAL_STEPS
from dougong_production.planning.periods import MOST, PERIOD_KINDS
from dougong_production.planning_rules.models import METHODS

WARNINGS = {
    "expedite": _("Expedite"),
    "delay": _("Delay"),
    "cancel": _("Not needed"),
    "late": _("Late"),
    "circle": _("Circular bill"),
}
ROWS = {
    "gross": _("Gross requirements"),
    "expected": _("Scheduled receipts"),
    "projected": _("Projected stock"),
    "net": _("Net requirements"),
    "receipts": _("Planned receipts"),
    "releases": _("Planned releases"),
}


def item_tab(noun: Any, session: Any, item: PlanItem, actor: Any) -> tuple[str, Mapping[str, Any]]:
    """The table of an item, period by period."""
    return "production/plan_table.html", table_shown(session, item, ROWS)


def pegs_tab(
    noun: Any, session: Any, proposal: Proposal, actor: Any
) -> tuple[str, Mapping[str, Any]]:
    """Who waits for a proposal, and what it waits for."""
    run = last_run(session)
    if run is None:
        return "production/pegs.html", {"up": [], "down": []}
    pegs, document = Pegs(session, run), ref(proposal)
    return "production/pegs.html", {
        "up": pegs_shown(session, pegs.up(document), actor),
        "down": pegs_shown(session, pegs.down(document), actor),
    }


class PlanRunResource(Resource):
    """Runs of material requirements planning."""

    name, model = "production.plan_runs", PlanRun
    manual = "production#what-to-make-and-buy-and-when"
    label, one, icon = _("Planning runs"), _("Planning run"), "calculator"
    title, sort = "number", "-id"
    columns = ["number", "state", "start_on", "periods", "items", "proposed", "late", "warnings"]
    search, filters = ["number"], ["state", "start_on"]
    form = Form(
        Section("period", "periods"),
        Section("items", "proposed", "late", "warnings", "message", title=_("Result")),
        Section("number", "start_on", "finished_at", title=_("Trail"), side=True),
    )
    fields = {
        "period": Choice(label=_("Period"), choices=PERIOD_KINDS),
        "periods": Number(label=_("Number of periods"), least=1, most=MOST),
        "start_on": Field(label=_("From")),
        "items": Field(label=_("Items")),
        "proposed": Field(label=_("Proposals")),
        "late": Field(label=pgettext("count", "Late")),
        "warnings": Field(label=_("Warnings")),
        "finished_at": Field(label=_("Finished")),
        "message": Field(label=_("Message")),
    }
    derived = [
        "number", "start_on", "items", "proposed", "late", "warnings", "finished_at", "message",
    ]  # fmt: skip
    steps, rights = PLAN_RUN_STEPS, Rights("production.plan_run")


class PlanItemResource(Resource):
    """What the last run found of each item."""

    name, model = "production.plan_items", PlanItem
    label, one, icon, sort = _("Plan by item"), _("Item of the plan"), "table", "level"
    columns = ["product.code", "product", "level", "method", "on_hand", "safety", "gross", "net"]
    search = ["product.code", "product.name"]
    filters, groups = ["product", "level", "method", "net"], ["level", "method"]
    form = Form(
        Section("product", "method", "lead_days", "level"),
        Section("on_hand", "safety", "gross", "net", title=_("Totals"), side=True),
    )
    fields = {
        "method": Choice(label=_("Make or buy"), choices=METHODS),
        "level": Field(label=_("Level")),
        "on_hand": Field(label=_("On hand")),
        "safety": Field(label=_("Safety stock")),
        "gross": Field(label=_("Gross requirements")),
        "net": Field(label=_("Net requirements")),
        "lead_days": Field(label=_("Lead time in days")),
    }
    tabs = [Tab("table", _("By period"), item_tab)]
    rights = Rights("production.plan_item", only_read=True)


class ProposalResource(Resource):
    """What to make and what to buy, by when."""

    name, model = "production.proposals", Proposal
    label, one, icon, sort = _("Proposals"), _("Proposal"), "bulb", "release_on"
    columns = [
        "product.code", "product", "method", "quantity", "release_on", "due_on", "late_days", "state",
    ]  # fmt: skip
    search = ["product.code", "product.name"]
    filters = ["state", "method", "product", "release_on", "due_on", "late_days"]
    groups = ["method", "state", "product", "release_on:month"]
    form = Form(
        Section("product", "method", "quantity"),
        Section("release_on", "due_on", "needed_on", "late_days", title=_("Dates"), side=True),
        Section("run", "level", title=_("Trail"), side=True),
    )
    fields = {
        "method": Choice(label=_("Make or buy"), choices=METHODS),
        "quantity": Field(label=_("Quantity")),
        "release_on": Field(label=_("Begin on")),
        "due_on": Field(label=_("There on")),
        "needed_on": Field(label=_("Needed on")),
        "late_days": Field(label=_("Days late")),
        "level": Field(label=_("Level")),
        "run": Field(label=_("Planning run")),
    }
    boards = [Kanban("state", card=["product", "quantity", "release_on"])]
    tabs = [Tab("pegs", _("Who waits for what"), pegs_tab)]
    steps, rights = PROPOSAL_STEPS, Rights("production.proposal", only_read=True)


class PlanWarningResource(Resource):
    """What a planner must look at."""

    name, model = "production.plan_warnings", PlanWarning
    label, one, icon, sort = _("Planning warnings"), _("Planning warning"), "alert-triangle", "-id"
    columns = ["kind", "product.code", "product", "quantity", "planned_on", "needed_on", "note"]
    search = ["product.code", "product.name", "note"]
    filters, groups = ["kind", "product", "needed_on"], ["kind", "product"]
    form = Form(
        Section("kind", "product", "quantity", "note"),
        Section("planned_on", "needed_on", title=_("Dates"), side=True),
    )
    fields = {
        "kind": Choice(label=_("Kind"), choices=WARNINGS),
        "quantity": Field(label=_("Quantity")),
        "planned_on": Field(label=_("Expected on")),
        "needed_on": Field(label=_("Needed on")),
        "note": Field(label=_("Note")),
    }
    rights = Rights("production.plan_warning", only_read=True)

"""How administrators see and make approval rules, and look over what was asked."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import inspect

from dougong.approvals.guarding import Guard
from dougong.approvals.models import Approval, ApprovalRule, Deputy
from dougong.approvals.workflow import APPROVAL_STEPS
from dougong.i18n import _
from dougong.people.roles.fields import FilterField
from dougong.people.rules.filters import WrongRule, condition
from dougong.resources import Field, Form, Lines, Number, Resource, Rights, Section
from dougong.resources.fields.choices import Known
from dougong.types import Exact


def check_rule(rule: ApprovalRule, facts: Any) -> None:
    """The step, the field and the condition are there."""
    guard = cast(Guard, facts.uow.house.oversight)
    road = guard.roads.get(rule.resource or "")
    if road is None:
        facts.error(rule, "resource", _("There is no resource of this name that has steps."))
        return
    if road.workflow.step(rule.step or "") is None:
        known = ", ".join(step.name for step in road.workflow.steps)
        facts.error(rule, "step", _("There is no such step. There are: %(steps)s.", steps=known))
    if rule.field:
        column = inspect(road.model).columns.get(rule.field)
        if column is None or not isinstance(column.type, Exact) or column.info.get("secret"):
            facts.error(rule, "field", _("This is not an amount or a quantity of the document."))
    if rule.filter:
        try:
            condition(road.model, rule.filter, facts.actor)
        except WrongRule as wrong:
            facts.error(rule, "filter", wrong.sentence)


class ApprovalRuleResource(Resource):
    """Which step somebody else must agree to."""

    name, model, label, one, icon = (
        "core.approval-rules",
        ApprovalRule,
        _("Approval rules"),
        _("Approval rule"),
        "user-check",
    )
    title, sort = "label", "resource,step,turn"
    columns = ("label", "resource", "step", "field", "least", "turn", "role", "user", "active")
    search = ("label", "resource")
    filters = ("resource", "step", "role", "user", "active")
    form = Form(
        Section("label", "resource", "step", "field", "least", "filter"),
        Section("role", "user", "turn", "four_eyes", "days", "active", side=True),
    )
    fields = {
        "label": Field(label=_("Name")),
        "resource": Known(label=_("Kind of document")),
        "step": Known(label=_("Step")),
        "field": Known(label=_("Amount field"), help=_("Empty: any document.")),
        "least": Number(label=_("From this amount")),
        "filter": FilterField(
            label=_("Condition"),
            help=_('For example {"field": "currency", "op": "ne", "value": "EUR"}.'),
        ),
        "role": Field(label=_("Approved by a role")),
        "user": Field(label=_("Approved by a person")),
        "turn": Field(label=_("Turn"), help=_("Those with 1 are asked first, then those with 2.")),
        "four_eyes": Field(
            label=_("Four eyes"),
            help=_("Nobody approves what they have entered, changed or asked for."),
        ),
        "days": Field(label=_("Answer expected within days")),
    }
    check = check_rule
    rights = Rights("core.approval_rule")


class ApprovalResource(Resource):
    """What was asked, and how it was answered."""

    name, model, label, one, icon = (
        "core.approvals",
        Approval,
        _("Approvals"),
        _("Approval"),
        "checkup-list",
    )
    title, sort = "title", "-asked_at"
    columns = ("title", "step", "amount", "state", "asked_by", "asked_at", "due_on")
    search = ("title",)
    filters = ("state", "resource", "step", "asked_by", "asked_at", "due_on")
    groups = ("state", "resource")
    form = Form(
        Section("title", "resource", "step", "amount", "note"),
        Lines("votes", "label", "verdict", "user", "reason", "at", title=_("Answers")),
        Section("asked_by", "asked_at", "due_on", "turn", side=True),
    )
    fields = {
        "title": Field(label=_("Document")),
        "step": Known(label=_("Step")),
        "asked_by": Field(label=_("Asked by")),
        "asked_at": Field(label=_("Asked")),
        "due_on": Field(label=_("Answer expected by")),
        "turn": Field(label=_("Turn")),
        "resource": Known(label=_("Kind of document")),
        "votes.label": Field(label=_("Rule")),
        "votes.verdict": Field(label=_("Answer")),
        "votes.user": Field(label=_("Person")),
        "votes.reason": Field(label=_("Reason")),
        "votes.at": Field(label=_("When")),
    }
    steps = APPROVAL_STEPS
    rights = Rights("core.approval", only_read=True)


class DeputyResource(Resource):
    """Who stands in for whom."""

    name, model, label, one, icon = (
        "core.deputies",
        Deputy,
        _("Deputies"),
        _("Deputy"),
        "users",
    )
    sort = "-from_on"
    columns = ("user", "deputy", "from_on", "until_on")
    filters = ("user", "deputy", "from_on", "until_on")
    form = Form(Section("user", "deputy", "from_on", "until_on"))
    fields = {
        "user": Field(label=_("Person")),
        "deputy": Field(label=_("Deputy")),
        "from_on": Field(label=_("From")),
        "until_on": Field(label=_("Until")),
    }
    rights = Rights("core.deputy")

"""How administrators see and make roles, and the conditions on what a role sees."""

from __future__ import annotations

from typing import Any

from dougong.errors import Invalid
from dougong.i18n import _
from dougong.people.actors import rights_of
from dougong.people.roles.authority import declared_roles
from dougong.people.roles.fields import FilterField, RightsField, RoleLabel
from dougong.people.roles.matrix import role_tab
from dougong.people.roles.models import Role
from dougong.people.roles.patterns import check_patterns
from dougong.people.rules.filters import WrongRule, condition
from dougong.people.rules.models import RecordRule
from dougong.resources import Field, Form, Resource, Rights, Section, Tab


def check_role(role: Role, facts: Any) -> None:
    """Only real rights, and none that whoever writes them lacks."""
    declared = declared_roles(facts.uow)
    try:
        check_patterns(role.rights or [])
    except Invalid as wrong:
        facts.error(role, "rights", wrong.errors["rights"])
        return
    if not role.declared and role.name in declared:
        facts.error(role, "name", _("A module has a role of this name already."))
    lacking = sorted(p for p in rights_of(role, declared) if not facts.actor.may(p))
    if lacking:
        facts.error(
            role,
            "rights",
            _("You cannot give “%(right)s”, which you do not have yourself.", right=lacking[0]),
        )


class RoleResource(Resource):
    """Roles: a module's own, and those made here."""

    name, model, label, one, icon = "core.roles", Role, _("Roles"), _("Role"), "user-shield"
    identity, title, sort = "name", "label", "name"
    columns = ("name", "label", "declared", "active")
    search = ("name", "label")
    filters = ("declared", "active")
    form = Form(
        Section("name", "label", "rights"),
        Section("active", "declared", side=True),
    )
    fields = {
        "label": RoleLabel(label=_("Label")),
        "declared": Field(label=_("From a module"), readonly=True),
        "rights": RightsField(
            label=_("Rights"),
            help=_(
                "One a line: crm.order.read, crm.order.*, *.read. A module’s role has its own besides."
            ),
        ),
    }
    derived = ("declared",)
    check = check_role
    tabs = (Tab("matrix", _("What it gives"), role_tab),)
    rights = Rights("core.role")


def check_rule(rule: RecordRule, facts: Any) -> None:
    """The resource is there and the condition can be understood."""
    wiring = getattr(facts.uow.house, "wiring", None)
    models = {r.name: r.model for r in wiring.resources} if wiring else {}
    model = models.get(rule.resource)
    if model is None:
        facts.error(rule, "resource", _("There is no resource of this name."))
        return
    try:
        condition(model, rule.filter, facts.actor)
    except WrongRule as wrong:
        facts.error(rule, "filter", wrong.sentence)


class RuleResource(Resource):
    """Record rules: which rows a role sees."""

    name, model, label, one, icon = (
        "core.rules",
        RecordRule,
        _("Record rules"),
        _("Record rule"),
        "filter",
    )
    title, sort = "label", "label"
    columns = ("label", "role", "resource", "active")
    search = ("label", "resource")
    filters = ("role", "resource", "active")
    form = Form(Section("label", "role", "resource", "filter"), Section("active", side=True))
    fields = {
        "resource": Field(label=_("Resource"), help=_("As in its address: crm.orders.")),
        "filter": FilterField(
            label=_("Condition"),
            help=_(
                'For example {"field": "owner", "op": "eq", "value": "$user"}; joined by all, any, not.'
            ),
        ),
    }
    check = check_rule
    rights = Rights("core.rule")

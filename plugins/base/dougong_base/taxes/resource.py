"""How taxes are shown and entered."""

from __future__ import annotations

from typing import Any

from dougong import _
from dougong.resources import Choice, Field, Form, Lines, Number, Resource, Rights, Section
from dougong_base.taxes.models import Tax

KINDS = {"percent": _("Percentage"), "fixed": _("Amount a unit"), "group": _("Tax group")}
SCOPES = {"sale": _("Sales"), "purchase": _("Purchases"), "both": _("Both")}


def check_tax(tax: Tax, facts: Any) -> None:
    """A group has members that are no groups; another tax has none."""
    if tax.kind == "group" and not tax.members:
        facts.error(tax, "members", _("A group needs at least one tax."))
    if tax.kind != "group" and tax.members:
        facts.error(tax, "members", _("Only a group has members."))
    for member in tax.members:
        part = facts.get(Tax, member.tax_id)
        if part is not None and part.kind == "group":
            facts.error(member, "tax", _("A group cannot contain another group."))


class TaxResource(Resource):
    """Taxes on what is sold and bought."""

    name, model, label, one = "base.taxes", Tax, _("Taxes"), _("Tax")
    icon, identity, title, sort = "receipt-tax", "code", "name", "code"
    columns = ["code", "name", "kind", "scope", "rate", "included", "active"]
    search, filters, groups = ["code", "name"], ["kind", "scope", "active"], ["scope"]
    form = Form(
        Section("code", "name", "kind", "scope", "rate", "amount"),
        Lines("members", "tax", title=_("Members of the group")),
        Section("included", "compound", "country", "active", title=_("More"), side=True),
    )
    fields = {
        "kind": Choice(label=_("Kind"), choices=KINDS),
        "scope": Choice(label=_("Used for"), choices=SCOPES),
        "rate": Number(label=_("Percent"), least=0),
        "amount": Number(label=_("Amount a unit"), least=0),
        "included": Field(label=_("Included in the price")),
        "compound": Field(
            label=_("Taxed by the next"),
            help=_("Taxes after it in a group are computed on the base and this tax together."),
        ),
    }
    check, rights = check_tax, Rights("base.tax")

"""How units of measure are shown and entered."""

from __future__ import annotations

from typing import Any

from dougong import _
from dougong.resources import Choice, Form, Number, Resource, Rights, Section
from dougong_base.units.models import MOST_DIGITS, Unit, usual_digits

FAMILIES = {
    "piece": _("Pieces"),
    "weight": _("Weight"),
    "length": _("Length"),
    "area": _("Area"),
    "volume": _("Volume"),
    "time": _("Time"),
    "other": _("Other"),
}


def derive_unit(unit: Unit, facts: Any) -> None:
    """As fine as units of its family usually are, unless somebody says otherwise."""
    if facts.fresh(unit, "digits", on="family"):
        unit.digits = usual_digits(unit.family)


class UnitResource(Resource):
    """Units of measure; those of one family convert into each other."""

    name, model, label, one = "base.units", Unit, _("Units"), _("Unit")
    icon, identity, title, sort = "ruler-2", "code", "name", "family,factor"
    columns = ["code", "name", "family", "factor", "digits", "active"]
    search, filters, groups = ["code", "name"], ["family", "active"], ["family"]
    form = Form(Section("code", "name", "family", "factor", "digits", "active"))
    fields = {
        "family": Choice(label=_("Measures"), choices=FAMILIES),
        "factor": Number(
            label=_("Reference units"),
            least=0,
            help=_("How many of the family's reference unit one of this is: 12 for a dozen."),
        ),
        "digits": Number(
            label=_("Decimal places"),
            least=0,
            most=MOST_DIGITS,
            required=False,
            help=_("0 where only whole ones are counted: 3 pieces, but 2.750 kg."),
        ),
    }
    derive, rights = derive_unit, Rights("base.unit")

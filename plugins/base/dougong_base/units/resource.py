"""How units of measure are shown and entered."""

from __future__ import annotations

from dougong import _
from dougong.resources import Choice, Form, Number, Resource, Rights, Section
from dougong_base.units.models import Unit

FAMILIES = {
    "piece": _("Pieces"),
    "weight": _("Weight"),
    "length": _("Length"),
    "area": _("Area"),
    "volume": _("Volume"),
    "time": _("Time"),
    "other": _("Other"),
}


class UnitResource(Resource):
    """Units of measure; those of one family convert into each other."""

    name, model, label, one = "base.units", Unit, _("Units"), _("Unit")
    icon, identity, title, sort = "ruler-2", "code", "name", "family,factor"
    columns = ["code", "name", "family", "factor", "active"]
    search, filters, groups = ["code", "name"], ["family", "active"], ["family"]
    form = Form(Section("code", "name", "family", "factor", "active"))
    fields = {
        "family": Choice(label=_("Measures"), choices=FAMILIES),
        "factor": Number(
            label=_("Reference units"),
            least=0,
            help=_("How many of the family's reference unit one of this is: 12 for a dozen."),
        ),
    }
    rights = Rights("base.unit")

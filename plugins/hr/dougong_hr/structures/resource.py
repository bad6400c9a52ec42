"""How pay structures are shown and entered."""

from __future__ import annotations

from typing import Any

from dougong import _
from dougong.resources import Choice, Field, Flag, Form, Lines, Long, Resource, Rights, Section
from dougong_hr.structures.expressions import LANGUAGE, WrongFormula, compile_formula
from dougong_hr.structures.facts import FACTS
from dougong_hr.structures.models import COMPONENT_KINDS, PURPOSES, Structure

#: Names that no component may take: facts, and the line that payroll adds by itself.
RESERVED = {*FACTS, "advances_kept"}


def check_structure(structure: Structure, facts: Any) -> None:
    """Each formula reads, and names only what is known when its turn comes."""
    known, before = set(FACTS), {f"ytd_{c.code}" for c in structure.components}
    for component in structure.components:
        code = component.code
        if not code.isidentifier() or code.startswith("ytd_") or code in RESERVED:
            facts.error(
                component, "code", _("Choose a short name of letters that no fact bears already.")
            )
            continue
        if component.kind == "input":
            known.add(code)
            continue
        try:
            formula = compile_formula(component.formula or "")
        except WrongFormula as wrong:
            facts.error(component, "formula", wrong.sentence)
            continue
        if strangers := sorted(formula.names - known - before):
            facts.error(
                component,
                "formula",
                _("%(names)s: not known at this place.", names=", ".join(strangers)),
            )
        known.add(code)
        if component.kind in ("deduction", "employer") and not component.purpose:
            facts.error(component, "purpose", _("Say to whom the amount is owed."))


class StructureResource(Resource):
    """How pay is computed."""

    name, model, label, one = "hr.structures", Structure, _("Pay structures"), _("Pay structure")
    icon, identity, title, sort = "math-function", "code", "name", "code"
    columns, search, filters = ["code", "name", "active"], ["code", "name"], ["active"]
    form = Form(
        Section("code", "name", "active"),
        Lines(
            "components", "code", "name", "kind", "formula", "purpose", "shown",
            title=_("Components"),
        ),
        Section("note"),
    )  # fmt: skip
    fields = {
        "note": Long(label=_("Note")),
        "components.code": Field(label=_("Name in formulas")),
        "components.name": Field(label=_("Name on the payslip")),
        "components.kind": Choice(label=_("Kind"), choices=COMPONENT_KINDS),
        "components.formula": Long(label=_("Formula"), help=LANGUAGE),
        "components.purpose": Choice(label=_("Owed to"), choices=PURPOSES, required=False),
        "components.shown": Flag(label=_("On the payslip")),
    }
    check, rights = check_structure, Rights("hr.structure")

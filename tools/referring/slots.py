"""The places of the core's pages that plugins fill."""

from __future__ import annotations

import re
from pathlib import Path

import dougong

TEMPLATES = Path(dougong.__file__).parent / "templates"
#: Where each is, and what ``facts`` is given there.
PLACES = {
    "core.top": ("in the bar above every page, before the bell", ""),
    "core.home": ("on the home page, below the cards", ""),
    "<resource>.list": ("above a list, beside its buttons", "noun"),
    "<resource>.buttons": ("above a form, behind the buttons of its steps", "document"),
    "<resource>.top": ("above the fields of a form, over its whole width", "document"),
    "<resource>.main": ("below the fields, in the broad column", "document"),
    "<resource>.side": ("below the fields, in the narrow column, where a form has one", "document"),
}
_CALL = re.compile(r"""slot\((noun\.name ~ )?"([\w.]+)"((?:, \w+=\w+)*)\)""")


def slots() -> str:
    """A table of them; a place that is not in the templates, or is missing here, is noticed."""
    there = {
        ("<resource>" if noun else "") + name: ", ".join(re.findall(r"(\w+)=", given))
        for path in TEMPLATES.rglob("*.html")
        for noun, name, given in _CALL.findall(path.read_text("utf-8"))
    }
    if there != {name: given for name, (_where, given) in PLACES.items()}:
        raise ValueError(f"The templates have these slots: {there}")
    rows = "".join(
        f"| `{name}` | {where} | {f'`{given}`' if given else 'nothing'} |\n"
        for name, (where, given) in PLACES.items()
    )
    return "| slot | where | `facts` is given |\n| --- | --- | --- |\n" + rows

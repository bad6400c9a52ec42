"""The page of the words a noun is written with."""

from __future__ import annotations

import dataclasses
import inspect

from dougong.printing import sheets
from dougong.printing.desk import Desk
from dougong.resources import declare, fields
from dougong.resources.documents.facts import Facts
from referring.addresses import addresses
from referring.saying import MISSING, STALE, notes, of_class, of_dataclass, of_methods, said


def nouns() -> str:
    """The words a noun is written with."""
    text = f"""# Nouns

The words with which a noun is declared: what its list, form, boards, API, import and export are made
from. Import them from `dougong.resources`. {STALE}

## `Resource`

{said(declare.Resource)} A subclass sets these:

| attribute | when left out | what it is |
| --- | --- | --- |
"""
    text += _attributes(declare.Resource)
    text += (
        f"\n## `Extend`\n\n{said(declare.Extend)}\n\n| attribute | when left out | what it is |\n"
    )
    text += "| --- | --- | --- |\n" + _attributes(declare.Extend)
    text += "\n## Forms and boards\n"
    for one in (declare.Form, declare.Section, declare.Lines):
        text += of_class(one)
    for one in (
        declare.Kanban,
        declare.Calendar,
        declare.Gantt,
        declare.Tree,
        declare.Pivot,
        declare.Rights,
        declare.Tab,
    ):
        text += of_dataclass(one)
    text += """
## Fields

A field is inferred from its column. Declare one to change words or kind: `Field(label=_("Colour"))` keeps
the kind, `Long(label=_("Note"))` replaces it. Every kind takes the arguments of `Field`.
"""
    for one in (fields.Field, fields.Text, fields.Long, fields.Number, fields.Money, fields.Day,
                fields.Flag, fields.Choice, fields.Link):  # fmt: skip
        text += of_class(one) if one is fields.Field else f"\n### `{one.__name__}`\n\n{said(one)}\n"
    text += addresses()
    text += f"\n## What `derive` and `check` may ask\n\n{said(Facts)}\n" + of_methods(Facts)
    text += "\n## What papers are made of\n\nImport from `dougong.printing`; see [papers](printing.md).\n"
    for one in vars(sheets).values():
        if (
            isinstance(one, type)
            and one.__module__ == sheets.__name__
            and dataclasses.is_dataclass(one)
        ):
            text += of_dataclass(one)
    return text + f"\n### `Desk`\n\n{said(Desk)}\n" + of_methods(Desk).replace("\n###", "\n####")


def _attributes(cls: type) -> str:
    """A row an attribute; what is not explained by a comment is explained by its type."""
    text = ""
    for name, kind in inspect.get_annotations(cls).items():
        default = vars(cls).get(name, MISSING)
        left = "—" if default is MISSING else f"`{default!r}`"
        what = notes(cls).get(name, "") or f"`{kind.removeprefix('ClassVar[').removesuffix(']')}`"
        text += f"| `{name}` | {left} | {what.replace('|', chr(92) + '|')} |\n"
    return text

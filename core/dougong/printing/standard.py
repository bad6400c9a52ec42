"""The paper that every resource has without a line of its author: its form, in order, with letterhead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from dougong.i18n import _
from dougong.printing.declared import Print
from dougong.printing.desk import Desk, facts_part
from dougong.printing.sheets import Beside, Part, Sheet, Words
from dougong.resources.declare import Lines, Section
from dougong.resources.documents.reading import headed

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun
    from dougong.resources.sight import Sight

#: A table with more columns needs the broad side of the paper.
MOST_UPRIGHT = 7


def standard_print(noun: Noun) -> Print:
    """The paper with everything that the form shows."""
    broad = any(len(part.fields) > MOST_UPRIGHT for part in noun.parts if isinstance(part, Lines))
    return Print(
        name=f"{noun.plugin}.form",
        label=_("Form with all fields"),
        resource=noun.name,
        layout=lay_out_form,
        paper="A4-landscape" if broad else "A4",
        order=1000,
    )


def lay_out_form(desk: Desk, documents: Sequence[Any]) -> Iterator[Sheet]:
    """The sections and tables of the form that the reader sees; what is empty is left out."""
    for document in documents:
        yield Sheet(title=_title(desk, document), parts=list(_parts(desk, document)))


def _title(desk: Desk, document: Any) -> str:
    called = headed(getattr(document, desk.noun.title))
    return f"{desk.noun.one} {called}"


def _parts(desk: Desk, document: Any) -> Iterator[Part]:
    main: list[Part] = []
    side: list[Part] = []
    last: list[Part] = []
    tables: list[Part] = []
    for part, names in desk.sight.parts:
        if isinstance(part, Lines):
            table = desk.table(document, part.name, *names, foot=part.totals, title=part.title)
            tables += [table] if table.rows else []
            continue
        words = [n for n in names if desk.sight.fields[n].kind == "long"]
        rest = [n for n in names if n not in words]
        for name in words:
            if text := desk.say(document, name):
                last.append(Words(text, title=desk.label(name)))
        if _are_sums(desk.sight, part, rest):
            strong = "total" if "total" in rest else rest[-1]
            last.insert(0, desk.sums(document, *rest, strong=strong))
        else:
            found = facts_part(desk.facts(document, *rest), part.title)
            (side if part.side else main).extend(found)
    if main and side:
        yield Beside([main, side])
    else:
        yield from main or side
    yield from tables
    yield from last


def _are_sums(sight: Sight, part: Section, names: Sequence[str]) -> bool:
    """Whether a section adds up: more than one field, all of them amounts that nobody types."""
    fields = [sight.fields[name] for name in names]
    amounts = all(f.kind == "money" and f.name not in sight.writable for f in fields)
    return bool(part.side) and len(fields) > 1 and amounts

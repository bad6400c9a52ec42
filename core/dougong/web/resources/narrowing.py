"""The builder of filters: conditions that all or any must hold, put together in a dialog.

The dialog goes round like a form: the server draws it anew when a field or an operator changes, and
answers the finished filter as the address of the list.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from flask import g, make_response, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from dougong.errors import BadQuery, DougongError
from dougong.i18n import _
from dougong.resources import documents, filters
from dougong.resources.fields import Link
from dougong.resources.fields.periods import PERIODS
from dougong.resources.problems import sentence
from dougong.web.resources.common import base_of, draw, find, go, pages, reading
from dougong.web.resources.wording import label_of, operator_words
from dougong.web.rights import signed_in

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong.resources.fields import Field
    from dougong.resources.sight import Sight

MOST_ROWS = 20
#: What the builder offers for a kind of field, the likeliest first; ``filled`` is empty: false.
OFFERED = {
    "text": ("has", "starts", "eq", "ne", "empty", "filled"),
    "choice": ("in", "ne", "empty", "filled"),
    "flag": ("eq",),
    "link": ("eq", "ne", "under", "empty", "filled"),
    "date": ("during", "ge", "le", "eq", "empty", "filled"),
    "number": ("ge", "le", "eq", "ne", "gt", "lt", "empty", "filled"),
}
OFFERED["money"] = OFFERED["number"]


@dataclass
class Row:
    """One condition of the dialog, as its controls say it."""

    name: str = ""
    op: str = ""
    values: list[str] = field(default_factory=list)
    #: 0 is the outer group; others are groups of their own, of which the opposite must hold.
    group: int = 0
    wrong: str = ""
    #: What the link is called.
    text: str = ""


@dataclass
class Draft:
    """The dialog: whether all or any must hold, and the conditions."""

    match: str = "all"
    rows: list[Row] = field(default_factory=list)

    @property
    def groups(self) -> list[int]:
        """The groups in order; the outer one is always there."""
        return sorted({0, *(row.group for row in self.rows)})

    @property
    def numbered(self) -> list[tuple[int, Row]]:
        """The conditions with their numbers, by which the controls are named."""
        return list(enumerate(self.rows))


@pages.get("/<plugin>/<slug>/filter")
@signed_in
def open_filter(plugin: str, slug: str) -> ResponseReturnValue:
    """The dialog with the filter as it is."""
    _noun, sight = find(plugin, slug)
    text = request.args.get("filter", "")
    if text:
        filters.from_json(text, sight)
    draft = from_tree(json.loads(text)) if text else Draft()
    if not draft.rows:
        draft.rows.append(Row())
    return _draw(sight, draft, request.query_string.decode())


@pages.post("/<plugin>/<slug>/filter")
@signed_in
def change_filter(plugin: str, slug: str) -> ResponseReturnValue:
    """Draw the dialog anew after a change, or go to the list that it describes."""
    noun, sight = find(plugin, slug)
    draft, do = _read(request.form), request.form.get("_do", "")
    query = request.form.get("query", "")[:8000]
    if do == "apply":
        tree = to_tree(draft, sight)
        if tree is not None:
            kept = [(k, v) for k, v in parse_qsl(query) if k not in ("filter", "after", "before")]
            if tree:
                kept.append(("filter", json.dumps(tree, separators=(",", ":"), ensure_ascii=False)))
            return go(f"{base_of(noun)}?{urlencode(kept)}")
        return make_response(_draw(sight, draft, query), 200)
    _change(draft, do)
    return _draw(sight, draft, query)


def _change(draft: Draft, do: str) -> None:
    verb, _colon, number = do.partition(":")
    at = int(number) if number.isdecimal() else 0
    if verb == "add" and len(draft.rows) < MOST_ROWS:
        draft.rows.append(Row(group=at))
    elif verb == "group" and len(draft.rows) < MOST_ROWS - 1:
        new = draft.groups[-1] + 1
        draft.rows += [Row(group=new), Row(group=new)]
    elif verb == "remove" and at < len(draft.rows):
        del draft.rows[at]


def _read(form: MultiDict[str, str]) -> Draft:
    draft = Draft("any" if form.get("match") == "any" else "all")
    for at in range(MOST_ROWS):
        name = form.get(f"r.{at}.field")
        if name is None:
            continue
        group = form.get(f"r.{at}.in", "0")
        row = Row(name[:120], form.get(f"r.{at}.op", "")[:20], group=0)
        row.group = int(group) if group.isdecimal() and int(group) < MOST_ROWS else 0
        if form.get(f"r.{at}.was") == f"{row.name} {row.op}":
            row.values = [v[:200] for v in form.getlist(f"r.{at}.value")[:50]]
        draft.rows.append(row)
    return draft


def from_tree(tree: Any) -> Draft:
    """The dialog for a filter; one that it cannot show begins empty."""
    kind = next(iter(tree))
    if kind not in ("all", "any"):
        leaf = _row(tree, 0)
        return Draft(rows=[leaf] if leaf else [])
    draft, other = Draft(kind), "any" if kind == "all" else "all"
    for group, part in enumerate(tree[kind], 1):
        inner = part.get(other) if isinstance(part, dict) else None
        for one, at in [(part, 0)] if inner is None else [(p, group) for p in inner]:
            row = _row(one, at)
            if row is None:
                return Draft()
            draft.rows.append(row)
    return draft


def _row(leaf: Any, group: int) -> Row | None:
    if set(leaf) != {"field", "op", "value"}:
        return None
    value, operator = leaf["value"], leaf["op"]
    if operator == "empty":
        return Row(leaf["field"], "empty" if value in (True, "true") else "filled", [], group)
    values = [str(v) for v in value] if isinstance(value, list) else [str(value)]
    return Row(leaf["field"], operator, values, group)


def to_tree(draft: Draft, sight: Sight) -> dict[str, Any] | None:
    """The filter that the dialog describes; None when a row is wrong, which then says so."""
    parts: dict[int, list[dict[str, Any]]] = {}
    for row in draft.rows:
        if not row.name:
            continue
        leaf = _leaf(row, sight)
        if leaf is not None:
            parts.setdefault(row.group, []).append(leaf)
    if any(row.wrong for row in draft.rows):
        return None
    other = "any" if draft.match == "all" else "all"
    tree = parts.pop(0, []) + [{other: parts[group]} for group in sorted(parts)]
    return {draft.match: tree} if tree else {}


def _leaf(row: Row, sight: Sight) -> dict[str, Any] | None:
    found = sight.queryable.get(row.name)
    if found is None:
        raise BadQuery(_("There is no field %(name)s to filter by.", name=row.name[:60]))
    operator = "empty" if row.op == "filled" else row.op
    try:
        leaf = {"field": row.name, "op": operator, "value": _value(row, found)}
        filters.from_tree(leaf, sight)
        return leaf
    except ValueError as error:
        row.wrong = str(sentence(str(error)))
    except DougongError as error:
        row.wrong = str(error.sentence)
    return None


def _value(row: Row, found: Field) -> Any:
    if row.op in ("empty", "filled"):
        return row.op == "empty"
    if row.op == "in":
        if not row.values:
            raise ValueError("choice")
        return row.values
    text = row.values[0] if row.values else ""
    if not text.strip():
        raise ValueError("required")
    if found.kind in ("number", "money"):
        return str(found.plain(found.parse(text, g.fmt)))
    return text


# -- drawing ---------------------------------------------------------------------------------------


def _draw(sight: Sight, draft: Draft, query: str) -> str:
    with reading() as session:
        for row in draft.rows:
            _complete(session, sight, row)
    usual = [n for n in sight.names(sight.noun.filters) if n in sight.queryable]
    others = [n for n in sight.queryable if n not in usual]
    named = {n: label_of(sight, n) for n in (*usual, *others)}
    return draw(
        "_filter.html",
        sight.noun,
        sight,
        draft=draft,
        query=query,
        usual=[(n, named[n]) for n in usual],
        others=sorted(((n, named[n]) for n in others), key=lambda pair: pair[1].casefold()),
        offered=lambda row: offered(sight, row.name),
        control=lambda row: _control(sight, row),
        periods=PERIODS,
    )


def offered(sight: Sight, name: str) -> list[tuple[str, str]]:
    """The operators of a field with their words."""
    found = sight.queryable.get(name)
    if found is None:
        return []
    known = (*found.operators, *(("filled",) if "empty" in found.operators else ()))
    ops = OFFERED.get(found.kind, OFFERED["text"])
    return [(op, operator_words(found, op)) for op in ops if op in known]


def _complete(session: Session, sight: Sight, row: Row) -> None:
    """A row whose field was just chosen begins with the likeliest operator; a link gets its name."""
    found = sight.queryable.get(row.name)
    if found is None:
        row.name = row.op = ""
        return
    ops = [op for op, _words in offered(sight, row.name)]
    if row.op == "eq" and "in" in ops:
        row.op = "in"
    if row.op not in ops:
        row.op, row.values = ops[0], []
    if isinstance(found, Link) and row.values and row.values[0]:
        try:
            key = found.load(row.values[0])
        except ValueError:
            row.values = []
            return
        row.text = documents.names_of(session, found, [key]).get((found.target, key), "")


def _control(sight: Sight, row: Row) -> dict[str, Any]:
    """What the value is entered with."""
    found = sight.queryable[row.name]
    kind = {"empty": "none", "filled": "none", "during": "period"}.get(row.op, found.kind)
    facts: dict[str, Any] = {"kind": kind, "label": label_of(sight, row.name)}
    if kind == "choice":
        facts["choices"] = [(key, str(label)) for key, label in found.choices.items()]  # type: ignore[attr-defined]
    if isinstance(found, Link):
        way = sight.way(found.target)
        facts["url"] = f"{base_of(way)}/options" if way is not None else ""
    if kind in ("number", "money") and row.values and not row.wrong:
        facts["value"] = _typed(found, row.values[0])
    return facts


def _typed(found: Field, text: str) -> str:
    """A number of the filter as people of this language type it."""
    try:
        return found.input(found.load(text), g.fmt)
    except ValueError:
        return text

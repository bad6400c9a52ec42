"""The list of a noun, and its boards: same address, same filters, other shapes."""

from __future__ import annotations

from typing import Any

from flask import current_app, g, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from dougong.events import DocumentRef
from dougong.i18n import _
from dougong.links.queries import names
from dougong.resources import boards, lists, steps
from dougong.resources.documents.facts import key_of
from dougong.resources.documents.reading import called, headed
from dougong.resources.fields import Choice, Day, Link
from dougong.views.queries import views_of
from dougong.web.resources.asking import questions
from dougong.web.resources.common import base_of, draw, find, into, pages, reading
from dougong.web.rights import signed_in


@pages.get("/<plugin>/<slug>")
@signed_in
def index(plugin: str, slug: str) -> ResponseReturnValue:
    """The documents of a noun as a list, in groups, or on a board."""
    noun, sight = find(plugin, slug)
    query = lists.parse(request.args, sight, size=40)
    board = _board(sight)
    with reading() as session:
        facts: dict[str, Any] = {
            "query": query,
            "filters": filter_bar(session, query),
            "views": views_of(session, g.actor, noun.name),
            "board": board,
            "columns": _columns_to_choose(query),
            "beside": _beside(session),
        }
        if board is not None:
            facts["made"] = _on_board(session, query, board)
            return draw(f"{board.kind}.html", noun, sight, **facts)
        if query.group:
            facts |= _grouped(session, query)
            return draw("_groups.html" if into("list") else "list.html", noun, sight, **facts)
        facts |= _listed(session, query)
        facts["asked"] = lambda step: questions(session, step, None)
        return draw("_list.html" if into("list") else "list.html", noun, sight, **facts)


def _beside(session: Session) -> str:
    """What the document is called whose related documents are listed."""
    kind, _dot, key = request.args.get("related", "").rpartition(".")
    if not key:
        return ""
    nouns, here = current_app.extensions["dougong"].nouns, DocumentRef(kind, int(key))
    title, _state, _colour = names(session, nouns, g.actor, [here]).get(here, ("", "", ""))
    return title or str(_("a document"))


def _board(sight: Any) -> Any:
    """The board that is asked for, when all it shows exists for these eyes."""
    kind = request.args.get("board")
    for board in sight.noun.resource.boards:
        if board.kind != kind:
            continue
        names = {
            "kanban": lambda b: [b.by],
            "calendar": lambda b: [b.on],
            "pivot": lambda b: [b.rows, b.columns, b.sum],
        }[board.kind](board)
        if all(sight.sees(name) for name in names):
            return board
    return None


def _on_board(session: Session, query: lists.Query, board: Any) -> Any:
    if board.kind == "kanban":
        return boards.kanban(session, query, board, g.fmt)
    if board.kind == "calendar":
        return boards.month(session, query, board, request.args.get("month", ""), g.actor.today)
    return boards.pivot(session, query, board, g.fmt)


def _listed(session: Session, query: lists.Query) -> dict[str, Any]:
    found, following, previous = lists.rows(session, query)
    count, capped, sums = lists.totals(session, query)
    fields = query.sight.fields
    return {
        "body": "_list.html",
        "rows": table_rows(query, found),
        "n": len(found),
        "following": following,
        "previous": previous,
        "count": count,
        "capped": capped,
        "sums": {name: fields[name].show(value, g.fmt) for name, value in sums.items()},
        "bulk_steps": steps.allowed(query.noun, query.sight),
    }


def _grouped(session: Session, query: lists.Query) -> dict[str, Any]:
    name, _colon, cut = query.group.partition(":")
    field, fields = query.sight.fields[name], query.sight.fields
    groups = []
    for key, shown, n, sums in lists.groups(session, query):
        text = "—"
        if key is not None:
            linked = isinstance(field, Link)
            text = str(shown) if linked else field.bucket_text(key, cut, g.fmt)
        figures = {t: fields[t].show(value or 0, g.fmt) for t, value in sums.items()}
        groups.append((key, text, n, figures, _inside(field, cut, key)))
    return {"body": "_groups.html", "grouped": groups, "group_field": field, "cut": cut}


def _inside(field: Any, cut: str, key: Any) -> dict[str, Any]:
    """The filter that shows what is in a group."""
    if key is None or not isinstance(field, Link | Choice | Day) or getattr(field, "timed", False):
        return {}
    if not isinstance(field, Day):
        return {field.name: key}
    if cut == "year":
        return {f"{field.name}.ge": f"{int(key)}-01-01", f"{field.name}.le": f"{int(key)}-12-31"}
    if cut == "month":
        year, month = divmod(int(key), 100)
        last = (
            31 if month in (1, 3, 5, 7, 8, 10, 12) else 30 if month != 2 else 28 + (year % 4 == 0)
        )
        return {
            f"{field.name}.ge": f"{year}-{month:02}-01",
            f"{field.name}.le": f"{year}-{month:02}-{last}",
        }
    return {field.name: key.isoformat() if hasattr(key, "isoformat") else key}


def table_rows(query: lists.Query, found: Any) -> Markup:
    """The table's body, by one function a column: a template's loop over cells costs ten times as much."""
    base, plan, at = base_of(query.noun) + "/", [], 1
    for field in query.columns:
        link = isinstance(field, Link)
        shown = at + 1 if link else at
        css = f' class="{field.align} tabular"' if field.align else ""
        if isinstance(field, Day):
            css = ' class="text-secondary text-nowrap"'
        if field.kind == "flag":
            css = ' class="flag"'
        cell = (lambda v: escape(str(v))) if link else field.cell(g.fmt)
        plan.append((shown, cell, css, escape(str(field.label))))
        at += 2 if link else 1
    (lead, lead_cell, _css, lead_label), *others = plan
    parts: list[str] = []
    for row in found:
        key = row[0]
        value = row[lead]
        name = lead_cell(value) if value not in (None, "") else escape(headed(None))
        plain = escape(Markup(name).striptags())  # noqa: S704
        safe = escape(str(key))
        # A number breaks at its hyphens otherwise; a name may wrap.
        narrow = "" if " " in name else ' class="text-nowrap"'
        parts.append(
            f'<tr><td class="w-1"><input class="form-check-input m-0" type="checkbox" name="id"'
            f' value="{safe}" aria-label="{plain}"></td>'
            f'<td data-label="{lead_label}"{narrow}><a href="{base}{safe}" class="fw-medium">{name}</a>'
            "</td>"
        )
        for index, cell, css, label in others:
            value = row[index]
            text = "" if value is None else cell(value)
            parts.append(f'<td data-label="{label}"{css}>{text}</td>')
        parts.append("</tr>")
    return Markup("".join(parts))  # noqa: S704


def _columns_to_choose(query: lists.Query) -> list[tuple[str, Any, bool]]:
    """Every field that may be a column: name, label, whether it is one now."""
    shown = [f.name for f in query.columns]
    names = dict.fromkeys([*shown, *query.noun.columns, *query.sight.fields])
    fields = query.sight.fields
    return [
        (name, fields[name].label, name in shown)
        for name in names
        if name in fields and not fields[name].many and fields[name].kind != "long"
    ]


def filter_bar(session: Session, query: lists.Query) -> list[dict[str, Any]]:
    """The declared filters, with what is set now."""
    args: MultiDict[str, str] = request.args
    bar = []
    for name in query.sight.names(query.noun.filters):
        field = query.sight.fields[name]
        listed = [v for part in args.getlist(f"{name}.in") for v in part.split(",")]
        values = [v for v in [*args.getlist(name), *listed] if v]
        item: dict[str, Any] = {
            "field": field,
            "name": name,
            "kind": field.kind,
            "values": values,
            "from": args.get(f"{name}.ge", ""),
            "to": args.get(f"{name}.le", ""),
        }
        if isinstance(field, Choice):
            choices = field.choices.items()
            item["choices"] = [(k, str(v), field.colours.get(k, "")) for k, v in choices]
        if isinstance(field, Link):
            way = query.sight.way(field.target)
            if way is None:
                continue  # nothing could be chosen
            item["url"] = f"{base_of(way)}/options"
            _describe_link(session, field, item, [*values, *args.getlist(f"{name}.under")])
        item["set"] = bool(item["values"] or item["from"] or item["to"])
        bar.append(item)
    return bar


def _describe_link(session: Session, field: Link, item: dict[str, Any], given: list[str]) -> None:
    item["text"], item["values"] = "", given[:1]
    if given:
        try:
            key = field.load(given[0])
        except ValueError:
            return
        title = getattr(field.target, field.noun.title)
        found = session.execute(select(title).where(key_of(field.target) == key)).first()
        item["text"] = called(found[0], key) if found else given[0]

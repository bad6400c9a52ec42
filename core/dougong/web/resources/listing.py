"""The list of a noun, and its boards: same address, same filters, other shapes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from flask import current_app, g, redirect, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from dougong.activities.queries import board as activities_board
from dougong.events import DocumentRef
from dougong.i18n import _, language
from dougong.links.queries import names
from dougong.resources import boards, filters, lists, pivots, steps
from dougong.resources.declare import Pivot
from dougong.resources.documents.facts import key_of
from dougong.resources.documents.reading import called, headed
from dougong.resources.fields import Choice, Day, Link
from dougong.resources.fields.periods import PERIODS
from dougong.resources.manual import page_of
from dougong.resources.pivots import declared
from dougong.settings.service import read
from dougong.views.queries import preferred, views_of
from dougong.web.resources.asking import questions
from dougong.web.resources.common import base_of, draw, find, into, pages, reading
from dougong.web.resources.grouped import grouped
from dougong.web.resources.links import may_create_by_name
from dougong.web.resources.pivoting import graphed, pivoted
from dougong.web.resources.timeboards import chart, diary
from dougong.web.resources.trees import branches
from dougong.web.resources.wording import facets
from dougong.web.rights import signed_in

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun


@dataclass(frozen=True)
class Planned:
    """The board that every list has: what is planned with its documents, by kind."""

    kind: str = "activities"


def manual_of(noun: Noun) -> str:
    """The page of the manual that tells of a noun; empty where there is none."""
    if not noun.resource.manual:
        return ""
    with reading() as session:
        address = read(session, "core.manual", g.actor.company_id)
    return page_of(str(address or ""), noun.resource.manual, language())


@pages.get("/<plugin>/<slug>")
@signed_in
def index(plugin: str, slug: str) -> ResponseReturnValue:
    """The documents of a noun as a list, in groups, or on a board."""
    noun, sight = find(plugin, slug)
    query = lists.parse(request.args, sight, size=40)
    board = _board(sight)
    with reading() as session:
        views = views_of(session, g.actor, noun.name)
        if not request.args and (own := preferred(views, g.actor)) is not None:
            return redirect(f"{base_of(noun)}/views/{own.id}")
        facts: dict[str, Any] = {
            "query": query,
            "filters": (bar := filter_bar(session, query)),
            "hidden_conditions": hidden_conditions(bar),
            "periods": PERIODS,
            "facets": facets(session, sight, query.nodes),
            "views": views,
            "board": board,
            "board_kinds": _board_kinds(sight),
            "columns": _columns_to_choose(query),
            "beside": _beside(session),
        }
        if board is not None:
            facts["made"] = _on_board(session, query, board)
            facts["partial"] = into("list")
            if board.kind == "tree" and request.args.get("deep"):
                return draw("_tree.html", noun, sight, **facts)
            return draw(f"{board.kind}.html", noun, sight, **facts)
        if query.group:
            facts |= grouped(session, query)
            return draw("part.html" if into("list") else "list.html", noun, sight, **facts)
        facts |= _listed(session, query)
        facts["asked"] = lambda step: questions(session, step, None)
        if into("list-page"):
            return draw("_page.html", noun, sight, **facts)
        return draw("part.html" if into("list") else "list.html", noun, sight, **facts)


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
    kind = request.args.get("board") or request.args.get("view")
    if kind == "activities" and sight.noun.beside:
        return Planned()
    for board in sight.noun.resource.boards:
        if board.kind != kind:
            continue
        names = {
            "kanban": lambda b: [b.by],
            "calendar": lambda b: [b.on],
            "gantt": lambda b: [b.start, b.end],
            "pivot": lambda b: [b.rows, b.columns, b.sum],
            "tree": lambda b: [b.parent],
        }[board.kind](board)
        if all(sight.sees(name) for name in names):
            return board
    if kind in ("pivot", "graph") and pivots.choices(sight, declared(sight))[0]:
        return Graph() if kind == "graph" else Pivot("", "", "")
    return None


@dataclass(frozen=True)
class Graph:
    """Any list that can be grouped can be drawn; nobody has to declare it."""

    kind: ClassVar[str] = "graph"


def _board_kinds(sight: Any) -> list[str]:
    """The shapes this list has; what can be grouped can be a pivot."""
    kinds = [board.kind for board in sight.noun.resource.boards]
    if pivots.choices(sight, declared(sight))[0]:
        kinds += ["graph"] if "pivot" in kinds else ["pivot", "graph"]
    if sight.noun.beside:
        kinds.append("activities")
    return kinds


def _on_board(session: Session, query: lists.Query, board: Any) -> Any:
    if board.kind == "kanban":
        made = boards.kanban(session, query, board, g.fmt, g.actor.today)
        return {
            "lanes": made,
            "quick": may_create_by_name(query.sight, board.by),
            "today": g.actor.today,
        }
    if board.kind == "calendar":
        return diary(session, query, board)
    if board.kind == "gantt":
        return chart(session, query, board)
    if board.kind == "tree":
        return branches(session, query, board)
    if board.kind == "activities":
        return activities_board(session, query)
    if board.kind == "graph":
        return graphed(session, query)
    return pivoted(session, query)


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


def table_rows(query: lists.Query, found: Any) -> Markup:
    """The table's body, by one function a column: a template's loop over cells costs ten times as much."""
    base, plan, at = base_of(query.noun) + "/", [], 1
    dues = _dues(query)
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
            if index in dues and value is not None:
                text = _due_mark(text, value, row[dues[index][0]] in dues[index][1])
            parts.append(f'<td data-label="{label}"{css}>{text}</td>')
        parts.append("</tr>")
    return Markup("".join(parts))  # noqa: S704


def _dues(query: lists.Query) -> dict[int, tuple[int, tuple[str, ...]]]:
    """Where a day stands by which something is due, where the state stands, and which states wait."""
    places, at = {}, 1
    for field in query.columns:
        places[field.name] = at + 1 if isinstance(field, Link) else at
        at += 2 if isinstance(field, Link) else 1
    return {
        places[field.name]: (places[field.options["due"][0]], field.options["due"][1])
        for field in query.columns
        if field.options.get("due") and field.options["due"][0] in places
    }


def _due_mark(text: str, day: Any, waits: bool) -> str:
    """A day in the colour of how late it is, and in words for who sees no colours."""
    today = g.actor.today
    if not waits or day > today:
        return text
    words = _("overdue") if day < today else _("today")
    css = "over" if day < today else "today"
    return f'<span class="due due-{css}">{text} <small>{escape(str(words))}</small></span>'


def _columns_to_choose(query: lists.Query) -> list[tuple[str, Any, bool, Any]]:
    """Every field that may be a column: name, label, whether it is one now, whose it is if not its own."""
    shown = [f.name for f in query.columns]
    fields = query.sight.queryable
    names = dict.fromkeys([*shown, *query.noun.columns, *query.sight.fields, *fields])
    return [
        (name, fields[name].label, name in shown, _whose(query, name))
        for name in names
        if name in fields and not fields[name].many and fields[name].kind != "long"
    ]


def _whose(query: lists.Query, name: str) -> Any:
    """What a field belongs to that is not the document's own: a link, or another department."""
    first, dot, _rest = name.partition(".")
    if not dot:
        return ""
    link = query.sight.queryable.get(first)
    if link is not None:
        return link.label
    menus = current_app.extensions["dougong"].wiring.menus
    return next((m.label for m in menus if m.key == first and not m.parent), "")


def filter_bar(session: Session, query: lists.Query) -> list[dict[str, Any]]:
    """The declared filters, with what is set now."""
    args: MultiDict[str, str] = request.args
    bar = []
    for name in query.sight.names(query.noun.filters):
        field = query.sight.fields[name]
        listed = [v for part in args.getlist(f"{name}.in") for v in part.split(",")]
        control = filters.parameter(name)
        plain = args.getlist(name) if control == name else []
        values = [v for v in [*plain, *listed] if v]
        item: dict[str, Any] = {
            "field": field,
            "name": name,
            "control": control,
            "kind": field.kind,
            "values": values,
            "from": args.get(f"{name}.ge", ""),
            "to": args.get(f"{name}.le", ""),
            "during": args.get(f"{name}.during", ""),
        }
        if isinstance(field, Choice):
            choices = field.choices.items()
            item["choices"] = [(k, str(v), field.colours.get(k, "")) for k, v in choices]
        if isinstance(field, Link):
            way = query.sight.way(field.target)
            if way is None:
                continue  # nothing could be chosen
            item["url"] = f"{base_of(way)}/options"
            _describe_link(session, field, item, values)
        item["set"] = any(item[part] for part in ("values", "from", "to", "during"))
        bar.append(item)
    return bar


def hidden_conditions(bar: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Conditions of the address that no control of the bar shows; they stay while others change."""
    controls: set[str] = set()
    for item in bar:
        name = item["name"]
        if item["kind"] in ("date", "number", "money"):
            controls |= {f"{name}.ge", f"{name}.le", f"{name}.during"}
        else:
            controls |= {item["control"]} | ({f"{name}.in"} if item["kind"] == "choice" else set())
    # The sheet of what stands beside documents.
    controls |= {"activity", "tags", "tags.ne", "followed"}
    args = request.args.items(multi=True)
    return [(k, v) for k, v in args if v and k not in controls and filters.is_condition(k)]


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

"""What happened to a document, where it came from and where it led."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flask import current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound as NoSuchPage

from dougong.audit.models import AuditEntry
from dougong.audit.reasons import last_reasons
from dougong.custom.hanging import own_field
from dougong.errors import BadQuery, Forbidden
from dougong.events import ref
from dougong.i18n import LANGUAGES, Text, _, pgettext
from dougong.links.queries import trail as trail_of
from dougong.resources import documents
from dougong.resources.fields import Field, Link
from dougong.unit_of_work.history import REASON
from dougong.web.resources.beside import counts
from dougong.web.resources.common import draw, find, headline, key_from, pages, reading
from dougong.web.resources.versions import Row, compare, name_of, versions
from dougong.web.rights import signed_in

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong.resources.sight import Sight

Names = dict[tuple[type[Any], Any], str]
#: A paper by name and language.
Paper = tuple[str, str]

MOST_ENTRIES = 200

ACTIONS: dict[str, Text] = {
    "create": pgettext("history", "Entered"),
    "change": pgettext("history", "Changed"),
    "delete": pgettext("history", "Deleted"),
    "print": pgettext("history", "Printed"),
    "tag": pgettext("history", "Tagged"),
    "untag": pgettext("history", "Tag taken off"),
}


@dataclass(frozen=True)
class Told:
    """One entry of the history, in words."""

    who: str
    at: Any
    action: Text | str
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    #: Why it was done, in the words of who did it.
    reason: str = ""


@pages.get("/<plugin>/<slug>/<key>/history")
@signed_in
def history(plugin: str, slug: str, key: str) -> ResponseReturnValue:
    """Who changed what and when."""
    noun, sight = find(plugin, slug)
    if not noun.audited:
        raise NoSuchPage
    with reading() as session:
        document = documents.get(session, noun, sight, key_from(noun, key))
        statement = (
            select(AuditEntry)
            .where(AuditEntry.document == noun.document)
            .where(AuditEntry.document_id == document.id)
            .order_by(AuditEntry.at.desc(), AuditEntry.seq.desc())
            .limit(MOST_ENTRIES)
        )
        entries = session.scalars(statement).all()
        names, first = _names(session, sight, entries), _first_papers(entries)
        told = [_tell(sight, entry, names, first) for entry in entries]
        facts = about(session, noun, document, "history")
        facts |= _compared(session, sight, document, entries)
        facts |= counts(session, noun, document)
        return draw("history.html", noun, sight, told=told, **facts)


@pages.get("/<plugin>/<slug>/<key>/trail")
@signed_in
def trail(plugin: str, slug: str, key: str) -> ResponseReturnValue:
    """The documents this one came from, and those it led to."""
    noun, sight = find(plugin, slug)
    if not noun.document:
        raise NoSuchPage
    with reading() as session:
        document = documents.get(session, noun, sight, key_from(noun, key))
        facts = about(session, noun, document, "trail")
        facts |= counts(session, noun, document)
        nouns = current_app.extensions["dougong"].nouns
        found = trail_of(session, nouns, g.actor, ref(document))
        shown = [stop.ref for stop in found.stops if stop.url]
        facts["reasons"] = last_reasons(session, shown)
        return draw("trail.html", noun, sight, found=found, **facts)


@pages.get("/<plugin>/<slug>/<key>/<tab>")
@signed_in
def tab(plugin: str, slug: str, key: str, tab: str) -> ResponseReturnValue:
    """A page of the author's own, in the frame of the document."""
    noun, sight = find(plugin, slug)
    own = noun.tabs.get(tab)
    if own is None:
        raise NoSuchPage
    if own.needs and not g.actor.may(own.needs):
        raise Forbidden(own.needs)
    with reading() as session:
        document = documents.get(session, noun, sight, key_from(noun, key))
        template, context = own.view(noun, session, document, g.actor)
        # The author may have loaded the document with more of it.
        facts = {"noun": noun, "document": document, **context}
        # What the template gave is escaped already; escaped again it would be shown as text.
        inner = Markup(render_template(template, **facts))  # noqa: S704
        facts = about(session, noun, document, tab) | counts(session, noun, document)
        return draw("tab.html", noun, sight, inner=inner, **facts)


def about(session: Session, noun: Any, document: Any, tab: str) -> dict[str, Any]:
    """What the frame of a document's tabs says of it."""
    key = getattr(document, noun.key)
    state = noun.steps.state(getattr(document, noun.steps.field)) if noun.steps else None
    title = headline(session, noun, noun.sight(g.actor.rights), document)
    return {"document": document, "key": key, "title": title, "state": state, "tab": tab}


def _compared(
    session: Session, sight: Sight, document: Any, entries: Sequence[AuditEntry]
) -> dict[str, Any]:
    """The versions to choose from, and two of them side by side when they are asked for."""
    found = versions(sight, document, [(entry, _read(entry)) for entry in entries])
    choices = [
        (name_of(entry), f"{g.fmt.time(entry.at)} · {entry.user_name}")
        for entry in entries
        if name_of(entry) in found
    ]
    one, other = request.args.get("before", ""), request.args.get("after", "")
    facts: dict[str, Any] = {"choices": choices, "compared": None, "one": one, "other": other}
    if one not in found or other not in found:
        if one or other:
            raise BadQuery(_("This version is not there."))
        return facts
    compared = compare(sight, found[one], found[other])
    lines = [row.cells for rows in compared.lines.values() for row in rows]
    names = _names_in(session, sight, compared.rows, lines)
    facts["said"] = lambda row, value: _word(row.field, value, names)
    return facts | {"compared": compared, "titles": dict(choices)}


def _names_in(
    session: Session, sight: Sight, rows: Sequence[Row], lines: Sequence[Sequence[Row]]
) -> Names:
    found: Names = {}
    wanted: dict[str, tuple[Link, set[Any]]] = {}
    for row in [*rows, *(cell for cells in lines for cell in cells)]:
        if isinstance(row.field, Link) and row.field.noun is not None:
            link = row.field
            keys = {_key(link, value) for value in (row.before, row.after)} - {None}
            wanted.setdefault(link.target.__name__, (link, set()))[1].update(keys)
    for link, keys in wanted.values():
        if keys and sight.way(link.target) is not None:
            found |= documents.names_of(session, link, sorted(keys, key=str))
    return found


def _tell(sight: Sight, entry: AuditEntry, names: Names, first: Mapping[Paper, str]) -> Told:
    """An entry in the words of the form; what its reader may not see is left out."""
    action = ACTIONS.get(entry.action, entry.action)
    told = Told(entry.user_name, entry.at, action, reason=_reason(entry))
    if entry.action == "print":
        told.changes.append(_printed(entry, first))
    if entry.action in ("tag", "untag"):
        told.changes.extend(_tagged(entry))
    if entry.action != "change":
        return told  # what a new document said stands in its form
    own = {f.key: f for f in sight.own.values()}
    parts = {
        part.model.__tablename__: {f.key: f for f in sight.line_fields(name).values()}
        for name, part in sight.noun.lines.items()
    }
    for name, change in _read(entry).items():
        if isinstance(change, list) and name in own:
            told.changes.append(_change(own[name], change, names))
        elif isinstance(change, dict) and name == "core_custom":
            told.changes.extend(_own_changes(sight, change, names))
        elif isinstance(change, dict) and name in parts:
            for line in change.values():
                known = [
                    (parts[name][key], pair) for key, pair in line.items() if key in parts[name]
                ]
                told.changes.extend(_change(field_, pair, names) for field_, pair in known)
    return told


def _own_changes(
    sight: Sight, change: dict[str, Any], names: Names
) -> Iterator[tuple[str, str, str]]:
    """What became of the fields that an administrator made, each by its own label."""
    for before, after in _own_values(change):
        for name in sorted({*before, *after}):
            field_ = sight.fields.get(f"custom.{name}")
            if field_ is not None and before.get(name) != after.get(name):
                definition, _target = own_field(sight.noun.model, name)
                pair = [definition.from_json(v.get(name)) for v in (before, after)]
                yield _change(field_, pair, names)


def _own_values(change: dict[str, Any]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for told in change.values():
        before, after = told.get("values") or (None, None)
        yield before or {}, after or {}


def _reason(entry: AuditEntry) -> str:
    said = _read(entry).get(REASON)
    return str(said[-1] or "") if isinstance(said, list) and said else ""


def _tagged(entry: AuditEntry) -> list[tuple[str, str, str]]:
    """The tags that came, or went."""
    names = [str(pair[-1]) for pair in _read(entry).values() if isinstance(pair, list)]
    label, gone = str(_("Tag")), entry.action == "untag"
    return [(label, name, "—") if gone else (label, "—", name) for name in names]


def _printed(entry: AuditEntry, first: Mapping[Paper, str]) -> tuple[str, str, str]:
    """Which paper in which language, and whether it said what the first one said."""
    paper, code, mark = _paper(entry)
    declared = current_app.extensions["dougong"].wiring.prints.get(paper)
    label = declared.label if declared is not None else _("Form with all fields")
    same = first.get((paper, code)) == mark
    told = _("as first printed") if same else _("not as first printed")
    return f"{label}, {LANGUAGES.get(code, code)}", mark[:12], str(told)


def _first_papers(entries: Sequence[AuditEntry]) -> dict[Paper, str]:
    """The fingerprint that each paper had when it was printed first; the entries begin with the last."""
    papers = [_paper(entry) for entry in entries if entry.action == "print"]
    return {(paper, code): mark for paper, code, mark in papers}


def _paper(entry: AuditEntry) -> tuple[str, str, str]:
    facts = {name: str(pair[-1]) for name, pair in _read(entry).items() if isinstance(pair, list)}
    return facts.get("paper", ""), facts.get("language", ""), facts.get("fingerprint", "")


def _read(entry: AuditEntry) -> dict[str, Any]:
    try:
        found = json.loads(entry.changes or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _change(field_: Field, pair: Any, names: Names) -> tuple[str, str, str]:
    before, after = pair
    return str(field_.label), _word(field_, before, names), _word(field_, after, names)


def _word(field_: Field, value: Any, names: Names) -> str:
    """A value as the history keeps it, in the reader's words."""
    if value is None or value == "":
        return "—"
    if isinstance(field_, Link):
        key = int(value) if field_.numbered and str(value).isdecimal() else value
        return names.get((field_.target, key), f"#{value}")
    try:
        if field_.kind in ("number", "money"):
            return field_.show(Decimal(str(value)), g.fmt)
        if field_.kind == "date" and getattr(field_, "timed", False):
            at = dt.datetime.fromisoformat(str(value))
            return field_.show(at if at.tzinfo else at.replace(tzinfo=dt.UTC), g.fmt)
        if field_.kind == "date":
            return field_.show(dt.date.fromisoformat(str(value)), g.fmt)
        if field_.kind == "flag":
            return field_.show(value in (True, "True", "true"), g.fmt) or "—"
        return field_.show(value, g.fmt)
    except (ValueError, ArithmeticError):
        return str(value)


def _names(session: Session, sight: Sight, entries: Sequence[AuditEntry]) -> Names:
    """What the linked documents of all entries are called: one statement a linked model."""
    wanted: list[dict[str, Any]] = []
    own = {f.key: f for f in sight.own.values() if isinstance(f, Link)}
    for entry in entries:
        for name, change in _read(entry).items():
            if isinstance(change, list) and name in own:
                wanted += [{own[name].name: _key(own[name], value)} for value in change]
            elif isinstance(change, dict):
                wanted += _linked_in_lines(sight, name, change)
    return documents.labels(session, sight.noun, wanted, sight)


def _linked_in_lines(sight: Sight, table: str, change: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for name, part in sight.noun.lines.items():
        if part.model.__tablename__ != table:
            continue
        for short, field_ in sight.line_fields(name).items():
            if isinstance(field_, Link):
                pairs = [line[field_.key] for line in change.values() if field_.key in line]
                found += [{name: [{short: _key(field_, v)}]} for pair in pairs for v in pair]
    return found


def _key(field_: Link, value: Any) -> Any:
    if value is None or not field_.numbered:
        return value
    return int(value) if str(value).isdecimal() else None

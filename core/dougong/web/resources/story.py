"""What happened to a document, where it came from and where it led."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from flask import current_app, g, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound as NoSuchPage

from dougong.audit.models import AuditEntry
from dougong.errors import Forbidden
from dougong.i18n import Text, pgettext
from dougong.links.models import DocumentLink
from dougong.resources import documents
from dougong.resources.documents.facts import key_of
from dougong.resources.documents.reading import called
from dougong.web.rights import signed_in
from dougong.web.resources.common import draw, find, key_from, pages, reading

MOST_ENTRIES, MOST_LINKS, FAR = 200, 60, 6

ACTIONS: dict[str, Text] = {
    "create": pgettext("history", "Entered"),
    "change": pgettext("history", "Changed"),
    "delete": pgettext("history", "Deleted"),
}


@dataclass
class TrailStep:
    """A document on the trail."""

    kind: str
    key: int
    label: Text | str = ""
    title: str = ""
    url: str = ""
    state: str = ""
    colour: str = ""
    icon: str = "file"
    far: int = 0


@dataclass(frozen=True)
class Told:
    """One entry of the history, in words."""

    who: str
    at: Any
    action: Text | str
    changes: list[tuple[str, str, str]] = field(default_factory=list)


@pages.get("/<plugin>/<slug>/<key>/history")
@signed_in
def history(plugin: str, slug: str, key: str) -> ResponseReturnValue:
    """Who changed what and when."""
    noun, sight = find(plugin, slug)
    with reading() as session:
        document = documents.get(session, noun, sight, key_from(noun, key))
        statement = (
            select(AuditEntry)
            .where(AuditEntry.document == noun.model.__document__)
            .where(AuditEntry.document_id == document.id)
            .order_by(AuditEntry.at.desc(), AuditEntry.seq.desc())
            .limit(MOST_ENTRIES)
        )
        told = [_tell(sight, entry) for entry in session.scalars(statement)]
        return draw("history.html", noun, sight, told=told, **_about(noun, document, "history"))


@pages.get("/<plugin>/<slug>/<key>/trail")
@signed_in
def trail(plugin: str, slug: str, key: str) -> ResponseReturnValue:
    """The documents this one came from, and those it led to."""
    noun, sight = find(plugin, slug)
    with reading() as session:
        document = documents.get(session, noun, sight, key_from(noun, key))
        facts = _about(noun, document, "trail")
        return draw("trail.html", noun, sight, **trail_of(session, noun, document), **facts)


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
        inner = render_template(template, noun=noun, document=document, **context)
        return draw("tab.html", noun, sight, inner=inner, **_about(noun, document, tab))


def _about(noun: Any, document: Any, tab: str) -> dict[str, Any]:
    key = getattr(document, noun.key)
    state = noun.steps.state(getattr(document, noun.steps.field)) if noun.steps else None
    title = getattr(document, noun.title) or f"#{key}"
    return {"document": document, "key": key, "title": title, "state": state, "tab": tab}


def _tell(sight: Any, entry: AuditEntry) -> Told:
    """An entry in the words of the form; what its reader may not see is left out."""
    shown = {f.key: f for f in sight.fields.values() if not f.hops}
    hidden = {f.key for f in sight.noun.fields.values() if f.name in sight.hidden}
    changes = []
    for name, before, after in _pairs(entry.changes):
        base = name.rpartition(".")[2]
        if base in hidden or base in ("version", "company_id", "id"):
            continue
        label = shown[base].label if base in shown and "." not in name else _readable(name)
        changes.append((str(label), _word(shown.get(base), before), _word(shown.get(base), after)))
    return Told(entry.user_name, entry.at, ACTIONS.get(entry.action, entry.action), changes)


def _pairs(text: str) -> list[tuple[str, Any, Any]]:
    found: list[tuple[str, Any, Any]] = []

    def walk(prefix: str, value: Any) -> None:
        if isinstance(value, dict):
            for name, inner in value.items():
                walk(f"{prefix}.{name}" if prefix else str(name), inner)
        elif isinstance(value, list) and len(value) == 2 and not isinstance(value[0], dict | list):
            found.append((prefix, value[0], value[1]))
        elif isinstance(value, list):
            for at, inner in enumerate(value):
                walk(f"{prefix}.{at + 1}", inner)

    try:
        walk("", json.loads(text or "{}"))
    except ValueError:
        return []
    return found


def _readable(name: str) -> str:
    return name.replace("_id", "").replace("_", " ").replace(".", " › ")


def _word(shown: Any, value: Any) -> str:
    if value is None or value == "":
        return "—"
    if shown is not None and shown.kind == "choice":
        return str(shown.choices.get(value, value))
    return str(value)


def trail_of(session: Session, noun: Any, document: Any) -> dict[str, Any]:
    """The trail by distance: what was before, what came after; a fixed number of statements a step."""
    here = TrailStep(noun.model.__document__ or noun.name, document.id)
    before = _walk(session, here, backwards=True)
    after = _walk(session, here, backwards=False)
    _name(session, [here, *before, *after])
    before.sort(key=lambda s: (-s.far, s.key))
    seen = {(s.kind, s.key) for s in before}
    after = [s for s in after if (s.kind, s.key) not in seen]
    return {"before": before, "here": here, "after": after}


def _walk(session: Session, start: TrailStep, *, backwards: bool) -> list[TrailStep]:
    found: dict[tuple[str, int], TrailStep] = {}
    edge = [start.key]
    source, target = ("to_id", "from_id") if backwards else ("from_id", "to_id")
    kind = "from_kind" if backwards else "to_kind"
    for far in range(1, FAR + 1):
        statement = select(DocumentLink).where(getattr(DocumentLink, source).in_(edge))
        edge = []
        for link in session.scalars(statement.order_by(DocumentLink.id).limit(MOST_LINKS)):
            step = TrailStep(getattr(link, kind), getattr(link, target), far=far)
            if (step.kind, step.key) in found or (step.kind, step.key) == (start.kind, start.key):
                continue
            found[step.kind, step.key] = step
            edge.append(step.key)
        if not edge or len(found) >= MOST_LINKS:
            break
    return list(found.values())


def _name(session: Session, steps: list[TrailStep]) -> None:
    """Titles, states and addresses; a document that its reader may not see keeps its kind only."""
    nouns = current_app.extensions["dougong"].nouns
    by_kind: dict[str, list[TrailStep]] = {}
    for step in steps:
        by_kind.setdefault(step.kind, []).append(step)
    for kind, alike in by_kind.items():
        candidates = _nouns_of(nouns, kind)
        for noun in candidates:
            if not noun.sight(g.actor.rights).read:
                continue
            columns = [key_of(noun.model), getattr(noun.model, noun.title)]
            if noun.steps:
                columns.append(getattr(noun.model, noun.steps.field))
            statement = select(*columns).where(columns[0].in_([s.key for s in alike]))
            if noun.resource.rule:
                statement = statement.where(noun.resource.rule(noun.model))
            rows = {row[0]: row for row in session.execute(statement)}
            for step in alike:
                if step.key in rows:
                    _describe(step, noun, rows[step.key])
        for step in alike:
            step.label = step.label or (candidates[0].one if candidates else kind)


def _nouns_of(nouns: Any, kind: str) -> list[Any]:
    exact = nouns.all.get(kind)
    several = [n for n in nouns.all.values() if getattr(n.model, "__document__", "") == kind]
    return ([exact] if exact else []) + [n for n in several if n is not exact]


def _describe(step: TrailStep, noun: Any, row: Any) -> None:
    step.label, step.icon = noun.one, noun.icon
    step.title = called(row[1], row[0])
    step.url = f"/{noun.plugin}/{noun.slug}/{row[0]}"
    if noun.steps:
        state = noun.steps.state(row[2])
        step.state, step.colour = str(state.label), state.colour



"""What happened to a document, where it came from and where it led."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from flask import current_app, g, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from werkzeug.exceptions import NotFound as NoSuchPage

from dougong.audit.models import AuditEntry
from dougong.errors import Forbidden
from dougong.events import ref
from dougong.i18n import Text, pgettext
from dougong.links.queries import trail as trail_of
from dougong.resources import documents
from dougong.web.resources.common import draw, find, key_from, pages, reading
from dougong.web.rights import signed_in

MOST_ENTRIES = 200

ACTIONS: dict[str, Text] = {
    "create": pgettext("history", "Entered"),
    "change": pgettext("history", "Changed"),
    "delete": pgettext("history", "Deleted"),
}


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
        nouns = current_app.extensions["dougong"].nouns
        found = trail_of(session, nouns, g.actor, ref(document))
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

"""What stands around a document: related documents, notes and files, followers, tags, activities."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from flask import current_app, g
from sqlalchemy import Date, Integer, String, cast, literal, null, select, union_all

from dougong.activities.models import Activity, ActivityKind
from dougong.events import ref
from dougong.files.models import File
from dougong.following.models import Follower
from dougong.links.queries import trail
from dougong.links.related import Related, related
from dougong.notes.models import Note
from dougong.people.users.models import User
from dougong.resources.documents.beside import count_of, named
from dougong.resources.namers import named_by
from dougong.tags.models import DocumentTag, Tag
from dougong.unit_of_work.session import SCOPED
from dougong.web.resources.common import base_of
from dougong.web.shell import menu_for

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong.resources.nouns import Noun


class Planned(NamedTuple):
    """An open activity, as the form shows it."""

    id: int
    summary: str
    icon: str
    due_on: dt.date
    assignee: str
    mine: bool


@dataclass
class Together:
    """How people work together on one document."""

    followers: list[tuple[int, str]] = field(default_factory=list)
    following: bool = False
    #: Name and colour.
    tags: list[tuple[int, str, str]] = field(default_factory=list)
    activities: list[Planned] = field(default_factory=list)


def beside(session: Session, noun: Noun, document: Any) -> dict[str, Any]:
    """Facts for `_related.html`, `_tabs.html` and `_together.html`: three statements, and one a kind."""
    if document is None or noun.key != "id":
        return {"related": [], "notes": 0, "files": 0, "together": None}
    found: list[Related] = []
    kinds: set[str] = set()
    if noun.document:
        nouns, here = current_app.extensions["dougong"].nouns, ref(document)
        around = trail(session, nouns, g.actor, here)
        found, kinds = related(around, nouns, here), {stop.ref.kind for stop in around.stops}
    if not g.get("inside"):
        found += _naming(session, noun, document, kinds)
    return {"related": found, **counts(session, noun, document)}


def _naming(session: Session, noun: Noun, document: Any, known: set[str]) -> list[Related]:
    """Lists of the menu whose documents name this one, beside those of its trail."""
    places = [entry.url for group in menu_for(g.actor) for entry in group.entries]
    namers = [
        one
        for one in noun.namers
        if one.noun.name not in known
        and base_of(one.noun) in places
        and (sight := one.noun.sight(g.actor.rights)).read
        and sight.sees(one.field.name)
    ]
    namers.sort(key=lambda one: places.index(base_of(one.noun)))
    return [
        Related(one.noun.label, one.noun.icon, one.url, one.count, "", (), one.capped)
        for one in named_by(session, namers, getattr(document, noun.key))
    ]


def counts(session: Session, noun: Noun, document: Any) -> dict[str, Any]:
    """How many notes and files there are beside a document, and who does what with it: one statement."""
    if noun.key != "id":
        return {"notes": 0, "files": 0, "together": None}
    together, notes, files = Together(), 0, 0
    rows = session.execute(_statement(noun, document.id), execution_options={SCOPED: True})
    for what, id, text, extra, day, who, n in rows:
        if what == "counts":
            notes, files = id, n
        elif what == "follower":
            together.followers.append((id, text))
            together.following |= id == g.actor.user_id
        elif what == "tag":
            together.tags.append((id, text, extra))
        else:
            mine = n == g.actor.user_id
            together.activities.append(Planned(id, text, extra, day, who, mine))
    together.followers.sort(key=lambda one: one[1])
    together.tags.sort(key=lambda one: one[1].casefold())
    together.activities.sort(key=lambda one: (one.due_on, one.id))
    return {"notes": notes, "files": files, "together": together if noun.beside else None}


def _statement(noun: Noun, id: int) -> Any:
    """Rows of four kinds in seven columns: what, id, text, extra, day, who, number."""
    none, no_day, no_number = cast(null(), String), cast(null(), Date), cast(null(), Integer)

    def here(model: Any) -> Any:
        return (model.document == named(noun)) & (model.document_id == id)

    counted = select(
        literal("counts", String).label("what"), count_of(Note, noun, id).label("id"),
        none.label("text"), none.label("extra"), no_day.label("day"), none.label("who"),
        count_of(File, noun, id).label("n"),
    )  # fmt: skip
    followers = (
        select(
            literal("follower", String), Follower.user_id, User.name, none, no_day, none, no_number
        )
        .join(User, User.id == Follower.user_id)
        .where(here(Follower))
    )
    tags = (
        select(literal("tag", String), Tag.id, Tag.name, Tag.colour, no_day, none, no_number)
        .join(DocumentTag, DocumentTag.tag_id == Tag.id)
        .where(here(DocumentTag))
    )
    activities = (
        select(
            literal("activity", String), Activity.id, Activity.summary, ActivityKind.icon,
            Activity.due_on, User.name, Activity.assignee_id,
        )
        .join(ActivityKind, ActivityKind.id == Activity.kind_id)
        .join(User, User.id == Activity.assignee_id)
        .where(here(Activity), Activity.state == "planned")
    )  # fmt: skip
    return union_all(counted, followers, tags, activities)

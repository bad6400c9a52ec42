"""The document trail: what a document came from and what it led to, through every department."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import BindParameter, Select, bindparam, literal, select, union
from sqlalchemy.orm import Session, aliased

from dougong.events import DocumentRef
from dougong.links.models import DocumentLink
from dougong.resources.documents.reading import headed
from dougong.resources.titles import Called

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.resources.nouns import Noun, Nouns

#: Steps from the document in either direction.
DEPTH = 6
#: Links shown; a payment for a thousand invoices is better read in a list.
MOST = 500


@dataclass(frozen=True)
class Stop:
    """One document of the trail. Without the right to see it, only its kind is told."""

    ref: DocumentRef
    #: before, here or after.
    side: Literal["before", "here", "after"]
    #: How many steps away.
    depth: int
    #: What kind of document it is, in words.
    kind: str
    title: str = ""
    state: str = ""
    url: str = ""
    #: The colour of the state's badge; the word beside it says the same.
    colour: str = "secondary"


@dataclass(frozen=True)
class Tie:
    """One document led to another; ``kind`` says how: delivery, invoice, payment."""

    source: DocumentRef
    target: DocumentRef
    kind: str


@dataclass(frozen=True)
class Trail:
    """The documents around one, from the oldest ancestor to the last consequence, and their ties."""

    stops: Sequence[Stop]
    ties: Sequence[Tie]

    @property
    def stages(self) -> list[list[Stop]]:
        """The documents by their distance: what led here first, then this one, then what followed."""
        return [list(stage) for _at, stage in groupby(self.stops, lambda s: (s.side, s.depth))]


def trail(session: Session, nouns: Nouns, actor: Actor, here: DocumentRef) -> Trail:
    """Everything before and after a document: one statement, and one a kind for the titles."""
    rows = session.execute(_links(), {"here": here.id}).all()
    ties, places = [], {here: ("here", 0)}
    for side, depth, from_kind, from_id, to_kind, to_id, kind in rows:
        tie = Tie(DocumentRef(from_kind, from_id), DocumentRef(to_kind, to_id), kind)
        if tie not in ties:
            ties.append(tie)
        places.setdefault(tie.source if side == "before" else tie.target, (side, depth))
    named = names(session, nouns, actor, places)
    stops = [
        _stop(nouns, ref, side, depth, named.get(ref))
        for ref, (side, depth) in sorted(places.items(), key=_order)
    ]
    return Trail(stops, ties)


def around(id: int) -> Any:
    """The ids of all documents before and after one, as a subquery for a list's condition."""
    ways = (_way(id, back=True), _way(id, back=False))
    return union(*(select(way.c.far) for way in ways)).subquery("around")


@cache
def _links() -> Select[Any]:
    """The links on every way up to `DEPTH` steps back and forth, the nearest first.

    Asked for the parameter ``here``: it takes longer to write the statement than to answer it.
    """
    here = bindparam("here", type_=DocumentLink.id.type)
    ways = union(*(select(way) for way in (_way(here, back=True), _way(here, back=False))))
    found = ways.subquery("ways")
    return (
        select(
            found.c.side,
            found.c.depth,
            DocumentLink.from_kind,
            DocumentLink.from_id,
            DocumentLink.to_kind,
            DocumentLink.to_id,
            DocumentLink.kind,
        )
        .join_from(found, DocumentLink, DocumentLink.id == found.c.id)
        .order_by(found.c.depth, DocumentLink.id)
        .limit(MOST)
    )


def _way(id: int | BindParameter[int], *, back: bool) -> Any:
    link = aliased(DocumentLink)
    near, far = ("to_id", "from_id") if back else ("from_id", "to_id")
    first = select(
        literal("before" if back else "after").label("side"),
        DocumentLink.id.label("id"),
        getattr(DocumentLink, far).label("far"),
        literal(1).label("depth"),
    ).where(getattr(DocumentLink, near) == id)
    way = first.cte("back" if back else "forth", recursive=True)
    # UNION drops what was met at this distance already: a circle ends at DEPTH.
    return way.union(
        select(way.c.side, link.id, getattr(link, far), way.c.depth + 1)
        .join(way, getattr(link, near) == way.c.far)
        .where(way.c.depth < DEPTH)
    )


def names(
    session: Session, nouns: Nouns, actor: Actor, refs: Iterable[DocumentRef]
) -> dict[DocumentRef, tuple[str, str, str]]:
    """Title, state and the state's colour of the documents that may be seen; the session sees no others."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for ref in refs:
        by_kind[ref.kind].append(ref.id)
    found: dict[DocumentRef, tuple[str, str, str]] = {}
    for kind, ids in by_kind.items():
        noun = nouns.get(kind)
        if noun is None or not noun.sight(actor.rights).read:
            continue
        model = noun.model
        called = Called(noun, noun.sight(actor.rights))
        state = getattr(model, noun.steps.field) if noun.steps else literal("")
        question = called.onto(select(model.id, state, *called.columns)).where(model.id.in_(ids))
        for id, now, *title in session.execute(question):
            found[DocumentRef(kind, id)] = (headed(called.words(title)), *_state(noun, now))
    return found


def _state(noun: Noun, name: str) -> tuple[str, str]:
    if not noun.steps or not name:
        return "", "secondary"
    state = noun.steps.state(name)
    return str(state.label), state.colour


def _stop(
    nouns: Nouns,
    ref: DocumentRef,
    side: Any,
    depth: int,
    named: tuple[str, str, str] | None,
) -> Stop:
    noun = nouns.get(ref.kind)
    kind = str(noun.one) if noun is not None else ref.kind
    if noun is None or named is None:
        return Stop(ref, side, depth, kind)
    title, state, colour = named
    url = f"/{noun.plugin}/{noun.slug}/{ref.id}"
    return Stop(ref, side, depth, kind, title, state, url, colour)


def _order(place: tuple[DocumentRef, tuple[str, int]]) -> tuple[int, str, int]:
    ref, (side, depth) = place
    return {"before": -depth, "here": 0, "after": depth}[side], ref.kind, ref.id


def as_json(found: Trail) -> Mapping[str, Any]:
    """The trail as an answer of the API: a document that may not be seen has no id."""
    at = {stop.ref: number for number, stop in enumerate(found.stops)}
    return {
        "documents": [
            {
                "kind": stop.ref.kind,
                "label": stop.kind,
                "side": stop.side,
                "depth": stop.depth,
                "id": stop.ref.id if stop.title else None,
                "title": stop.title or None,
                "state": stop.state or None,
                "url": stop.url or None,
            }
            for stop in found.stops
        ],
        "links": [
            {"from": at[tie.source], "to": at[tie.target], "kind": tie.kind}
            for tie in found.ties
            if tie.source in at and tie.target in at
        ],
    }

"""What documents of all departments are called: their number, and whom they are for or from."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import func, inspect, select
from sqlalchemy.orm import Session

from dougong import Actor, DocumentRef
from dougong.db import metadata
from dougong_base import Party

#: What a document may be known by, and whom it may be for.
TITLES = ("number", "name", "code")
PARTIES = ("customer_id", "supplier_id", "party_id")
#: When it was wanted, where nothing was promised.
DAYS = ("promised_on", "asked_on", "ordered_on")
MOST = 10_000


def models() -> dict[str, type[Any]]:
    """The models of all documents of the house, by kind."""
    known: list[Any] = [table.info.get("model") for table in metadata.tables.values()]
    return {model.__document__: model for model in known if hasattr(model, "__document__")}


def called(
    session: Session, actor: Actor, documents: Iterable[DocumentRef]
) -> dict[DocumentRef, str]:
    """Number and partner of each: “SO-2026-00001 Ada Ltd”; a statement a kind, and one for names."""
    known, by_kind = models(), defaultdict(set)
    for document in documents:
        by_kind[document.kind].add(document.id)
    rows = [
        (DocumentRef(kind, row[0]), row[1], row[2])
        for kind, ids in by_kind.items()
        if kind in known
        for row in _titles(session, known[kind], ids)
    ]
    people = _people(session, actor, {party for _document, _title, party in rows if party})
    return {
        document: " ".join(filter(None, (str(title or ""), people.get(party, ""))))
        for document, title, party in rows
        if title or party
    }


def find(session: Session, kinds: Iterable[str], number: str) -> DocumentRef | None:
    """The document of one of these kinds that has this number."""
    known = models()
    for kind in sorted(set(kinds) & known.keys()):
        model = known[kind]
        if hasattr(model, "number"):
            id = session.scalar(select(model.id).where(model.number == number).limit(1))
            if id is not None:
                return DocumentRef(kind, id)
    return None


def dated(session: Session, documents: Iterable[DocumentRef]) -> dict[DocumentRef, dt.date]:
    """The day on which customers wanted these, else on which they ordered them."""
    known, by_kind = models(), defaultdict(set)
    for document in documents:
        by_kind[document.kind].add(document.id)
    found: dict[DocumentRef, dt.date] = {}
    for kind, ids in by_kind.items():
        columns = inspect(known[kind]).column_attrs if kind in known else ()
        names = [name for name in DAYS if name in columns]
        if names:
            day = func.coalesce(*(getattr(known[kind], name) for name in names), None)
            asked = select(known[kind].id, day).where(known[kind].id.in_(sorted(ids)[:MOST]))
            found |= {DocumentRef(kind, id): on for id, on in session.execute(asked) if on}
    return found


def _titles(session: Session, model: type[Any], ids: Iterable[int]) -> Iterator[Any]:
    columns = inspect(model).column_attrs
    title = next((name for name in TITLES if name in columns), None)
    party = next((name for name in PARTIES if name in columns), None)
    if title is None:
        return iter(())
    asked = [model.id, getattr(model, str(title))]
    asked.append(getattr(model, str(party)) if party else model.id)
    rows = session.execute(select(*asked).where(model.id.in_(sorted(ids)[:MOST])))
    return iter([(id, name, third if party else None) for id, name, third in rows])


def _people(session: Session, actor: Actor, ids: set[int]) -> Mapping[int | None, str]:
    if not ids or not actor.may("base.party.read"):
        return {}
    rows = session.execute(select(Party.id, Party.name).where(Party.id.in_(ids)))
    return {id: name for id, name in rows}  # noqa: C416

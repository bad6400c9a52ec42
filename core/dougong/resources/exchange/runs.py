"""Imports that were run: what each has made and changed, kept beside them to be taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from dougong.actors import EVERYTHING
from dougong.errors import NotFound
from dougong.i18n import _
from dougong.resources import documents
from dougong.resources.documents.reading import plain_document
from dougong.resources.models import Imported, ImportRun
from dougong.sealing import Sealed

if TYPE_CHECKING:
    from dougong.resources.fields import Field
    from dougong.resources.nouns import Noun
    from dougong.resources.sight import Sight
    from dougong.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Run:
    """An import as people look at it: the run, and how many documents it made and changed."""

    run: ImportRun
    created: int
    changed: int


def runs_of(session: Session, noun: Noun, most: int = 50) -> list[Run]:
    """The imports of a noun that the reader's company has run, the last one first."""
    return _counted(session, ImportRun.resource == noun.name, most)


def latest(session: Session, most: int = 50) -> list[Run]:
    """The imports of all nouns, the last one first."""
    return _counted(session, ImportRun.id > 0, most)


def run_of(session: Session, noun: Noun, run_id: int) -> Run:
    """One import; raises `NotFound`."""
    found = one_run(session, run_id)
    if found.run.resource != noun.name:
        raise NotFound(_("import"), run_id)
    return found


def one_run(session: Session, run_id: int) -> Run:
    """The import of that number, whatever it brought in; raises `NotFound`."""
    found = _counted(session, ImportRun.id == run_id, 1)
    if not found:
        raise NotFound(_("import"), run_id)
    return found[0]


def _counted(session: Session, which: Any, most: int) -> list[Run]:
    made = func.coalesce(func.sum(case((Imported.created, 1), else_=0)), 0)
    statement = (
        select(ImportRun, made, func.count(Imported.id) - made)
        .outerjoin(Imported, Imported.run_id == ImportRun.id)
        .where(which)
        .group_by(ImportRun.id)
        .order_by(ImportRun.id.desc())
        .limit(most)
    )
    return [Run(run, created, changed) for run, created, changed in session.execute(statement)]


def imported_keys(session: Session, noun: Noun, run_id: int, most: int) -> list[tuple[Any, bool]]:
    """Which documents an import has touched, and whether it made each."""
    statement = select(Imported.key, Imported.created).where(Imported.run_id == run_id)
    rows = session.execute(statement.order_by(Imported.id).limit(most))
    return [(key_of_text(noun, key), created) for key, created in rows]


def key_of_text(noun: Noun, text: str) -> Any:
    """A key as the model has it."""
    return int(text) if noun.key == "id" else text


@dataclass
class Memory:
    """What a unit of work of an import does, until it is written beside it."""

    noun: Noun
    sight: Sight
    file: str
    made: list[Any] = field(default_factory=list)
    changed: list[tuple[Any, dict[str, Any]]] = field(default_factory=list)

    def look(self, known: Iterable[Any]) -> dict[int, dict[str, Any]]:
        """What documents say before they are changed, by identity."""
        return {id(document): said(self.noun, self.sight, document) for document in known}

    def note(self, entry: documents.Entry, before: dict[int, dict[str, Any]]) -> None:
        """Remember what became of an entry."""
        if entry.outcome == "created":
            self.made.append(entry.document)
        elif entry.outcome == "changed":
            self.changed.append((entry.document, before[id(entry.document)]))

    def write(self, uow: UnitOfWork, run_id: int | None) -> int | None:
        """Keep it, as a run of its own or with the chunks before; says which run it is."""
        if not self.made and not self.changed:
            return run_id
        if run_id is None:
            run = ImportRun(
                resource=self.noun.name, file=self.file[:200], ran_at=uow.now, ran_by=uow.actor.name
            )
            uow.add(run)
            run_id = run.id
        uow.add_columns(
            Imported,
            len(self.made),
            run_id=run_id,
            created=True,
            key=[str(getattr(one, self.noun.key)) for one in self.made],
            left_as=[left_as(self.noun, one) for one in self.made],
        )
        for document, before in self.changed:
            plain, sealed = self._differing(document, before)
            uow.add(
                Imported(
                    run_id=run_id,
                    key=str(getattr(document, self.noun.key)),
                    created=False,
                    left_as=left_as(self.noun, document),
                    before=plain,
                    sealed=orjson.dumps(sealed).decode() if sealed else None,
                )
            )
        return run_id

    def _differing(
        self, document: Any, before: dict[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """The entered fields that said something else; apart those that are kept sealed."""
        now = said(self.noun, self.sight, document)
        plain: dict[str, Any] = {}
        sealed: dict[str, Any] = {}
        for name, value in before.items():
            fields = entered(self.noun, self.sight, name)
            if name not in self.noun.lines and name not in self.sight.fields:
                fields = {n: f for n, f in fields.items() if value.get(n) != now[name].get(n)}
                value = {n: value.get(n) for n in fields}
            if not fields or value == now.get(name):
                continue
            if name in self.noun.lines:
                value = [{n: row[n] for n in ("id", *fields) if n in row} for row in value]
            secret = any(isinstance(one.column.type, Sealed) for one in fields.values())
            (sealed if secret else plain)[name] = value
        return plain, sealed


def entered(noun: Noun, sight: Sight, name: str) -> dict[str, Field]:
    """The fields behind a name of a payload that people enter: one, a line's, or a side table's."""
    if name in noun.lines:
        return dict(sight.line_fields(name, writing=True))
    if name in sight.writable_own:
        return {name: sight.writable_own[name]}
    prefix = f"{name}."
    fields = sight.writable.items()
    return {n.removeprefix(prefix): f for n, f in fields if n.startswith(prefix)}


def said(noun: Noun, sight: Sight, document: Any) -> dict[str, Any]:
    """All that these eyes see of a document, as the API says it."""
    return plain_document(noun, sight, documents.read(noun, document, sight))


def left_as(noun: Noun, document: Any) -> str:
    """What tells whether a document was changed since."""
    if noun.versioned:
        return str(document.version)
    told = orjson.dumps(said(noun, noun.sight(EVERYTHING), document), option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(told).hexdigest()


def rows_of_run(session: Session, run_id: int) -> Sequence[Imported]:
    """What an import has touched, in its order."""
    statement = select(Imported).where(Imported.run_id == run_id).order_by(Imported.id)
    return session.scalars(statement).all()

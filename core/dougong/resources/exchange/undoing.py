"""Taking a whole import back: what it made goes, what it changed says again what it said; or nothing does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import delete, select

from dougong.errors import Forbidden, Invalid, NotFound, Refused
from dougong.i18n import Text, _
from dougong.resources import documents
from dougong.resources.documents.checking import locked
from dougong.resources.documents.facts import key_of
from dougong.resources.exchange.referring import referring
from dougong.resources.exchange.runs import entered, key_of_text, left_as, rows_of_run
from dougong.resources.models import ExternalId, Imported, ImportRun
from dougong.resources.titles import names

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.resources.nouns import Noun
    from dougong.resources.sight import Sight
    from dougong.unit_of_work import House, UnitOfWork

#: So many documents are named in a refusal, and looked up with one statement.
NAMED, BATCH = 5, 500


class CannotUndo(Refused):
    """Some documents are not any more what the import made of them."""

    def __init__(self, named: Sequence[str], more: int) -> None:
        which = "; ".join(named)
        if more:
            which += "; " + str(_("and %(n)s more", n=more))
        super().__init__(
            _("This import can no longer be undone; nothing was changed. %(which)s", which=which)
        )


@dataclass(frozen=True)
class Undone:
    """What the undoing came to."""

    removed: int
    restored: int


def undo_import(uow: UnitOfWork, noun: Noun, sight: Sight, run_id: int) -> Undone:
    """Take an import back whole.

    Raises `CannotUndo`, naming the first documents that were changed since, are posted or are
    referred to; `Refused` when it was undone before; `Forbidden` without the rights to import and
    to delete or change such documents; `NotFound`.
    """
    if not sight.create:
        raise Forbidden(f"{noun.rights.name}.create")
    run = _the_run(uow, noun, run_id)
    rows = rows_of_run(uow.session, run.id)
    made, changed = [r for r in rows if r.created], [r for r in rows if not r.created]
    if made and not sight.delete:
        raise Forbidden(f"{noun.rights.name}.delete")
    if changed and not sight.write:
        raise Forbidden(f"{noun.rights.name}.write")
    _Undoing(uow, noun, sight, run).undo(made, changed)
    run.undone_at, run.undone_by = uow.now, uow.actor.name
    return Undone(len(made), len(changed))


def undo(house: House, actor: Actor, noun: Noun, run_id: int) -> Undone:
    """Take an import back whole, in a unit of work of its own."""
    sight = noun.sight(actor.rights)
    return house.run(actor, lambda uow: undo_import(uow, noun, sight, run_id))


def try_undoing(house: House, actor: Actor, noun: Noun, run_id: int) -> Undone:
    """Do it and give it up: what would be done, or why it cannot be."""
    done: list[Undone] = []

    def act(uow: UnitOfWork) -> None:
        done.append(undo_import(uow, noun, noun.sight(actor.rights), run_id))
        uow.complete()
        raise _OnlyTried

    with suppress(_OnlyTried):
        house.run(actor, act)
    return done[-1]


class _OnlyTried(Exception):
    """Nothing of this is to stay."""


def _the_run(uow: UnitOfWork, noun: Noun, run_id: int) -> ImportRun:
    try:
        run = uow.get(ImportRun, run_id, lock=True)
    except NotFound:
        raise NotFound(_("import"), run_id) from None
    if run.resource != noun.name:
        raise NotFound(_("import"), run_id)
    if run.undone_at is not None:
        raise Refused(_("This import was undone already, by %(name)s.", name=run.undone_by))
    return run


class _Undoing:
    """One import that is taken back."""

    def __init__(self, uow: UnitOfWork, noun: Noun, sight: Sight, run: ImportRun) -> None:
        self.uow, self.noun, self.sight = uow, noun, sight
        self.reason = str(_("The import of %(file)s was undone.", file=run.file))
        self.against: dict[Any, Text | str] = {}

    def undo(self, made: Sequence[Imported], changed: Sequence[Imported]) -> None:
        there = self._there([*made, *changed])
        for row in changed:
            if self._key(row) not in there:
                self.against[self._key(row)] = _("was deleted since")
        for row in (*changed, *made):
            if (document := there.get(self._key(row))) is not None:
                self._look_at(document, row)
        going = [there[self._key(row)] for row in made if self._key(row) in there]
        self.against |= referring(self.uow.session, self.uow.house, self.noun, going)
        self._refuse()
        self._restore([(row, there[self._key(row)]) for row in changed])
        self._remove(going)

    def _key(self, row: Imported) -> Any:
        return key_of_text(self.noun, row.key)

    def _there(self, rows: Sequence[Imported]) -> dict[Any, Any]:
        """The documents that are still there, by key, ready to be worked on."""
        found: dict[Any, Any] = {}
        key = key_of(self.noun.model)
        for some in _batches([self._key(row) for row in rows]):
            present = self.uow.session.scalars(select(key).where(key.in_(some))).all()
            loaded = documents.load(self.uow, self.noun, self.sight, present)
            found |= {getattr(one, self.noun.key): one for one in loaded}
        return found

    def _look_at(self, document: Any, row: Imported) -> None:
        if locked(self.noun, document):
            assert self.noun.steps is not None
            state = self.noun.steps.state(getattr(document, self.noun.steps.field))
            self.against[self._key(row)] = _("is %(state)s", state=state.label)
        elif left_as(self.noun, document) != row.left_as:
            self.against[self._key(row)] = _("was changed since")

    def _refuse(self) -> None:
        if not self.against:
            return
        first = dict(islice(self.against.items(), NAMED))
        called = names(self.uow.session, self.noun, self.sight, first)
        named = [f"{called.get(key) or f'#{key}'} {why}" for key, why in first.items()]
        raise CannotUndo(named, len(self.against) - len(first))

    def _restore(self, pairs: Sequence[tuple[Imported, Any]]) -> None:
        for some in _batches(pairs):
            entries = [documents.Entry(self._before(row, one), one) for row, one in some]
            documents.save_all(self.uow, self.noun, self.sight, entries)
            for (row, _one), entry in zip(some, entries, strict=True):
                if entry.errors:
                    self.against[self._key(row)] = str(Invalid(entry.errors))
            self._refuse()
            self._explain([one for _row, one in some])

    def _before(self, row: Imported, document: Any) -> dict[str, Any]:
        """What the document is told to say again; lines that went come back as new ones."""
        payload = {**row.before, **(orjson.loads(row.sealed) if row.sealed else {})}
        for name in self.noun.lines:
            if name not in payload:
                continue
            known = {line.id for line in getattr(document, name)}
            fields = ("id", *entered(self.noun, self.sight, name))
            payload[name] = [
                {n: v for n, v in line.items() if n in fields and (n != "id" or v in known)}
                for line in payload[name]
            ]
        return payload

    def _remove(self, going: Sequence[Any]) -> None:
        for some in _batches(going[::-1]):
            self._explain(some)
            documents.remove(self.uow, self.noun, self.sight, some)
            if self.noun.key == "id":
                self.uow.session.execute(
                    delete(ExternalId).where(
                        ExternalId.resource == self.noun.name,
                        ExternalId.document_id.in_([one.id for one in some]),
                    ),
                    execution_options={"synchronize_session": False},
                )

    def _explain(self, some: Sequence[Any]) -> None:
        if self.noun.versioned:
            self.uow.explain(some, self.reason)


def _batches(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]

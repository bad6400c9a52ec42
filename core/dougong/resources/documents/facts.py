"""What `derive` and `check` may ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import inspect, select

from dougong.i18n import Text
from dougong.unit_of_work.session import SCOPED

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.unit_of_work import UnitOfWork

T = TypeVar("T")
Given = tuple[Mapping[str, Any], Mapping[str, Any], str]
NOTHING: Given = ({}, {}, "")


class Facts:
    """What is known about a batch of entries: linked documents, what was typed, what is wrong.

    Linked documents are fetched beforehand, one statement a model for the whole batch.
    ``explicit`` says that everything in the entry was typed (API, import); a page also sends back
    what it had shown. ``uow`` is the unit of work in which this is entered: ask the database with
    ``facts.uow.look(select(…))``, which stores nothing first. A check is asked for one entry at a
    time and sees what is saved already; what must hold whoever writes is a `RowRule` and a
    constraint.
    """

    def __init__(self, uow: UnitOfWork, *, explicit: bool = True) -> None:
        self.uow, self.explicit = uow, explicit
        self.errors: dict[str, Text | str] = {}
        self._known: dict[tuple[type[Any], Any], Any] = {}
        self._given: dict[int, Given] = {}

    # -- who, when, what else ----------------------------------------------------------------------

    @property
    def actor(self) -> Actor:
        """Who enters this."""
        return self.uow.actor

    @property
    def today(self) -> dt.date:
        """The date where the actor is."""
        return self.uow.today

    def ask(self, port: Callable[..., T]) -> T | None:
        """Whoever answers this question here, or None; ``port`` is the protocol itself."""
        return self.uow.ask(port)

    def setting(self, key: str) -> Any:
        """The value of a setting in the actor's company."""
        return self.uow.setting(key)

    # -- linked documents --------------------------------------------------------------------------

    def get(self, model: type[T], key: Any) -> T | None:
        """The document with this key, or None when it is not there or not visible.

        Any mapped class will do, a side table by the key of what it stands beside:
        ``facts.get(CustomerTerms, order.customer_id)``.
        """
        if key is None:
            return None
        if (model, key) not in self._known:
            self.prefetch(model, [key])
        found: T | None = self._known[model, key]
        return found

    def prefetch(self, model: type[Any], keys: Iterable[Any]) -> None:
        """Fetch what is not known yet, in one statement."""
        missing = {k for k in keys if k is not None and (model, k) not in self._known}
        if not missing:
            return
        column = key_of(model)
        session = self.uow.session
        # Not a question about what is being written: nothing needs to be stored first.
        statement = select(model).where(column.in_(missing)).options(*session.info["scope"])
        rows = session.scalars(statement, execution_options={SCOPED: True})
        found = {getattr(row, column.key): row for row in rows}
        self._known |= {(model, key): found.get(key) for key in missing}

    # -- what was entered --------------------------------------------------------------------------

    def note(self, thing: Any, given: Mapping[str, Any], was: Mapping[str, Any], path: str) -> None:
        """Remember what was entered for a document or line, what it was before, and where it is."""
        self._given[id(thing)] = (given, was, path)

    def forget(self) -> None:
        """The next entry begins: nothing is wrong with it yet."""
        self._given.clear()
        self.errors = {}

    def changed(self, thing: Any, *names: str) -> bool:
        """Whether any of these differs from what was there before."""
        given, was, _path = self._given.get(id(thing), NOTHING)
        return any(name in given and given[name] != was.get(name) for name in names)

    def fresh(self, thing: Any, name: str, *, on: str = "") -> bool:
        """Whether ``name`` is ours to fill: nobody typed it, and it is empty or ``on`` has changed."""
        given, was, _path = self._given.get(id(thing), NOTHING)
        value = given.get(name)
        if value is not None and (self.explicit or value != was.get(name)):
            return False
        empty = given.get(name, was.get(name)) is None
        return empty or (bool(on) and self.changed(thing, on))

    def error(self, thing: Any, name: str, text: Text | str) -> None:
        """Say that this field of this document or line is wrong."""
        path = self._given.get(id(thing), NOTHING)[2]
        self.errors.setdefault(".".join(p for p in (path, name) if p), text)


def key_of(model: type[Any]) -> Any:
    """The attribute that is a model's key; nearly always ``id``."""
    mapper = inspect(model)
    return getattr(model, mapper.get_property_by_column(mapper.primary_key[0]).key)

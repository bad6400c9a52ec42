"""What a unit of work has collected and writes at its end: one statement a table, parents first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Dialect, Table, inspect
from sqlalchemy.orm import Session, make_transient_to_detached
from sqlalchemy.orm.attributes import instance_state

from dougong.errors import Stale
from dougong.types import ZERO
from dougong.unit_of_work.history import History, remembered
from dougong.unit_of_work.writing import TableWriter, writer_for

#: Rows of one model that changed in the same attributes.
Alike = tuple[type[Any], tuple[str, ...]]
NewId = Callable[[], int]
#: Refuses rows of a model that break a rule: new ones, or those changed in these attributes.
Judge = Callable[[type[Any], Sequence[Any], Sequence[str] | None], None]


class Pending:
    """New rows, changed rows, removed rows and balances that are not in the database yet."""

    def __init__(
        self,
        session: Session,
        dialect: Dialect,
        depth: Callable[[type[Any]], int],
        history: History,
        judge: Judge,
    ) -> None:
        self._session, self._dialect = session, dialect
        self._depth, self._history, self._judge = depth, history, judge
        #: New rows by model and by id (a row without one is its own key).
        self.new: dict[type[Any], dict[Any, Any]] = defaultdict(dict)
        self._gone: dict[type[Any], dict[int, Any]] = defaultdict(dict)
        self._touched: dict[int, Any] = {}
        self._sums: dict[type[Any], dict[tuple[Any, ...], dict[str, Any]]] = defaultdict(dict)
        #: The tables in which something was written so far.
        self.written: set[Table] = set()

    # -- collecting ---------------------------------------------------------------------------

    def writer(self, model: type[Any]) -> TableWriter:
        """What sends the rows of a model."""
        return writer_for(model, self._dialect)  # type: ignore[arg-type]

    def add(self, row: Any) -> None:
        """Store a new row; its id is set."""
        self.new[type(row)][row.__dict__.get("id", row)] = row

    def remove(self, row: Any) -> None:
        """Delete a row; one that was not stored yet never is."""
        if self.is_new(row):
            del self.new[type(row)][row.__dict__.get("id", row)]
        else:
            self._gone[type(row)][id(row)] = row

    def touch(self, row: Any) -> None:
        """Raise a row's version, whether it changes or not."""
        if not self.is_new(row):
            self._touched[id(row)] = row

    def is_new(self, row: Any) -> bool:
        """Whether this row waits to be stored."""
        rows = self.new.get(type(row))
        return rows is not None and row.__dict__.get("id", row) in rows

    def accumulate(
        self, model: type[Any], key: Mapping[str, Any], sums: Mapping[str, Decimal], new_id: NewId
    ) -> None:
        """Add to a balance, whether its row exists or not."""
        places, place_of = self._sums[model], tuple(key.values())
        place = places.get(place_of)
        if place is None:
            place = places[place_of] = {**key}
            if hasattr(model, "__balance_of__"):
                place["id"] = new_id()
        for name, amount in sums.items():
            place[name] = place.get(name, ZERO) + amount

    # -- asking -------------------------------------------------------------------------------

    def tables(self) -> set[Table]:
        """The tables in which something is to be written."""
        models = {
            model for kinds in (self.new, self._gone) for model, rows in kinds.items() if rows
        }
        models |= self._sums.keys()
        models |= {type(row) for row in self._touched.values()}
        models |= {type(row) for row in self._session.dirty}
        return {self.writer(model).table for model in models}

    def concerns(self, model: type[Any]) -> bool:
        """Whether something is to be written in this model's table."""
        return (
            bool(self.new.get(model) or self._gone.get(model))
            or model in self._sums
            or any(type(row) is model for row in self._session.dirty)
            or any(type(row) is model for row in self._touched.values())
        )

    # -- writing ------------------------------------------------------------------------------

    def write(self, *, last: bool = False) -> list[Any]:
        """Write removals, new rows, changes, balances; returns what is new.

        After the ``last`` writing nothing is changed any more, so new rows need not be watched.
        """
        changed = self._changes()
        if not (changed or self.new or self._gone or self._sums):
            return []
        connection = self._session.connection()
        self.written |= self.tables() | {self.writer(model).table for model, _keys in changed}
        self._delete_gone(connection)
        stored = self._insert_new(connection)
        # Lines before their documents: a document that is closed lets nothing of it be changed.
        for model, keys in sorted(changed, key=lambda alike: (-self._depth(alike[0]), alike[1])):
            self._update(connection, model, keys, changed[model, keys])
        for model in sorted(self._sums, key=self._depth):
            places = self._sums[model]
            self.writer(model).accumulate(connection, [places[key] for key in sorted(places)])
        self._sums = defaultdict(dict)
        self._keep(stored, watch=not last)
        return stored

    def forget(self) -> None:
        """Write none of it."""
        self.new.clear()
        self._gone.clear()
        self._touched.clear()
        self._sums.clear()

    def _delete_gone(self, connection: Connection) -> None:
        gone, self._gone = self._gone, defaultdict(dict)
        for model in sorted(gone, key=self._depth, reverse=True):
            rows = list(gone[model].values())
            if remembered(model):  # type: ignore[arg-type]
                self._history.deleted(model, rows)
            if self.writer(model).delete(connection, rows) != len(rows):
                raise Stale(name_of(model))
            for row in rows:
                if row in self._session:
                    self._session.expunge(row)

    def _insert_new(self, connection: Connection) -> list[Any]:
        new, self.new = self.new, defaultdict(dict)
        stored: list[Any] = []
        for model in sorted(new, key=self._depth):
            rows = list(new[model].values())
            if not rows:
                continue
            self.writer(model).fill(rows)
            self._judge(model, rows, None)
            if remembered(model):  # type: ignore[arg-type]
                self._history.created(model, rows)
            self.writer(model).insert(connection, rows)
            stored += rows
        return stored

    def _changes(self) -> dict[Alike, list[Any]]:
        """Changed rows, those that changed alike together."""
        found: dict[Alike, list[Any]] = defaultdict(list)
        touched, self._touched = self._touched, {}
        for row in {**{id(row): row for row in self._session.dirty}, **touched}.values():
            state, values, columns = instance_state(row), row.__dict__, self.writer(type(row)).names
            before = {
                key: old
                for key, old in state.committed_state.items()
                if key in columns and values[key] != old
            }
            if id(row) in self._gone.get(type(row), ()) or not (before or id(row) in touched):
                state._commit_all(values, self._session.identity_map)
                continue
            if before and remembered(type(row)):  # type: ignore[arg-type]
                self._history.changed(row, before)
            found[type(row), tuple(sorted(before))].append(row)
        return found

    def _update(
        self, connection: Connection, model: type[Any], keys: tuple[str, ...], rows: list[Any]
    ) -> None:
        # In the order of their keys, so that two acts never lock the same rows crosswise.
        self._judge(model, rows, keys)
        rows.sort(key=_place)
        if self.writer(model).update(connection, keys, rows) != len(rows):
            raise Stale(name_of(model))
        for row in rows:
            if "version" in row.__dict__:
                row.__dict__["version"] += 1
            instance_state(row)._commit_all(row.__dict__, self._session.identity_map)

    def _keep(self, rows: Sequence[Any], *, watch: bool) -> None:
        """New rows are known to the session from now on, as if they had been loaded."""
        for row in rows:
            if instance_state(row).key is None:
                make_transient_to_detached(row)
        for row in rows if watch else ():
            if row not in self._session:
                self._session.add(row)
        if self._session.new:
            self._session.flush()  # says who was never added


def _place(row: Any) -> Any:
    key = instance_state(row).key
    return key and key[1]


def name_of(model: type[Any]) -> str:
    """What a model is called in a sentence."""
    table: str = inspect(model).local_table.name
    return table.split("_", 1)[1].replace("_", " ")

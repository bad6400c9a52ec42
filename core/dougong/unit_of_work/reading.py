"""Loading documents and their parts: a fixed number of statements, and none for what is held already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from dougong.errors import NotFound
from dougong.unit_of_work import loading
from dougong.unit_of_work.pending import Pending, name_of
from dougong.unit_of_work.session import SCOPED

if TYPE_CHECKING:
    from dougong.actors import Actor

T = TypeVar("T")


class Reader:
    """Documents as one actor may see them; the departments that react share what one has loaded."""

    def __init__(
        self, session: Session, dialect: str, pending: Pending, write: Callable[[], None]
    ) -> None:
        self._session, self._dialect = session, dialect
        self._pending, self._write = pending, write
        self._held: dict[type[Any], dict[int, Any]] = defaultdict(dict)
        self._locked: dict[type[Any], set[int]] = defaultdict(set)
        self._seen_by: Actor | None = None

    def load(
        self, actor: Actor, model: type[T], ids: Iterable[int], parts: Sequence[Any], lock: bool
    ) -> list[T]:
        """These documents with these parts, in this order; raises `NotFound`."""
        if actor is not self._seen_by:
            # Another one may see less.
            self._held.clear()
            self._seen_by = actor
        wanted = list(dict.fromkeys(ids))
        new, held, locked = self._pending.new.get(model, {}), self._held[model], self._locked[model]
        missing = [
            i for i in wanted if i not in new and (i not in held or (lock and i not in locked))
        ]
        if missing:
            if lock and self._pending.concerns(model):
                self._write()
            if rows := self._in_one(model, parts, lock):
                held.update(self._select_with(actor, model, rows, missing, lock))
            else:
                held.update(self._select(actor, model, missing, lock))
            if lock:
                locked.update(missing)
        try:
            documents = [new[i] if i in new else held[i] for i in wanted]
        except KeyError as error:
            raise NotFound(name_of(model), error.args[0]) from None
        for part in parts:
            self._load_part(part, documents)
        return documents

    def lock(self, columns: Any, keys: Iterable[Any]) -> dict[Any, Any]:
        """Lock hot rows in sorted order and hand them over by key."""
        several = isinstance(columns, tuple)
        wanted = sorted(set(keys))
        if not wanted:
            return {}
        if self._pending.concerns(columns[0].class_ if several else columns.class_):
            self._write()
        statement = loading.for_update(columns if several else (columns,), self._dialect)
        rows = self._session.scalars(
            statement, {"keys": wanted}, execution_options={SCOPED: True, "populate_existing": True}
        )
        if several:
            return {tuple(getattr(row, c.key) for c in columns): row for row in rows}
        return {getattr(row, columns.key): row for row in rows}

    def hold(self, rows: Iterable[Any]) -> None:
        """New rows were written: nobody else knows them yet."""
        for row in rows:
            key = row.__dict__.get("id")
            if key is not None:
                self._held[type(row)][key] = row
                self._locked[type(row)].add(key)

    def drop(self, row: Any) -> None:
        """A row that was removed is not there any more."""
        self._held[type(row)].pop(row.__dict__.get("id"), None)

    def forget(self) -> None:
        """Hold nothing; locks may be gone, too."""
        self._held.clear()
        self._locked.clear()

    def _in_one(self, model: type[Any], parts: Sequence[Any], lock: bool) -> Any | None:
        """The relationship whose rows come in the statement of their documents.

        PostgreSQL reads the rows before it waits for a document's lock, and would hand over what
        they were: there, what is locked is locked first.
        """
        if lock and self._dialect != "sqlite":
            return None
        for part in parts:
            relation = part.property
            if relation.direction.name == "ONETOMANY" and relation.uselist:
                return part if relation.mapper.class_ is not model else None
        return None

    def _select(self, actor: Actor, model: type[T], ids: list[int], lock: bool) -> dict[int, T]:
        statement = loading.by_ids(model, self._dialect, lock)  # type: ignore[arg-type]
        rows = self._ask(statement, actor, model, ids, lock).scalars()
        return {row.id: row for row in rows}

    def _select_with(
        self, actor: Actor, model: type[T], part: Any, ids: list[int], lock: bool
    ) -> dict[int, T]:
        """Documents with the rows of one relationship."""
        if self._pending.concerns(part.property.mapper.class_):
            self._write()
        statement = loading.by_ids_with(model, part, self._dialect)  # type: ignore[arg-type]
        documents: dict[int, Any] = {}
        rows: dict[int, list[Any]] = defaultdict(list)
        for document, row in self._ask(statement, actor, model, ids, lock):
            documents[document.id] = document
            if row is not None:
                rows[document.id].append(row)
        for key, document in documents.items():
            if part.key not in document.__dict__:
                set_committed_value(document, part.key, rows[key])
        return documents

    def _ask(
        self, statement: Any, actor: Actor, model: type[Any], ids: list[int], lock: bool
    ) -> Any:
        if rules := loading.conditions(model, actor):
            statement = statement.where(*rules)
        options: dict[str, Any] = {SCOPED: True}
        if lock:
            options["populate_existing"] = True
        given = {"ids": ids, "companies": list(actor.companies)}
        return self._session.execute(statement, given, execution_options=options)

    def _load_part(self, part: Any, documents: Sequence[Any]) -> None:
        bare = [d for d in documents if part.key not in d.__dict__]
        if not bare:
            return
        if part.property.direction.name == "MANYTOONE":
            self._load_targets(part, bare)
        else:
            self._load_children(part, bare)

    def _load_children(self, part: Any, bare: Sequence[Any]) -> None:
        if self._pending.concerns(part.property.mapper.class_):
            self._write()
        statement, key, many = loading.by_parents(part, self._dialect)
        rows: dict[int, list[Any]] = {d.id: [] for d in bare}
        for row in self._session.scalars(
            statement, {"ids": list(rows)}, execution_options={SCOPED: True}
        ):
            rows[row.__dict__[key]].append(row)
        for document in bare:
            mine = rows[document.id]
            set_committed_value(document, part.key, mine if many else (mine[0] if mine else None))

    def _load_targets(self, part: Any, bare: Sequence[Any]) -> None:
        statement, local, remote = loading.by_targets(part, self._dialect)
        held = self._held[part.property.mapper.class_] if remote == "id" else {}
        wanted = dict.fromkeys(d.__dict__[local] for d in bare)
        found = {key: held[key] for key in wanted if key in held}
        missing = [key for key in wanted if key is not None and key not in found]
        if missing:
            if self._pending.concerns(part.property.mapper.class_):
                self._write()
            rows = self._session.scalars(
                statement, {"ids": missing}, execution_options={SCOPED: True}
            )
            found |= {row.__dict__[remote]: row for row in rows}
        for document in bare:
            set_committed_value(document, part.key, found.get(document.__dict__[local]))

"""The unit of work: load, change, add, publish; everything is written once, at the end."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import Connection, inspect
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import instance_state, set_committed_value

from dougong import clock
from dougong.audit.models import AuditChain, AuditEntry
from dougong.db import Owned
from dougong.errors import DougongError, NotFound, Stale
from dougong.events import DocumentRef, Event, Reaction, ref
from dougong.jobs.models import QueuedJob
from dougong.links.models import DocumentLink
from dougong.outbox.models import OutboxMessage
from dougong.unit_of_work import loading, series
from dougong.unit_of_work.history import Chain, History
from dougong.unit_of_work.relations import adopt
from dougong.unit_of_work.session import SCOPED, ReadSession, scope_options
from dougong.unit_of_work.writing import TableWriter, writer_for

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.unit_of_work.house import House

T = TypeVar("T")
P = TypeVar("P")

log = structlog.get_logger()

#: A chain of events longer than this is a circle.
MOST_ROUNDS = 50


class UnitOfWork:
    """Hand this to a service; whoever opened it decides the end. Services never commit."""

    def __init__(self, house: House, actor: Actor, session: ReadSession | None = None) -> None:
        self.house, self.actor = house, actor
        self.now: dt.datetime = clock.now()
        self.session = session or ReadSession(
            house.engine,
            autoflush=False,
            expire_on_commit=False,
            info={"scope": scope_options(actor), "before_read": self._before_read, "house": house},
        )
        #: Every event that was told, in order; tests read it.
        self.published: list[Event] = []
        self._dialect: str = house.engine.dialect.name
        self._new: dict[type, list[Any]] = defaultdict(list)
        self._gone: dict[type, list[Any]] = defaultdict(list)
        self._touched: set[int] = set()
        self._sums: dict[type, dict[tuple[Any, ...], dict[str, Any]]] = defaultdict(dict)
        self._waiting: list[Event] = []
        self._unnumbered: list[tuple[series.Key, Any, int, str]] = []
        self._history = History()
        self._ids = house.borrow_ids()
        self._answers: dict[Any, Any] = {}

    # -- who and when -------------------------------------------------------------------------

    @property
    def company_id(self) -> int:
        """The company in which new documents are made."""
        return self.actor.company_id

    @property
    def today(self) -> dt.date:
        """The date where the actor is."""
        return self.now.astimezone(ZoneInfo(self.actor.timezone)).date()

    def require(self, right: str) -> None:
        """Go on only with this right; raises `Forbidden`."""
        self.actor.require(right)

    # -- reading ------------------------------------------------------------------------------

    def load(self, model: type[T], ids: Iterable[int], *parts: Any, lock: bool = False) -> list[T]:
        """These documents with these parts, in this order, in a fixed number of statements.

        ``parts`` are relationship attributes (``Order.lines``, ``Order.customer``). ``lock`` keeps
        the rows from changing until the end. Raises `NotFound` for an id that is not there or that
        the actor may not see.
        """
        wanted = list(dict.fromkeys(ids))
        found: dict[int, Any] = {r.id: r for r in self._new.get(model, ())}
        missing = [i for i in wanted if i not in found]
        if missing:
            if lock:
                self.flush()
            rows: Iterable[Any] = self._select(model, missing, lock)
            found |= {row.id: row for row in rows}
        try:
            documents = [found[i] for i in wanted]
        except KeyError as error:
            raise NotFound(_name(model), error.args[0]) from None
        for part in parts:
            self._load_part(part, documents)
        return documents

    def get(self, model: type[T], id: int, *parts: Any, lock: bool = False) -> T:
        """One document with these parts; raises `NotFound`."""
        return self.load(model, [id], *parts, lock=lock)[0]

    def lock(self, columns: Any, keys: Iterable[Any]) -> dict[Any, Any]:
        """Lock hot rows in sorted order and hand them over by key; keys without a row are absent.

        ``columns`` is one attribute of a model or a tuple of them; ``keys`` are values or tuples.
        Take all the locks of an act in one call, so that two acts never wait for each other.
        """
        several = isinstance(columns, tuple)
        wanted = sorted(set(keys))
        if not wanted:
            return {}
        self.flush()
        statement = loading.for_update(columns if several else (columns,), self._dialect)
        rows = self.session.scalars(
            statement, {"keys": wanted}, execution_options={SCOPED: True, "populate_existing": True}
        )
        if several:
            return {tuple(getattr(row, c.key) for c in columns): row for row in rows}
        return {getattr(row, columns.key): row for row in rows}

    def look(self, statement: Any, given: Mapping[str, Any] | None = None) -> Any:
        """Ask about what others have saved: within the actor's sight, without writing what is pending.

        For master data that a verb looks up while its own documents wait: storing them now would
        cost a second statement a table later. ``uow.session`` is for questions about one's own.
        """
        options = self.session.info["scope"]
        return self.session.execute(
            statement.options(*options), given, execution_options={SCOPED: True}
        )

    def ask(self, port: type[P]) -> P | None:
        """Whoever answers this question here, or None: the asker has a neutral answer of its own."""
        if port not in self._answers:
            provider = self.house.providers.get(port)
            self._answers[port] = provider(self) if provider else None
        answer: P | None = self._answers[port]
        return answer

    def setting(self, key: str) -> Any:
        """The value of a setting in the actor's company, or its default."""
        return self.house.setting(self, key)

    # -- changing -----------------------------------------------------------------------------

    def id(self) -> int:
        """A new house-wide id."""
        return self._ids.take(self.session)

    def add(self, *rows: Any) -> None:
        """Store these new rows, and those that hang on them, at the end. They have their ids at once."""
        for row in rows:
            values, writer = row.__dict__, _writer(self, type(row))
            writer.start(row)
            if "id" in writer.attributes and values.get("id") is None:
                row.id = self.id()
            if isinstance(row, Owned) and values.get("company_id") is None:
                row.company_id = self.company_id
            self._new[type(row)].append(row)
            self.add(*adopt(row))

    def remove(self, *rows: Any) -> None:
        """Delete these rows at the end; children go first by the caller's hand or by the database's."""
        for row in rows:
            pending = self._new.get(type(row), [])
            if row in pending:
                pending.remove(row)
            else:
                self._gone[type(row)].append(row)

    def touch(self, document: Any) -> None:
        """Raise the document's version though only its lines have changed."""
        if document not in self._new.get(type(document), ()):
            self._touched.add(document.id)

    def accumulate(self, model: type[Any], key: Mapping[str, Any], **sums: Decimal) -> None:
        """Add to a balance row that may not exist yet; written in the order of the keys.

        The key is the primary key, or what the model names as ``__balance_of__`` (with a unique
        index over it); a new row then gets an id like any other.
        """
        places, place_of = self._sums[model], tuple(key.values())
        place = places.get(place_of)
        if place is None:
            place = places[place_of] = {**key}
            if hasattr(model, "__balance_of__"):
                place["id"] = self.id()
        for name, amount in sums.items():
            place[name] = place.get(name, Decimal(0)) + amount

    def number(
        self, document: Any, kind: str, *, on: dt.date | None = None, field: str = "number"
    ) -> None:
        """Give the document the next number of its series, of the year of ``on`` (today)."""
        series_key = (document.company_id, kind, (on or self.today).year)
        self._unnumbered.append((series_key, document, document.id, field))

    def link(self, source: Any, target: Any, kind: str) -> None:
        """Remember that one document led to the other; both may be documents or references."""
        start = source if isinstance(source, DocumentRef) else ref(source)
        end = target if isinstance(target, DocumentRef) else ref(target)
        self.add(
            DocumentLink(
                from_kind=start.kind, from_id=start.id, to_kind=end.kind, to_id=end.id, kind=kind
            )
        )

    def publish(self, events: Event | Iterable[Event]) -> None:
        """Tell the other departments; they act in this transaction, a whole batch at a time."""
        batch = [events] if isinstance(events, Event) else list(events)
        self._waiting += batch
        self.published += batch

    def enqueue(
        self, job: str, *, at: dt.datetime | None = None, key: str | None = None, **arguments: Any
    ) -> QueuedJob:
        """Have a job done later, if and only if this unit of work is saved."""
        queued = QueuedJob(
            name=job,
            arguments=arguments,
            key=key,
            company_id=self.company_id,
            user_id=self.actor.user_id,
            due_at=at or self.now,
            written_at=self.now,
        )
        self.add(queued)
        return queued

    def attempt(
        self, act: Callable[[], Any], errors: type[Exception] = DougongError
    ) -> Exception | None:
        """Do something that may be refused without losing the rest; returns the refusal.

        After a refusal everything that was loaded must be loaded again.
        """
        self.settle()
        self.flush()
        kept = (list(self._unnumbered), list(self.published), deepcopy(self._history.changes))
        savepoint = self.session.begin_nested()
        try:
            act()
            self.settle()
            self.flush()
        except errors as refusal:
            savepoint.rollback()
            self._forget()
            self._unnumbered, self.published, self._history.changes = kept
            return refusal
        savepoint.commit()
        return None

    # -- the end ------------------------------------------------------------------------------

    def settle(self) -> None:
        """Let everyone react to what was told, until nobody has news."""
        rounds = 0
        while self._waiting:
            rounds += 1
            if rounds > MOST_ROUNDS:
                raise RuntimeError(f"events go in a circle: {type(self._waiting[0]).__name__}")
            kind = type(self._waiting[0])
            batch = [e for e in self._waiting if type(e) is kind]
            self._waiting = [e for e in self._waiting if type(e) is not kind]
            for reaction in self.house.reactions.get(kind, ()):
                if reaction.mode == "transaction":
                    reaction.act(self, batch)
                elif reaction.mode == "after_commit":
                    self._post(reaction.name, batch)
                else:
                    self._in_isolation(reaction, batch)

    def _in_isolation(self, reaction: Reaction, events: Sequence[Event]) -> None:
        """A reaction that may fail without stopping the business."""
        waiting, self._waiting = self._waiting, []
        refusal = self.attempt(lambda: reaction.act(self, events), errors=Exception)
        self._waiting = waiting + self._waiting
        if refusal is not None:
            log.warning("isolated reaction failed", reaction=reaction.name, reason=str(refusal))

    def _post(self, reaction: str, events: Sequence[Event]) -> None:
        from dougong.outbox.letters import pack

        for event in events:
            self.add(
                OutboxMessage(
                    reaction=reaction,
                    event=f"{type(event).__module__}:{type(event).__qualname__}",
                    payload=pack(event),
                    company_id=self.company_id,
                    written_at=self.now,
                    due_at=self.now,
                )
            )

    def complete(self) -> None:
        """React, number and write, so that the answer can be told; nothing but the commit is left."""
        self.settle()
        self._draw_numbers()
        self.flush()

    def finish(self) -> None:
        """Complete and commit. Only the house calls this."""
        self.complete()
        remember = self._write_history()
        self.session.commit()
        remember()
        self.house.return_ids(self._ids, committed=True)

    def abandon(self) -> None:
        """Undo everything."""
        self.session.rollback()
        self.house.return_ids(self._ids, committed=False)

    def close(self) -> None:
        """Give the connection back."""
        self.session.close()

    def flush(self) -> None:
        """Write what has been collected so far: removals, new rows, changes, balances."""
        dirty = self._changes()
        if not (dirty or self._new or self._gone or self._sums):
            return
        connection = self.session.connection()
        new, self._new = self._new, defaultdict(list)
        gone, self._gone = self._gone, defaultdict(list)
        depth = self.house.depth
        for model in sorted(gone, key=depth, reverse=True):
            self._delete(connection, model, gone[model])
        order = sorted(new, key=depth)
        for model in order:
            writer, rows = _writer(self, model), new[model]
            for row in rows:
                writer.fill(row)
                if _remembered(model):
                    self._history.tell(row, "create", {})
            if rows:
                writer.insert(connection, rows)
        for (model, keys), rows in dirty.items():
            if _writer(self, model).update(connection, keys, rows) != len(rows):
                raise Stale(_name(model))
            for row in rows:
                if "version" in row.__dict__:
                    row.__dict__["version"] += 1
                instance_state(row)._commit_all(row.__dict__, self.session.identity_map)
        for model in sorted(self._sums, key=depth):
            places = self._sums[model]
            rows = [places[key] for key in sorted(places)]
            _writer(self, model).accumulate(connection, rows)
        self._sums = defaultdict(dict)
        self._keep(row for model in order for row in new[model])

    # -- inside -------------------------------------------------------------------------------

    def _select(self, model: type[T], ids: list[int], lock: bool) -> Iterable[T]:
        statement = loading.by_ids(model, self._dialect, lock)  # type: ignore[arg-type]
        rules = loading.conditions(model, self.actor)
        options: dict[str, Any] = {SCOPED: True}
        if rules:
            statement = statement.where(*rules)
        if lock:
            options["populate_existing"] = True
        given = {"ids": ids, "companies": list(self.actor.companies)}
        return self.session.scalars(statement, given, execution_options=options)

    def _load_part(self, part: Any, documents: Sequence[Any]) -> None:
        relation = part.property
        if relation.direction.name == "MANYTOONE":
            self._load_targets(part, documents)
            return
        bare = [d for d in documents if part.key not in d.__dict__]
        if not bare:
            return
        if self._new.get(relation.mapper.class_) or self._gone.get(relation.mapper.class_):
            self.flush()
        statement, key, many = loading.by_parents(part, self._dialect)
        rows: dict[int, list[Any]] = {d.id: [] for d in bare}
        for row in self.session.scalars(
            statement, {"ids": list(rows)}, execution_options={SCOPED: True}
        ):
            rows[row.__dict__[key]].append(row)
        for document in bare:
            mine = rows[document.id]
            set_committed_value(document, part.key, mine if many else (mine[0] if mine else None))

    def _load_targets(self, part: Any, documents: Sequence[Any]) -> None:
        bare = [d for d in documents if part.key not in d.__dict__]
        statement, local, remote = loading.by_targets(part, self._dialect)
        wanted = list(
            dict.fromkeys(d.__dict__[local] for d in bare if d.__dict__[local] is not None)
        )
        found = {}
        if wanted:
            rows = self.session.scalars(
                statement, {"ids": wanted}, execution_options={SCOPED: True}
            )
            found = {row.__dict__[remote]: row for row in rows}
        for document in bare:
            set_committed_value(document, part.key, found.get(document.__dict__[local]))

    def _changes(self) -> dict[tuple[type, tuple[str, ...]], list[Any]]:
        """Changed rows by model and by what changed; their history is told."""
        found: dict[tuple[type, tuple[str, ...]], list[Any]] = defaultdict(list)
        removed = {id(row) for rows in self._gone.values() for row in rows}
        for row in list(self.session.dirty):
            model, values = type(row), row.__dict__
            columns = _writer(self, model).names
            before = {
                key: old
                for key, old in instance_state(row).committed_state.items()
                if key in columns and values[key] != old
            }
            if id(row) in removed or not (before or values.get("id") in self._touched):
                instance_state(row)._commit_all(values, self.session.identity_map)
                continue
            self._touched.discard(values.get("id", 0))
            if before and _remembered(model):
                self._history.tell(row, "change", before)
            found[model, tuple(sorted(before))].append(row)
        for key in self._touched:
            row = next(
                (r for r in self.session.identity_map.values() if r.__dict__.get("id") == key), None
            )
            if row is not None and id(row) not in removed:
                found[type(row), ()].append(row)
        self._touched = set()
        return found

    def _delete(self, connection: Connection, model: type, rows: Sequence[Any]) -> None:
        if _remembered(model):
            for row in rows:
                self._history.tell(row, "delete", {})
        if _writer(self, model).delete(connection, rows) != len(rows):
            raise Stale(_name(model))
        for row in rows:
            if row in self.session:
                self.session.expunge(row)

    def _keep(self, rows: Iterable[Any]) -> None:
        """New rows are known to the session from now on, as if they had been loaded."""
        kept = list(rows)
        for row in kept:
            if instance_state(row).key is None:
                make_transient_to_detached(row)
        for row in kept:
            if row not in self.session:
                self.session.add(row)
        if self.session.new:
            self.session.flush()  # says who was never added

    def _draw_numbers(self) -> None:
        if not self._unnumbered:
            return
        waiting, self._unnumbered = self._unnumbered, []
        wanted: dict[series.Key, list[tuple[Any, int, str]]] = defaultdict(list)
        for key, *rest in waiting:
            wanted[key].append(tuple(rest))
        last = series.draw(self.session.connection(), {k: len(v) for k, v in wanted.items()})
        for key, documents in wanted.items():
            for n, (document, id, field) in enumerate(documents, last[key] - len(documents) + 1):
                known = document in self.session or document in self._new.get(type(document), ())
                mine = document if known else self.get(type(document), id)
                setattr(mine, field, self.house.number(key[1], key[2], n))

    def _write_history(self) -> Callable[[], None]:
        """Store the history; what is returned notes, after the commit, where the chain stands."""
        if not self._history.changes:
            return lambda: None
        connection = self.session.connection()
        chain = Chain.of(connection)
        entries = list(self._history.entries(chain, self.actor, self.now))
        _writer(self, AuditEntry).insert(connection, entries)
        standing = AuditChain(
            chain=chain.name,
            seq=chain.seq,
            hash=chain.hash,
            started_at=self.now,
            after_chain=chain.after[0],
            after_seq=chain.after[1],
            after_hash=chain.after[2],
        )
        writer = _writer(self, AuditChain)
        if chain.new:
            writer.insert(connection, [standing])
        else:
            writer.update(connection, ("hash", "seq"), [standing])
        pooled = connection.info
        return lambda: pooled.__setitem__("audit_chain", (chain.name, chain.seq, chain.hash))

    def _before_read(self) -> None:
        self.flush()

    def _forget(self) -> None:
        """After a savepoint was undone: nothing that was loaded or collected is true any more."""
        self._new.clear()
        self._gone.clear()
        self._touched.clear()
        self._sums.clear()
        self._waiting.clear()
        self._answers.clear()
        self.session.expunge_all()


def _writer(uow: UnitOfWork, model: type[Any]) -> TableWriter:
    return writer_for(model, uow.house.engine.dialect)  # type: ignore[arg-type]


def _remembered(model: type[Any]) -> bool:
    """Whether the history tells this model's changes."""
    return bool(getattr(model, "__audited__", False) or getattr(model, "__part_of__", ""))


def _name(model: type[Any]) -> str:
    table: str = inspect(model).local_table.name
    return table.split("_", 1)[1].replace("_", " ")

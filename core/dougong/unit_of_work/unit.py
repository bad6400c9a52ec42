"""The unit of work: load, change, add, publish; everything is written once, at the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from copy import deepcopy
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast
from zoneinfo import ZoneInfo

from dougong import clock
from dougong.db import Owned
from dougong.errors import DougongError, Refused
from dougong.events import DocumentRef, Event, ref
from dougong.i18n import _
from dougong.jobs.models import QueuedJob
from dougong.links.models import DocumentLink
from dougong.unit_of_work import chain
from dougong.unit_of_work.history import History, remembered
from dougong.unit_of_work.news import News
from dougong.unit_of_work.numbering import Numbering
from dougong.unit_of_work.pending import Pending
from dougong.unit_of_work.reading import Reader
from dougong.unit_of_work.relations import adopt
from dougong.unit_of_work.ruling import ColumnsAt, judge
from dougong.unit_of_work.session import SCOPED, ReadSession
from dougong.unit_of_work.tables import tables_of

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.unit_of_work.house import House

T = TypeVar("T")
P = TypeVar("P")


class OnlyLooking(Refused):
    """Somebody looks through another's eyes, and wanted to change something."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "You see the house as somebody else: nothing can be changed. Go back to yourself first."
            )
        )


class UnitOfWork:
    """Hand this to a service; whoever opened it decides the end. Services never commit."""

    def __init__(self, house: House, actor: Actor, session: ReadSession | None = None) -> None:
        self.house, self.actor = house, actor
        self.now: dt.datetime = clock.now()
        self.session = session or ReadSession(
            house.engine,
            autoflush=False,
            expire_on_commit=False,
            info={"scope": house.scope(actor), "before_read": self._before_read, "house": house},
        )
        dialect = house.engine.dialect
        self._history = History()
        self._pending = Pending(
            self.session, dialect, house.depth, self._history, partial(judge, self)
        )
        self._reader = Reader(self.session, dialect.name, self._pending, self.flush)
        self._numbering = Numbering(house)
        self._news = News(self)
        self._ids = house.borrow_ids()
        self._answers: dict[Any, Any] = {}

    @property
    def published(self) -> list[Event]:
        """Every event that was told, in order; tests read it."""
        return self._news.published

    @property
    def failures(self) -> list[tuple[str, BaseException]]:
        """Reactions that failed apart from the rest, by name; the house writes them down afterwards."""
        return self._news.failures

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
        the rows from changing until the end. What was loaded (and locked) before in this unit of
        work is handed over without asking again. Raises `NotFound` for an id that is not there or
        that the actor may not see.
        """
        return self._reader.load(self.actor, model, ids, parts, lock)

    def get(self, model: type[T], id: int, *parts: Any, lock: bool = False) -> T:
        """One document with these parts; raises `NotFound`."""
        return self.load(model, [id], *parts, lock=lock)[0]

    def lock(self, columns: Any, keys: Iterable[Any]) -> dict[Any, Any]:
        """Lock hot rows in sorted order and hand them over by key; keys without a row are absent.

        ``columns`` is one attribute of a model or a tuple of them; ``keys`` are values or tuples.
        Take all the locks of an act in one call, so that two acts never wait for each other.
        """
        return self._reader.lock(columns, keys)

    def look(self, statement: Any, given: Mapping[str, Any] | None = None) -> Any:
        """Ask about what others have saved: within the actor's sight, without writing what is pending.

        For master data that a verb looks up while its own documents wait: storing them now would
        cost a second statement a table later. ``uow.session`` is for questions about one's own.
        """
        options = self.session.info["scope"]
        return self.session.execute(
            statement.options(*options), given, execution_options={SCOPED: True}
        )

    def remembered(self, question: str, models: Collection[type[Any]], read: Callable[[], T]) -> T:
        """Master data that every act asks: read now, or as this process remembers it for a second.

        ``read`` returns plain values, of ``models`` as the actor's companies have them. What this
        unit of work has changed before it first asked is read afresh.
        """
        key = (question, self.actor.companies)
        if key not in self._answers:
            tables = {self._pending.writer(model).table for model in models}
            changed = self._pending.written | self._pending.tables()
            own = self.actor.rules or not tables.isdisjoint(changed)
            self._answers[key] = read() if own else self.house.remembered.answer(key, tables, read)
        found: T = self._answers[key]
        return found

    def ask(self, port: Callable[..., P]) -> P | None:
        """Whoever answers this question here, or None: the asker has a neutral answer of its own.

        ``port`` is the protocol itself: ``uow.ask(StockAvailability)``.
        """
        if port not in self._answers:
            provider = self.house.providers.get(cast("type[Any]", port))
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
            values, writer = row.__dict__, self._pending.writer(type(row))
            writer.start(row)
            if "id" in writer.names and values.get("id") is None:
                row.id = self.id()
            if isinstance(row, Owned) and values.get("company_id") is None:
                row.company_id = self.company_id
            self._pending.add(row)
            self.add(*adopt(row))

    def add_columns(self, model: type[Any], count: int, **columns: Any) -> range:
        """Store many rows of plain facts at once, given as columns; returns their ids.

        A value that is no list counts for every row; what is missing has its default. Only for
        what the history does not tell, and where nobody needs the rows as objects.
        """
        if remembered(model):  # type: ignore[arg-type]
            raise TypeError(f"{model.__name__} has a history: add its rows one by one")
        if not count:
            return range(0)
        self.flush()
        writer, ids = self._pending.writer(model), self._ids.several(self.session, count)
        given = {"id": ids, **columns}
        if issubclass(model, Owned):
            given.setdefault("company_id", self.company_id)
        for key in writer.attributes:
            value = given.get(key)
            if key not in given and key in writer.defaults:
                default = writer.defaults[key]
                value = default.arg(None) if default.is_callable else default.arg
            if not isinstance(value, list | range):
                value = [value] * count
            if len(value) != count:
                raise ValueError(f"{model.__name__}.{key}: {len(value)} values for {count} rows")
            given[key] = value
        if strange := given.keys() - set(writer.attributes):
            raise TypeError(f"{model.__name__} has no {', '.join(sorted(strange))}")
        if self.house.rules_of(model):
            judge(self, model, [ColumnsAt(given, at) for at in range(count)])
        writer.insert_columns(self.session.connection(), given)
        self._pending.written.add(writer.table)
        return ids

    def remove(self, *rows: Any) -> None:
        """Delete these rows at the end; children go first by the caller's hand or by the database's."""
        for row in rows:
            self._pending.remove(row)
            self._reader.drop(row)

    def touch(self, document: Any) -> None:
        """Raise the document's version though only its lines have changed."""
        self._pending.touch(document)

    def accumulate(self, model: type[Any], key: Mapping[str, Any], **sums: Decimal) -> None:
        """Add to a balance row that may not exist yet; written in the order of the keys.

        The key is the primary key, or what the model names as ``__balance_of__`` (with a unique
        index over it); a new row then gets an id like any other.
        """
        self._pending.accumulate(model, key, sums, self.id)

    def number(
        self, document: Any, kind: str, *, on: dt.date | None = None, field: str = "number"
    ) -> None:
        """Give the document the next number of its series, of the period of ``on`` (today)."""
        self._numbering.ask(document, kind, on or self.today, field)

    def cite(self, document: Any, field: str, source: DocumentRef, known: str = "") -> None:
        """Write the number of the source into a field of the document: ``reference``.

        ``known`` is the number where the source has one; a source that gets its number in this
        unit of work tells it when it is drawn, at the end.
        """
        if known:
            setattr(document, field, known)
        else:
            self._numbering.cite(document, field, source)

    def link(self, source: Any, target: Any, kind: str) -> None:
        """Remember that one document led to the other; both may be documents or references."""
        start = source if isinstance(source, DocumentRef) else ref(source)
        end = target if isinstance(target, DocumentRef) else ref(target)
        self.add(
            DocumentLink(
                from_kind=start.kind, from_id=start.id, to_kind=end.kind, to_id=end.id, kind=kind
            )
        )

    def record(self, document: Any, action: str, facts: Mapping[str, Any]) -> None:
        """Tell the document's history what was done with it though nothing of it changed: print."""
        self._history.acted(document, action, facts)

    def explain(self, documents: Iterable[Any], reason: str) -> None:
        """Keep in the history of documents why they are changed now."""
        for document in documents:
            self._history.explained(document, reason)

    def publish(self, events: Event | Iterable[Event]) -> None:
        """Tell the other departments; they act in this transaction, a whole batch at a time."""
        self._news.tell([events] if isinstance(events, Event) else events)

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
        numbering, history = self._numbering.kept(), deepcopy(self._history.changes)
        published = list(self.published)
        savepoint = self.session.begin_nested()
        try:
            act()
            self.settle()
            self.flush()
        except errors as refusal:
            savepoint.rollback()
            self.give_up()
            self._numbering.return_to(numbering)
            self._history.changes, self._news.published = history, published
            return refusal
        savepoint.commit()
        return None

    # -- the end ------------------------------------------------------------------------------

    def settle(self) -> None:
        """Let everyone react to what was told, until nobody has news."""
        self._news.settle()

    def complete(self) -> None:
        """React, number and write, so that the answer can be told; nothing but the commit is left."""
        self.settle()
        self._draw_numbers()
        self.flush()

    def finish(self) -> None:
        """Complete and commit. Only the house calls this."""
        self.settle()
        if self.actor.only_reads:
            if self._pending.tables() or self._pending.written or self._history.changes:
                raise OnlyLooking
            self.abandon()
            return
        self._draw_numbers()
        self._pending.write(last=True)
        if self.house.oversight is not None:
            self.house.oversight.finish(self, self._history)
        if self.house.watch is not None:
            self.house.watch.finish(self, self._history)
        remember = chain.store(self._history, self.session, self.actor, self.now)
        self.session.commit()
        remember()
        self.house.remembered.forget(self._pending.written)
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
        self._reader.hold(self._pending.write())

    def give_up(self) -> None:
        """Forget what was collected and not written; what was loaded is loaded anew when it is needed."""
        self._pending.forget()
        self._reader.forget()
        self._news.forget()
        self._answers.clear()
        self.session.expunge_all()

    # -- inside -------------------------------------------------------------------------------

    def _draw_numbers(self) -> None:
        self._numbering.draw(self.session.connection, self._as_known)

    def _as_known(self, document: Any) -> Any:
        """The document itself, or, where an attempt was undone since, as it was loaded anew."""
        if self._pending.is_new(document) or document in self.session:
            return document
        return self.get(type(document), document.__dict__["id"])

    def _before_read(self, statement: Any) -> None:
        """Write what the statement would miss; what does not concern it can wait for the end."""
        waiting = self._pending.tables()
        if not waiting:
            return
        read = None if self.actor.rules else tables_of(statement)
        if read is None or read & waiting:
            self.flush()

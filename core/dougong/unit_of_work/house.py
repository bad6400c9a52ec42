"""What a process keeps between units of work, and the edge where they are opened and retried."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Engine, update
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from dougong import clock
from dougong.actors import asking
from dougong.db import metadata
from dougong.errors import NotReady, Refused, Stale
from dougong.i18n import _
from dougong.idempotency.models import GivenAnswer
from dougong.series.models import IdBlock
from dougong.series.queries import SHIPPED, Known
from dougong.unit_of_work.oversight import Oversight, Watch
from dougong.unit_of_work.refusals import sentence_for
from dougong.unit_of_work.remembered import Remembered
from dougong.unit_of_work.ruling import Ruled, ruled
from dougong.unit_of_work.session import ReadSession, scope_options
from dougong.unit_of_work.unit import UnitOfWork

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.events import Reaction
    from dougong.plugin import RowRule, Series

T = TypeVar("T")

#: Ids are taken from the database this many at a time.
BLOCK = 1000
MOST_TRIES = 5
#: Seconds after which nobody is kept waiting for one more try.
PATIENCE = 4.0
RETRYABLE = {"40001", "40P01", "55P03"}


@dataclass(frozen=True)
class Once:
    """A promise to act once: the caller's key, and what the request said."""

    key: str
    fingerprint: str


@dataclass(frozen=True)
class Answer:
    """What is sent back, and kept for whoever asks the same again."""

    status: int
    body: str
    replayed: bool = False


class OtherRequest(Refused):
    """The key was used for something else."""

    def __init__(self) -> None:
        super().__init__(
            _("This idempotency key was used for a different request. Choose a new key.")
        )


class Unreachable(NotReady):
    """The database is away."""

    def __init__(self) -> None:
        super().__init__(
            _("The database cannot be reached now. Nothing was changed; try again in a moment.")
        )


class Busy(NotReady):
    """Others held what was needed, time and again."""

    def __init__(self) -> None:
        super().__init__(
            _("Too many people change the same thing now. Nothing was changed; try again shortly.")
        )


class Ids:
    """A unit of work's own supply of ids; a block that is lost in a rollback is no loss."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.next = self.end = 0
        self.own: bool = False  # allocated in this very transaction: gone if it is undone

    def take(self, session: Session) -> int:
        """The next id."""
        if self.next == self.end:
            self.next, self.end, self.own = self.house.next_block(session)
        self.next += 1
        return self.next - 1

    def several(self, session: Session, count: int) -> range:
        """So many ids one after another, in a block of their own."""
        _start, end, _own = self.house.next_block(session, count)
        return range(end - count, end)


@dataclass
class House:
    """The engine, and what the enabled plugins contributed to a unit of work."""

    engine: Engine
    reactions: Mapping[Any, Sequence[Reaction]] = field(default_factory=dict)
    providers: Mapping[type[Any], Callable[[UnitOfWork], Any]] = field(default_factory=dict)
    series: Mapping[str, Series] = field(default_factory=dict)
    #: Answers ``uow.setting(key)``; the settings room puts itself here.
    read_setting: Callable[[UnitOfWork, str], Any] | None = None
    #: Gives back, for work that is done later, the person who asked for it: ``(user id, company id)``.
    restore_actor: Callable[[int, int], Actor] | None = None
    #: What rows must keep that are written; see `dougong.plugin.RowRule`.
    row_rules: Sequence[RowRule] = ()
    #: Looks at every unit of work before it is saved; the room of approvals puts itself here.
    oversight: Oversight | None = None
    #: Sees what every unit of work has done; the room of followers puts itself here.
    watch: Watch | None = None
    #: Narrows what hangs on documents to those that an actor may see; the activities put theirs here.
    narrow: Callable[[Actor], tuple[Any, ...]] | None = None

    def __post_init__(self) -> None:
        self._spare: list[tuple[int, int]] = []
        self._lock = threading.Lock()
        self._depths: dict[Any, int] = {}
        self._ruled: dict[type[Any], Ruled] = {}
        #: What units of work need not ask each time.
        self.remembered = Remembered()
        #: How numbers read; each draw tells whether this is still so.
        self.patterns: Known = SHIPPED

    # -- the edge -----------------------------------------------------------------------------

    def run(self, actor: Actor, act: Callable[[UnitOfWork], T]) -> T:
        """Do something whole or not at all; what the database asks to try again is tried again.

        ``act`` may be called up to five times, so it must not do anything that a rollback cannot
        undo. A rule of the database comes back as a `Refused` with a sentence; where others were
        faster each time, or seconds have passed, `Busy` says so.
        """
        begun = time.monotonic()
        for attempt in range(1, MOST_TRIES + 1):
            try:
                with self.work(actor) as uow:
                    return act(uow)
            except (DBAPIError, Stale) as error:
                if not _again(error):
                    raise
                if attempt == MOST_TRIES or time.monotonic() - begun > PATIENCE:
                    if isinstance(error, Stale):
                        raise
                    raise Busy from error
                time.sleep(random.uniform(0.005, 0.02) * 2**attempt)  # noqa: S311
        raise AssertionError("unreachable")

    def run_once(
        self, actor: Actor, once: Once | None, act: Callable[[UnitOfWork], Answer]
    ) -> Answer:
        """Like `run`, but a key that was seen gets the answer that was given then."""
        if once is None:
            return self.run(actor, act)
        who = str(actor.user_id or actor.name)[:40]

        def acting(uow: UnitOfWork) -> Answer:
            given = uow.session.get(GivenAnswer, (who, once.key))
            if given is not None:
                if given.fingerprint != once.fingerprint:
                    raise OtherRequest
                return Answer(given.status, given.body, replayed=True)
            answer = act(uow)
            uow.add(
                GivenAnswer(
                    actor=who,
                    key=once.key,
                    fingerprint=once.fingerprint,
                    status=answer.status,
                    body=answer.body,
                    created_at=uow.now,
                )
            )
            return answer

        return self.run(actor, acting)

    @contextmanager
    def work(self, actor: Actor) -> Iterator[UnitOfWork]:
        """One try: ``with house.work(actor) as uow: …``; saved at the end of the block or not at all."""
        uow = UnitOfWork(self, actor)
        try:
            with asking(actor.user_id):
                yield uow
                uow.finish()
        except IntegrityError as error:
            uow.abandon()
            if _again(error):
                raise
            raise sentence_for(error) from error
        except OperationalError as error:
            uow.abandon()
            if _away(error):
                raise Unreachable from error
            raise
        except BaseException:
            uow.abandon()
            raise
        finally:
            uow.close()
            if uow.failures:
                self._write_down(uow)

    def _write_down(self, uow: UnitOfWork) -> None:
        """Keep which reactions failed, now that the database is free again."""
        from dougong.problems.recording import record_error

        who, request = uow.actor.name, uow.actor.request_id
        for name, error in uow.failures:
            record_error(self, error, "reaction", name, who=who, request_id=request)

    @contextmanager
    def read(self, actor: Actor) -> Iterator[ReadSession]:
        """A session that only reads, one snapshot, scoped to what the actor may see."""
        options: dict[str, Any] = {"reading": True}
        if self.engine.dialect.name == "postgresql":  # both travel with BEGIN: no statement more
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        info = {"scope": self.scope(actor), "before_read": None, "house": self}
        try:
            with (
                clock.within(actor.timezone),
                asking(actor.user_id),
                self.engine.connect().execution_options(**options) as connection,
                ReadSession(connection, autoflush=False, info=info) as session,
            ):
                yield session
        except OperationalError as error:
            if _away(error):
                raise Unreachable from error
            raise

    @contextmanager
    def look(self, actor: Actor) -> Iterator[UnitOfWork]:
        """A unit of work that only looks: a form derives what follows, and nothing is ever saved."""
        with self.read(actor) as session:
            uow = UnitOfWork(self, actor, session)
            try:
                yield uow
            finally:
                self.return_ids(uow._ids, committed=False)

    def scope(self, actor: Actor) -> tuple[Any, ...]:
        """What narrows every select of this actor: companies, record rules, what hangs on documents."""
        options = scope_options(actor)
        return options if self.narrow is None else (*options, *self.narrow(actor))

    # -- ids, numbers, order of tables --------------------------------------------------------

    def borrow_ids(self) -> Ids:
        """A supply for one unit of work."""
        ids = Ids(self)
        with self._lock:
            if self._spare:
                ids.next, ids.end = self._spare.pop()
        return ids

    def return_ids(self, ids: Ids, *, committed: bool) -> None:
        """Keep what is left of a supply, unless it was undone with its transaction."""
        if ids.next < ids.end and (committed or not ids.own):
            with self._lock:
                self._spare.append((ids.next, ids.end))
        ids.next = ids.end = 0

    def next_block(self, session: Session, size: int = BLOCK) -> tuple[int, int, bool]:
        """A new block of ids: in a short transaction of its own where the database allows two."""
        statement = (
            update(IdBlock)
            .where(IdBlock.name == "house")
            .values(next=IdBlock.next + size)
            .returning(IdBlock.next)
        )
        if self.engine.dialect.name == "sqlite":
            end = session.connection().scalar(statement)
            own = True
        else:
            with self.engine.begin() as connection:
                end = connection.scalar(statement)
            own = False
        if end is None:
            raise RuntimeError("core_id_block has no row; run `dougong init`")
        return end - size, end, own

    def depth(self, model: type[Any]) -> int:
        """Where a model's table stands among all: parents before children."""
        table = model.__table__
        if table not in self._depths:
            self._depths = {t: i for i, t in enumerate(metadata.sorted_tables)}
        return self._depths[table]

    def rules_of(self, model: type[Any]) -> Ruled:
        """The rules that rows of a model must keep, each with the attributes it is about."""
        found = self._ruled.get(model)
        if found is None:
            found = self._ruled[model] = ruled(model, self.row_rules)
        return found

    def setting(self, uow: UnitOfWork, key: str) -> Any:
        """The value of a setting in the actor's company."""
        if self.read_setting is None:
            raise LookupError(f"no setting {key!r} is declared")
        return self.read_setting(uow, key)


def _away(error: OperationalError) -> bool:
    """Whether the database is gone or full, rather than busy."""
    said = str(error.orig)
    signs = ("unable to open", "disk is full", "disk I/O", "connection", "terminating")
    return error.connection_invalidated or any(words in said for words in signs)


def _again(error: Exception) -> bool:
    """Whether the same act may succeed when it is done again."""
    if isinstance(error, Stale):
        return not error.told
    if isinstance(error, IntegrityError):
        return "core_idempotency" in str(error.orig)
    if isinstance(error, DBAPIError):
        code = getattr(error.orig, "sqlstate", None)
        return code in RETRYABLE or "database is locked" in str(error.orig)
    return False

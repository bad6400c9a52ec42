"""Who acts: a person with rights in some companies, or the house itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any
from zoneinfo import ZoneInfo

from dougong import clock
from dougong.errors import Forbidden

_asking: ContextVar[int | None] = ContextVar("who_asks", default=None)


def who_asks() -> int | None:
    """The person on whose behalf something is read or done now; conditions say “mine” by it."""
    return _asking.get()


@contextmanager
def asking(user_id: int | None) -> Iterator[None]:
    """Read and act as this person inside the block."""
    token = _asking.set(user_id)
    try:
        yield
    finally:
        _asking.reset(token)


#: A condition on a model's rows for one actor: ``lambda model, actor: model.owner_id == actor.user_id``.
RecordRule = Callable[[Any, "Actor"], Any]


class Rights(frozenset[str]):
    """Rights by pattern: ``crm.order.*`` is every right on orders, ``*`` every right there is.

    ``*.read`` reaches what every department lets people read, but nothing of the core's own:
    users, log-ins and the history are opened by name. ``limit`` narrows all of it: a token's scope.
    """

    limit: Rights | None
    _known: dict[object, bool]

    def __new__(cls, patterns: Iterable[str] = (), limit: Rights | None = None) -> Rights:
        """Take the patterns as they are; nothing is expanded."""
        rights = super().__new__(cls, patterns)
        rights.limit, rights._known = limit, {}
        return rights

    def __contains__(self, right: object) -> bool:
        known = self._known.get(right)
        if known is None:
            known = self._known[right] = isinstance(right, str) and self._open(right)
        return known

    def _open(self, right: str) -> bool:
        if self.limit is not None and right not in self.limit:
            return False
        return any(_covers(pattern, right) for pattern in self)

    def __eq__(self, other: object) -> bool:
        mine = (frozenset(self), self.limit)
        return isinstance(other, Rights) and mine == (frozenset(other), other.limit)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((frozenset.__hash__(self), self.limit))


def _covers(pattern: str, right: str) -> bool:
    if "*" not in pattern or pattern in ("*", right):
        return pattern in ("*", right)
    if pattern.startswith("*") and right.startswith("core."):
        return False
    return fnmatchcase(right, pattern)


EVERYTHING = Rights({"*"})


@dataclass(frozen=True)
class Actor:
    """On whose behalf something is done. Built once a session of rights, asked without a statement.

    ``start(actor)``, the default of a report's `Parameter`, reports and widgets are handed one:
    ``actor.today``, ``actor.company_id``, ``actor.may("crm.order.read")``. It has no session and
    knows no party: who a person is among employees or customers, a plugin asks of its own tables
    by ``user_id``, which is None for the house itself.
    """

    user_id: int | None
    name: str
    rights: frozenset[str]
    #: The companies whose documents may be seen.
    companies: tuple[int, ...]
    #: The company in which new documents are made.
    company_id: int
    language: str = "en"
    timezone: str = "UTC"
    #: Row conditions by model: every one of a model's must hold.
    rules: Mapping[type, tuple[RecordRule, ...]] = field(default_factory=dict)
    #: Shown in the history beside the change; the HTTP request, the command, the job.
    request_id: str = ""
    #: Somebody who looks through another's eyes: nothing is ever saved on their behalf.
    only_reads: bool = False
    #: Somebody from outside the house, a customer: without rights, and no page of the office opens.
    guest: bool = False

    @property
    def today(self) -> dt.date:
        """The date where they are, which may be another than the server's."""
        return clock.now().astimezone(ZoneInfo(self.timezone)).date()

    def may(self, right: str) -> bool:
        """Whether the right is among theirs."""
        return right in self.rights

    def require(self, right: str) -> None:
        """Go on only with this right; raises `Forbidden`."""
        if right not in self.rights:
            raise Forbidden(right)

    @classmethod
    def system(
        cls, company_id: int = 1, companies: tuple[int, ...] = (), name: str = "system"
    ) -> Actor:
        """The house itself: commands of an administrator, jobs, migrations."""
        return cls(None, name, EVERYTHING, companies or (company_id,), company_id)

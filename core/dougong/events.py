"""Facts that plugins tell each other, and what others do about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from dougong.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that has happened, named in the past tense; plain values only."""


class DocumentRef(NamedTuple):
    """A document of some plugin, told without importing that plugin."""

    #: The resource that shows it: ``crm.orders``.
    kind: str
    id: int


def ref(document: Any) -> DocumentRef:
    """The reference of a document that was loaded or added."""
    return DocumentRef(document.__document__, document.id)


Act = Callable[["UnitOfWork", Sequence[Any]], None]


@dataclass(frozen=True, slots=True)
class Reaction:
    """What a plugin does about all waiting events of one type.

    ``transaction``: inside, and may refuse the whole business act. ``isolated``: inside a
    savepoint; a failure is logged and leaves the act standing. ``after_commit``: from the outbox,
    at least once.
    """

    event: type[Event]
    act: Act
    mode: Literal["transaction", "isolated", "after_commit"] = "transaction"
    #: Which of these events it has not acted on; asked when the plugin catches up. None: all of them.
    news: Callable[[UnitOfWork, Sequence[Any]], Sequence[Any]] | None = None

    @property
    def name(self) -> str:
        """Where it is written; the outbox finds it again by this."""
        return f"{self.act.__module__}:{self.act.__qualname__}"

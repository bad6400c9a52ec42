"""Facts that plugins tell each other, and what others do about them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple

from dougong.i18n import Text

if TYPE_CHECKING:
    from dougong.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that has happened, named in the past tense; plain values only.

    ``label = _("Sales order confirmed")`` in the class says to people what happened.
    """

    #: What happened, in words for people; without them `said` takes the first sentence of the docstring.
    label: ClassVar[Text | str] = ""


def said(kind: type[Event]) -> Text | str:
    """What an event of this class says to people; empty where its author wrote no word of it."""
    if kind.label:
        return kind.label
    text = (kind.__doc__ or "").strip()
    # A dataclass without words of its own says how it is made.
    if text.startswith(f"{kind.__name__}("):
        return ""
    return re.split(r"[.:;]\s|\n", text, maxsplit=1)[0].rstrip(".")


def program_name(kind: type[Event]) -> str:
    """By which the outbox remembers an event: ``dougong_base.events.sales:SalesOrderConfirmed``."""
    return f"{kind.__module__}:{kind.__qualname__}"


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

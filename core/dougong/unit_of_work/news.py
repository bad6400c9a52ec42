"""Events and those who react to them: in this transaction, apart from it, or after its commit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dougong.events import Event, Reaction, program_name
from dougong.logger import structlog
from dougong.outbox.models import OutboxMessage

if TYPE_CHECKING:
    from dougong.unit_of_work.unit import UnitOfWork

log = structlog.get_logger()

#: A chain of events longer than this is a circle.
MOST_ROUNDS = 50


class News:
    """What was told in a unit of work, and what nobody has reacted to yet."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._waiting: list[Event] = []
        #: Every event that was told, in order.
        self.published: list[Event] = []
        #: Reactions that failed and were undone, while the rest goes on.
        self.failures: list[tuple[str, BaseException]] = []

    def tell(self, events: Iterable[Event]) -> None:
        """Let everyone know when the unit of work settles."""
        batch = list(events)
        self._waiting += batch
        self.published += batch

    def settle(self) -> None:
        """Let everyone react, a whole type of events at a time, until nobody has news."""
        rounds = 0
        while self._waiting:
            rounds += 1
            if rounds > MOST_ROUNDS:
                raise RuntimeError(f"events go in a circle: {type(self._waiting[0]).__name__}")
            kind = type(self._waiting[0])
            batch = [e for e in self._waiting if type(e) is kind]
            self._waiting = [e for e in self._waiting if type(e) is not kind]
            for reaction in self._uow.house.reactions.get(kind, ()):
                if reaction.mode == "transaction":
                    reaction.act(self._uow, batch)
                elif reaction.mode == "after_commit":
                    self._post(reaction.name, batch)
                else:
                    self._in_isolation(reaction, batch)

    def forget(self) -> None:
        """Nobody reacts to what is still waiting."""
        self._waiting.clear()

    def _in_isolation(self, reaction: Reaction, events: Sequence[Event]) -> None:
        """A reaction that may fail without stopping the business."""
        waiting, self._waiting = self._waiting, []
        refusal = self._uow.attempt(lambda: reaction.act(self._uow, events), errors=Exception)
        self._waiting = waiting + self._waiting
        if refusal is not None:
            log.warning("isolated reaction failed", reaction=reaction.name, reason=str(refusal))
            self.failures.append((reaction.name, refusal))

    def _post(self, reaction: str, events: Sequence[Event]) -> None:
        from dougong.outbox.letters import pack

        uow = self._uow
        uow.add(
            *(
                OutboxMessage(
                    reaction=reaction,
                    event=program_name(type(event)),
                    payload=pack(event),
                    company_id=uow.company_id,
                    written_at=uow.now,
                    due_at=uow.now,
                )
                for event in events
            )
        )

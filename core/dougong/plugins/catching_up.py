"""What a plugin that was enabled later has missed: it may act on it now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from dougong.errors import PluginProblem
from dougong.i18n import _
from dougong.jobs.acting import of_company
from dougong.plugins.models import PluginState

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.events import Event, Reaction
    from dougong.plugin import Replay
    from dougong.plugins.registry import Runtime
    from dougong.unit_of_work import UnitOfWork

#: Events that are acted on in one transaction.
BATCH = 200


@dataclass(frozen=True)
class Missed:
    """The events of one type that wait for a plugin, in one company."""

    event: str
    company_id: int
    count: int

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {"event": self.event, "company_id": self.company_id, "count": self.count}


def catch_up(
    runtime: Runtime,
    name: str,
    companies: Iterable[int],
    *,
    dry_run: bool = False,
    told: Callable[[Missed], None] = lambda missed: None,
) -> list[Missed]:
    """Let a plugin act on all that it has missed, oldest publisher first, a batch a transaction.

    Its reactions look for what they made already, so an interrupted run may be done again; two
    runs at a time wait for each other, batch by batch.
    """
    if name not in runtime.loaded:
        raise PluginProblem(runtime.failed.get(name) or _("%(name)s is not enabled.", name=name))
    found: list[Missed] = []
    for company in companies:
        actor = replace(of_company(runtime.house, company), name="dougong plugin catch-up")
        for replay in runtime.wiring.replays:
            reactions = _reactions_of(runtime, name, replay)
            if not reactions:
                continue
            events = runtime.house.run(actor, partial(_missed, replay, reactions))
            if not events:
                continue
            missed = Missed(replay.event.__name__, company, len(events))
            found.append(missed)
            told(missed)
            if not dry_run:
                _act(runtime, name, actor, reactions, events)
    return found


def _missed(replay: Replay, reactions: Iterable[Reaction], uow: UnitOfWork) -> list[Event]:
    """The events that are news to any of the plugin's reactions."""
    events = list(replay.missed(uow))
    known = [set(map(id, _news(uow, reaction, events))) for reaction in reactions]
    return [event for event in events if any(id(event) in some for some in known)]


def _news(uow: UnitOfWork, reaction: Reaction, events: Sequence[Event]) -> Sequence[Event]:
    return events if reaction.news is None else reaction.news(uow, events)


def _reactions_of(runtime: Runtime, name: str, replay: Replay) -> list[Reaction]:
    owners = runtime.wiring.owners
    return [
        reaction
        for reaction in runtime.wiring.reactions.get(replay.event, ())
        if owners.get(("reactions", reaction.name)) == name
    ]


def _act(
    runtime: Runtime, name: str, actor: Actor, reactions: list[Reaction], events: list[Event]
) -> None:
    waiting = iter(events)
    turn = select(PluginState.name).where(PluginState.name == name).with_for_update()
    while batch := list(islice(waiting, BATCH)):

        def act(uow: UnitOfWork, batch: list[Event] = batch) -> None:
            uow.session.execute(turn)  # whoever else catches up waits here
            for reaction in reactions:
                if fresh := _news(uow, reaction, batch):
                    reaction.act(uow, fresh)

        runtime.house.run(actor, act)

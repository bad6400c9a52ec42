"""Deliver what waits in the outbox to the reactions it is for: at least once, whole batches first."""

from __future__ import annotations

import importlib
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import update

from dougong.events import Event, Reaction
from dougong.jobs.acting import acting
from dougong.jobs.claiming import Leases
from dougong.jobs.failing import failed
from dougong.outbox.letters import unpack
from dougong.outbox.models import OutboxMessage
from dougong.problems.recording import record_error
from dougong.unit_of_work import House, UnitOfWork

#: Letters taken at a time.
BATCH = 50
#: A letter that failed so often is laid aside as dead.
TRIES = 8


class LeaseLost(Exception):
    """The letters were taken by another worker in the meantime."""


def send_due(house: House, leases: Leases) -> int:
    """Deliver up to a batch of letters that are due; returns how many were taken."""
    known = _known(house)
    if not known:
        return 0
    rows = leases.take(OutboxMessage, "sending", OutboxMessage.reaction, known, BATCH)
    batches: dict[tuple[str, str, int | None], list[Any]] = defaultdict(list)
    for row in rows:
        batches[row.reaction, row.event, row.company_id].append(row)
    for (name, _event, _company), letters in batches.items():
        try:
            _deliver(house, known[name], letters, leases.worker)
        finally:
            leases.let_go(OutboxMessage, "sending", letters)
    return len(rows)


def _known(house: House) -> dict[str, Reaction]:
    return {
        reaction.name: reaction
        for reactions in house.reactions.values()
        for reaction in reactions
        if reaction.mode == "after_commit"
    }


def _deliver(house: House, reaction: Reaction, letters: Sequence[Any], worker: str) -> None:
    """All letters in one unit of work; where that fails, each by itself: one spoils no other."""
    try:
        _send(house, reaction, letters, worker)
    except LeaseLost:
        return
    except (Exception, SystemExit) as error:
        if len(letters) > 1:
            for letter in letters:
                _deliver(house, reaction, [letter], worker)
            return
        letter = letters[0]
        if failed(house.engine, OutboxMessage, letter, worker, "sending", TRIES, error):
            record_error(house, error, "letter", reaction.name, letter_id=letter.id)


def _send(house: House, reaction: Reaction, letters: Sequence[Any], worker: str) -> None:
    events = [_read(letter) for letter in letters]
    ids = [letter.id for letter in letters]
    actor = acting(house, None, letters[0].company_id, f"outbox:{ids[0]}")

    def act(uow: UnitOfWork) -> None:
        reaction.act(uow, events)
        marked = uow.session.connection().execute(
            update(OutboxMessage)
            .where(
                OutboxMessage.id.in_(ids),
                OutboxMessage.worker == worker,
                OutboxMessage.state == "sending",
            )
            .values(state="sent", leased_until=None, error=None)
        )
        if marked.rowcount != len(ids):
            raise LeaseLost

    house.run(actor, act)


def _read(letter: Any) -> Event:
    """The event a letter tells, in the shape its class has today."""
    module, _, name = letter.event.partition(":")
    kind = getattr(importlib.import_module(module), name)
    return unpack(kind, letter.payload)

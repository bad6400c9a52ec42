"""Taking all documents that a filter finds along a step, a batch at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

from dougong.errors import DougongError
from dougong.i18n import Text
from dougong.resources import lists, steps
from dougong.resources.documents.reading import called

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.resources.fields import Field
    from dougong.unit_of_work import House, UnitOfWork

MOST = 5_000_000
Found = tuple[Any, str, Any]


@dataclass
class Outcome:
    """How many went along, and who did not and why: key, what it is called, sentence."""

    found: int = 0
    done: int = 0
    refused: list[tuple[Any, str, Text | str]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The outcome as JSON."""
        refused = [{"id": k, "label": n, "reason": str(why)} for k, n, why in self.refused]
        return {"found": self.found, "done": self.done, "refused": refused}


def march(
    house: House,
    actor: Actor,
    query: lists.Query,
    step: str,
    *,
    batch: int = 100,
    own_date: Field | None = None,
    asked: dict[str, Any] | None = None,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Outcome:
    """Take what the query finds along a step; each batch is saved by itself.

    With ``own_date`` each document goes on the date that it says itself, in the order of dates.
    """
    found = _find(house, actor, query, own_date)
    outcome = Outcome(len(found))
    for on, part in _parts(found, batch, own_date is not None):
        given = dict(asked or {}) | ({"on": on} if on is not None else {})
        answers = _take(house, actor, query, step, [key for key, _name, _on in part], given)
        for key, name, _on in part:
            if why := answers[key]:
                outcome.refused.append((key, name, why))
            else:
                outcome.done += 1
        progress(outcome.done + len(outcome.refused), outcome.found)
    return outcome


def _take(
    house: House,
    actor: Actor,
    query: lists.Query,
    step: str,
    keys: Sequence[int],
    given: dict[str, Any],
) -> steps.Answers:
    def act(uow: UnitOfWork) -> steps.Answers:
        return steps.run(uow, query.noun, query.sight, step, keys, **given)

    try:
        return house.run(actor, act)
    except DougongError as error:
        # What refuses only at the end, when all is written, says so for the whole batch.
        if len(keys) == 1:
            return {keys[0]: error.sentence}
    found: steps.Answers = {}
    for key in keys:
        found |= _take(house, actor, query, step, [key], given)
    return found


def _find(house: House, actor: Actor, query: lists.Query, own_date: Field | None) -> list[Found]:
    title = query.sight.fields[query.noun.title]
    query.columns = [title, own_date] if own_date else [title]
    query.size, query.cursor = MOST, None
    with house.read(actor) as session:
        rows, _following, _before = lists.rows(session, query)
    found = [(row[0], called(row[1], row[0]), row[2] if own_date else None) for row in rows]
    if own_date is not None:
        found.sort(key=lambda item: (item[2] is None, item[2] or dt.date.min, item[0]))
    return found


def _parts(
    found: Sequence[Found], batch: int, dated: bool
) -> Iterator[tuple[dt.date | None, list[Found]]]:
    """Batches; with dates each batch is of one day."""
    groups = groupby(found, key=lambda item: item[2]) if dated else [(None, found)]
    for on, group in groups:
        items = list(group)
        day = on.date() if isinstance(on, dt.datetime) else on
        for start in range(0, len(items), batch):
            yield day, items[start : start + batch]

"""Which news of other departments is in the books already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import select

from dougong_finance.entries.models import Entry

if TYPE_CHECKING:
    from dougong import UnitOfWork

T = TypeVar("T")
#: So many keys fit into one statement on every database.
AT_ONCE = 10_000


def not_booked(uow: UnitOfWork, events: Sequence[T], key_of: Callable[[T], str]) -> list[T]:
    """Of these, what no entry has been made of; ``key_of`` names the entry that one would make."""
    keys = [key_of(event) for event in events]
    known: set[str] = set()
    for start in range(0, len(keys), AT_ONCE):
        part = keys[start : start + AT_ONCE]
        known |= set(uow.look(select(Entry.source_key).where(Entry.source_key.in_(part))).scalars())
    return [event for event, key in zip(events, keys, strict=True) if key not in known]

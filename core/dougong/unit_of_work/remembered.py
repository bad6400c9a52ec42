"""What every act asks and hardly anybody changes: the books of a company, its places, its currency.

A process remembers such answers for a moment. Its own changes count at once; those of another
process after a second, as with the settings. What an act depends on to the letter (a period that
closes, stock, a number) is never asked here.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Hashable
from typing import Any

from sqlalchemy import Table

#: Seconds for which another process's change may go unnoticed.
SECONDS = 1.0


class Remembered:
    """Answers by question, each with the tables it was read from."""

    def __init__(self) -> None:
        self._answers: dict[Hashable, tuple[float, frozenset[Table], Any]] = {}
        self._lock = threading.Lock()

    def answer(self, question: Hashable, tables: Collection[Table], read: Callable[[], Any]) -> Any:
        """The answer as remembered, or as read now."""
        known = self._answers.get(question)
        if known is not None and known[0] > time.monotonic():
            return known[2]
        found = read()
        with self._lock:
            self._answers[question] = (time.monotonic() + SECONDS, frozenset(tables), found)
        return found

    def forget(self, tables: Collection[Table]) -> None:
        """These tables were changed."""
        if not tables:
            return
        with self._lock:
            stale = [q for q, (_, read, _) in self._answers.items() if not read.isdisjoint(tables)]
            for question in stale:
                del self._answers[question]

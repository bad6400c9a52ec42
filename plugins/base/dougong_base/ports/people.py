"""Who is there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Protocol


class Absences(Protocol):
    """Who is away. Its absence means that everybody is there on every working day."""

    def between(
        self, party_ids: Collection[int], start: dt.date, end: dt.date
    ) -> Mapping[int, Collection[dt.date]]:
        """The working days each person is away."""
        ...

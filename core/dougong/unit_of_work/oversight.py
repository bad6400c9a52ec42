"""Who looks at a unit of work before it is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from dougong.errors import Refused

if TYPE_CHECKING:
    from dougong.unit_of_work.history import History
    from dougong.unit_of_work.unit import UnitOfWork


class Oversight(Protocol):
    """Refuses steps that somebody else has to agree to, early and again at the end."""

    def lacking(
        self, uow: UnitOfWork, kind: str, step: str, ids: Sequence[int]
    ) -> Mapping[int, Refused]:
        """Which of these documents may not take the step yet, each with its refusal."""
        ...

    def finish(self, uow: UnitOfWork, history: History) -> None:
        """Everything is written: raise a `Refused` where it must not be saved."""
        ...


class Watch(Protocol):
    """Sees what a unit of work has done, and may add to it; it refuses nothing."""

    def finish(self, uow: UnitOfWork, history: History) -> None:
        """Everything is written and may be saved."""
        ...

"""Documents that are about to be done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from dougong import UnitOfWork

T = TypeVar("T")


def take_up(uow: UnitOfWork, model: type[T], ids: Iterable[int], *parts: Any) -> list[T]:
    """Load and lock documents with these parts, to finish them.

    What was written in the same act is stored first: once a document is done no line can join it.
    """
    uow.flush()
    return uow.load(model, ids, *parts, lock=True)

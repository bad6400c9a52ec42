"""Low-level codes: an item is planned after everything it goes into. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Circle(Exception):
    """Some items go, through others, into themselves; ``items`` are those that lie on circles."""

    def __init__(self, items: Sequence[int]) -> None:
        super().__init__(f"items {list(items)[:20]} contain themselves")
        self.items = list(items)


def low_level_codes(
    count: int, parents: NDArray[np.int64], children: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The longest way from an end product to each item, by index; end products are at level 0.

    ``parents[i]`` takes ``children[i]``. Raises `Circle`. (Orlicky, Material Requirements
    Planning, 2nd ed., ch. 5: an item is netted at its lowest level, when all its demand is known.)
    """
    levels = np.zeros(count, dtype=np.int64)
    waiting = np.bincount(children, minlength=count)
    order = sorted_order(parents)
    sorted_children = children[order]
    starts = np.searchsorted(parents[order], np.arange(count + 1))
    ready = np.flatnonzero(waiting == 0)
    seen = 0
    while ready.size:
        seen += ready.size
        spans = [sorted_children[starts[item] : starts[item + 1]] for item in ready.tolist()]
        reached = np.concatenate(spans) if spans else np.empty(0, dtype=np.int64)
        if not reached.size:
            break
        above = np.repeat(levels[ready], [span.size for span in spans])
        np.maximum.at(levels, reached, above + 1)
        np.subtract.at(waiting, reached, 1)
        candidates = np.unique(reached)
        ready = candidates[waiting[candidates] == 0]
    if seen < count:
        raise Circle(np.flatnonzero(waiting > 0).tolist())
    return levels


def sorted_order(items: NDArray[np.int64]) -> NDArray[np.int64]:
    """The order of the items, sixteen bits at a time: those are sorted by counting."""
    order = np.argsort((items & 0xFFFF).astype(np.uint16), kind="stable")
    above = (items[order] >> 16).astype(np.uint16)
    return order[np.argsort(above, kind="stable")]

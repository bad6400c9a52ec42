"""Which tours lead over a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dougong.plugin import Tour

#: What the engine draws for every noun.
KINDS = ("list", "form")


def tours_at(tours: Iterable[Tour], place: str) -> Sequence[Tour]:
    """Those of a place, its own first: ``crm.orders.list`` has that of every list too."""
    _noun, _dot, kind = place.rpartition(".")
    places = (place, kind) if kind in KINDS else (place,)
    return sorted((t for t in tours if t.at in places), key=lambda t: places.index(t.at))

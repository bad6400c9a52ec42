"""The documents beside one, by kind: an order's deliveries, invoices and payments, one press away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dougong.events import DocumentRef
from dougong.i18n import Text
from dougong.links.queries import Stop, Trail

if TYPE_CHECKING:
    from dougong.resources.nouns import Nouns


@dataclass(frozen=True)
class Related:
    """All documents of one kind around a document that its reader may see."""

    #: One: what one of them is called by kind; several: the name of their list.
    label: Text | str
    icon: str
    #: The document itself where there is one, else the list of just these.
    url: str
    count: int
    #: The number of the only one.
    title: str
    #: State, colour and how many are in it.
    states: Sequence[tuple[str, str, int]]
    #: There are more than were counted.
    capped: bool = False


def related(found: Trail, nouns: Nouns, here: DocumentRef) -> list[Related]:
    """The trail, gathered by kind: what came before first, then what followed."""
    kinds: dict[str, list[Stop]] = {}
    for stop in found.stops:
        if stop.side != "here" and stop.title:
            kinds.setdefault(stop.ref.kind, []).append(stop)
    return [_gather(kind, stops, nouns, here) for kind, stops in kinds.items()]


def _gather(kind: str, stops: Sequence[Stop], nouns: Nouns, here: DocumentRef) -> Related:
    noun = nouns.all[kind]
    counted = Counter((stop.state, stop.colour) for stop in stops if stop.state)
    states = [(state, colour, n) for (state, colour), n in counted.items()]
    if len(stops) == 1:
        return Related(noun.one, noun.icon, stops[0].url, 1, stops[0].title, states)
    url = f"/{noun.plugin}/{noun.slug}?related={here.kind}.{here.id}"
    return Related(noun.label, noun.icon, url, len(stops), "", states)

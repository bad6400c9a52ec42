"""Statements as trees: headings with the sums of what stands below them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from dougong import ZERO
from dougong.reports import Line
from dougong_finance.reports.common import Place

Pair = tuple[Decimal, Decimal]


def rolled_up(places: Sequence[Place], own: Mapping[int, Pair]) -> dict[int, Pair]:
    """Each account's figures with those of all accounts below it."""
    above = {place.id: place.parent_id for place in places}
    sums: dict[int, Pair] = {}
    for place in places:
        now, then = own.get(place.id, (ZERO, ZERO))
        here: int | None = place.id
        while here is not None and (now or then):
            held = sums.get(here, (ZERO, ZERO))
            sums[here] = (held[0] + now, held[1] + then)
            here = above.get(here)
    return sums


def branch(
    places: Sequence[Place],
    own: Mapping[int, Pair],
    drill: Callable[[Place], str],
    *,
    base: int = 0,
) -> Iterable[Line]:
    """The accounts in order, headings bold with their sums, each as deep as it stands."""
    sums, depth = rolled_up(places, own), _depths(places)
    tops = [place for place in places if not depth[place.id]]
    # A single heading over all of them says what the statement's own heading says.
    sole = tops[0].id if len(tops) == 1 and tops[0].heading else 0
    for place in places:
        if place.id == sole:
            continue
        pair = sums.get(place.id, (ZERO, ZERO))
        if not any(pair):
            continue
        yield Line(
            {"account": f"{place.code} {place.name}", "amount": pair[0], "previous": pair[1]},
            drill="" if place.heading else drill(place),
            level=base + depth[place.id] - bool(sole),
            bold=place.heading,
        )


def sum_line(label: object, pairs: Iterable[Pair]) -> Line:
    """A bold line with the sum of these figures."""
    pairs = list(pairs)
    return Line(
        {
            "account": str(label),
            "amount": sum((now for now, _ in pairs), ZERO),
            "previous": sum((then for _, then in pairs), ZERO),
        },
        bold=True,
    )


def _depths(places: Sequence[Place]) -> dict[int, int]:
    above = {place.id: place.parent_id for place in places}
    depths = {}
    for place in places:
        steps, here = 0, place.parent_id
        while here is not None and here in above and steps < 20:
            steps, here = steps + 1, above[here]
        depths[place.id] = steps
    return depths

"""What a day asks of the vehicles: depots, stops, vehicles, distances; and what a route costs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import SupportsFloat

#: Mean radius of the earth in metres (IUGG 1980).
EARTH = 6_371_009
DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class Stop:
    """A customer: where, how much (grams and litres), when somebody is there, how long it takes."""

    name: str
    place: int
    weight: int = 0
    volume: int = 0
    opens: int = 0
    closes: int = DAY
    service: int = 0
    #: Whether anybody knows where it is; who is nowhere stands at the depot and is not served.
    known: bool = True


@dataclass(frozen=True, slots=True)
class Van:
    """A vehicle: its depot, what it carries, its shift, its costs in thousandths of a cent."""

    name: str
    depot: int
    weight: int
    volume: int | None = None
    starts: int = 0
    ends: int = DAY
    fixed: int = 0
    metre: int = 1


@dataclass(frozen=True)
class Problem:
    """Places are numbered; ``metres`` and ``seconds`` lead from one to another."""

    stops: Sequence[Stop]
    vans: Sequence[Van]
    metres: Sequence[Sequence[int]]
    seconds: Sequence[Sequence[int]]


@dataclass(frozen=True)
class Routes:
    """Stops by number in the order of each vehicle; who is not reached stands in ``left``."""

    by_van: Sequence[Sequence[int]]
    left: Sequence[int] = field(default_factory=tuple)
    method: str = "savings"


#: Latitude and longitude in degrees.
Point = tuple[SupportsFloat, SupportsFloat]


def haversine(one: Point, other: Point) -> float:
    """Metres between two points of the globe along its surface.

    The haversine formula: R. W. Sinnott, Virtues of the Haversine, Sky and Telescope 68 (1984).
    """
    lat1, lon1, lat2, lon2 = (math.radians(float(x)) for x in (*one, *other))
    h = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH * math.asin(math.sqrt(h))


def matrices(
    points: Sequence[Point], detour: float, kmh: float
) -> tuple[list[list[int]], list[list[int]]]:
    """Metres and seconds between all points: as the crow flies, times a factor for the roads."""
    metres = [[round(haversine(a, b) * detour) for b in points] for a in points]
    return metres, [[round(m * 3.6 / kmh) for m in row] for row in metres]


def schedule(problem: Problem, van: Van, stops: Sequence[int]) -> list[tuple[int, int]] | None:
    """When the vehicle arrives at and leaves each stop, then the depot; None where it is too late.

    It leaves the depot at the start of its shift and waits where it comes too early.
    """
    clock, here, times = van.starts, van.depot, []
    for number in stops:
        stop = problem.stops[number]
        clock = max(clock + problem.seconds[here][stop.place], stop.opens)
        if clock > stop.closes:
            return None
        times.append((clock, clock + stop.service))
        clock, here = clock + stop.service, stop.place
    clock += problem.seconds[here][van.depot]
    return None if clock > van.ends else [*times, (clock, clock)]


def fits(problem: Problem, van: Van, stops: Sequence[int]) -> bool:
    """Whether the vehicle can carry them and be everywhere in time."""
    if sum(problem.stops[s].weight for s in stops) > van.weight:
        return False
    if van.volume is not None and sum(problem.stops[s].volume for s in stops) > van.volume:
        return False
    return schedule(problem, van, stops) is not None


def length(problem: Problem, van: Van, stops: Sequence[int]) -> int:
    """Metres from the depot over the stops and back."""
    path = [van.depot, *(problem.stops[s].place for s in stops), van.depot]
    return sum(problem.metres[a][b] for a, b in pairwise(path))


def cost(problem: Problem, routes: Routes) -> int:
    """Fixed costs of the vehicles that drive, and the metres they drive."""
    return sum(
        van.fixed + van.metre * length(problem, van, stops)
        for van, stops in zip(problem.vans, routes.by_van, strict=True)
        if stops
    )


def unreachable(problem: Problem) -> list[tuple[Stop, str]]:
    """Stops no vehicle can serve even alone: ``place``, ``weight``, ``volume`` or ``time`` is why."""
    found = []
    for number, stop in enumerate(problem.stops):
        if not stop.known:
            found.append((stop, "place"))
            continue
        if any(fits(problem, van, [number]) for van in problem.vans):
            continue
        if all(stop.weight > van.weight for van in problem.vans):
            why = "weight"
        elif all(van.volume is not None and stop.volume > van.volume for van in problem.vans):
            why = "volume"
        else:
            why = "time"
        found.append((stop, why))
    return found

"""Routes: what the simple method and the search find beside the best that is known.

Two hundred customers on ten circles round the depot are instance 5 of B. L. Golden, E. A. Wasil,
J. P. Kelly and I-M. Chao (The Impact of Metaheuristics on Solving the Vehicle Routing Problem,
1998): its places and loads follow a formula, so it is made here. Planted clusters have a length
that is known to be the best. With DOUGONG_INSTANCES, a folder of files in the format of the
published collections (``.vrp``), those whose best length stands below are solved too.
"""

from __future__ import annotations

import math
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

from dougong_logistics.routes.problem import DAY, Problem, Stop, Van, cost
from dougong_logistics.routes.savings import savings
from dougong_logistics.routes.solver import improving

#: Best lengths by the name inside the file, as published; distances are rounded as there.
BEST = {
    "E-n22-k4": 375,  # proven; N. Christofides and S. Eilon 1969
    "X-n101-k25": 27_591,  # proven; E. Uchoa and others 2017
    "RC208": 7_761,  # proven; M. M. Solomon 1987, with one decimal place cut off
}
CIRCLES = 6460.98
Case = tuple[str, Problem, float, float]


def planted(clusters: int, each: int, seed: int = 4) -> tuple[Problem, int]:
    """Clusters as far from the depot as each other; the loads of each fill one vehicle exactly.

    Twice the loads times their distances over the capacity is a lower bound (M. Haimovich and
    A. Rinnooy Kan 1985), and one trip to each cluster reaches it.
    """
    rng, load, far = random.Random(seed), 1000, 10_000
    stops: list[Stop] = []
    for c in range(clusters):
        cuts = [0, *sorted(rng.sample(range(50, load - 50), each - 1)), load]
        stops += [Stop(f"{c}.{n}", c + 1, cuts[n + 1] - cuts[n]) for n in range(each)]
    rng.shuffle(stops)
    metres = [[0] + [far] * clusters]
    for a in range(clusters):
        ring = (min(abs(a - b), clusters - abs(a - b)) for b in range(clusters))
        metres.append([far, *(steps * 1500 for steps in ring)])
    vans = [Van(str(n), 0, load) for n in range(clusters + 2)]
    return Problem(stops, vans, metres, metres), 2 * far * clusters


def circles(rings: int = 10, around: int = 20, capacity: int = 900, longest: int = 1800) -> Problem:
    """Customers on circles round the depot, in hundredths; two light ones follow two heavy ones."""
    points = [(0.0, 0.0)]
    stops: list[Stop] = []
    for ring in range(1, rings + 1):
        for i in range(1, around + 1):
            angle = 2 * (i - 1) * math.pi / around
            points.append((30 * ring * math.cos(angle), 30 * ring * math.sin(angle)))
            stops.append(Stop(f"{ring}.{i}", len(stops) + 1, 30 if i % 4 in (2, 3) else 10))
    metres = [[round(100 * math.dist(a, b)) for b in points] for a in points]
    vans = [Van(str(n), 0, capacity, ends=100 * longest) for n in range(8)]
    return Problem([replaced(s, 100 * longest) for s in stops], vans, metres, metres)


def replaced(stop: Stop, closes: int) -> Stop:
    """The stop, open as long as that."""
    return Stop(stop.name, stop.place, stop.weight, stop.volume, stop.opens, closes, stop.service)


def read(path: Path) -> tuple[str, Problem]:
    """A file of the published collections: coordinates, loads, and hours where there are any."""
    facts: dict[str, str] = {}
    tables: dict[str, list[list[str]]] = {}
    rows: list[list[str]] | None = None
    for line in path.read_text().splitlines():
        word, colon, rest = line.partition(":")
        if colon:
            facts[word.strip()] = rest.strip()
        elif line.strip().endswith("_SECTION"):
            rows = tables.setdefault(line.strip(), [])
        elif rows is not None and line.strip() not in ("", "EOF"):
            rows.append(line.split("#")[0].split())
    points = [(float(x), float(y)) for _n, x, y in tables["NODE_COORD_SECTION"]]
    # Solomon's distances keep one decimal place and lose the others.
    tens = "TIME_WINDOW_SECTION" in tables
    near = (lambda d: int(10 * d)) if tens else (lambda d: round(d))
    metres = [[near(math.dist(a, b)) for b in points] for a in points]
    hours = {int(n): (int(a), int(b)) for n, a, b in tables.get("TIME_WINDOW_SECTION", [])}
    lasts = {int(n): int(t) for n, t in tables.get("SERVICE_TIME_SECTION", [])}
    scale = 10 if tens else 1
    usual = int(facts.get("SERVICE_TIME", "0"))
    loads = [int(n[1]) for n in tables["DEMAND_SECTION"]]
    stops: list[Stop] = []
    for at, load in enumerate(loads[1:], 1):
        opens, closes = hours.get(at + 1, (0, DAY * 100))
        service = lasts.get(at + 1, usual) * scale
        stops.append(Stop(str(at + 1), at, load, 0, opens * scale, closes * scale, service))
    capacity = int(facts["CAPACITY"])
    most = int(facts.get("VEHICLES", math.ceil(sum(loads) / capacity) + 3))
    ends = hours.get(1, (0, DAY * 100))[1] * scale
    vans = [Van(str(n), 0, capacity, ends=ends) for n in range(most)]
    return facts["NAME"], Problem(stops, vans, metres, metres)


def cases() -> Iterator[Case]:
    """Name, problem, best length, seconds."""
    for clusters, each, seconds in ((20, 5, 10.0), (20, 10, 30.0)):
        problem, best = planted(clusters, each)
        yield f"planted, {clusters * each} stops", problem, best, seconds
    yield "circles, 200 stops", circles(), 100 * CIRCLES, 30.0
    folder = os.environ.get("DOUGONG_INSTANCES", "")
    for path in sorted(Path(folder).glob("*.vrp")) if folder else ():
        name, problem = read(path)
        if name in BEST:
            seconds = 10.0 if len(problem.stops) <= 100 else 30.0
            yield f"{name}, {len(problem.stops)} stops", problem, BEST[name], seconds


def run() -> Iterator[str]:
    """A line for each method and case: the gap to the best, and the time."""
    for name, problem, best, seconds in cases():
        start = time.perf_counter()
        simple = savings(problem)
        gap = 100 * (cost(problem, simple) / best - 1)
        took = time.perf_counter() - start
        yield f"{name:<24}savings {gap:>8.2f} % over the best, {len(simple.left)} left, {took:.2f} s"
        start = time.perf_counter()
        for found in improving(problem, rounds=5, seconds=seconds / 5):
            gap = 100 * (cost(problem, found) / best - 1)
            if gap <= 0:
                break
        took = time.perf_counter() - start
        yield f"{name:<24}search  {gap:>8.2f} % over the best in {took:.1f} s (reach: 1 %)"

"""Routes: what the simple method and the search find beside a length known to be the best."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

from dougong_logistics.routes.problem import Problem, Stop, Van, cost
from dougong_logistics.routes.savings import savings
from dougong_logistics.routes.solver import improving


def planted(clusters: int, each: int, seed: int = 4) -> tuple[Problem, int]:
    """Clusters as far from the depot as each other; the loads of each fill one vehicle exactly.

    Twice the loads times their distances over the capacity is a lower bound (M. Haimovich and
    A. Rinnooy Kan 1985), and one trip to each cluster reaches it.
    """
    rng, load, far = random.Random(seed), 1000, 10_000
    stops = []
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


def run() -> Iterator[str]:
    """A line for each method and size: the gap to the best, and the time."""
    for clusters, each, seconds in ((10, 5, 5.0), (20, 5, 10.0), (20, 10, 30.0)):
        problem, best = planted(clusters, each)
        name = f"routes, {clusters * each} stops"
        start = time.perf_counter()
        simple = savings(problem)
        gap = 100 * (cost(problem, simple) / best - 1)
        took = time.perf_counter() - start
        yield f"{name:<24}savings {gap:>8.2f} % over the best, {len(simple.left)} left, {took:.2f} s"
        start = time.perf_counter()
        for found in improving(problem, rounds=5, seconds=seconds / 5):
            gap = 100 * (cost(problem, found) / best - 1)
            if not gap:
                break
        took = time.perf_counter() - start
        yield f"{name:<24}search  {gap:>8.2f} % over the best in {took:.1f} s (reach: 1 %)"

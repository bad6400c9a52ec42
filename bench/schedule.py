"""Job shops: how near the schedule comes to the best known, and how long that takes."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

from dougong_production.schedules.dispatching import dispatch
from dougong_production.schedules.problem import Machine, Problem, Task, Work
from dougong_production.schedules.solving import Limits, solve

CASES = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "cases" / "jobshop.json"

#: Fisher and Thompson's of ten jobs: machine and minutes, job by job. Its optimum is 930.
FT10 = """
0 29 1 78 2 9 3 36 4 49 5 11 6 62 7 56 8 44 9 21
0 43 2 90 4 75 9 11 3 69 1 28 6 46 5 46 7 72 8 30
1 91 0 85 3 39 2 74 8 90 5 10 7 12 6 89 9 45 4 33
1 81 2 95 0 71 4 99 6 9 8 52 7 85 3 98 9 22 5 43
2 14 0 6 1 22 5 61 3 26 4 69 8 21 7 49 9 72 6 53
2 84 1 2 5 52 3 95 8 48 9 72 0 47 6 65 4 6 7 25
1 46 0 37 3 61 2 13 6 32 5 21 9 32 8 89 7 30 4 55
2 31 0 86 1 46 5 74 4 32 6 88 8 19 9 48 7 36 3 79
0 76 1 69 3 76 5 51 2 85 9 11 6 40 7 89 4 26 8 74
1 85 0 13 2 61 6 7 8 64 9 76 5 47 3 52 4 90 7 45
"""
#: Taillard's (1993): jobs, machines, seeds of times and of machines, the optimum.
TAILLARD = {
    "ta01": (15, 15, 840612802, 398197754, 1231),
    "ta11": (20, 15, 533484900, 317419073, 1357),
}


def shop(rows: list[list[tuple[int, int]]]) -> Problem:
    """Jobs of (machine, minutes) one after another."""
    works = [
        Work(n, tuple(Task(n * 1000 + k, ((machine, minutes),)) for k, (machine, minutes) in enumerate(row)))
        for n, row in enumerate(rows)
    ]  # fmt: skip
    return Problem({key: Machine(key) for key in {m for row in rows for m, _t in row}}, works)


def drawn(
    jobs: int, machines: int, time_seed: int, machine_seed: int
) -> list[list[tuple[int, int]]]:
    """An instance as it is published: by the seeds of a congruential generator."""

    def uniform(seed: int) -> Iterator[float]:
        while True:
            high, low = divmod(seed, 127773)
            seed = 16807 * low - 2836 * high
            seed += 2147483647 if seed < 0 else 0
            yield seed / 2147483647

    draw = uniform(time_seed)
    minutes = [[int(1 + next(draw) * 99) for _m in range(machines)] for _j in range(jobs)]
    draw, found = uniform(machine_seed), []
    for row in minutes:
        order = list(range(machines))
        for place in range(machines):
            other = int(place + next(draw) * (machines - place))
            order[place], order[other] = order[other], order[place]
        found.append(list(zip(order, row, strict=True)))
    return found


def instances() -> Iterator[tuple[str, Problem, int, float]]:
    """Name, shop, the best there is, seconds to look."""
    pairs = [list(map(int, line.split())) for line in FT10.split("\n") if line]
    yield "ft10", shop([list(zip(row[::2], row[1::2], strict=True)) for row in pairs]), 930, 60
    told = json.loads(CASES.read_text("utf-8")) if CASES.exists() else {}
    for name in ("la16", "orb01"):
        if one := told.get(name):
            rows = [
                list(zip(*both, strict=True))
                for both in zip(one["machines_matrix"], one["duration_matrix"], strict=True)
            ]
            yield name, shop(rows), one["metadata"]["optimum"], 60
    for name, (jobs, machines, times, orders, best) in TAILLARD.items():
        yield name, shop(drawn(jobs, machines, times, orders)), best, 30


def run() -> Iterator[str]:
    """A line for each shop."""
    for name, problem, best, seconds in instances():
        rule = dispatch(problem)
        start = time.perf_counter()
        found = solve(problem, Limits(seconds))
        took = time.perf_counter() - start
        size = f"{len(problem.works)}×{len(problem.machines)}"
        gap = 100 * (found.makespan / best - 1)
        proved = "proved" if found.status == "optimal" else f"not below {found.bound}"
        yield (
            f"{f'schedule, {name} {size}':<24}{found.makespan:>6} in {took:>5.1f} s, {gap:.1f} % over"
            f" the best ({best}), {proved}; priority rule {rule.makespan}"
        )

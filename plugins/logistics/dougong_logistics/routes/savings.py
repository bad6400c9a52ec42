"""The simple method, which needs no library: join what saves most.

G. Clarke and J. W. Wright, Scheduling of Vehicles from a Central Depot to a Number of Delivery
Points, Operations Research 12 (1964); for time windows and mixed vehicles a joined route must
still fit some free vehicle.
"""

from __future__ import annotations

from dataclasses import replace

from dougong_logistics.routes.problem import Problem, Routes, fits, length


def savings(problem: Problem) -> Routes:
    """Routes by savings, one for each vehicle at most; what finds no vehicle is left."""
    free = set(range(len(problem.vans)))
    waiting = set(range(len(problem.stops)))
    chosen: dict[int, list[int]] = {}
    while waiting and free:
        best: tuple[int, int, list[int]] | None = None
        for van in _kinds(problem, free):
            for route in _grow(problem, van, waiting):
                vehicle = problem.vans[van]
                price = vehicle.fixed + vehicle.metre * length(problem, vehicle, route)
                alone = sum(vehicle.metre * length(problem, vehicle, [s]) for s in route)
                # What a stop costs, beside what it would cost alone: the fullest and nearest win.
                score = price - alone if len(route) > 1 else price
                if best is None or (-len(route), score) < (-len(best[2]), best[0]):
                    best = (score, van, route)
        if best is None:
            break
        chosen[best[1]] = best[2]
        free.discard(best[1])
        waiting -= set(best[2])
    by_van = [_shorter(problem, v, chosen.get(v, [])) for v in range(len(problem.vans))]
    return Routes(by_van, tuple(sorted(waiting)))


def _kinds(problem: Problem, free: set[int]) -> list[int]:
    """One vehicle of each kind that is free: its twins would grow the same routes."""
    first = {replace(problem.vans[van], name=""): van for van in sorted(free, reverse=True)}
    return sorted(first.values())


def _grow(problem: Problem, van: int, waiting: set[int]) -> list[list[int]]:
    """Routes of one kind of vehicle from its depot, joined by falling savings."""
    vehicle = problem.vans[van]
    routes = {s: [s] for s in waiting if fits(problem, vehicle, [s])}
    where = {s: s for s in routes}
    metres, depot, place = problem.metres, vehicle.depot, [s.place for s in problem.stops]
    pairs = sorted(
        (
            (
                metres[place[i]][depot] + metres[depot][place[j]] - metres[place[i]][place[j]], -i, -j
            )
            for i in routes
            for j in routes
            if i != j
        ),
        reverse=True,
    )  # fmt: skip
    for saved, minus_i, minus_j in pairs:
        one, other = where[-minus_i], where[-minus_j]
        if saved <= 0 or one == other:
            continue
        if routes[one][-1] != -minus_i or routes[other][0] != -minus_j:
            continue
        joined = routes[one] + routes[other]
        if fits(problem, vehicle, joined):
            routes[one] = joined
            for stop in routes.pop(other):
                where[stop] = one
    return list(routes.values())


def _shorter(problem: Problem, van: int, route: list[int]) -> list[int]:
    """Turn parts of a route round as long as that makes it shorter (2-opt, G. A. Croes 1958)."""
    vehicle, better = problem.vans[van], True
    while better:
        better = False
        for i in range(len(route) - 1):
            for j in range(i + 2, len(route) + 1):
                turned = route[:i] + route[i:j][::-1] + route[j:]
                if length(problem, vehicle, turned) < length(problem, vehicle, route) and fits(
                    problem, vehicle, turned
                ):
                    route, better = turned, True
    return route

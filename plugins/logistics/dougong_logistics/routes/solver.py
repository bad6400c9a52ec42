"""The good method: PyVRP's hybrid genetic search, part by part so that the best so far is kept.

T. Vidal, Hybrid genetic search for the CVRP, Computers & Operations Research 140 (2022);
N. A. Wouda, L. Lan, W. Kool, PyVRP, INFORMS Journal on Computing 36 (2024).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dougong_logistics.routes.problem import Problem, Routes, Van


def available() -> bool:
    """Whether the library is installed."""
    try:
        import pyvrp  # noqa: F401
    except ImportError:
        return False
    return True


def improving(
    problem: Problem, *, rounds: int = 5, iterations: int = 0, seconds: float = 2.0, seed: int = 1
) -> Iterator[Routes]:
    """Better and better routes: one after each round, the best that is known.

    A round ends after so many iterations, or after so many seconds where none are given.
    """
    from pyvrp import solve
    from pyvrp.stop import MaxIterations, MaxRuntime

    model = _model(problem)
    data, best = model.data(), None
    for number in range(rounds):
        stop: Any = MaxIterations(iterations) if iterations else MaxRuntime(seconds)
        result = solve(
            data, stop, seed=seed + number, collect_stats=False, display=False,
            initial_solution=best,
        )  # fmt: skip
        if best is None or result.best.is_feasible():
            best = result.best
        if result.is_feasible():
            yield _routes(problem, result.best)


def _kinds(problem: Problem) -> list[list[int]]:
    """Vehicles that are alike, together: twins would only be tried twice."""
    kinds: dict[Van, list[int]] = {}
    for number, van in enumerate(problem.vans):
        kinds.setdefault(replace(van, name=""), []).append(number)
    return list(kinds.values())


def _model(problem: Problem) -> Any:
    from pyvrp import Model

    model = Model()
    places = [model.add_location(i, 0) for i in range(len(problem.metres))]
    depots = {
        van.depot: model.add_depot(places[van.depot])
        for van in sorted(problem.vans, key=lambda van: van.depot)
    }
    volumes = any(van.volume is not None for van in problem.vans)
    everything = sum(stop.volume for stop in problem.stops)
    for group in _kinds(problem):
        van = problem.vans[group[0]]
        room = everything if van.volume is None else van.volume
        model.add_vehicle_type(
            len(group), [van.weight, room] if volumes else [van.weight], depots[van.depot],
            depots[van.depot], fixed_cost=van.fixed, tw_early=van.starts, tw_late=van.ends,
            unit_distance_cost=van.metre,
        )  # fmt: skip
    for stop in problem.stops:
        model.add_client(
            places[stop.place],
            delivery=[stop.weight, stop.volume] if volumes else [stop.weight],
            service_duration=stop.service, tw_early=stop.opens, tw_late=stop.closes,
        )  # fmt: skip
    for i, one in enumerate(places):
        for j, other in enumerate(places):
            if i != j:
                model.add_edge(one, other, problem.metres[i][j], problem.seconds[i][j])
    return model


def _routes(problem: Problem, solution: Any) -> Routes:
    by_van: list[list[int]] = [[] for _van in problem.vans]
    free = [list(group) for group in _kinds(problem)]
    for route in solution.routes():
        by_van[free[route.vehicle_type()].pop(0)] = [a.idx for a in route if a.is_client()]
    return Routes(by_van, (), "pyvrp")

"""Where to serve from: facility location, exactly by linear optimisation or simply by dropping.

Strong formulation with x[i, j] <= y[i]: M. L. Balinski (1965); capacities as in R. Sridharan,
The capacitated plant location problem, European Journal of Operational Research 87 (1995).
Each region is served as a whole by the sites in shares between 0 and 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

#: A share smaller than this is an error of arithmetic.
TINY = 1e-7


@dataclass(frozen=True)
class Network:
    """Fixed cost and capacity of each site, demand of each region, cost of serving all of one."""

    fixed: Sequence[float]
    #: None: as much as anybody asks.
    capacity: Sequence[float | None]
    demand: Sequence[float]
    #: ``cost[i][j]``: site i serves the whole of region j; None where it cannot.
    cost: Sequence[Sequence[float | None]]


@dataclass(frozen=True)
class Answer:
    """Which sites open, what share of each region each serves, and the whole cost."""

    open: tuple[bool, ...]
    shares: Sequence[Sequence[float]]
    total: float
    method: str


def available() -> bool:
    """Whether the library is installed."""
    try:
        import highspy  # noqa: F401
    except ImportError:
        return False
    return True


def exact(network: Network, seconds: float = 60.0) -> Answer | None:
    """The cheapest choice of sites; None where no choice serves everybody."""
    import highspy

    library: Any = highspy
    h = library.Highs()
    h.setOptionValue("output_flag", False)
    h.setOptionValue("time_limit", seconds)
    sites, regions = range(len(network.fixed)), range(len(network.demand))
    y = [h.addBinary(obj=network.fixed[i]) for i in sites]
    x: dict[tuple[int, int], Any] = {}
    for i in sites:
        for j in regions:
            price = network.cost[i][j]
            if price is not None:
                x[i, j] = h.addVariable(lb=0, ub=1, obj=price)
                h.addConstr(x[i, j] <= y[i])
    for j in regions:
        served = [x[i, j] for i in sites if (i, j) in x]
        if not served:
            return None
        h.addConstr(sum(served[1:], served[0]) == 1)
    for i in sites:
        room = network.capacity[i]
        mine = [network.demand[j] * x[i, j] for j in regions if (i, j) in x]
        if room is not None and mine:
            h.addConstr(sum(mine[1:], mine[0]) <= room * y[i])
    h.minimize()
    info = h.getInfo()
    if info.primal_solution_status != 2:
        return None
    values = h.getSolution().col_value
    shares = [[values[x[i, j].index] if (i, j) in x else 0.0 for j in regions] for i in sites]
    opened = tuple(values[y[i].index] > 0.5 for i in sites)
    return Answer(opened, shares, info.objective_function_value, "highs")


def dropping(network: Network) -> Answer | None:
    """The simple method: begin with all sites, close the one that saves most, again and again.

    E. Feldman, F. Lehrer, T. Ray, Warehouse Location under Continuous Economies of Scale,
    Management Science 12 (1966).
    """
    opened = [True] * len(network.fixed)
    best = _served(network, opened)
    while best is not None:
        better, closing = best, None
        for i, is_open in enumerate(opened):
            if not is_open:
                continue
            trial = _served(network, [o and n != i for n, o in enumerate(opened)])
            if trial is not None and trial.total < better.total - TINY:
                better, closing = trial, i
        if closing is None:
            return best
        opened[closing], best = False, better
    return None


def _served(network: Network, opened: Sequence[bool]) -> Answer | None:
    """Serve regions, those with most to lose first, from the cheapest open site with room."""
    sites = [i for i, is_open in enumerate(opened) if is_open]
    room = [network.capacity[i] for i in range(len(opened))]
    shares = [[0.0] * len(network.demand) for _site in opened]
    total = sum(network.fixed[i] for i in sites)

    def regret(j: int) -> float:
        prices = sorted(p for i in sites if (p := network.cost[i][j]) is not None)
        return prices[1] - prices[0] if len(prices) > 1 else float("inf")

    for j in sorted(range(len(network.demand)), key=regret, reverse=True):
        left = 1.0
        choices = [(p, i) for i in sites if (p := network.cost[i][j]) is not None]
        for price, i in sorted(choices):
            free, want = room[i], network.demand[j]
            share = left if free is None or not want else min(left, free / want)
            if share <= 0:
                continue
            shares[i][j] += share
            total += price * share
            left -= share
            if free is not None:
                room[i] = free - share * want
        if left > TINY:
            return None
    return Answer(tuple(opened), shares, total, "dropping")

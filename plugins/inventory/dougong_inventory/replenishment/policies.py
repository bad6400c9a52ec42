"""How much to order and when: stock policies. Pure arithmetic.

Source of all formulas: Snyder and Shen, Fundamentals of Supply Chain Theory, 2nd edition; chapter 3
(economic order quantity), 4 (newsvendor, (s, S)) and 5 ((r, Q)). Costs are per unit and per the
period in which demand is given. Floats: what comes out is rounded where a rule takes it over.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil, exp, floor, lgamma, log, sqrt
from statistics import NormalDist
from typing import NamedTuple

from dougong import Refused, _

NORMAL = NormalDist()


class NotPositive(Refused):
    """A figure that must be there is zero or negative."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Costs, demand and lead time are greater than zero, and a service level lies between"
                " 0 and 1."
            )
        )


class Order(NamedTuple):
    """How much to order at a time, and what that costs a period."""

    quantity: float
    cost: float


class BackOrder(NamedTuple):
    """The same where customers wait: which part of the demand does."""

    quantity: float
    waiting: float
    cost: float


class Discounted(NamedTuple):
    """The same with prices by quantity: the price step that is best, counted from zero."""

    quantity: float
    region: int
    cost: float


class Level(NamedTuple):
    """Up to how much to order for one period, and what that costs or brings."""

    level: float
    cost: float


class ReorderPoint(NamedTuple):
    """Order a quantity whenever the point is reached."""

    point: float
    quantity: float
    cost: float


class MinMax(NamedTuple):
    """Order up to the maximum once the stock is at the minimum or below."""

    minimum: float
    maximum: float
    cost: float | None = None


def _positive(*figures: float) -> None:
    if any(not figure > 0 for figure in figures):
        raise NotPositive


def economic_quantity(fixed: float, holding: float, demand: float) -> Order:
    """The economic order quantity (3.2)."""
    _positive(fixed, holding, demand)
    return Order(sqrt(2 * fixed * demand / holding), sqrt(2 * fixed * demand * holding))


def economic_quantity_with_waiting(
    fixed: float, holding: float, stockout: float, demand: float
) -> BackOrder:
    """The economic order quantity where customers wait at a cost (3.5)."""
    _positive(fixed, holding, stockout, demand)
    quantity = sqrt(2 * fixed * demand * (holding + stockout) / (holding * stockout))
    waiting = holding / (holding + stockout)
    cost = sqrt(2 * fixed * demand * holding * stockout / (holding + stockout))
    return BackOrder(quantity, waiting, cost)


def with_discounts(
    fixed: float, rate: float, demand: float, breaks: Sequence[float], prices: Sequence[float]
) -> Discounted:
    """The best quantity where a larger one makes every unit cheaper (3.4)."""
    _positive(fixed, rate, demand, *prices)
    found: list[tuple[float, float, int]] = []
    ends = [*breaks[1:], float("inf")]
    for region, (start, end, price) in enumerate(zip(breaks, ends, prices, strict=True)):
        best = economic_quantity(fixed, rate * price, demand).quantity
        if best >= end:
            continue
        quantity = max(best, start)
        cost = price * demand + fixed * demand / quantity + rate * price * quantity / 2
        found.append((cost, quantity, region))
    cost, quantity, region = min(found)
    return Discounted(quantity, region, cost)


def newsvendor(holding: float, stockout: float, mean: float, deviation: float) -> Level:
    """The stock for one period with normal demand (4.3)."""
    _positive(holding, stockout, mean, deviation)
    z = NORMAL.inv_cdf(stockout / (holding + stockout))
    return Level(mean + z * deviation, (holding + stockout) * NORMAL.pdf(z) * deviation)


def newsvendor_profit(
    revenue: float, price: float, salvage: float, mean: float, deviation: float
) -> Level:
    """The same by prices; the second figure is the expected profit (4.3.2)."""
    level = newsvendor(price - salvage, revenue - price, mean, deviation)
    return Level(level.level, (revenue - price) * mean - level.cost)


def _loss(z: float) -> float:
    """Expected standard normal demand beyond z."""
    return NORMAL.pdf(z) - z * (1 - NORMAL.cdf(z))


def reorder_point(
    holding: float, stockout: float, fixed: float, mean: float, deviation: float, lead_time: float
) -> ReorderPoint:
    """Reorder point and quantity by the approximation with expected inventory levels (5.3.1).

    Mean and standard deviation of demand are those of one period, the lead time is in periods.
    Quantity and point are improved in turn until they stay.
    """
    _positive(holding, stockout, fixed, mean, deviation, lead_time)
    during, spread = mean * lead_time, deviation * sqrt(lead_time)
    quantity = economic_quantity(fixed, holding, mean).quantity
    point = during
    for _turn in range(1000):
        risk = holding * quantity / (stockout * mean)
        if not 0 < risk < 1:
            raise NotPositive
        point = during + spread * NORMAL.inv_cdf(1 - risk)
        short = spread * _loss((point - during) / spread)
        better = sqrt(2 * mean * (fixed + stockout * short) / holding)
        if abs(better - quantity) < 1e-10:
            break
        quantity = better
    short = spread * _loss((point - during) / spread)
    cost = holding * (point - during + quantity / 2) + (fixed + stockout * short) * mean / quantity
    return ReorderPoint(point, quantity, cost)


def _poisson(mean: float, far: int) -> list[float]:
    return [exp(n * log(mean) - mean - lgamma(n + 1)) for n in range(far + 1)]


def _far(mean: float) -> int:
    """A demand that is never seen."""
    return ceil(mean + 12 * sqrt(mean) + 20)


def _period_costs(holding: float, stockout: float, mean: float) -> Callable[[int], float]:
    """What a period costs that begins with so much: expected holding and shortage, Poisson demand."""
    chances = _poisson(mean, _far(mean))
    known: dict[int, float] = {}

    def cost(level: int) -> float:
        if level not in known:
            known[level] = sum(
                chance * (holding * max(0, level - n) + stockout * max(0, n - level))
                for n, chance in enumerate(chances)
            )
        return known[level]

    return cost


def reorder_point_poisson(
    holding: float, stockout: float, fixed: float, mean: float, lead_time: float
) -> ReorderPoint:
    """Exact reorder point and quantity with Poisson demand (5.5; Federgruen and Zheng 1992).

    The quantity grows by the cheapest next position as long as that lowers the mean cost.
    """
    _positive(holding, stockout, fixed, mean, lead_time)
    cost = _period_costs(holding, stockout, mean * lead_time)
    low = high = min(range(_far(mean * lead_time)), key=cost)
    total = fixed * mean + cost(low)
    quantity = 1
    while True:
        following = min(cost(low - 1), cost(high + 1))
        if following >= total / quantity:
            return ReorderPoint(low - 1, quantity, total / quantity)
        if cost(low - 1) <= cost(high + 1):
            low -= 1
        else:
            high += 1
        total, quantity = total + following, quantity + 1


def min_max_poisson(holding: float, stockout: float, fixed: float, mean: float) -> MinMax:
    """Exact minimum and maximum with Poisson demand, reviewed each period (4.4; Zheng, Federgruen 1991)."""
    _positive(holding, stockout, fixed, mean)
    cost, chances = _period_costs(holding, stockout, mean), _poisson(mean, _far(mean))
    renewal = [1 / (1 - chances[0])]

    def visits(place: int) -> float:
        while len(renewal) <= place:
            n = len(renewal)
            earlier = sum(
                chances[d] * renewal[n - d] for d in range(1, min(n, len(chances) - 1) + 1)
            )
            renewal.append(earlier / (1 - chances[0]))
        return renewal[place]

    def mean_cost(low: int, high: int) -> float:
        """With orders placed at ``low`` and below, up to ``high``."""
        spent = sum(visits(n) * cost(high - n) for n in range(high - low))
        return (fixed + spent) / sum(visits(n) for n in range(high - low))

    best = min(range(_far(mean)), key=cost)
    low, high = best - 1, best
    while mean_cost(low, best) > cost(low):
        low -= 1
    cheapest = mean_cost(low, best)
    top = best + 1
    while cost(top) <= cheapest:
        if mean_cost(low, top) < cheapest:
            high = top
            while mean_cost(low, high) <= cost(low + 1):
                low += 1
            cheapest = mean_cost(low, high)
        top += 1
    return MinMax(low, high, cheapest)


def min_max_power(
    holding: float,
    stockout: float,
    fixed: float,
    mean: float,
    deviation: float,
    lead_time: float = 0.0,
) -> MinMax:
    """Minimum and maximum by the power approximation (4.4.4; Ehrhardt and Mosier 1984).

    Mean and standard deviation are those of one period. What is ordered comes after the lead time:
    the minimum covers that and the period until the next look.
    """
    _positive(holding, stockout, fixed, mean, deviation)
    if lead_time < 0:
        raise NotPositive
    during, spread = mean * (lead_time + 1), deviation * sqrt(lead_time + 1)
    quantity = 1.30 * mean**0.494 * (fixed / holding) ** 0.506 * (1 + spread**2 / mean**2) ** 0.116
    z = sqrt(quantity * holding / (stockout * spread))
    low = 0.973 * during + spread * (0.183 / z + 1.063 - 2.192 * z)
    return MinMax(low, low + quantity)


def safety_stock(error: float, lead_time: float, service: float) -> float:
    """What is kept for the error of the forecast (a period) over the lead time, at a service level."""
    if error < 0 or not lead_time > 0 or not 0 < service < 1:
        raise NotPositive
    return max(0.0, NORMAL.inv_cdf(service) * error * sqrt(lead_time))


def whole(figure: float) -> int:
    """Up to the next whole unit; what is already one stays."""
    return ceil(figure - 1e-9) if figure >= 0 else floor(figure)

"""How much to make or buy at a time. Pure arithmetic: needs by period in, lots by period out.

A lot covers needs from its own period on; holding is charged on what is left at the end of each
period, and a set-up whenever a lot is not zero.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

#: Decimal places that quantities have where their unit says no less.
PLACES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class LotRule:
    """How an item is lotted: the policy with what it needs to know, and limits that always hold."""

    policy: str = "lot_for_lot"
    #: Of one set-up or one order, in money.
    setup_cost: float = 0.0
    #: Of one unit kept for one period, in money.
    holding_cost: float = 0.0
    #: Of ``fixed``: the lot. Of ``periods``: how many periods one lot covers.
    size: float = 0.0
    minimum: float = 0.0
    #: Lots are whole multiples of this; 0 allows any.
    multiple: float = 0.0
    #: Decimal places of the unit: lots, and all that sizes them, are rounded up to these.
    digits: int = PLACES


def lot_for_lot(needs: Sequence[float], rule: LotRule) -> list[float]:
    """Exactly what each period needs."""
    return list(needs)


def fixed_lots(needs: Sequence[float], rule: LotRule) -> list[float]:
    """As many lots of a fixed size as it takes."""
    size = in_steps(rule.size, rule.digits)
    return _running(needs, lambda short: math.ceil(_tidy(short / size)) * size)


def economic_order_quantity(demand: float, setup_cost: float, holding_cost: float) -> float:
    """The lot that costs least at an even demand: √(2DK/h) (Harris 1913; demand and h by period)."""
    return math.sqrt(2.0 * demand * setup_cost / holding_cost)


def economic_lots(needs: Sequence[float], rule: LotRule) -> list[float]:
    """Lots of the economic order quantity of the average need, or more where one is not enough."""
    if not any(needs):
        return [0.0] * len(needs)
    average = sum(needs) / len(needs)
    size = economic_order_quantity(average, rule.setup_cost, rule.holding_cost)
    size = in_steps(size, rule.digits)
    return _running(needs, lambda short: max(size, short))


def period_lots(needs: Sequence[float], rule: LotRule) -> list[float]:
    """One lot for every so many periods, beginning where something is needed.

    Without a ``size`` the number of periods is that of the economic order quantity (POQ).
    """
    if not any(needs):
        return [0.0] * len(needs)
    average = sum(needs) / len(needs)
    span = (
        rule.size or economic_order_quantity(average, rule.setup_cost, rule.holding_cost) / average
    )
    return _by_reach(needs, lambda start: start + max(1, round(span)))


def silver_meal(needs: Sequence[float], rule: LotRule) -> list[float]:
    """Reach on while the cost of a period falls (Silver and Meal 1973, a heuristic)."""

    def reach(start: int) -> int:
        holding, best, end = 0.0, math.inf, start + 1
        for period in range(start, len(needs)):
            holding += rule.holding_cost * (period - start) * needs[period]
            mean = (rule.setup_cost + holding) / (period - start + 1)
            if mean > best:
                break
            best, end = mean, period + 1
        return end

    return _by_reach(needs, reach)


def wagner_whitin(needs: Sequence[float], rule: LotRule) -> list[float]:
    """The lots of least total cost (Wagner and Whitin 1958), by dynamic programming."""
    count = len(needs)
    best = [0.0] + [math.inf] * count
    start_of = [0] * (count + 1)
    for start in range(count):
        holding, needed = 0.0, False
        for end in range(start + 1, count + 1):
            holding += rule.holding_cost * (end - 1 - start) * needs[end - 1]
            needed = needed or needs[end - 1] > 0
            cost = best[start] + (rule.setup_cost if needed else 0.0) + holding
            if cost < best[end] - 1e-9:
                best[end], start_of[end] = cost, start
    lots, end = [0.0] * count, count
    while end:
        start = start_of[end]
        lots[start] = sum(needs[start:end])
        end = start
    return lots


def cost_of(lots: Sequence[float], needs: Sequence[float], rule: LotRule) -> float:
    """Set-ups and holding of a plan; stock is what lots have brought and needs have not taken."""
    cost, left = 0.0, 0.0
    for lot, need in zip(lots, needs, strict=True):
        left += lot - need
        cost += (rule.setup_cost if lot else 0.0) + rule.holding_cost * left
    return cost


POLICIES: Mapping[str, Callable[[Sequence[float], LotRule], list[float]]] = {
    "lot_for_lot": lot_for_lot,
    "fixed": fixed_lots,
    "eoq": economic_lots,
    "periods": period_lots,
    "silver_meal": silver_meal,
    "wagner_whitin": wagner_whitin,
}


def lots_for(needs: Sequence[float], rule: LotRule) -> list[float]:
    """The lots by the rule's policy, raised to its minimum and multiple; what is too much serves later.

    Needs are taken in whole steps of the unit, never too late, and so are the lots.
    """
    lots = POLICIES[rule.policy](stepwise(needs, rule.digits), rule)
    if not rule.minimum and not rule.multiple:
        return lots
    minimum, multiple = in_steps(rule.minimum, rule.digits), in_steps(rule.multiple, rule.digits)
    left, found = 0.0, []
    for lot in lots:
        wanted = _tidy(lot - left)
        if wanted <= 0:
            found.append(0.0)
            left = _tidy(left - lot)
            continue
        raised = max(wanted, minimum)
        if multiple:
            raised = math.ceil(_tidy(raised / multiple)) * multiple
        found.append(raised)
        left = _tidy(raised - wanted)
    return found


def in_steps(quantity: float, digits: int) -> float:
    """So much, or the next more that a unit with so many decimal places can tell."""
    if digits >= PLACES:
        return quantity
    scale = 10.0**digits
    return math.ceil(_tidy(quantity * scale)) / scale


def stepwise(needs: Sequence[float], digits: int) -> Sequence[float]:
    """Needs in whole steps of their unit: what rounding up asks for too early is left out later."""
    if digits >= PLACES:
        return needs
    found, wanted, told = [], 0.0, 0.0
    for need in needs:
        wanted = _tidy(wanted + need)
        part = _tidy(in_steps(wanted, digits) - told)
        told = _tidy(told + part)
        found.append(part)
    return found


def _running(needs: Sequence[float], lot: Callable[[float], float]) -> list[float]:
    """Whenever what is left does not cover a need, a lot of that size is begun."""
    lots, left = [], 0.0
    for need in needs:
        short = _tidy(need - left)
        size = lot(short) if short > 0 else 0.0
        lots.append(size)
        left = _tidy(left + size - need)
    return lots


def _by_reach(needs: Sequence[float], reach: Callable[[int], int]) -> list[float]:
    """A lot at each first need covers the periods up to ``reach(start)``."""
    lots, start = [0.0] * len(needs), 0
    while start < len(needs):
        if not needs[start]:
            start += 1
            continue
        end = min(reach(start), len(needs))
        lots[start] = sum(needs[start:end])
        start = end
    return lots


def _tidy(value: float) -> float:
    """Without the dust of binary fractions: quantities have six places."""
    return round(value, 6)

"""The factors of control charts, computed from their definitions. Pure arithmetic.

Source of the definitions: ASTM STP 15D / Montgomery, Introduction to Statistical Quality Control,
appendix VI. d2 and d3 are mean and standard deviation of the range of n standard normal values,
c4 is the mean of their standard deviation; all others follow from these.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import erf, exp, gamma, pi, sqrt

from dougong import Refused, _

#: Subgroups of two to twenty-five values.
SIZES = range(2, 26)
_STEP = 0.1


class SubgroupSize(Refused):
    """No factors for this many values."""

    def __init__(self, size: int) -> None:
        super().__init__(
            _(
                "Control charts take subgroups of 2 to 25 values, not %(size)s. Use single values"
                " (I-MR), or split the subgroups.",
                size=size,
            )
        )


@dataclass(frozen=True, slots=True)
class Factors:
    """All factors of one subgroup size."""

    d2: float
    d3: float
    c4: float

    A2: float
    A3: float
    D3: float
    D4: float
    B3: float
    B4: float


def e2() -> float:
    """E2: limits of single values lie so many mean moving ranges (of two) from their mean."""
    return 3 / factors(2).d2


@cache
def factors(size: int) -> Factors:
    """The factors of subgroups of that size."""
    if size not in SIZES:
        raise SubgroupSize(size)
    mean, square = _moments_of_range(size)
    d2, d3 = mean, sqrt(square - mean * mean)
    c4 = sqrt(2 / (size - 1)) * gamma(size / 2) / gamma((size - 1) / 2)
    spread = 3 * sqrt(1 - c4 * c4) / c4
    return Factors(
        d2=d2,
        d3=d3,
        c4=c4,
        A2=3 / (d2 * sqrt(size)),
        A3=3 / (c4 * sqrt(size)),
        D3=max(0.0, 1 - 3 * d3 / d2),
        D4=1 + 3 * d3 / d2,
        B3=max(0.0, 1 - spread),
        B4=1 + spread,
    )


def _moments_of_range(size: int) -> tuple[float, float]:
    """Mean and mean square of the range of so many standard normal values.

    The range exceeds w with probability 1 - n times the integral of phi(x) (Phi(x+w) - Phi(x))^(n-1);
    both integrals by equal steps (outer one by Simpson's rule).
    """
    places = [-8 + _STEP * n for n in range(161)]
    below = [_normal(x) for x in places]
    weights = [exp(-x * x / 2) / sqrt(2 * pi) * _STEP for x in places]
    mean = square = 0.0
    steps = 120
    for n in range(steps + 1):
        width = n * _STEP
        inside = size * sum(
            weight * (_normal(x + width) - low) ** (size - 1)
            for x, low, weight in zip(places, below, weights, strict=True)
        )
        beyond = 1 - inside
        part = _STEP / 3 * (1 if n in (0, steps) else 4 if n % 2 else 2)
        mean += part * beyond
        square += part * 2 * width * beyond
    return mean, square


def _normal(x: float) -> float:
    return (1 + erf(x / sqrt(2))) / 2

"""Signs that a process is out of control. Pure arithmetic.

Source: Western Electric, Statistical Quality Control Handbook (1956): four zone tests; Nelson,
The Shewhart control chart: tests for special causes, Journal of Quality Technology 16 (1984).
How many points on one side make a run differs between books (eight or nine): a parameter.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence

from dougong import _
from dougong_production.charts.control import Chart

RULES = {
    "beyond": _("Beyond the control limits"),
    "run": _("A run on one side of the centre"),
    "trend": _("Six in a row rising or falling"),
    "alternating": _("Fourteen in a row going up and down"),
    "two_of_three": _("Two of three beyond two standard deviations on one side"),
    "four_of_five": _("Four of five beyond one standard deviation on one side"),
    "hugging": _("Fifteen in a row within one standard deviation"),
    "avoiding": _("Eight in a row beyond one standard deviation"),
}
SETS: Mapping[str, tuple[str, ...]] = {
    "western": ("beyond", "two_of_three", "four_of_five", "run"),
    "nelson": tuple(RULES),
}
SET_NAMES = {"western": _("Western Electric"), "nelson": _("Nelson")}
USUAL_RUN = {"western": 8, "nelson": 9}


def violations(
    chart: Chart, rules: str = "nelson", run: int | None = None
) -> list[tuple[int, str]]:
    """The points at which a rule is broken, and which; each is told where the sign is complete."""
    zones = [point.zone for point in chart.points]
    outside = [not point.lower <= point.value <= point.upper for point in chart.points]
    values = [point.value for point in chart.points]
    length = run or USUAL_RUN[rules]
    tests: Mapping[str, Callable[[], Iterator[int]]] = {
        "beyond": lambda: (n for n, out in enumerate(outside) if out),
        "run": lambda: _same_side(zones, length, length, 0),
        "trend": lambda: _trend(values, 6),
        "alternating": lambda: _alternating(values, 14),
        "two_of_three": lambda: _same_side(zones, 3, 2, 2),
        "four_of_five": lambda: _same_side(zones, 5, 4, 1),
        "hugging": lambda: _windows(zones, 15, lambda window: all(abs(z) < 1 for z in window)),
        "avoiding": lambda: _windows(zones, 8, lambda window: all(abs(z) > 1 for z in window)),
    }
    return sorted((n, rule) for rule in SETS[rules] for n in tests[rule]())


def _windows(
    values: Sequence[float], length: int, broken: Callable[[Sequence[float]], bool]
) -> Iterator[int]:
    for end in range(length, len(values) + 1):
        if broken(values[end - length : end]):
            yield end - 1


def _same_side(zones: Sequence[float], length: int, needed: int, far: float) -> Iterator[int]:
    for end in range(length, len(zones) + 1):
        window = zones[end - length : end]
        # The sign is complete with a point that is part of it.
        if (sum(z > far for z in window) >= needed and window[-1] > far) or (
            sum(z < -far for z in window) >= needed and window[-1] < -far
        ):
            yield end - 1


def _trend(values: Sequence[float], length: int) -> Iterator[int]:
    def broken(window: Sequence[float]) -> bool:
        steps = [b - a for a, b in itertools.pairwise(window)]
        return all(step > 0 for step in steps) or all(step < 0 for step in steps)

    return _windows(values, length, broken)


def _alternating(values: Sequence[float], length: int) -> Iterator[int]:
    def broken(window: Sequence[float]) -> bool:
        steps = [b - a for a, b in itertools.pairwise(window)]
        return all(a * b < 0 for a, b in itertools.pairwise(steps))

    return _windows(values, length, broken)

"""How good a forecast was. Pure arithmetic; None where a figure has no meaning."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from statistics import fmean


def rmse(actual: Sequence[float], forecast: Sequence[float]) -> float:
    """Root of the mean squared error, in units."""
    return sqrt(fmean((a - f) ** 2 for a, f in zip(actual, forecast, strict=True)))


def rmsse(
    past: Sequence[float], actual: Sequence[float], forecast: Sequence[float]
) -> float | None:
    """Root mean squared scaled error: 1 is as good as saying “the same as last time”, one step on.

    Makridakis, Spiliotis and Assimakopoulos (2022), The M5 competition; the scale is the mean
    squared step of the past.
    """
    steps = [(b - a) ** 2 for a, b in pairwise(past)]
    scale = fmean(steps) if steps else 0.0
    return rmse(actual, forecast) / sqrt(scale) if scale else None


def mase(
    past: Sequence[float], actual: Sequence[float], forecast: Sequence[float], season: int = 1
) -> float | None:
    """Mean absolute scaled error (Hyndman and Koehler 2006), by the seasonal step where there are two."""
    lag = season if len(past) > season else 1
    steps = [abs(b - a) for a, b in zip(past, past[lag:], strict=False)]
    scale = fmean(steps) if steps else 0.0
    missed = fmean(abs(a - f) for a, f in zip(actual, forecast, strict=True))
    return missed / scale if scale else None


def smape(actual: Sequence[float], forecast: Sequence[float]) -> float:
    """Symmetric mean absolute percentage error, 0 to 200 (Makridakis and Hibon 2000, The M3-Competition).

    Where both are zero nothing was missed.
    """
    return 200 * fmean(
        abs(a - f) / (abs(a) + abs(f)) if a or f else 0.0
        for a, f in zip(actual, forecast, strict=True)
    )


def bias(actual: Sequence[float], forecast: Sequence[float]) -> float | None:
    """What was forecast too much, as a part of what was wanted: 0.1 is ten per cent too much."""
    wanted = sum(actual)
    return (sum(forecast) - wanted) / wanted if wanted else None

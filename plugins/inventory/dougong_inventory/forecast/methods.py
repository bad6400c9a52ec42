"""Forecasts of one series by simple methods that need no library: pure arithmetic on floats.

Every method takes what was wanted period by period, the oldest first, and how many periods to look
ahead; a negative forecast becomes zero. With the extra, `library` has better ones for demand
without gaps.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise, repeat
from statistics import fmean
from typing import NamedTuple

#: Periods of the moving average: a quarter of weeks, half a year of months.
WINDOWS = {52: 13, 12: 6}
#: Smoothing of size and of occurrence where demand is rare (Teunter, Syntetos and Babai 2011).
RARE = 0.1
#: How much the newest figure counts: tried from 0.05 to 0.95.
ALPHAS = [step / 20 for step in range(1, 20)]
#: The same for sums of rare demand, which must not follow every one of them.
CALM = [step / 50 for step in range(5, 16)]
#: The same with the plain mean among them, which is best where nothing changes.
CALMER = [0.0, *CALM]

Method = Callable[[Sequence[float], int, int], list[float]]


class Smoothed(NamedTuple):
    """A level after the last period, and the sum of squares by which it had missed on the way."""

    level: float
    missed: float


def seasonal_naive(past: Sequence[float], ahead: int, season: int) -> list[float]:
    """What was wanted a season ago is wanted again (Hyndman, Athanasopoulos, FPP3, 5.2).

    Before there is a whole season, the mean of what there is.
    """
    if len(past) < season:
        return flat(fmean(past), ahead)
    last = past[-season:]
    return [max(0.0, last[step % season]) for step in range(ahead)]


def moving_average(past: Sequence[float], ahead: int, season: int) -> list[float]:
    """The mean of the last periods: thirteen weeks, six months (FPP3, 5.2)."""
    return flat(fmean(past[-WINDOWS.get(season, season) :]), ahead)


def smoothing(past: Sequence[float], ahead: int, season: int = 1) -> list[float]:
    """Simple exponential smoothing (Brown 1956; FPP3, 8.1): level += alpha * (wanted - level).

    The smoothing that would have missed least one period ahead is taken.
    """
    return flat(best_smoothed(past).level, ahead)


def best_smoothed(past: Sequence[float], alphas: Sequence[float] = ALPHAS) -> Smoothed:
    """The level of the smoothing whose squared misses, one period ahead, are least."""
    return min((smoothed(past, alpha) for alpha in alphas), key=lambda found: found.missed)


def smoothed(past: Sequence[float], alpha: float) -> Smoothed:
    """The level begins with the first figure."""
    level, missed = past[0], 0.0
    for wanted in past[1:]:
        short = wanted - level
        missed += short * short
        level += alpha * short
    return Smoothed(level, missed)


def warmed(past: Sequence[float], alpha: float) -> Smoothed:
    """The level is the mean until a figure counts less in the mean than `alpha`; 0 is the mean of all.

    So a single first figure does not stay in a calm level for long.
    """
    level, missed = past[0], 0.0
    for number, wanted in enumerate(past[1:], 2):
        short = wanted - level
        missed += short * short
        level += max(alpha, 1 / number) * short
    return Smoothed(level, missed)


def croston(past: Sequence[float], ahead: int, season: int = 1) -> list[float]:
    """Croston (1972): smoothed size of a demand over the smoothed gap between two of them."""
    sizes, gaps = _demands(past)
    if not sizes:
        return flat(0.0, ahead)
    size, gap = smoothed(sizes, RARE).level, smoothed(gaps, RARE).level
    return flat(size / gap, ahead)


def sba(past: Sequence[float], ahead: int, season: int = 1) -> list[float]:
    """Croston's, less its bias (Syntetos and Boylan 2005): times 1 - alpha / 2."""
    return [figure * (1 - RARE / 2) for figure in croston(past, ahead)]


def tsb(past: Sequence[float], ahead: int, season: int = 1) -> list[float]:
    """Teunter, Syntetos and Babai (2011): smoothed size times the smoothed chance of a demand.

    The chance falls in every period without demand, so that what goes out of use is forecast less
    and less.
    """
    sizes, _gaps = _demands(past)
    if not sizes:
        return flat(0.0, ahead)
    chance = smoothed([float(wanted > 0) for wanted in past], RARE).level
    return flat(smoothed(sizes, RARE).level * chance, ahead)


def imapa(
    past: Sequence[float], ahead: int, season: int = 1, *, as_published: bool = False
) -> list[float]:
    """Intermittent multiple aggregation prediction (Petropoulos and Kourentzes 2015).

    The series is summed up over one, two … periods, as far as the mean gap between two demands;
    each sum is forecast by exponential smoothing, and the mean of what that says a period counts.
    Other than published, the level begins as the mean and may remain it: where demand does not
    change, that misses less, and elsewhere no more (`python -m bench forecast`).
    """
    sizes, gaps = _demands(past)
    if not sizes:
        return flat(0.0, ahead)
    widest = min(max(1, round(fmean(gaps))), len(past))
    said = []
    for width in range(1, widest + 1):
        sums = list(accumulate(past, initial=0.0))[len(past) % width :: width]
        blocks = [late - early for early, late in pairwise(sums)]
        said.append(_calm(blocks, as_published).level / width)
    return flat(fmean(said), ahead)


def _calm(sums: Sequence[float], as_published: bool) -> Smoothed:
    if as_published:
        return best_smoothed(sums, CALM)
    return min((warmed(sums, alpha) for alpha in CALMER), key=lambda found: found.missed)


def flat(level: float, ahead: int) -> list[float]:
    """The same in each period, never less than nothing."""
    return list(repeat(max(0.0, level), ahead))


def _demands(past: Sequence[float]) -> tuple[list[float], list[float]]:
    """What was wanted where something was, and how many periods after the time before."""
    places = [place for place, wanted in enumerate(past) if wanted > 0]
    before = [-1, *places]
    gaps = [float(place - last) for place, last in zip(places, before, strict=False)]
    return [past[place] for place in places], gaps

"""One series forecast: its class, the method for it, the figures, and how far they were off before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, fmean, stdev

from dougong import _
from dougong_inventory.forecast import accuracy, library, methods
from dougong_inventory.forecast.classes import WITH_GAPS, class_of
from dougong_inventory.forecast.methods import Method

METHODS = {
    "auto": _("Automatic"),
    "best": _("Automatic, with more time"),
    "theta": _("Theta"),
    "ets_theta": _("Mean of exponential smoothing and theta"),
    "imapa": _("IMAPA"),
    "tsb": _("Teunter, Syntetos and Babai"),
    "sba": _("Syntetos and Boylan"),
    "croston": _("Croston"),
    "smoothing": _("Exponential smoothing"),
    "moving_average": _("Moving average"),
    "seasonal_naive": _("As a season ago"),
}
#: Chosen by class, series by series.
BY_CLASS = ("auto", "best")
LIBRARY: dict[str, Method] = {"theta": library.theta, "ets_theta": library.mean_of_two}
OWN: dict[str, Method] = {
    "imapa": methods.imapa,
    "tsb": methods.tsb,
    "sba": methods.sba,
    "croston": methods.croston,
    "smoothing": methods.smoothing,
    "moving_average": methods.moving_average,
    "seasonal_naive": methods.seasonal_naive,
}
#: So many periods of a hundred lie in the band.
BAND = 80
#: A forecast is tried on at least and at most so many periods that were held back.
HELD_LEAST, HELD_MOST = 4, 13
#: So much past at least stays for the trial.
LEARNT_LEAST = 4


@dataclass(frozen=True, slots=True)
class Outlook:
    """What will be wanted, period by period, and how well the method would have done lately."""

    kind: str
    method: str
    figures: list[float]
    #: Standard deviation of what it misses in one period.
    error: float
    rmsse: float | None = None
    mase: float | None = None
    smape: float | None = None
    bias: float | None = None
    #: What was forecast of the held-back periods, and what came in them.
    tried: float = 0.0
    came: float = 0.0

    @property
    def reach(self) -> float:
        """How far the band goes to both sides."""
        return NormalDist().inv_cdf(0.5 + BAND / 200) * self.error


def forecast(past: Sequence[float], ahead: int, season: int, method: str = "auto") -> Outlook:
    """Forecast a series by the method of that name, or by the one for its class.

    What lies before the first demand is left out. The error is measured by holding back the last
    periods, as many as are asked for, at most a third of what there is.
    """
    past = since_first(past)
    kind = class_of(past)
    held = held_back(len(past), ahead)
    name = method if method not in BY_CLASS else _by_class(past, season, kind, held, method)
    if name in LIBRARY and len(past) - held < library.LEAST:
        name = "smoothing"
    figures = _figures(name, past, ahead, season)
    if not held:
        return Outlook(kind, name, figures, error=stdev(past) if len(past) > 1 else past[0])
    known, actual = past[:-held], past[-held:]
    tried = _figures(name, known, held, season)
    return Outlook(
        kind,
        name,
        figures,
        error=_error(past, accuracy.rmse(actual, tried), held),
        rmsse=accuracy.rmsse(known, actual, tried),
        mase=accuracy.mase(known, actual, tried, season),
        smape=accuracy.smape(actual, tried),
        bias=accuracy.bias(actual, tried),
        tried=sum(tried),
        came=sum(actual),
    )


def _figures(name: str, past: list[float], ahead: int, season: int) -> list[float]:
    """What the method says; of a series that the library cannot read, what smoothing says."""
    if name in LIBRARY:
        try:
            return LIBRARY[name](past, ahead, season)
        except (ArithmeticError, IndexError, NotImplementedError, ValueError):
            name = "smoothing"
    return OWN[name](past, ahead, season)


def since_first(past: Sequence[float]) -> list[float]:
    """The series from its first demand on; a single zero where nothing was ever wanted."""
    first = next((place for place, wanted in enumerate(past) if wanted > 0), None)
    return [0.0] if first is None else list(past[first:])


def held_back(length: int, ahead: int) -> int:
    """How many of the last periods a forecast is tried on; none where too little would be left."""
    held = min(max(HELD_LEAST, ahead), HELD_MOST, length // 3)
    return held if held >= HELD_LEAST and length - held >= LEARNT_LEAST else 0


def _by_class(past: list[float], season: int, kind: str, held: int, method: str) -> str:
    if kind in WITH_GAPS:
        return "imapa"
    if library.available() and len(past) - held >= library.LEAST:
        return "ets_theta" if method == "best" else "theta"
    if held and len(past) - held >= 2 * season and _repeats(past, held, season):
        return "seasonal_naive"
    return "smoothing"


def _repeats(past: list[float], held: int, season: int) -> bool:
    """Whether the last season would have said more than the level."""
    known, actual = past[:-held], past[-held:]
    naive = accuracy.rmse(actual, methods.seasonal_naive(known, held, season))
    return naive < accuracy.rmse(actual, methods.smoothing(known, held))


def _error(past: list[float], missed: float, held: int) -> float:
    """What was missed in the trial, steadied by how the level was missed one period ahead before.

    A few held-back periods alone say little: the two mean squares are weighed by their periods.
    """
    before = len(past) - held
    stepwise = methods.best_smoothed(past[:before]).missed / max(1, before - 1)
    steady = min(before, held)
    return sqrt((held * missed**2 + steady * stepwise) / (held + steady))


def mean(figures: Sequence[float]) -> float:
    """What is wanted in one period."""
    return fmean(figures) if figures else 0.0

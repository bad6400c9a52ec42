"""Methods of the extra ``dougong-inventory[forecast]``. The library is imported when it is asked for."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import Any

from dougong import Refused, _

#: Shorter series tell the library nothing.
LEAST = 8


class NeedsLibrary(Refused):
    """The method is not part of the plugin itself."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This method needs a library: pip install “dougong-inventory[forecast]”. The automatic"
                " choice does without."
            )
        )


@cache
def available() -> bool:
    """Whether the extra is installed; asked by pages too, which have no time to import it."""
    return find_spec("statsforecast") is not None


def theta(past: Sequence[float], ahead: int, season: int) -> list[float]:
    """The theta method (Assimakopoulos and Nikolopoulos 2000; winner of the M3 competition).

    The mean of the trend and of a smoothing of the twice bent series, free of season where a test
    finds one in two seasons or more.
    """
    from statsforecast.models import Theta

    return _told(Theta(season_length=season), past, ahead)


def ets(past: Sequence[float], ahead: int, season: int) -> list[float]:
    """Exponential smoothing with the error, trend and season of least AICc (Hyndman et al. 2008)."""
    from statsforecast.models import AutoETS

    return _told(AutoETS(season_length=season if season <= 24 else 1), past, ahead)


def mean_of_two(past: Sequence[float], ahead: int, season: int) -> list[float]:
    """The mean of exponential smoothing and theta: better than either, and fifty times as slow."""
    both = zip(ets(past, ahead, season), theta(past, ahead, season), strict=True)
    return [(one + other) / 2 for one, other in both]


def _told(model: Any, past: Sequence[float], ahead: int) -> list[float]:
    import numpy as np

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = model.forecast(y=np.asarray(past, dtype=float), h=ahead)["mean"]
    return [max(0.0, figure) if figure == figure else 0.0 for figure in found.tolist()]

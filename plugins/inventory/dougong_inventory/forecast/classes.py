"""What kind of demand a series is: how often something is wanted, and how even that is."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean, pstdev

from dougong import _, pgettext

#: Cut-off values of Syntetos, Boylan and Croston (2005), On the categorization of demand patterns.
RARE, UNEVEN = 1.32, 0.49
CLASSES = {
    "smooth": pgettext("demand", "Smooth"),
    "erratic": pgettext("demand", "Erratic"),
    "intermittent": pgettext("demand", "Intermittent"),
    "lumpy": pgettext("demand", "Lumpy"),
}
#: Something is wanted only now and then.
WITH_GAPS = ("intermittent", "lumpy")
HELP = _(
    "By the mean interval between demands (1.32 periods) and the squared coefficient of variation of"
    " their sizes (0.49)."
)


def interval(past: Sequence[float]) -> float:
    """ADI: the mean number of periods for one in which something was wanted."""
    wanted = sum(1 for figure in past if figure > 0)
    return len(past) / wanted if wanted else float("inf")


def unevenness(past: Sequence[float]) -> float:
    """CV²: the squared coefficient of variation of what was wanted where something was."""
    sizes = [figure for figure in past if figure > 0]
    return (pstdev(sizes) / fmean(sizes)) ** 2 if sizes else 0.0


def class_of(past: Sequence[float]) -> str:
    """Smooth, erratic (sizes vary), intermittent (gaps) or lumpy (both).

    Syntetos, Boylan and Croston (2005), Journal of the Operational Research Society 56, 495-503.
    """
    rare, uneven = interval(past) >= RARE, unevenness(past) >= UNEVEN
    if rare:
        return "lumpy" if uneven else "intermittent"
    return "erratic" if uneven else "smooth"

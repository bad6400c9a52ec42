"""Control charts: points, centre line and limits. Pure arithmetic.

Source: Montgomery, Introduction to Statistical Quality Control, chapters 6 (variables) and 7
(attributes); Western Electric, Statistical Quality Control Handbook; ISO 7870-2.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

from dougong import Refused, Text, _
from dougong_production.charts.constants import e2, factors


class TooFewValues(Refused):
    """Not enough to say anything."""

    def __init__(self) -> None:
        super().__init__(
            _("There are not enough results for this chart yet: it needs two inspections at least.")
        )


class UnequalSubgroups(Refused):
    """The factors hold for one size only."""

    def __init__(self) -> None:
        super().__init__(
            _("This chart needs the same number of values in each inspection. Choose p or u.")
        )


class ImpossibleCount(Refused):
    """A count that cannot be."""

    def __init__(self) -> None:
        super().__init__(
            _("A count of bad pieces lies between zero and the number of pieces inspected.")
        )


@dataclass(frozen=True, slots=True)
class Point:
    """A value with the limits that hold for it."""

    value: float
    centre: float
    lower: float
    upper: float
    #: Three standard deviations, where a limit is cut at what is possible.
    wide: float | None = None

    @property
    def zone(self) -> float:
        """How many standard deviations it lies from the centre, by the upper limit."""
        sigma = (self.upper - self.centre if self.wide is None else self.wide) / 3
        return (self.value - self.centre) / sigma if sigma > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Chart:
    """One line of points."""

    name: Text | str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Standard:
    """Centre and spread that were found once: a chart is drawn with them, not with its own.

    ``spread`` is the mean range, moving range or standard deviation of subgroups of ``size``; of
    bad pieces and faults ``centre`` is what one piece has, and there is no spread.
    (Montgomery, ch. 6.2: phase II uses the limits that phase I has established.)
    """

    kind: str
    size: int
    centre: float
    spread: float = 0.0

    def mean_range(self, size: int) -> float:
        """The mean range of subgroups of another size, by d2."""
        return self.spread * factors(size).d2 / factors(self.size).d2

    def mean_deviation(self, size: int) -> float:
        """The mean standard deviation of subgroups of another size, by c4."""
        return self.spread * factors(size).c4 / factors(self.size).c4


Groups = Sequence[Sequence[float]]


def _same_size(groups: Groups, given: Standard | None = None) -> int:
    if len(groups) < (2 if given is None else 1):
        raise TooFewValues
    sizes = {len(group) for group in groups}
    if len(sizes) > 1:
        raise UnequalSubgroups
    return sizes.pop()


def _chart(name: Text, values: Sequence[float], centre: float, low: float, high: float) -> Chart:
    return Chart(name, tuple(Point(value, centre, low, high) for value in values))


def mean_range(groups: Groups, given: Standard | None = None) -> tuple[Chart, Chart]:
    """Means and ranges of equal subgroups."""
    size = _same_size(groups, given)
    known = factors(size)
    means, ranges = [fmean(g) for g in groups], [max(g) - min(g) for g in groups]
    centre, spread = fmean(means), fmean(ranges)
    if given is not None:
        centre, spread = given.centre, given.mean_range(size)
    wide = known.A2 * spread
    return (
        _chart(_("Mean"), means, centre, centre - wide, centre + wide),
        _chart(_("Range"), ranges, spread, known.D3 * spread, known.D4 * spread),
    )


def mean_deviation(groups: Groups, given: Standard | None = None) -> tuple[Chart, Chart]:
    """Means and standard deviations of equal subgroups."""
    size = _same_size(groups, given)
    known = factors(size)
    means, deviations = [fmean(g) for g in groups], [stdev(g) for g in groups]
    centre, spread = fmean(means), fmean(deviations)
    if given is not None:
        centre, spread = given.centre, given.mean_deviation(size)
    wide = known.A3 * spread
    return (
        _chart(_("Mean"), means, centre, centre - wide, centre + wide),
        _chart(_("Standard deviation"), deviations, spread, known.B3 * spread, known.B4 * spread),
    )


def single_values(values: Sequence[float], given: Standard | None = None) -> tuple[Chart, Chart]:
    """Single values and their moving ranges of two."""
    if len(values) < 2:
        raise TooFewValues
    ranges = [abs(b - a) for a, b in itertools.pairwise(values)]
    centre, spread = fmean(values), fmean(ranges)
    if given is not None:
        centre, spread = given.centre, given.spread
    wide = e2() * spread
    return (
        _chart(_("Value"), values, centre, centre - wide, centre + wide),
        _chart(_("Moving range"), ranges, spread, 0.0, factors(2).D4 * spread),
    )


def fraction(bad: Sequence[int], sizes: Sequence[int], given: Standard | None = None) -> Chart:
    """The part of bad pieces (p); limits follow the size of each sample."""
    _counted(bad, sizes, given)
    centre = sum(bad) / sum(sizes) if given is None else given.centre
    return Chart(
        _("Part of bad pieces (p)"),
        tuple(
            _bounded(count / size, centre, 3 * sqrt(centre * (1 - centre) / size), 1.0)
            for count, size in zip(bad, sizes, strict=True)
        ),
    )


def number_bad(bad: Sequence[int], sizes: Sequence[int], given: Standard | None = None) -> Chart:
    """The number of bad pieces (np) in samples of one size."""
    _counted(bad, sizes, given)
    if len(set(sizes)) > 1:
        raise UnequalSubgroups
    size = sizes[0]
    mean = fmean(bad) if given is None else given.centre * size
    wide = 3 * sqrt(mean * (1 - mean / size))
    return Chart(_("Number of bad pieces (np)"), tuple(_bounded(x, mean, wide, size) for x in bad))


def faults(counts: Sequence[int], mean: float | None = None) -> Chart:
    """The number of faults (c) in samples of one size; ``mean`` is what was found before."""
    if len(counts) < (2 if mean is None else 1):
        raise TooFewValues
    if min(counts) < 0:
        raise ImpossibleCount
    mean = fmean(counts) if mean is None else mean
    return Chart(
        _("Number of faults (c)"), tuple(_bounded(x, mean, 3 * sqrt(mean), None) for x in counts)
    )


def faults_each(
    counts: Sequence[int], sizes: Sequence[int], given: Standard | None = None
) -> Chart:
    """Faults a piece (u); limits follow the size of each sample."""
    if len(counts) < (2 if given is None else 1):
        raise TooFewValues
    if min(counts) < 0 or min(sizes) < 1:
        raise ImpossibleCount
    mean = sum(counts) / sum(sizes) if given is None else given.centre
    return Chart(
        _("Faults a piece (u)"),
        tuple(
            _bounded(count / size, mean, 3 * sqrt(mean / size), None)
            for count, size in zip(counts, sizes, strict=True)
        ),
    )


def _bounded(value: float, centre: float, wide: float, most: float | None) -> Point:
    high = centre + wide if most is None else min(most, centre + wide)
    return Point(value, centre, max(0.0, centre - wide), high, wide)


def _counted(bad: Sequence[int], sizes: Sequence[int], given: Standard | None) -> None:
    if len(bad) < (2 if given is None else 1):
        raise TooFewValues
    if any(not 0 <= count <= size or size < 1 for count, size in zip(bad, sizes, strict=True)):
        raise ImpossibleCount


@dataclass(frozen=True, slots=True)
class Capability:
    """What a process is able to do (Cp, Cpk) and what it did (Pp, Ppk); None where a limit is missing."""

    cp: float | None
    cpk: float | None
    pp: float | None
    ppk: float | None


def capability(groups: Groups, lower: float | None, upper: float | None) -> Capability:
    """Indices of a process against its limits.

    Source: Montgomery, chapter 8; AIAG, SPC. Cp = (USL - LSL) / 6 sigma, Cpk = the smaller of
    (USL - mean) and (mean - LSL) over 3 sigma, sigma within subgroups from mean range / d2 (moving
    range for single values); Pp and Ppk the same with the standard deviation of all values.
    """
    values = [value for group in groups for value in group]
    if len(values) < 2:
        raise TooFewValues
    size = _same_size(groups) if len(groups) > 1 else len(values)
    if size == 1:
        ranges = [abs(b - a) for a, b in itertools.pairwise(values)]
        within = fmean(ranges) / factors(2).d2
    else:
        within = fmean(max(g) - min(g) for g in groups) / factors(size).d2
    mean, overall = fmean(values), stdev(values)
    return Capability(*_indices(mean, within, lower, upper), *_indices(mean, overall, lower, upper))


def _indices(
    mean: float, sigma: float, lower: float | None, upper: float | None
) -> tuple[float | None, float | None]:
    if sigma <= 0:
        return None, None
    sides = [] if upper is None else [(upper - mean) / (3 * sigma)]
    sides += [] if lower is None else [(mean - lower) / (3 * sigma)]
    both = (upper - lower) / (6 * sigma) if upper is not None and lower is not None else None
    return both, min(sides) if sides else None

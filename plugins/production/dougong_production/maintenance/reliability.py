"""How reliable a machine is, and how well a place is used. Pure arithmetic.

Sources: EN 15341 / Moubray, Reliability-centred Maintenance (MTBF, MTTR); Nakajima, Introduction to
TPM (overall equipment effectiveness = availability x performance x quality).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from dougong import ZERO, Refused, _

ONE = Decimal(1)


class NegativeTime(Refused):
    """It ended before it began."""

    def __init__(self) -> None:
        super().__init__(_("The end is not before the beginning: time between is never negative."))


@dataclass(frozen=True, slots=True)
class Reliability:
    """Hours between two failures, hours a repair takes; None where nothing has failed."""

    failures: int
    downtime: Decimal
    mtbf: Decimal | None
    mttr: Decimal | None


def hours_between(start: dt.datetime, end: dt.datetime) -> Decimal:
    """Hours on the clock, to the hundredth; refuses an end before the beginning."""
    if end < start:
        raise NegativeTime
    return (Decimal(int((end - start).total_seconds())) / 3600).quantize(Decimal("0.01"))


def reliability(hours: Decimal, repairs: list[Decimal]) -> Reliability:
    """Of so many hours, with repairs that took so long: MTBF = hours up / failures."""
    if hours < 0 or any(repair < 0 for repair in repairs):
        raise NegativeTime
    down, failures = sum(repairs, ZERO), len(repairs)
    if not failures:
        return Reliability(0, down, None, None)
    up = max(ZERO, hours - down)
    return Reliability(failures, down, up / failures, down / failures)


@dataclass(frozen=True, slots=True)
class Effectiveness:
    """Availability, performance and quality, and their product; 1 is all there is."""

    availability: Decimal
    performance: Decimal
    quality: Decimal

    @property
    def oee(self) -> Decimal:
        """Overall equipment effectiveness."""
        return self.availability * self.performance * self.quality


def effectiveness(
    run: Decimal, down: Decimal, standard: Decimal, good: Decimal, bad: Decimal
) -> Effectiveness:
    """From minutes worked and lost, minutes that the plan allows for what was made, and pieces.

    Source: Nakajima, Introduction to TPM; worked example as on oee.com (Vorne): a shift of 480
    minutes with 60 of breaks and 47 of stops, 19,271 pieces at one second each, 423 of them bad,
    gives availability 0.8881, performance 0.8611, quality 0.9780, OEE 0.7479.
    """
    if min(run, down, standard, good, bad) < 0:
        raise NegativeTime
    return Effectiveness(_part(run, run + down), _part(standard, run), _part(good, good + bad))


def _part(part: Decimal, whole: Decimal) -> Decimal:
    return part / whole if whole else ZERO

"""All that is watched at a glance: which process has left its limits, and which is not able enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from dougong import Refused
from dougong_production.charts.control import Chart
from dougong_production.charts.drawing import digits
from dougong_production.charts.queries import drawn, subgroups
from dougong_production.charts.rules import violations
from dougong_production.charts.views import indices
from dougong_production.control_limits.models import ControlLimits
from dougong_production.control_limits.queries import frozen, standard
from dougong_production.quality_plans.models import Characteristic, QualityPlan

#: More is not looked at on one page.
MOST = 100
#: Points of a small picture; a sign among the last ones is news.
POINTS, NEWS = 40, 5
WIDTH, HEIGHT = 160, 36


@dataclass(frozen=True, slots=True)
class Watched:
    """A characteristic of a plan: how it stands."""

    plan: QualityPlan
    of: Characteristic
    #: The newest value of the chart; empty where there are too few.
    value: str
    #: How many signs among the last points say that something has changed.
    signs: int
    indices: Any
    line: str
    limits: tuple[float, float]
    #: What it is judged by, if not by its own points.
    frozen: ControlLimits | None

    @property
    def known(self) -> bool:
        """Whether there is a chart yet."""
        return bool(self.line)


def watched(session: Session) -> list[Watched]:
    """What active plans look at: out of control first, then by plan."""
    lines = session.scalars(
        select(Characteristic)
        .join(Characteristic.plan)
        .where(QualityPlan.active)
        .options(contains_eager(Characteristic.plan).options(joinedload(QualityPlan.product)))
        .order_by(QualityPlan.code, Characteristic.position)
        .limit(MOST)
    ).all()
    held = frozen(session, [line.id for line in lines])
    found = (_watched(session, line, held.get(line.id)) for line in lines)
    return sorted(found, key=lambda one: -one.signs)


def _watched(session: Session, line: Characteristic, held: ControlLimits | None) -> Watched:
    groups = subgroups(session, line, last=POINTS)
    try:
        chart = drawn(line, groups, given=standard(held))[0]
    except Refused:
        return Watched(line.plan, line, "", 0, None, "", (0, 0), held)
    last = len(chart.points) - NEWS
    signs = {at for at, _rule in violations(chart, line.plan.chart_rules, line.plan.run)}
    spark = list(_spark(chart))
    return Watched(
        plan=line.plan,
        of=line,
        value=f"{chart.points[-1].value:.{digits(chart)}f}",
        signs=sum(at >= last for at in signs),
        indices=indices(line, groups),
        line=" ".join(f"{x},{y}" for x, y in spark[:-2]),
        limits=(spark[-2][1], spark[-1][1]),
        frozen=held,
    )


def _spark(chart: Chart) -> Iterator[tuple[float, float]]:
    """The points, then the upper and the lower limit of the last one, laid out small."""
    points = chart.points
    low = min(min(p.value, p.lower) for p in points)
    high = max(max(p.value, p.upper) for p in points)
    span, step = (high - low) or 1.0, WIDTH / max(1, len(points) - 1)

    def down(value: float) -> float:
        return round(2 + (HEIGHT - 4) * (high - value) / span, 1)

    for n, point in enumerate(points):
        yield round(n * step, 1), down(point.value)
    yield WIDTH, down(points[-1].upper)
    yield WIDTH, down(points[-1].lower)

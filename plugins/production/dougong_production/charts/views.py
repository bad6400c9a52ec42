"""The page of control charts beside a quality plan, and the report of one characteristic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import Refused, _, pgettext
from dougong.reports import Column, Line, Parameter, Report
from dougong_production.charts.control import Chart, capability
from dougong_production.charts.drawing import picture
from dougong_production.charts.queries import KINDS, Subgroup, drawn, subgroups
from dougong_production.charts.rules import RULES, SET_NAMES, violations
from dougong_production.control_limits.models import ControlLimits
from dougong_production.control_limits.queries import frozen, standard
from dougong_production.quality_plans.models import Characteristic, QualityPlan

#: So many inspections are shown beside the plan; the report shows all.
NEWEST = 100


def chart_page(
    noun: Any, session: Session, plan: QualityPlan, actor: Any
) -> tuple[str, Mapping[str, Any]]:
    """A chart for everything the plan looks at, its signs marked and listed."""
    lines = session.scalars(
        select(Characteristic)
        .where(Characteristic.plan_id == plan.id)
        .order_by(Characteristic.position)
    ).all()
    held = frozen(session, [line.id for line in lines])
    shown = [_shown(session, line, plan, held.get(line.id)) for line in lines]
    return "production/charts.html", {"shown": shown, "actor": actor}


def _shown(
    session: Session, line: Characteristic, plan: QualityPlan, held: ControlLimits | None
) -> dict[str, Any]:
    groups = subgroups(session, line, last=NEWEST)
    days = [group.on for group in groups if group.on is not None]
    about = {
        "of": line,
        "frozen": held,
        "span": (days[0].isoformat(), days[-1].isoformat()) if days else ("", ""),
    }
    try:
        charts = drawn(line, groups, given=standard(held))
    except Refused as refusal:
        return {**about, "pictures": [], "sentence": refusal.sentence, "indices": None}
    return about | {
        "pictures": [
            picture(chart, labels(groups, chart), plan.chart_rules, plan.run) for chart in charts
        ],
        "ways": {group.number: f"/production/inspections/{group.id}" for group in groups},
        "sentence": "",
        "indices": indices(line, groups),
    }


def labels(groups: list[Subgroup], chart: Chart) -> list[str]:
    """What stands below each point: the inspection, repeated where it has many values."""
    points = len(chart.points)
    if points == len(groups):
        return [group.number for group in groups]
    names = [group.number for group in groups for _value in group.values]
    return names[len(names) - points :]


def indices(line: Characteristic, groups: list[Subgroup]) -> Any:
    """Cp, Cpk, Pp and Ppk, where there are limits and values."""
    if line.kind != "numeric" or (line.lower is None and line.upper is None):
        return None
    limits = [None if x is None else float(x) for x in (line.lower, line.upper)]
    try:
        return capability([group.values for group in groups if group.values], *limits)
    except Refused:
        return None


def _exact(value: float) -> Decimal:
    return Decimal(str(round(value, 4)))


def chart_lines(
    session: Session,
    actor: Any,
    plan: int | None = None,
    characteristic: str | None = None,
    kind: str = "auto",
    rules: str = "nelson",
    run: Decimal | None = None,
    own: bool = False,
    start: dt.date | None = None,
    end: dt.date | None = None,
) -> Iterator[Line]:
    """A line for each point of each chart, with the rules it breaks."""
    if start and end and end < start:
        raise Refused(_("The last day is not before the first one."))
    query = select(Characteristic).join(QualityPlan).where(QualityPlan.id == plan)
    if characteristic:
        query = query.where(Characteristic.name == characteristic)
    lines = session.scalars(query.order_by(Characteristic.position)).all()
    held = {} if own else frozen(session, [line.id for line in lines])
    for line in lines:
        groups = subgroups(session, line, start, end)
        if not groups:
            continue
        for chart in drawn(line, groups, kind, standard(held.get(line.id))):
            yield from _points(line, chart, groups, rules, int(run) if run else None)


def _points(
    line: Characteristic, chart: Chart, groups: list[Subgroup], rules: str, run: int | None
) -> Iterator[Line]:
    broken: dict[int, list[str]] = {}
    for place, rule in violations(chart, rules, run):
        broken.setdefault(place, []).append(str(RULES[rule]))
    ids = {group.number: group.id for group in groups}
    for n, (point, label) in enumerate(zip(chart.points, labels(groups, chart), strict=True)):
        yield Line(
            {
                "characteristic": line.name,
                "chart": str(chart.name),
                "inspection": label,
                "value": _exact(point.value),
                "lower": _exact(point.lower),
                "centre": _exact(point.centre),
                "upper": _exact(point.upper),
                "broken": "; ".join(broken.get(n, [])),
            },
            drill=f"/production/inspections/{ids[label]}" if label in ids else "",
        )


CONTROL_CHART = Report(
    "production.control-chart",
    _("Control chart"),
    "production.inspection.read",
    [
        Column("characteristic", _("Characteristic")),
        Column("chart", _("Chart")),
        Column("inspection", _("Inspection")),
        Column("value", _("Value"), "number"),
        Column("lower", _("Lower control limit"), "number"),
        Column("centre", _("Centre"), "number"),
        Column("upper", _("Upper control limit"), "number"),
        Column("broken", _("Out of control")),
    ],
    chart_lines,
    [
        Parameter("plan", _("Quality plan"), "link", to="production.quality_plans"),
        Parameter("characteristic", _("Characteristic"), "text"),
        Parameter("kind", _("Chart"), "choice", "auto", KINDS),
        Parameter("rules", pgettext("quality", "Rules"), "choice", "nelson", SET_NAMES),
        Parameter("run", _("Points of a run"), "number"),
        Parameter("own", _("Limits of these days, not the frozen ones"), "flag", False),
        Parameter("start", _("From")),
        Parameter("end", _("Until")),
    ],
    icon="chart-line",
    order=210,
)

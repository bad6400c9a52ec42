"""Ask a report its question: the right first, then the parameters, then one reading session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dougong.actors import Actor
from dougong.errors import NotFound
from dougong.i18n import _
from dougong.reports.declared import Line, Report
from dougong.reports.parameters import chosen
from dougong.types import ZERO
from dougong.unit_of_work import House


@dataclass(frozen=True)
class Answer:
    """The table a report gave, and what it was asked."""

    report: Report
    parameters: Mapping[str, Any]
    lines: Sequence[Line]
    #: The sum of each column that has one, over the lines that are not sums themselves.
    totals: Mapping[str, Decimal]


def find(reports: Mapping[str, Report], name: str, actor: Actor) -> Report:
    """The report of that name, for those who may ask it; raises `NotFound` or `Forbidden`."""
    report = reports.get(name)
    if report is None:
        raise NotFound(_("report"), name)
    actor.require(report.needs)
    return report


def for_reader(reports: Mapping[str, Report], actor: Actor, plugin: str = "") -> list[Report]:
    """The reports this person may ask, in the order of the menu."""
    mine = [
        r for r in reports.values() if actor.may(r.needs) and (not plugin or plugin_of(r) == plugin)
    ]
    return sorted(mine, key=lambda r: (plugin_of(r), r.order, str(r.label)))


def run(house: House, actor: Actor, report: Report, given: Mapping[str, str]) -> Answer:
    """What the report says about what was chosen, made of what the actor may see."""
    actor.require(report.needs)
    values = chosen(report, given, actor)
    with house.read(actor) as session:
        lines = list(report.ask(session, actor, **values))
    return Answer(report, values, lines, _totals(report, lines))


def plugin_of(report: Report) -> str:
    """The plugin that a report belongs to: the first part of its name."""
    return report.name.split(".", 1)[0]


def slug_of(report: Report) -> str:
    """The last part of its address: ``/finance/reports/trial-balance``."""
    return report.name.split(".", 1)[-1]


def address_of(report: Report) -> str:
    """Where its page is."""
    return f"/{plugin_of(report)}/reports/{slug_of(report)}"


def _totals(report: Report, lines: Sequence[Line]) -> dict[str, Decimal]:
    summed = [column.name for column in report.columns if column.total]
    plain = [line for line in lines if not line.bold]
    return {name: sum((line.values.get(name) or ZERO for line in plain), ZERO) for name in summed}

"""Reports: how reliable machines are, and how well work centres are used."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import ZERO, Refused, _
from dougong.reports import Column, Line, Parameter, Report, today
from dougong_production.maintenance.models import Equipment, MaintenanceOrder
from dougong_production.maintenance.reliability import effectiveness, reliability
from dougong_production.work_centres.models import WorkCentre
from dougong_production.work_orders.models import WorkOrder

MINUTES, DAY = Decimal(60), Decimal(24)
HUNDRED = Decimal(100)


def year_before(actor: Any) -> dt.date:
    """A year ago."""
    day: dt.date = actor.today
    return day - dt.timedelta(days=364)


def _span(start: dt.date, end: dt.date) -> int:
    if end < start:
        raise Refused(_("The last day is not before the first one."))
    return (end - start).days + 1


def _repairs(session: Session, start: dt.date, end: dt.date) -> dict[int, list[Decimal]]:
    found: dict[int, list[Decimal]] = defaultdict(list)
    rows = session.execute(
        select(MaintenanceOrder.equipment_id, MaintenanceOrder.downtime).where(
            MaintenanceOrder.kind == "breakdown",
            MaintenanceOrder.state == "done",
            MaintenanceOrder.ended_on.between(start, end),
        )
    )
    for equipment, downtime in rows:
        found[equipment].append(downtime)
    return found


def reliability_lines(session: Session, actor: Any, start: dt.date, end: dt.date) -> Iterator[Line]:
    """Failures, MTBF and MTTR of each machine, in hours of the calendar."""
    hours = _span(start, end) * DAY
    repairs = _repairs(session, start, end)
    for machine in session.scalars(select(Equipment).order_by(Equipment.code)):
        found = reliability(hours, repairs.get(machine.id, []))
        yield Line(
            {
                "code": machine.code,
                "name": machine.name,
                "failures": found.failures,
                "downtime": found.downtime,
                "mtbf": None if found.mtbf is None else found.mtbf.quantize(Decimal("0.01")),
                "mttr": None if found.mttr is None else found.mttr.quantize(Decimal("0.01")),
            },
            drill=f"/production/equipment/{machine.id}",
        )


def oee_lines(session: Session, actor: Any, start: dt.date, end: dt.date) -> Iterator[Line]:
    """Availability, performance and quality of each work centre that was at work."""
    _span(start, end)
    down: dict[int, Decimal] = defaultdict(lambda: ZERO)
    rows = session.execute(
        select(Equipment.work_centre_id, MaintenanceOrder.downtime)
        .join(MaintenanceOrder, MaintenanceOrder.equipment_id == Equipment.id)
        .where(
            Equipment.work_centre_id.is_not(None),
            # Work that was planned is no loss: nothing was to be made meanwhile.
            MaintenanceOrder.kind == "breakdown",
            MaintenanceOrder.state == "done",
            MaintenanceOrder.ended_on.between(start, end),
        )
    )
    for place, hours in rows:
        down[place or 0] += hours * MINUTES
    first = dt.datetime.combine(start, dt.time(), dt.UTC)
    last = dt.datetime.combine(end + dt.timedelta(days=1), dt.time(), dt.UTC)
    work: dict[int, list[WorkOrder]] = defaultdict(list)
    orders = session.scalars(
        select(WorkOrder).where(
            WorkOrder.state == "done", WorkOrder.ended_at >= first, WorkOrder.ended_at < last
        )
    )
    for order in orders:
        work[order.work_centre_id].append(order)
    for centre in session.scalars(select(WorkCentre).order_by(WorkCentre.code)):
        if centre.id in work:
            yield _oee(centre, work[centre.id], down[centre.id])


def _oee(centre: WorkCentre, orders: list[WorkOrder], down: Decimal) -> Line:
    good = sum((one.done for one in orders), ZERO)
    bad = sum((one.scrapped for one in orders), ZERO)
    run = sum((one.minutes for one in orders), ZERO)
    standard = sum(
        (one.setup_minutes + one.run_minutes * (one.done + one.scrapped) for one in orders), ZERO
    )
    found = effectiveness(run, down, standard, good, bad)
    return Line(
        {
            "code": centre.code,
            "name": centre.name,
            "run": run.quantize(Decimal("0.1")),
            "down": down.quantize(Decimal("0.1")),
            "availability": _percent(found.availability),
            "performance": _percent(found.performance),
            "quality": _percent(found.quality),
            "oee": _percent(found.oee),
        },
        drill=f"/production/work_centres/{centre.id}",
    )


def _percent(part: Decimal) -> Decimal:
    """To the hundredth of a percent: four decimals of the part."""
    return (part * HUNDRED).quantize(Decimal("0.01"))


SPAN = [
    Parameter("start", _("From"), "date", year_before),
    Parameter("end", _("Until"), "date", today),
]

RELIABILITY = Report(
    "production.reliability",
    _("Reliability of machines"),
    "production.maintenance.read",
    [
        Column("code", _("Code")),
        Column("name", _("Machine")),
        Column("failures", _("Breakdowns"), "number", total=True),
        Column("downtime", _("Hours down"), "quantity", total=True),
        Column("mtbf", _("Hours between breakdowns (MTBF)"), "number"),
        Column("mttr", _("Hours to repair (MTTR)"), "number"),
    ],
    reliability_lines,
    SPAN,
    icon="heartbeat",
    order=220,
)

OEE = Report(
    "production.oee",
    _("Overall equipment effectiveness (OEE)"),
    "production.maintenance.read",
    [
        Column("code", _("Code")),
        Column("name", _("Work centre")),
        Column("run", _("Minutes worked"), "number", total=True),
        Column("down", _("Minutes down"), "number", total=True),
        Column("availability", _("Availability %"), "number"),
        Column("performance", _("Performance %"), "number"),
        Column("quality", _("Quality %"), "number"),
        Column("oee", _("OEE %"), "number"),
    ],
    oee_lines,
    SPAN,
    icon="gauge",
    order=230,
)

"""The schedule as bars on a time axis: plain shapes, and the same as a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import _
from dougong_production.orders.models import Order
from dougong_production.schedules.models import Schedule, ScheduledWork
from dougong_production.work_centres.models import WorkCentre
from dougong_production.work_orders.models import WorkOrder

WIDTH, LEFT, ROW, TOP = 1000, 150, 28, 24
REASONS = {
    "material": _("Material comes too late"),
    "lead_time": _("Takes longer than there is time"),
    "capacity": _("Work centres are busy"),
}


def gantt(
    noun: Any, session: Session, schedule: Schedule, actor: Any
) -> tuple[str, Mapping[str, Any]]:
    """A row for each work centre, a bar for each operation; late orders are marked."""
    rows = session.execute(
        select(ScheduledWork, WorkCentre.code, Order.number, WorkOrder.name)
        .join(WorkCentre, WorkCentre.id == ScheduledWork.work_centre_id)
        .join(Order, Order.id == ScheduledWork.order_id)
        .join(WorkOrder, WorkOrder.id == ScheduledWork.work_id)
        .where(ScheduledWork.schedule_id == schedule.id)
        .order_by(WorkCentre.code, ScheduledWork.start_at)
    ).all()
    if not rows:
        return "production/gantt.html", {"bars": [], "lanes": [], "ticks": [], "height": 0}
    zone = ZoneInfo(actor.timezone)
    start = min(row[0].start_at for row in rows)
    span = max((max(row[0].end_at for row in rows) - start).total_seconds(), 60.0)
    scale = (WIDTH - LEFT) / span
    lanes = list(dict.fromkeys(row[1] for row in rows))
    bars = [
        {
            "x": round(LEFT + (one.start_at - start).total_seconds() * scale, 1),
            "y": TOP + lanes.index(code) * ROW,
            "width": max(1.0, round((one.end_at - one.start_at).total_seconds() * scale, 1)),
            "centre": code, "order": number or f"#{one.order_id}", "work": work,
            "order_id": one.order_id, "late": bool(one.reason),
            "start": _clock(one.start_at, zone), "end": _clock(one.end_at, zone),
            "reason": REASONS.get(one.reason or "", ""),
        }
        for one, code, number, work in rows
    ]  # fmt: skip
    ticks = [
        (round(LEFT + span * part / 5 * scale, 1),
         _clock(start + dt.timedelta(seconds=span * part / 5), zone))
        for part in range(5)
    ]  # fmt: skip
    return "production/gantt.html", {
        "bars": bars,
        "lanes": [(code, TOP + n * ROW + 16) for n, code in enumerate(lanes)],
        "ticks": ticks,
        "height": TOP + len(lanes) * ROW + 8,
    }


def _clock(moment: dt.datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%m-%d %H:%M")

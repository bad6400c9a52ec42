"""Opening a forecast, starting its job, stopping it, approving what came of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from dougong import Refused, UnitOfWork, _, pgettext
from dougong.jobs.acting import of_company
from dougong.jobs.models import QueuedJob
from dougong_inventory.forecast import library
from dougong_inventory.forecast.choosing import LIBRARY
from dougong_inventory.forecast.models import Forecast
from dougong_inventory.forecast.periods import first_day
from dougong_inventory.forecast.workflow import FORECAST_STEPS, UNDERWAY

JOB = "inventory.forecast"
#: How often a forecast may be made by itself.
EVERY = {"never": pgettext("schedule", "Never"), "week": _("Every week"), "month": _("Every month")}
#: What a forecast takes over from the one that is approved.
KEPT = (
    "bucket", "horizon", "past", "method", "category_id", "product_id", "warehouse_id", "note",
)  # fmt: skip


class AlreadyForecasting(Refused):
    """Two at once would say everything twice."""

    def __init__(self, other: Forecast) -> None:
        super().__init__(
            _(
                "%(forecast)s is under way. Wait until it is done, or cancel it first.",
                forecast=other,
            )
        )


class FromTheFuture(Refused):
    """What comes before the first period must have happened."""

    def __init__(self, on: dt.date) -> None:
        super().__init__(
            _(
                "A forecast begins today or earlier, not on %(on)s: what comes before must be known.",
                on=on,
            )
        )


def start_forecasts(uow: UnitOfWork, ids: Sequence[int]) -> list[Forecast]:
    """Queue the work; one at a time in a company. What cannot be done is refused now."""
    uow.require("inventory.forecast.start")
    forecasts = uow.load(Forecast, ids, lock=True)
    for forecast in forecasts:
        _nobody_else(uow, forecast)
        start = forecast.start_on or uow.today
        if start > uow.today:
            raise FromTheFuture(start)
        if forecast.method in LIBRARY and not library.available():
            raise library.NeedsLibrary
        forecast.move("start")
        forecast.start_on = first_day(start, forecast.bucket)
        if forecast.number is None:
            uow.number(forecast, "forecast")
        forecast.job_id = uow.enqueue(JOB, forecast_id=forecast.id).id
        uow.flush()
    return forecasts


def stop_forecasts(uow: UnitOfWork, ids: Sequence[int]) -> list[Forecast]:
    """Let forecasts end with the products that are done by now."""
    uow.require("inventory.forecast.start")
    forecasts = uow.load(Forecast, ids, lock=True)
    for forecast in forecasts:
        forecast.move("stop")
    return forecasts


def cancel_forecasts(uow: UnitOfWork, ids: Sequence[int]) -> list[Forecast]:
    """Call forecasts off; the job finds out at its next report, and nothing is kept."""
    uow.require("inventory.forecast.start")
    forecasts = uow.load(Forecast, ids, lock=True)
    jobs = [one.job_id for one in forecasts if one.job_id and one.state in UNDERWAY]
    for forecast in forecasts:
        forecast.move("cancel")
    for job in uow.load(QueuedJob, jobs, lock=True) if jobs else ():
        if job.state in ("waiting", "running"):
            job.state, job.finished_at, job.leased_until = "cancelled", uow.now, None
    return forecasts


def given_up(uow: UnitOfWork, forecast_id: int) -> None:
    """Its job was cancelled: so is the forecast, and nothing is kept."""
    forecast = uow.get(Forecast, forecast_id, lock=True)
    if forecast.state in UNDERWAY:
        forecast.move("cancel")


def approve_forecasts(uow: UnitOfWork, ids: Sequence[int]) -> list[Forecast]:
    """Put forecasts in force; of the periods they share with others, the newest approved counts."""
    uow.require("inventory.forecast.approve")
    forecasts = uow.load(Forecast, ids, lock=True)
    FORECAST_STEPS.allow(uow, forecasts, "approve")
    for forecast in forecasts:
        forecast.approve(uow.now)
    return forecasts


def withdraw_forecasts(uow: UnitOfWork, ids: Sequence[int]) -> list[Forecast]:
    """Take approvals back; what was approved before counts again."""
    uow.require("inventory.forecast.approve")
    forecasts = uow.load(Forecast, ids, lock=True)
    for forecast in forecasts:
        forecast.withdraw()
    return forecasts


def forecast_regularly(run: Any) -> None:
    """Daily: where a company wants a forecast every week or month and has none yet, start one."""
    for company in sorted(run.actor.companies):
        run.house.run(of_company(run.house, company), forecast_when_due)


def forecast_when_due(uow: UnitOfWork) -> Forecast | None:
    """Start a forecast like the one that was approved last, unless this week or month has one."""
    every = str(uow.setting("inventory.forecast_every"))
    if every not in ("week", "month"):
        return None
    due = first_day(uow.today, every)
    latest = uow.session.scalars(
        select(Forecast)
        .where(Forecast.company_id == uow.company_id, Forecast.state.not_in(("cancelled", "failed")))
        .order_by(Forecast.start_on.desc(), Forecast.id.desc())
    )  # fmt: skip
    known = [one for one in latest if one.start_on is not None]
    if any(first_day(one.start_on, every) >= due for one in known if one.start_on):
        return None
    if any(one.state in UNDERWAY for one in known):
        return None
    model = next((one for one in known if one.state == "approved"), None)
    forecast = Forecast(**({name: getattr(model, name) for name in KEPT} if model else {}))
    uow.add(forecast)
    uow.flush()
    start_forecasts(uow, [forecast.id])
    return forecast


def _nobody_else(uow: UnitOfWork, mine: Forecast) -> None:
    """Refuse while another is under way; one whose job has died is in nobody's way."""
    query = (
        select(Forecast, QueuedJob.state)
        .outerjoin(QueuedJob, QueuedJob.id == Forecast.job_id)
        .where(
            Forecast.company_id == mine.company_id, Forecast.busy.is_(True), Forecast.id != mine.id
        )
    )
    for other, state in uow.session.execute(query).all():
        if state in ("waiting", "running"):
            raise AlreadyForecasting(other)
        other.end("failed", str(_("Its job was given up.")))
    uow.flush()

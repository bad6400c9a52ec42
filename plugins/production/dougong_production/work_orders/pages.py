"""The shop floor on a tablet: big buttons for one piece of work at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from flask import Blueprint, current_app, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from dougong import NotFound, Refused, UnitOfWork, _
from dougong.keys import whole
from dougong.web.rights import needs
from dougong_production.maintenance.service import report_breakdown
from dougong_production.maintenance.standstill import broken_at
from dougong_production.work_orders.models import REASONS, WORK_STEPS, WorkOrder
from dougong_production.work_orders.queries import (
    centres,
    inspections_of,
    machines,
    one,
    open_log,
    to_do,
)
from dougong_production.work_orders.service import (
    complete_work,
    log_time,
    pause_work,
    report_quantity,
    start_work,
)

Act = Callable[[UnitOfWork, int], Any]


def floor() -> Blueprint:
    """The pages, anew for each application."""
    pages = Blueprint("production_floor", __name__, url_prefix="/floor")
    pages.add_url_rule("", view_func=overview, methods=["GET"])
    pages.add_url_rule("/<int:id>", view_func=show, methods=["GET"])
    pages.add_url_rule("/<int:id>/<act>", view_func=do, methods=["POST"])
    return pages


@needs("production.work.read")
def overview() -> ResponseReturnValue:
    """What there is to do, at one work centre or at all."""
    chosen = whole(request.args.get("centre", ""))
    with _house().read(g.actor) as session:
        return render_template(
            "production/floor.html",
            work=to_do(session, chosen),
            centres=centres(session),
            chosen=chosen,
            n=_plain,
            states={state.name: state for state in WORK_STEPS.states},
        )


@needs("production.work.read")
def show(id: int) -> ResponseReturnValue:
    """One work order."""
    return _page(id)


@needs("production.work.do")
def do(id: int, act: str) -> ResponseReturnValue:
    """A button was pressed."""
    service = ACTS.get(act)
    if service is None:
        raise NotFound("work", id)
    try:
        _house().run(g.actor, lambda uow: service(uow, id))
    except Refused as refusal:
        return _page(id, refusal), 409
    return redirect(f"/production/floor/{id}", 303)


def _page(id: int, refusal: Refused | None = None) -> str:
    with _house().read(g.actor) as session:
        work = one(session, id)
        if work is None:
            raise NotFound("work", id)
        return render_template(
            "production/work.html",
            work=work,
            log=open_log(work),
            since=_minutes_since(work),
            machines=machines(session, work.work_centre_id),
            broken=broken_at(session, work.work_centre_id),
            inspections=inspections_of(session, work.order_id),
            left=max(work.quantity - work.done - work.scrapped, Decimal(0)),
            state=WORK_STEPS.state(work.state),
            reasons=REASONS,
            refusal=refusal,
            n=_plain,
            may=g.actor.may("production.work.do"),
            may_report=g.actor.may("production.maintenance.report"),
        )


def _minutes_since(work: WorkOrder) -> Decimal:
    """Minutes on the running clock, so that a worker sees that it runs."""
    log = open_log(work)
    if log is None:
        return Decimal(0)
    seconds = (dt.datetime.now(dt.UTC) - log.started_at).total_seconds()
    return Decimal(max(0, int(seconds // 60)))


def _quantity() -> Decimal:
    text = request.form.get("quantity", "").strip().replace(",", ".")[:30]
    try:
        number = Decimal(text)
        if number.is_finite() and abs(number) < 10**12:
            return number.quantize(Decimal("0.000001"))
    except InvalidOperation:
        pass
    raise Refused(_("Enter a number."))


def _machine() -> int:
    number = whole(request.form.get("machine", ""))
    if number is None:
        raise Refused(_("Choose the machine that has stopped."))
    return number


def _plain(number: Decimal) -> str:
    """Without zeros that say nothing."""
    return f"{number.normalize():f}"


def _house() -> Any:
    return current_app.extensions["dougong"].house


ACTS: dict[str, Act] = {
    "start": lambda uow, id: start_work(uow, [id]),
    "pause": lambda uow, id: pause_work(uow, [id]),
    "complete": lambda uow, id: complete_work(uow, [id]),
    "done": lambda uow, id: report_quantity(uow, id, _quantity()),
    "time": lambda uow, id: log_time(uow, id, _quantity()),
    "broken": lambda uow, _id: report_breakdown(
        uow, _machine(), request.form.get("what", "")[:200]
    ),
    "scrap": lambda uow, id: report_quantity(
        uow, id, _quantity(), scrapped=request.form.get("reason", "")
    ),
}

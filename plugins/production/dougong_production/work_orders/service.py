"""Starting, pausing and completing work; what time costs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from dougong import ZERO, Refused, UnitOfWork, _, ref, rounded
from dougong_base.events import CostLine, CostsArose
from dougong_production.inspections.holding import refuse_held
from dougong_production.inspections.reactions import inspect_work
from dougong_production.orders.filling import currency_of, minutes_of
from dougong_production.orders.models import Order
from dougong_production.work_orders.models import (
    REASONS,
    WORK_STEPS,
    TimeLog,
    WorkOrder,
    WorkScrap,
)

SIXTY = Decimal(60)


def start_work(uow: UnitOfWork, ids: Sequence[int]) -> list[WorkOrder]:
    """Begin to work, or go on; one person works on one thing at a time."""
    uow.require("production.work.do")
    several = _take_up(uow, ids)
    _refuse_two(uow, several)
    refuse_held(uow, several)
    for work in several:
        work.order.must_be_underway()
        WORK_STEPS.move(work, "start")
        work.order.begin()
        work.started_at = work.started_at or uow.now
        log = TimeLog(
            work_id=work.id,
            user_id=uow.actor.user_id,
            worker=uow.actor.name[:100],
            started_at=uow.now,
            minutes=ZERO,
            labour=ZERO,
            overhead=ZERO,
        )
        _keep(uow, work, log)
    return several


def pause_work(uow: UnitOfWork, ids: Sequence[int]) -> list[WorkOrder]:
    """Stop the clock; what the time has cost goes into the order."""
    uow.require("production.work.do")
    several = _take_up(uow, ids)
    for work in several:
        WORK_STEPS.move(work, "pause")
        _stop_clock(uow, work)
    return several


def complete_work(uow: UnitOfWork, ids: Sequence[int]) -> list[WorkOrder]:
    """The operation is done with what was ordered, unless less was reported.

    Work that nobody clocked is taken to have lasted as planned.
    """
    uow.require("production.work.do")
    several = _take_up(uow, ids)
    refuse_held(uow, [work for work in several if work.state != "running"])
    for work in several:
        work.order.must_be_underway()
        WORK_STEPS.move(work, "complete")
        _stop_clock(uow, work)
        work.order.begin()
        work.done = work.done or max(work.quantity - work.scrapped, ZERO)
        work.ended_at = uow.now
        if not work.logs:
            _log_planned(uow, work, work.done + work.scrapped, uow.today)
    inspect_work(uow, several)
    return several


def report_quantity(
    uow: UnitOfWork, id: int, quantity: Decimal, *, scrapped: str | None = None
) -> WorkOrder:
    """So many are done, or scrapped for a reason; more than are to be worked on is refused."""
    uow.require("production.work.do")
    (work,) = _take_up(uow, [id])
    work.order.must_be_underway()
    if quantity <= 0:
        raise Refused(_("Enter a quantity greater than zero."))
    left = _most(uow, work) - work.done - work.scrapped
    if quantity > left:
        raise Refused(
            _(
                "%(work)s: at most %(left)s are left to be reported.",
                work=work,
                left=f"{max(left, ZERO).normalize():f}",
            )
        )
    if scrapped is None:
        work.done += quantity
        return work
    if scrapped not in REASONS:
        raise Refused(_("Choose why it is scrapped."))
    work.scrapped += quantity
    spoiled = WorkScrap(work_id=work.id, quantity=quantity, reason=scrapped, at=uow.now)
    uow.add(spoiled)
    return work


def absorb_unclocked(uow: UnitOfWork, order: Order, on: dt.date) -> None:
    """Work that nobody clocked lasted as planned, for as much as is made now."""
    if not order.backflush:
        return
    centres = [work.id for work in order.work if work.state in ("ready", "paused")]
    if not centres:
        return
    over: list[WorkOrder] = []
    for work in uow.load(
        WorkOrder, centres, WorkOrder.work_centre, WorkOrder.logs, WorkOrder.order
    ):
        if any(log.user_id or log.worker for log in work.logs):
            continue
        goal = min(work.quantity * order.made / order.quantity, work.quantity)
        many = goal.quantize(Decimal("0.000001")) - work.done - work.scrapped
        if many > 0:
            _log_planned(uow, work, many, on, order=order)
            work.done += many
        if work.done + work.scrapped >= work.quantity:
            work.state = "done"
            work.ended_at = uow.now
            over.append(work)
    inspect_work(uow, over)


def _take_up(uow: UnitOfWork, ids: Sequence[int]) -> list[WorkOrder]:
    several = uow.load(
        WorkOrder, ids, WorkOrder.order, WorkOrder.work_centre, WorkOrder.logs, lock=True
    )
    # The order and its work change together: whoever closes the order waits for us.
    uow.load(Order, sorted({work.order_id for work in several}), lock=True)
    return several


def _refuse_two(uow: UnitOfWork, several: Sequence[WorkOrder]) -> None:
    running = uow.look(
        select(WorkOrder)
        .join(TimeLog, TimeLog.work_id == WorkOrder.id)
        .where(TimeLog.ended_at.is_(None), TimeLog.user_id == uow.actor.user_id)
        .limit(1)
    ).scalar()
    if running is not None or len(several) > 1:
        raise Refused(
            _(
                "You work on %(work)s already. Pause or complete it first.",
                work=running or several[0],
            )
        )


def _most(uow: UnitOfWork, work: WorkOrder) -> Decimal:
    return work.quantity * (100 + Decimal(uow.setting("production.tolerance"))) / 100


def _stop_clock(uow: UnitOfWork, work: WorkOrder) -> None:
    for log in work.logs:
        if log.ended_at is None:
            log.ended_at = uow.now
            seconds = Decimal(int((uow.now - log.started_at).total_seconds()))
            log.minutes = max(seconds / SIXTY, ZERO).quantize(Decimal("0.01"), ROUND_HALF_UP)
            _charge(uow, work, log, work.order, uow.today)


def _log_planned(
    uow: UnitOfWork, work: WorkOrder, many: Decimal, on: dt.date, order: Order | None = None
) -> None:
    """A log of the planned minutes for so many units."""
    if not many or not work.quantity:
        return
    setup = ZERO if work.logs else work.setup_minutes
    before = minutes_of(work.setup_minutes, work.run_minutes, work.quantity)
    mine = minutes_of(setup, work.run_minutes, many)
    planned = work.planned_minutes * mine / before if before else ZERO
    log = TimeLog(
        work_id=work.id,
        worker="",
        started_at=uow.now,
        ended_at=uow.now,
        minutes=planned.quantize(Decimal("0.01"), ROUND_HALF_UP),
        labour=ZERO,
        overhead=ZERO,
    )
    _keep(uow, work, log)
    _charge(uow, work, log, order or work.order, on, many)


def _keep(uow: UnitOfWork, work: WorkOrder, log: TimeLog) -> None:
    """Store the log, and have it among the work's from now on."""
    uow.add(log)
    set_committed_value(work, "logs", [*work.logs, log])


def _charge(
    uow: UnitOfWork,
    work: WorkOrder,
    log: TimeLog,
    order: Order,
    on: dt.date,
    many: Decimal = ZERO,
) -> None:
    """What the time has cost becomes part of the order, and the books are told."""
    currency, centre = currency_of(uow), work.work_centre
    if work.external:
        log.overhead = rounded(many * work.external_price, currency)
    else:
        log.labour = rounded(centre.labour_of(log.minutes), currency)
        log.overhead = rounded(centre.overhead_of(log.minutes), currency)
    work.minutes += log.minutes
    work.labour_cost += log.labour
    work.overhead_cost += log.overhead
    log.charged_on = on if order.stocked else None
    order.labour_cost += log.labour
    order.overhead_cost += log.overhead
    if order.stocked and log.labour + log.overhead:
        uow.publish(absorbed(order, work, log, on))


def absorbed(order: Order, work: WorkOrder, log: TimeLog, on: dt.date) -> CostsArose:
    """What the books are told of time spent."""
    amount = log.labour + log.overhead
    return CostsArose(
        source=ref(order),
        number=str(order),
        company_id=order.company_id,
        on=on,
        key=f"time:{log.id}",
        text=str(_("%(order)s: %(work)s", order=order, work=work)),
        lines=(
            CostLine(purpose="production", amount=amount, product_id=order.product_id),
            CostLine(purpose="labour_absorbed", amount=-amount, product_id=order.product_id),
        ),
    )

"""Work on machines is planned, started and finished; what is due is asked for by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from dougong import Refused, UnitOfWork, _
from dougong_production.maintenance.models import (
    MAINTENANCE_STEPS,
    PENDING,
    Equipment,
    MaintenanceOrder,
    MaintenancePlan,
)


def plan_orders(
    uow: UnitOfWork, ids: Sequence[int], due: dt.date | None = None
) -> list[MaintenanceOrder]:
    """Say when a machine is looked after."""
    uow.require("production.maintenance.write")
    orders = uow.load(MaintenanceOrder, ids)
    for order in orders:
        MAINTENANCE_STEPS.move(order, "plan")
        order.due_on = due or order.due_on or uow.today
        _number(uow, order)
    return orders


def start_orders(uow: UnitOfWork, ids: Sequence[int]) -> list[MaintenanceOrder]:
    """Somebody works on the machine."""
    uow.require("production.maintenance.write")
    orders = uow.load(MaintenanceOrder, ids)
    for order in orders:
        MAINTENANCE_STEPS.move(order, "start")
        order.started_on = order.started_on or uow.today
        _number(uow, order)
    return orders


def _number(uow: UnitOfWork, order: MaintenanceOrder) -> None:
    if order.number is None:
        uow.number(order, "maintenance", on=order.reported_on)


def report_breakdown(uow: UnitOfWork, equipment_id: int, title: str) -> MaintenanceOrder:
    """A machine has stopped, just now; one report stands for it until it runs again."""
    uow.require("production.maintenance.report")
    machine = uow.get(Equipment, equipment_id, lock=True)
    standing = uow.look(
        select(MaintenanceOrder).where(
            MaintenanceOrder.equipment_id == machine.id,
            MaintenanceOrder.kind == "breakdown",
            MaintenanceOrder.state.in_(PENDING),
        )
    ).scalar()
    if standing is not None:
        raise Refused(
            _(
                "%(order)s says already that %(machine)s has stopped.",
                order=standing,
                machine=machine,
            )
        )
    order = MaintenanceOrder(
        company_id=machine.company_id, state="requested", kind="breakdown",
        equipment_id=machine.id, title=title.strip()[:200] or str(_("Has stopped")),
        reported_on=uow.today, due_on=uow.today, stopped_at=uow.now,
    )  # fmt: skip
    uow.add(order)
    _number(uow, order)
    return order


def finish_orders(
    uow: UnitOfWork,
    ids: Sequence[int],
    on: dt.date | None = None,
    downtime: Decimal | None = None,
    finding: str | None = None,
) -> list[MaintenanceOrder]:
    """The machines work again; plans count anew from that day and those hours."""
    uow.require("production.maintenance.write")
    orders = uow.load(MaintenanceOrder, ids, MaintenanceOrder.equipment, MaintenanceOrder.plan)
    for order in orders:
        order.finish(on or uow.today, downtime, finding, uow.now)
        if order.plan is not None:
            order.plan.last_on = order.ended_on
            order.plan.last_hours = order.equipment.hours_used
    return orders


def ask_for_due(uow: UnitOfWork) -> list[MaintenanceOrder]:
    """An order for every plan whose turn has come and that has none yet."""
    busy = set(
        uow.session.scalars(
            select(MaintenanceOrder.plan_id).where(
                MaintenanceOrder.plan_id.is_not(None), MaintenanceOrder.state.in_(PENDING)
            )
        )
    )
    ids = uow.session.scalars(select(MaintenancePlan.id).where(MaintenancePlan.active)).all()
    plans = uow.load(MaintenancePlan, ids, MaintenancePlan.equipment) if ids else []
    orders = []
    for plan in plans:
        if plan.id in busy or not plan.equipment.active or not plan.due(uow.today):
            continue
        order = MaintenanceOrder(
            company_id=plan.company_id, state="planned", kind="preventive", plan_id=plan.id,
            equipment_id=plan.equipment_id, title=plan.name, reported_on=uow.today,
            due_on=uow.today,
        )  # fmt: skip
        uow.add(order)
        _number(uow, order)
        orders.append(order)
    return orders


def ask_for_due_job(uow: UnitOfWork) -> None:
    """What is due is asked for, again and again."""
    ask_for_due(uow)

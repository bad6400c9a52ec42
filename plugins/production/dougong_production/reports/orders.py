"""Reports on production orders: what is short, what they cost, who is busy."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from dougong import ZERO, _
from dougong.reports import Column, Line, Parameter, Report
from dougong_base import Product
from dougong_base.ports import StockAvailability
from dougong_production.orders.models import Order
from dougong_production.orders.queries import short_lines
from dougong_production.work_centres.models import WorkCentre
from dougong_production.work_orders.models import WorkOrder

SIXTY = Decimal(60)


def shortages(session: Session, actor: Any) -> Iterator[Line]:
    """Material that open orders still take and that is not on hand, the earliest order first."""
    lines = short_lines(session, actor.company_id)
    wanted = {line.product_id for _order, line in lines}
    goods = {p.id: p for p in session.scalars(select(Product).where(Product.id.in_(wanted)))}
    with session.info["house"].look(actor) as uow:
        port = uow.ask(StockAvailability)
        there = dict(port.on_hand(sorted(wanted))) if port else {}
    for order, line in lines:
        have = min(max(there.get(line.product_id, ZERO), ZERO), line.open_quantity)
        there[line.product_id] = there.get(line.product_id, ZERO) - have
        if line.open_quantity > have:
            yield Line(
                {
                    "order": str(order),
                    "starts_on": order.starts_on,
                    "code": goods[line.product_id].code,
                    "name": goods[line.product_id].name,
                    "needed": line.open_quantity,
                    "there": have,
                    "short": line.open_quantity - have,
                },
                drill=f"/production/orders/{order.id}",
            )


def costs(
    session: Session, actor: Any, start: dt.date | None = None, end: dt.date | None = None
) -> Iterator[Line]:
    """What orders should have cost, have cost, and gave to the shelves."""
    query = (
        select(Order)
        .where(Order.company_id == actor.company_id, Order.released_on.is_not(None))
        .options(joinedload(Order.product))
        .order_by(Order.id)
    )
    if start:
        query = query.where(Order.released_on >= start)
    if end:
        query = query.where(Order.released_on <= end)
    for order in session.scalars(query):
        yield Line(
            {
                "order": str(order),
                "product": order.product.name,
                "finished": order.finished,
                "planned": order.planned_cost,
                "material": order.material_cost,
                "labour": order.labour_cost,
                "overhead": order.overhead_cost,
                "received": order.received_cost,
                "work": order.underway_cost,
                "variance": order.variance,
            },
            drill=f"/production/orders/{order.id}",
        )


def load(session: Session, actor: Any) -> Iterator[Line]:
    """Hours still to be worked at each centre, and how many days they fill."""
    hours: dict[int, Decimal] = defaultdict(Decimal)
    count: dict[int, int] = defaultdict(int)
    rows = session.scalars(
        select(WorkOrder).where(
            WorkOrder.company_id == actor.company_id,
            WorkOrder.state.in_(("ready", "running", "paused")),
        )
    )
    for work in rows:
        left = max(work.quantity - work.done - work.scrapped, ZERO)
        hours[work.work_centre_id] += work.planned_minutes * left / work.quantity / SIXTY
        count[work.work_centre_id] += 1
    for centre in session.scalars(
        select(WorkCentre)
        .where(WorkCentre.company_id == actor.company_id, WorkCentre.active)
        .order_by(WorkCentre.code)
    ):
        mine = hours[centre.id].quantize(Decimal("0.01"))
        daily = centre.hours_a_day * centre.capacity
        yield Line(
            {
                "centre": centre.name,
                "work": count[centre.id],
                "hours": mine,
                "daily": daily,
                "days": (mine / daily).quantize(Decimal("0.01")),
            },
            drill=f"/production/work?work_centre={centre.id}",
        )


SHORTAGES = Report(
    "production.shortages", _("What is short"), "production.order.read",
    [
        Column("order", _("Production order")), Column("starts_on", _("Starts on"), "date"),
        Column("code", _("Code")), Column("name", _("Material")),
        Column("needed", _("Needed"), "quantity"), Column("there", _("On hand"), "quantity"),
        Column("short", _("Short"), "quantity", total=True),
    ],
    shortages, icon="alert-triangle", order=40,
)  # fmt: skip
ORDER_COSTS = Report(
    "production.order-costs", _("Cost of production orders"), "production.cost.read",
    [
        Column("order", _("Production order")), Column("product", _("Product")),
        Column("finished", _("Taken in"), "quantity"),
        *(
            Column(name, label, "amount", total=True)
            for name, label in (
                ("planned", _("Planned")), ("material", _("Material")), ("labour", _("People")),
                ("overhead", _("Machine and place")), ("received", _("On the shelves")),
                ("work", _("In work")), ("variance", _("Variance")),
            )
        ),
    ],
    costs,
    [Parameter("start", _("Released from")), Parameter("end", _("Released until"))],
    icon="report-money", order=50,
)  # fmt: skip
LOAD = Report(
    "production.load", _("Load of work centres"), "production.work.read",
    [
        Column("centre", _("Work centre")), Column("work", _("Work orders"), "number"),
        Column("hours", _("Hours"), "quantity", total=True),
        Column("daily", _("Hours a day"), "quantity"), Column("days", _("Days"), "quantity"),
    ],
    load, icon="chart-bar", order=60,
)  # fmt: skip
REPORTS = [SHORTAGES, ORDER_COSTS, LOAD]

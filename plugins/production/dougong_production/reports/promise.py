"""Report: available to promise, period by period."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import ZERO, _
from dougong.reports import Column, Line, Parameter, Report
from dougong_base import Product
from dougong_production.plan_runs.models import PlanFlow, PlanItem
from dougong_production.plan_runs.pegs import last_run
from dougong_production.planning.promise import available_to_promise


def lines(session: Session, actor: Any, product: int | None = None) -> Iterator[Line]:
    """For each item with customer orders or planned receipts: what can still be promised."""
    run = last_run(session)
    if run is None:
        return
    query = (
        select(PlanItem, Product.code, Product.name)
        .join(Product, Product.id == PlanItem.product_id)
        .where(PlanItem.run_id == run.id, PlanItem.level == 0)
        .order_by(Product.code)
    )
    orders = select(PlanFlow).where(PlanFlow.run_id == run.id, PlanFlow.quantity < 0)
    if product is not None:
        query = query.where(PlanItem.product_id == product)
        orders = orders.where(PlanFlow.product_id == product)
    ordered: dict[tuple[int, int], Decimal] = {}
    for flow in session.scalars(orders):
        if flow.document_kind not in (None, "forecast", "production.master_plans"):
            place = flow.product_id, run.calendar.index(flow.on)
            ordered[place] = ordered.get(place, ZERO) - flow.quantity
    for item, code, name in session.execute(query):
        receipts = item.row("receipts")
        for period, quantity in item.row("expected").items():
            receipts[period] = receipts.get(period, ZERO) + quantity
        count = run.periods
        asked = [ordered.get((item.product_id, period), ZERO) for period in range(count)]
        supply = [receipts.get(period, ZERO) for period in range(count)]
        free = available_to_promise(item.on_hand, supply, asked)
        for period in range(count):
            if supply[period] or asked[period] or period == 0:
                yield Line(
                    {
                        "code": code, "product": name, "on": run.calendar.day(period),
                        "supply": supply[period], "orders": asked[period], "free": free[period],
                    },
                    drill=f"/production/plan_items/{item.id}",
                )  # fmt: skip


PROMISE = Report(
    "production.promise",
    _("Available to promise"),
    "production.plan_item.read",
    [
        Column("code", _("Code")),
        Column("product", _("Product")),
        Column("on", _("Period beginning on"), "date"),
        Column("supply", _("Comes"), "quantity"),
        Column("orders", _("Ordered"), "quantity"),
        Column("free", _("Can be promised"), "quantity"),
    ],
    lines,
    [Parameter("product", _("Product"), "link", to="base.products")],
    icon="hand-stop",
    order=112,
)

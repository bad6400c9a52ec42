"""What must always be true of making goods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from dougong import ZERO, Actor, Check, _
from dougong.companies.models import Company
from dougong_base import Product
from dougong_base.ports import LedgerBalance
from dougong_production.boms.circles import made_of, way_back
from dougong_production.boms.models import BomOperation
from dougong_production.orders.models import Material, Order
from dougong_production.work_orders.models import TimeLog, WorkOrder


def no_circles(session: Session) -> Iterable[str]:
    """No product goes, through others, into itself."""
    edges: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    made = made_of()
    rows = session.execute(select(made.c.company_id, made.c.product_id, made.c.component))
    for company, product, part in rows:
        edges[company][product].add(part)
    for ways in edges.values():
        for product in sorted(ways):
            if path := way_back(ways, product):
                names = session.execute(
                    select(Product.id, Product.code).where(Product.id.in_(path))
                )
                codes = {row.id: row.code for row in names}
                told = " → ".join(codes.get(id, "?") for id in path)
                yield str(_("This is made of itself: %(path)s.", path=told))


def costs_are_their_parts(session: Session) -> Iterable[str]:
    """Material and time of an order are the sums of its lines and logs."""
    rows = session.execute(
        select(Material.order_id, func.sum(Material.cost)).group_by(Material.order_id)
    )
    material: dict[int, Decimal] = {row[0]: row[1] for row in rows}
    time = {
        id: labour + overhead
        for id, labour, overhead in session.execute(
            select(WorkOrder.order_id, func.sum(TimeLog.labour), func.sum(TimeLog.overhead))
            .join(TimeLog, TimeLog.work_id == WorkOrder.id)
            .group_by(WorkOrder.order_id)
        )
    }
    for order in session.scalars(select(Order).order_by(Order.id)):
        parts = material.get(order.id, ZERO) + time.get(order.id, ZERO)
        if parts != order.actual_cost:
            yield str(
                _(
                    "%(order)s says it has cost %(cost)s, but its material and time %(parts)s.",
                    order=order,
                    cost=order.actual_cost,
                    parts=parts,
                )
            )


def closed_orders_are_settled(session: Session) -> Iterable[str]:
    """Nothing is in work on an order that is closed."""
    for order in session.scalars(select(Order).where(Order.state == "closed").order_by(Order.id)):
        if order.underway_cost:
            yield str(
                _(
                    "%(order)s is closed, but %(cost)s of it is still in work.",
                    order=order,
                    cost=order.underway_cost,
                )
            )


def orders_have_their_work(session: Session) -> Iterable[str]:
    """An order that was released by a bill with operations has work to do."""
    rows = session.scalars(
        select(Order)
        .where(
            Order.state.in_(("released", "started")),
            exists().where(BomOperation.bom_id == Order.bom_id),
            ~exists().where(WorkOrder.order_id == Order.id),
        )
        .order_by(Order.id)
    )
    for order in rows:
        yield str(_("%(order)s has no work, though its bill of materials has.", order=order))


def books_agree(session: Session) -> Iterable[str]:
    """Work in progress in the ledger is what the open orders have cost and not given back."""
    house = session.info["house"]
    if LedgerBalance not in house.providers:
        return
    for company in session.scalars(select(Company.id).order_by(Company.id)):
        orders = session.scalars(
            select(Order).where(Order.company_id == company, Order.stocked)
        ).all()
        work = sum((order.underway_cost for order in orders), ZERO)
        with house.look(replace(Actor.system(), company_id=company)) as uow:
            booked = uow.ask(LedgerBalance).of("production")
        if booked != work:
            yield str(
                _(
                    "Work in progress is %(booked)s in the ledger, but %(work)s on the orders.",
                    booked=booked,
                    work=work,
                )
            )


CHECKS: Sequence[Check] = [
    Check("production.circles", _("Nothing is made of itself"), no_circles),
    Check(
        "production.cost", _("Costs of orders are their material and time"), costs_are_their_parts
    ),
    Check("production.routes", _("Orders have the work of their bill"), orders_have_their_work),
    Check("production.closed", _("Closed orders have nothing in work"), closed_orders_are_settled),
    Check("production.books", _("Work in progress is what the ledger says"), books_agree),
]

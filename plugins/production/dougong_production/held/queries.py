"""Which customers wait for a decision of the laboratory, and how many days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import select

from dougong import DocumentRef, UnitOfWork
from dougong_base.ports import Movement, ProductionUnderway, PurchasesUnderway, StockAvailability
from dougong_base.ports import StockOutlook as Outlook
from dougong_production.held.arithmetic import Coming, Delay, Lot, Situation, Want, held_back
from dougong_production.held.lots import apart, held_lots, held_orders
from dougong_production.orders.models import ByProduct, Material, Order
from dougong_production.orders.workflow import OPEN
from dougong_production.plan_runs.naming import dated

ORDERS = Order.__document__
#: What is late stands on its own day for so long, and nobody looks further ahead.
BACK, AHEAD = dt.timedelta(days=730), dt.timedelta(days=730)
#: Nothing is built of itself in more steps.
DEEPEST = 60


@dataclass(frozen=True, slots=True)
class Waiting:
    """A customer's document that waits for held goods."""

    #: The delivery, and the order it belongs to.
    document: DocumentRef
    source: DocumentRef | None
    product_id: int
    quantity: Decimal
    #: When it was promised, could be served without the holding, and is served; None: nobody knows.
    needed: dt.date
    free: dt.date
    there: dt.date | None
    #: How many days the holding costs; of what has no end, how many so far.
    days: int
    inspections: tuple[DocumentRef, ...]

    @property
    def of(self) -> DocumentRef:
        """The customer's order where there is one, else the delivery."""
        return self.source or self.document


def waiting(uow: UnitOfWork) -> list[Waiting]:
    """Every customer who waits for what is held, the longest first. A fixed number of statements."""
    lying = apart(uow)
    lots, orders = held_lots(uow, lying), held_orders(uow)
    if not lots and not orders:
        return []
    products = _concerned(uow, {lot.product_id for lot in lots}, {one.order_id for one in orders})
    moves = list(_movements(uow, products))
    stock = uow.ask(StockAvailability)
    there = stock.on_hand(products) if stock is not None else {}
    found = held_back(
        Situation(
            stock={id: float(there.get(id, 0) - lying.get(id, 0)) for id in products},
            lots=[
                Lot(
                    lot.product_id, float(lot.quantity), lot.since.toordinal(),
                    lot.until.toordinal() if lot.until else None, lot.inspection,
                )
                for lot in lots
            ],
            coming=[
                Coming(m.product_id, float(m.quantity), m.on.toordinal(), m.document)
                for m in moves
                if m.quantity > 0
            ],
            wants=[
                Want(m.product_id, float(-m.quantity), m.on.toordinal(), m, m.document, m.priority)
                for m in moves
                if m.quantity < 0
            ],
            shifts={
                DocumentRef(ORDERS, one.order_id): (
                    None if one.until is None else (one.until - one.since).days,
                    frozenset((one.inspection,)),
                )
                for one in orders
            },
        )
    )  # fmt: skip
    told = [_told(uow, delay) for delay in found if _is_customers(delay)]
    return sorted(told, key=lambda one: (-one.days, one.needed, one.document))


def _is_customers(delay: Delay) -> bool:
    move = delay.want.key
    return isinstance(move, Movement) and move.document.kind != ORDERS


def _told(uow: UnitOfWork, delay: Delay) -> Waiting:
    move = delay.want.key
    assert isinstance(move, Movement)
    free = dt.date.fromordinal(delay.free)
    there = None if delay.real is None else dt.date.fromordinal(delay.real)
    return Waiting(
        document=move.document,
        source=move.source,
        product_id=move.product_id,
        quantity=-move.quantity,
        needed=move.on,
        free=free,
        there=there,
        days=max(0, ((there or uow.today) - free).days),
        inspections=tuple(sorted(one for one in delay.causes if isinstance(one, DocumentRef))),
    )


def _movements(uow: UnitOfWork, products: Iterable[int]) -> Iterable[Movement]:
    """What comes and goes of these products: what is late to come comes today, late needs stay late."""
    wanted, start, end = set(products), uow.today - BACK, uow.today + AHEAD
    moves: list[Movement] = []
    for port in (Outlook, ProductionUnderway, PurchasesUnderway):
        answer = uow.ask(port)
        moves += answer.between(wanted, start, end) if answer is not None else ()
    undated = {m.source for m in moves if m.on == start and m.quantity < 0 and m.source}
    days = dated(uow.session, undated)
    for move in moves:
        on = move.on
        if on == start:
            on = days.get(move.source, uow.today) if move.source else uow.today
        if move.quantity > 0:
            on = max(on, uow.today)
        move = replace(move, on=on)
        if move.source is not None and move.source.kind == ORDERS:
            # Material that a warehouse has put aside is wanted by the order.
            move = replace(move, document=move.source, source=None)
        yield move


def _concerned(uow: UnitOfWork, products: set[int], orders: set[int]) -> list[int]:
    """The held products, and all that open orders make of them."""
    made = (
        select(Order.product_id, ByProduct.product_id)
        .outerjoin(ByProduct, ByProduct.order_id == Order.id)
        .where(Order.company_id == uow.company_id, Order.state.in_(OPEN))
    )
    found = set(products)
    fresh = {id for row in uow.session.execute(made.where(Order.id.in_(orders))) for id in row}
    fresh |= products
    for _level in range(DEEPEST):
        found |= fresh - {None}
        takers = made.join(Material, Material.order_id == Order.id).where(
            Material.product_id.in_(fresh - {None})
        )
        fresh = {id for row in uow.session.execute(takers) for id in row} - found - {None}
        if not fresh:
            break
    return sorted(found)

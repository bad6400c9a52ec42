"""Putting goods aside for deliveries, what expires first going first, and letting go of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import select

from dougong import ZERO, UnitOfWork
from dougong_inventory.deliveries.models import Delivery, DeliveryLine
from dougong_inventory.lots.models import Lot
from dougong_inventory.reservations.models import Reservation
from dougong_inventory.stock.models import STOCK_KEY, Stock
from dougong_inventory.warehouses.models import Location

Pile = tuple[int, int]


class Candidate(NamedTuple):
    """A stock row that may serve: its key, what was free when we looked, and its place in the queue."""

    key: tuple[int, int, int, int]
    pile: Pile
    free: Decimal
    rank: tuple[dt.date, int, int]


def reserve_for(uow: UnitOfWork, deliveries: Sequence[Delivery]) -> None:
    """Put aside what lies free, for these deliveries in this order; their lines are loaded.

    Nobody is refused: a delivery gets what there is, and its state says how much that was. A new
    delivery with its ids may come here before it is added: then it is written once, and complete.
    """
    wants = [
        (delivery.warehouse_id, line)
        for delivery in deliveries
        for line in delivery.lines
        if line.reserved < line.quantity
    ]
    held: list[Reservation] = []
    if wants:
        candidates = _candidates(uow, wants)
        near, far = _divide(candidates, wants)
        held += _allocate(uow, deliveries, wants, near)
        if far and any(line.reserved < line.quantity for _, line in wants):
            # Somebody was faster at the first ones.
            held += _allocate(uow, deliveries, wants, far)
    for delivery in deliveries:
        delivery.weigh()
    uow.add(*held)


def reservations_of(uow: UnitOfWork, lines: Iterable[DeliveryLine]) -> dict[int, list[Reservation]]:
    """What is put aside, by line, what was put aside first coming first."""
    found: dict[int, list[Reservation]] = defaultdict(list)
    for held in uow.session.scalars(
        select(Reservation)
        .where(Reservation.line_id.in_([line.id for line in lines]))
        .order_by(Reservation.id)
    ):
        found[held.line_id].append(held)
    return found


def release_from(uow: UnitOfWork, deliveries: Sequence[Delivery]) -> None:
    """Let go of all that is put aside for these deliveries; their lines are loaded."""
    lines = [line for delivery in deliveries for line in delivery.lines if line.reserved]
    if not lines:
        return
    held = [r for several in reservations_of(uow, lines).values() for r in several]
    stock = uow.lock(STOCK_KEY, [r.key for r in held])
    for reservation in held:
        stock[reservation.key].reserved -= reservation.quantity
    uow.remove(*held)
    for line in lines:
        line.reserved = ZERO


def _candidates(uow: UnitOfWork, wants: Collection[tuple[int, DeliveryLine]]) -> list[Candidate]:
    """Stock rows with something free, what expires first in front; what has expired is left out."""
    rows = uow.session.execute(
        select(
            Stock.company_id, Stock.product_id, Stock.location_id, Stock.lot_id,
            Stock.on_hand, Stock.reserved, Location.warehouse_id, Lot.expires_on,
        )
        .join(Location, Location.id == Stock.location_id)
        .outerjoin(Lot, Lot.id == Stock.lot_id)
        .where(
            Stock.product_id.in_({line.product_id for _, line in wants}),
            Location.warehouse_id.in_({warehouse for warehouse, _ in wants}),
            Location.kind == "stock",
            Stock.on_hand > Stock.reserved,
        )
    )  # fmt: skip
    found = []
    for company, product, location, lot, on_hand, reserved, warehouse, expires in rows:
        if expires is None or expires >= uow.today:
            rank = (expires or dt.date.max, lot, location)
            key = (company, product, location, lot)
            found.append(Candidate(key, (warehouse or 0, product), on_hand - reserved, rank))
    return sorted(found, key=lambda c: c.rank)


def _divide(
    candidates: Sequence[Candidate], wants: Iterable[tuple[int, DeliveryLine]]
) -> tuple[list[Candidate], list[Candidate]]:
    """The candidates that should be enough, and the rest: not every shelf need be locked."""
    wanted: dict[Pile, Decimal] = defaultdict(Decimal)
    named = {line.lot_id for _, line in wants if line.lot_id}
    for warehouse, line in wants:
        wanted[warehouse, line.product_id] += line.quantity - line.reserved
    near, far = [], []
    for candidate in candidates:
        if wanted[candidate.pile] > 0 or candidate.key[3] in named:
            near.append(candidate)
            wanted[candidate.pile] -= candidate.free
        else:
            far.append(candidate)
    return near, far


def _allocate(
    uow: UnitOfWork,
    deliveries: Sequence[Delivery],
    wants: Sequence[tuple[int, DeliveryLine]],
    candidates: Sequence[Candidate],
) -> list[Reservation]:
    """Lock the candidates and share them out."""
    company_of = {delivery.id: delivery.company_id for delivery in deliveries}
    stock = uow.lock(STOCK_KEY, [c.key for c in candidates])
    held = []
    piles: dict[Pile, list[Stock]] = defaultdict(list)
    for candidate in candidates:
        piles[candidate.pile].append(stock[candidate.key])
    # Lines that insist on a lot choose before those that take any.
    for warehouse, line in sorted(wants, key=lambda want: want[1].lot_id is None):
        for place in piles[warehouse, line.product_id]:
            missing = line.quantity - line.reserved
            if missing <= 0:
                break
            taken = min(missing, place.free)
            if taken <= 0 or (line.lot_id and line.lot_id != place.lot_id):
                continue
            place.reserved += taken
            line.reserved += taken
            held.append(
                Reservation(
                    company_id=company_of[line.delivery_id],
                    line_id=line.id,
                    product_id=line.product_id,
                    location_id=place.location_id,
                    lot_id=place.lot_id,
                    quantity=taken,
                )
            )
    return held

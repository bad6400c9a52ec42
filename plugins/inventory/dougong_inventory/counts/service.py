"""Counting: filling the sheet, and setting the stock right by what was counted."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from dougong import ZERO, UnitOfWork
from dougong_inventory.counts.models import COUNT_STEPS, Count, CountLine
from dougong_inventory.deliveries.models import Delivery, DeliveryLine
from dougong_inventory.deliveries.queue import carry_and_serve
from dougong_inventory.finishing import take_up
from dougong_inventory.moves.days import past_or_today
from dougong_inventory.moves.service import Carriage
from dougong_inventory.reservations.models import Reservation
from dougong_inventory.stock.models import STOCK_KEY, Stock
from dougong_inventory.transfers.service import NotInside
from dougong_inventory.warehouses.service import find_places

Key = tuple[int, int, int, int]


def fill_sheets(uow: UnitOfWork, ids: Sequence[int]) -> list[Count]:
    """Write onto the sheets what the books say lies there, so that only differences are typed."""
    uow.require("inventory.count.write")
    counts = uow.load(Count, ids, Count.lines)
    there = defaultdict(list)
    rows = uow.session.scalars(
        select(Stock)
        .where(Stock.location_id.in_({c.location_id for c in counts}), Stock.on_hand > 0)
        .order_by(Stock.product_id, Stock.lot_id)
    )
    for row in rows:
        there[row.company_id, row.location_id].append(row)
    for count in counts:
        COUNT_STEPS.move(count, "fill")
        known = {(line.product_id, line.lot_id or 0) for line in count.lines}
        for place in there[count.company_id, count.location_id]:
            if (place.product_id, place.lot_id) not in known:
                line = CountLine(
                    count_id=count.id,
                    position=len(known),
                    product_id=place.product_id,
                    lot_id=place.lot_id or None,
                    expected=place.on_hand,
                )
                known.add((place.product_id, place.lot_id))
                uow.add(line)
        uow.touch(count)
    return counts


def adjust(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> list[Count]:
    """The stock becomes what was counted; what is missing is taken from the newest reservations."""
    uow.require("inventory.count.adjust")
    on = past_or_today(uow, on)
    counts = take_up(uow, Count, ids, Count.lines, Count.location)
    sheets = [(count, line) for count in counts for line in count.close(on)]
    for count in counts:
        if not count.location.inside:
            raise NotInside
        uow.number(count, "count", on=on)
    _free_what_is_missing(uow, sheets)
    stock = uow.lock(STOCK_KEY, [_key(count, line) for count, line in sheets])
    places = find_places(uow)
    carriages = []
    for count, line in sheets:
        row = stock.get(_key(count, line))
        difference = line.settle(row.on_hand if row else ZERO)
        if difference:
            loss = places.outside[count.company_id, "loss"]
            carriages.append(_carriage(count, line, difference, loss, on))
    carry_and_serve(uow, carriages)
    return counts


def cancel(uow: UnitOfWork, ids: Sequence[int]) -> list[Count]:
    """The sheet is thrown away; the stock stays as it is."""
    uow.require("inventory.count.write")
    counts = uow.load(Count, ids)
    for count in counts:
        COUNT_STEPS.move(count, "cancel")
    return counts


def _key(count: Count, line: CountLine) -> Key:
    return count.company_id, line.product_id, count.location_id, line.lot_id or 0


def _carriage(
    count: Count, line: CountLine, difference: Decimal, loss: int, on: dt.date
) -> Carriage:
    found = difference > 0
    return Carriage(
        document=count,
        line_id=line.id,
        reason="adjustment",
        way="in" if found else "out",
        product_id=line.product_id,
        quantity=abs(difference),
        from_id=loss if found else count.location_id,
        to_id=count.location_id if found else loss,
        lot_id=line.lot_id or 0,
        on=on,
    )


def _free_what_is_missing(uow: UnitOfWork, sheets: Sequence[tuple[Count, CountLine]]) -> None:
    """Take back reservations of goods that are not there; deliveries are locked before the stock."""
    counted = {_key(count, line): line.counted or ZERO for count, line in sheets}
    held = defaultdict(list)
    rows = uow.session.scalars(
        select(Reservation)
        .where(
            Reservation.product_id.in_({key[1] for key in counted}),
            Reservation.location_id.in_({key[2] for key in counted}),
        )
        .order_by(Reservation.id.desc())
    )
    for reservation in rows:
        if reservation.key in counted:
            held[reservation.key].append(reservation)
    short = {
        key: several
        for key, several in held.items()
        if sum((r.quantity for r in several), ZERO) > counted[key]
    }
    if not short:
        return
    deliveries = _deliveries_of(uow, [r.line_id for several in short.values() for r in several])
    lines = {line.id: line for delivery in deliveries for line in delivery.lines}
    stock = uow.lock(STOCK_KEY, short)
    for key, several in short.items():
        missing = stock[key].reserved - counted[key]
        for reservation in several:
            taken = min(missing, reservation.quantity)
            if taken <= 0:
                break
            missing -= taken
            stock[key].reserved -= taken
            lines[reservation.line_id].reserved -= taken
            if taken == reservation.quantity:
                uow.remove(reservation)
            else:
                reservation.quantity -= taken
    for delivery in deliveries:
        delivery.weigh()


def _deliveries_of(uow: UnitOfWork, line_ids: Sequence[int]) -> list[Delivery]:
    ids = uow.session.scalars(
        select(DeliveryLine.delivery_id).where(DeliveryLine.id.in_(line_ids)).distinct()
    ).all()
    return uow.load(Delivery, ids, Delivery.lines, lock=True)

"""Goods leave the house: stock, value, what is put aside and what stays behind change together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from dougong import ZERO, Refused, UnitOfWork, _, ref
from dougong_base.events import GoodsShipped, IssuedLine, MaterialsIssued, MovedLine
from dougong_inventory.deliveries.models import WAYS, Delivery
from dougong_inventory.deliveries.planned import tell_planned
from dougong_inventory.lots.queries import lot_numbers
from dougong_inventory.moves.models import Move
from dougong_inventory.moves.service import Carriage, carry
from dougong_inventory.reservations.models import Reservation
from dougong_inventory.reservations.service import reservations_of, reserve_for

Held = Mapping[int, Sequence[Reservation]]
Leaving = Mapping[int, Mapping[int, Decimal]]
Lots = Mapping[int | None, str]


class NothingToShip(Refused):
    """No line has anything to ship."""

    def __init__(self, delivery: Delivery) -> None:
        super().__init__(
            _(
                "%(delivery)s: nothing of it is reserved and picked. Reserve first.",
                delivery=delivery,
            )
        )


class NotReserved(Refused):
    """More is to leave than is put aside."""

    def __init__(self, delivery: Delivery) -> None:
        super().__init__(
            _(
                "%(delivery)s: there is not enough stock for what you want to ship. Ship less; the"
                " rest stays as a delivery of its own.",
                delivery=delivery,
            )
        )


def let_leave(
    uow: UnitOfWork, deliveries: Sequence[Delivery], leaving: Leaving, on: dt.date
) -> list[Delivery | None]:
    """Carry out what leaves of each line, by delivery and line; returns what stays of each delivery.

    Asks for no right: whoever calls has asked. The deliveries are open, locked, with their lines.
    """
    _reserve_what_is_missing(uow, deliveries, leaving)
    held = reservations_of(uow, [line for d in deliveries for line in d.lines])
    carriages, used = [], []
    for delivery in deliveries:
        if not any(leaving[delivery.id].values()):
            raise NothingToShip(delivery)
        for carriage, reservation in _carriages(delivery, leaving[delivery.id], held, on):
            carriages.append(carriage)
            used.append((reservation, carriage.quantity))
    for delivery in deliveries:
        delivery.ship(leaving[delivery.id], on)
    moves = carry(uow, carriages)
    _use_up(uow, used)
    rests = [_keep_rest(uow, delivery, held) for delivery in deliveries]
    tell_planned(uow, [rest for rest in rests if rest is not None])
    _tell(uow, deliveries, moves, rests)
    return rests


def _reserve_what_is_missing(
    uow: UnitOfWork, deliveries: Sequence[Delivery], leaving: Mapping[int, Mapping[int, Decimal]]
) -> None:
    short = [
        d for d in deliveries if any(leaving[d.id][line.id] > line.reserved for line in d.lines)
    ]
    if not short:
        return
    reserve_for(uow, short)
    for delivery in short:
        if any(leaving[delivery.id][line.id] > line.reserved for line in delivery.lines):
            raise NotReserved(delivery)


def _carriages(
    delivery: Delivery, leaving: Mapping[int, Decimal], held: Held, on: dt.date
) -> Iterator[tuple[Carriage, Reservation]]:
    """What is carried out of each reservation."""
    assert delivery.destination_id is not None
    for line in delivery.lines:
        left = leaving[line.id]
        for reservation in held.get(line.id, ()):
            taken = min(left, reservation.quantity)
            if taken <= 0:
                break
            left -= taken
            yield (
                Carriage(
                    document=delivery,
                    line_id=line.id,
                    reason=WAYS[delivery.kind][0],
                    way="out",
                    product_id=line.product_id,
                    quantity=taken,
                    reserved=taken,
                    from_id=reservation.location_id,
                    to_id=delivery.destination_id,
                    lot_id=reservation.lot_id,
                    on=on,
                    party_id=delivery.party_id,
                    source=delivery.source,
                    source_line_id=line.source_line_id,
                ),
                reservation,
            )


def _use_up(uow: UnitOfWork, used: Sequence[tuple[Reservation, Decimal]]) -> None:
    for reservation, quantity in used:
        if quantity == reservation.quantity:
            uow.remove(reservation)
        reservation.quantity -= quantity


def _keep_rest(uow: UnitOfWork, delivery: Delivery, held: Held) -> Delivery | None:
    """What did not leave stays as a new delivery, with what is put aside for it."""
    rest = delivery.rest()
    if rest is None:
        return None
    uow.add(rest)
    uow.number(rest, "delivery", on=delivery.shipped_on)
    uow.link(delivery, rest, "backorder")
    left = [line for line in delivery.lines if line.shipped < line.quantity]
    for old, new in zip(left, rest.lines, strict=True):
        for reservation in held.get(old.id, ()):
            if reservation.quantity:
                reservation.line_id = new.id
                new.reserved += reservation.quantity
    rest.weigh()
    return rest


def _tell(
    uow: UnitOfWork,
    deliveries: Sequence[Delivery],
    moves: Sequence[Move],
    rests: Sequence[Delivery | None],
) -> None:
    """Say what has left: to customers and suppliers, or to production."""
    lots = lot_numbers(uow, moves)
    by_delivery: dict[int, list[Move]] = {delivery.id: [] for delivery in deliveries}
    for move in moves:
        by_delivery[move.document_id].append(move)
    uow.publish(
        _issued(delivery, by_delivery[delivery.id], lots)
        if delivery.kind == "production"
        else told_shipped(delivery, by_delivery[delivery.id], lots, complete=rest is None)
        for delivery, rest in zip(deliveries, rests, strict=True)
    )


def told_shipped(
    delivery: Delivery, moves: Sequence[Move], lots: Lots, *, complete: bool
) -> GoodsShipped:
    """That the goods of a delivery have left."""
    return GoodsShipped(
        delivery=ref(delivery),
        number=delivery.number or "",
        source=delivery.source,
        company_id=delivery.company_id,
        party_id=delivery.party_id,
        on=delivery.shipped_on or dt.date.min,
        lines=tuple(
            MovedLine(
                source_line_id=move.source_line_id,
                product_id=move.product_id,
                quantity=move.quantity,
                cost=ZERO - move.value,
                lot=lots.get(move.lot_id, ""),
            )
            for move in moves
        ),
        complete=complete,
    )


def _issued(delivery: Delivery, moves: Sequence[Move], lots: Lots) -> MaterialsIssued:
    return MaterialsIssued(
        source=delivery.source or ref(delivery),
        company_id=delivery.company_id,
        on=delivery.shipped_on or dt.date.min,
        lines=tuple(
            IssuedLine(
                source_line_id=move.source_line_id or 0,
                product_id=move.product_id,
                quantity=move.quantity,
                cost=ZERO - move.value,
                lot=lots.get(move.lot_id, ""),
            )
            for move in moves
        ),
    )

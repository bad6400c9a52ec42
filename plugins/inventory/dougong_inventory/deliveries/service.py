"""What people do with deliveries: plan, reserve, ship, cancel. Every verb does a whole batch."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from dougong import ZERO, Refused, UnitOfWork, _, ref
from dougong_base.events import GoodsShipped, MovedLine
from dougong_inventory.deliveries.models import Delivery
from dougong_inventory.deliveries.workflow import DELIVERY_STEPS
from dougong_inventory.finishing import take_up
from dougong_inventory.lots.queries import lot_numbers
from dougong_inventory.moves.days import past_or_today
from dougong_inventory.moves.facts import product_facts
from dougong_inventory.moves.models import Move
from dougong_inventory.moves.service import Carriage, OnlyGoods, carry
from dougong_inventory.reservations.models import Reservation
from dougong_inventory.reservations.service import release_from, reservations_of, reserve_for
from dougong_inventory.warehouses.service import find_places

Held = Mapping[int, Sequence[Reservation]]


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


def plan(uow: UnitOfWork, ids: Sequence[int]) -> list[Delivery]:
    """From now on goods are put aside for these deliveries."""
    uow.require("inventory.delivery.reserve")
    deliveries = uow.load(Delivery, ids, Delivery.lines, lock=True)
    companies = {delivery.company_id for delivery in deliveries}
    products = {line.product_id for delivery in deliveries for line in delivery.lines}
    for facts in product_facts(uow, products, companies).values():
        if facts.kind != "goods":
            raise OnlyGoods(facts.code)
    places = find_places(uow)
    for delivery in deliveries:
        delivery.plan()
        role = "suppliers" if delivery.returned else "customers"
        delivery.destination_id = places.outside[delivery.company_id, role]
        uow.number(delivery, "delivery")
    reserve_for(uow, deliveries)
    return deliveries


def reserve(uow: UnitOfWork, ids: Sequence[int]) -> list[Delivery]:
    """Put aside what lies free, the oldest delivery first."""
    uow.require("inventory.delivery.reserve")
    deliveries = uow.load(Delivery, ids, Delivery.lines, lock=True)
    for delivery in deliveries:
        DELIVERY_STEPS.move(delivery, "reserve")
    reserve_for(uow, sorted(deliveries, key=lambda d: (d.promised_on or dt.date.max, d.id)))
    return deliveries


def release(uow: UnitOfWork, ids: Sequence[int]) -> list[Delivery]:
    """Let go of what is put aside; others may have it."""
    uow.require("inventory.delivery.reserve")
    deliveries = uow.load(Delivery, ids, Delivery.lines, lock=True)
    for delivery in deliveries:
        DELIVERY_STEPS.move(delivery, "release")
    release_from(uow, deliveries)
    return deliveries


def cancel(uow: UnitOfWork, ids: Sequence[int]) -> list[Delivery]:
    """Give deliveries up and let go of what is put aside for them."""
    uow.require("inventory.delivery.cancel")
    return give_up(uow, ids)


def give_up(uow: UnitOfWork, ids: Sequence[int]) -> list[Delivery]:
    """Cancel without asking for a right: the order behind them was cancelled."""
    deliveries = uow.load(Delivery, ids, Delivery.lines, lock=True)
    release_from(uow, deliveries)
    for delivery in deliveries:
        delivery.cancel()
    return deliveries


def ship_deliveries(
    uow: UnitOfWork,
    ids: Sequence[int],
    on: dt.date | None = None,
    quantities: Mapping[int, Decimal] | None = None,
) -> list[Delivery]:
    """Let goods leave: what was asked by line, what was picked, or all that is put aside.

    What does not leave stays as a new delivery. Costs are those of the moment, whatever the date.
    """
    uow.require("inventory.delivery.ship")
    on = past_or_today(uow, on)
    deliveries = take_up(uow, Delivery, ids, Delivery.lines)
    for delivery in deliveries:
        delivery.must_be_open()
    leaving = {d.id: d.to_ship(quantities) for d in deliveries}
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
    rests = {d.id: _keep_rest(uow, d, held) for d in deliveries}
    lots, moved = lot_numbers(uow, moves), defaultdict(list)
    for move in moves:
        moved[move.document_id].append(move)
    uow.publish(_shipped(d, moved[d.id], lots, rests[d.id]) for d in deliveries)
    return deliveries


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
                    reason="supplier_return" if delivery.returned else "shipment",
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


def _shipped(
    delivery: Delivery,
    moves: Sequence[Move],
    lots: Mapping[int | None, str],
    rest: Delivery | None,
) -> GoodsShipped:
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
        complete=rest is None,
    )

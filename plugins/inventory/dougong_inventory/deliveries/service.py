"""What people do with deliveries: plan, reserve, ship, cancel. Every verb does a whole batch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from dougong import UnitOfWork
from dougong_inventory.deliveries.models import WAYS, Delivery
from dougong_inventory.deliveries.planned import tell_cancelled, tell_planned
from dougong_inventory.deliveries.shipping import let_leave
from dougong_inventory.deliveries.workflow import DELIVERY_STEPS
from dougong_inventory.finishing import take_up
from dougong_inventory.moves.days import past_or_today
from dougong_inventory.moves.facts import product_facts
from dougong_inventory.moves.service import OnlyGoods
from dougong_inventory.reservations.models import Reservation
from dougong_inventory.reservations.service import release_from, reserve_for
from dougong_inventory.warehouses.service import find_places

Held = Mapping[int, Sequence[Reservation]]


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
        delivery.destination_id = places.outside[delivery.company_id, WAYS[delivery.kind][1]]
        uow.number(delivery, "delivery")
    reserve_for(uow, deliveries)
    tell_planned(uow, deliveries)
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
    deliveries = uow.load(Delivery, ids, Delivery.lines, lock=True)
    give_up(uow, deliveries)
    return deliveries


def give_up(uow: UnitOfWork, deliveries: Sequence[Delivery]) -> None:
    """Cancel loaded deliveries without asking for a right: what asked for them was cancelled."""
    release_from(uow, deliveries)
    for delivery in deliveries:
        delivery.cancel()
    tell_cancelled(uow, deliveries)


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
    let_leave(uow, deliveries, {d.id: d.to_ship(quantities) for d in deliveries}, on)
    return deliveries

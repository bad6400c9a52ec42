"""Material for production is put aside, handed over, and let go of again."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from sqlalchemy.orm.attributes import set_committed_value

from dougong import ZERO, UnitOfWork
from dougong_base.events import MaterialsUsed, ProductionReleased, ProductionStopped, UsedLine
from dougong_inventory.deliveries.models import Delivery, DeliveryLine
from dougong_inventory.deliveries.service import give_up
from dougong_inventory.deliveries.shipping import let_leave
from dougong_inventory.deliveries.workflow import OPEN
from dougong_inventory.lots.queries import lot_ids
from dougong_inventory.moves.days import past_or_today
from dougong_inventory.production.output import take_back
from dougong_inventory.reservations.service import release_from, reserve_for
from dougong_inventory.sources import known_sources, open_for
from dougong_inventory.warehouses.service import Places, find_places


def put_aside(uow: UnitOfWork, events: Sequence[ProductionReleased]) -> None:
    """Released production gets a delivery of its material, and of that what is free, at once."""
    known = known_sources(uow, Delivery, [e.source for e in events])
    wanted = [e for e in events if e.lines and e.source not in known]
    if not wanted:
        return
    places = find_places(uow)
    deliveries = [_delivery(uow, event, event.lines, event.needed_on, places) for event in wanted]
    reserve_for(uow, deliveries)


def hand_over(uow: UnitOfWork, events: Sequence[MaterialsUsed]) -> None:
    """Material leaves the stock for production, first what was put aside for the order.

    What was put aside and is not used yet stays put aside. Refuses when there is not enough.
    """
    take_back(uow, [event for event in events if any(line.quantity < 0 for line in event.lines)])
    used = {e.source: [line for line in e.lines if line.quantity > 0] for e in events}
    wanted = [event for event in events if used[event.source]]
    if not wanted:
        return
    planned = open_for(uow, Delivery, [e.source for e in wanted], OPEN, kind="production")
    release_from(uow, planned)
    uow.flush()  # the database lets a line go only when nothing is put aside for it any more
    for delivery in planned:
        assert delivery.source is not None
        _shrink(uow, delivery, used.get(delivery.source, ()))
    places = find_places(uow)
    lots = lot_ids(uow, {(x.product_id, x.lot) for e in wanted for x in used[e.source] if x.lot})
    leaving = [
        _delivery(uow, event, used[event.source], event.on, places, lots) for event in wanted
    ]
    uow.flush()  # once a delivery that is done has its number, no line can join it
    reserve_for(uow, leaving)
    by_day: dict[dt.date, list[Delivery]] = defaultdict(list)
    for event, delivery in zip(wanted, leaving, strict=True):
        by_day[past_or_today(uow, event.on)].append(delivery)
    for on, several in by_day.items():
        let_leave(uow, several, {d.id: {x.id: x.quantity for x in d.lines} for d in several}, on)
    reserve_for(uow, [delivery for delivery in planned if delivery.state in OPEN])


def let_go(uow: UnitOfWork, events: Sequence[ProductionStopped]) -> None:
    """An order is closed or given up: what was put aside for it is free again."""
    sources = [event.source for event in events]
    give_up(uow, open_for(uow, Delivery, sources, ["draft", *OPEN], kind="production"))


def _delivery(
    uow: UnitOfWork,
    event: ProductionReleased | MaterialsUsed,
    lines: Iterable[UsedLine],
    on: dt.date,
    places: Places,
    lots: dict[tuple[int, str], int] | None = None,
) -> Delivery:
    delivery = Delivery(
        company_id=event.company_id,
        state="waiting",
        kind="production",
        warehouse_id=places.warehouse_of(event.company_id, event.warehouse_id),
        destination_id=places.outside[event.company_id, "production"],
        promised_on=on,
        source_kind=event.source.kind,
        source_id=event.source.id,
        lines=[
            DeliveryLine(
                product_id=line.product_id,
                quantity=line.quantity,
                reserved=ZERO,
                shipped=ZERO,
                lot_id=lots[line.product_id, line.lot] if lots and line.lot else None,
                source_line_id=line.line_id,
            )
            for line in lines
        ],
    )
    uow.add(delivery)
    uow.number(delivery, "delivery", on=min(on, uow.today))
    uow.cite(delivery, "reference", event.source, event.number)
    uow.link(event.source, delivery, "material")
    return delivery


def _shrink(uow: UnitOfWork, delivery: Delivery, used: Iterable[UsedLine]) -> None:
    """What is taken now is no longer to be put aside."""
    taken: dict[int, Decimal] = defaultdict(Decimal)
    for line in used:
        taken[line.line_id] += line.quantity
    kept = []
    for row in delivery.lines:
        left = row.quantity - taken.get(row.source_line_id or 0, ZERO)
        if left > 0:
            row.quantity = left
            kept.append(row)
    if not kept:
        delivery.cancel()
        return
    uow.remove(*(row for row in delivery.lines if row not in kept))
    set_committed_value(delivery, "lines", kept)

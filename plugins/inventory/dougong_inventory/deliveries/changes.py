"""When a confirmed order changes, what has not left yet follows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from dougong import ZERO, DocumentRef, UnitOfWork
from dougong_base.events import SaleLine, SalesOrderChanged
from dougong_inventory.deliveries.models import Delivery, DeliveryLine
from dougong_inventory.deliveries.workflow import OPEN
from dougong_inventory.reservations.service import release_from, reserve_for

Wanted = dict[int, tuple[SaleLine, Decimal]]


def follow_changes(uow: UnitOfWork, events: Sequence[SalesOrderChanged]) -> None:
    """Bring open deliveries to the new quantities and date; what has left counts towards them."""
    known = _deliveries(uow, [event.source for event in events])
    open_ones = [d for several in known.values() for d in several if d.state in OPEN]
    release_from(uow, open_ones)
    uow.flush()  # the database lets a line go only when nothing is put aside for it any more
    changed: list[Delivery] = []
    for event in events:
        mine = known.get(event.source, [])
        if not mine:
            continue
        wanted = _wanted(event, mine)
        still_open = [d for d in mine if d.state in OPEN]
        for delivery in still_open:
            _resize(uow, delivery, wanted)
            delivery.promised_on = event.promised_on
        if wanted:
            changed += [_add(uow, next(iter(still_open), None), mine[0], wanted)]
        changed += [d for d in still_open if d.state in OPEN and d not in changed]
    reserve_for(uow, [delivery for delivery in changed if delivery.state in OPEN])


def not_followed(uow: UnitOfWork, events: Sequence[SalesOrderChanged]) -> list[SalesOrderChanged]:
    """Orders whose open deliveries hold other quantities than are still to leave."""
    known = _deliveries(uow, [event.source for event in events])
    return [event for event in events if _differs(event, known.get(event.source, []))]


def _differs(event: SalesOrderChanged, deliveries: Sequence[Delivery]) -> bool:
    held: dict[int, Decimal] = defaultdict(Decimal)
    for delivery in deliveries:
        for line in delivery.lines:
            if delivery.state in OPEN and line.source_line_id is not None:
                held[line.source_line_id] += line.quantity
    # What the warehouse gave up stays given up: only what it still holds is compared.
    wanted = {key: quantity for key, (_line, quantity) in _wanted(event, deliveries).items()}
    return bool(held) and any(wanted.get(key) != quantity for key, quantity in held.items())


def _deliveries(
    uow: UnitOfWork, sources: Sequence[DocumentRef]
) -> dict[DocumentRef, list[Delivery]]:
    ids = uow.session.scalars(
        select(Delivery.id)
        .where(Delivery.source_id.in_({s.id for s in sources}), Delivery.state != "cancelled")
        .order_by(Delivery.id)
    ).all()
    found: dict[DocumentRef, list[Delivery]] = defaultdict(list)
    for delivery in uow.load(Delivery, ids, Delivery.lines, lock=True):
        if delivery.source is not None:
            found[delivery.source].append(delivery)
    return found


def _wanted(event: SalesOrderChanged, deliveries: Sequence[Delivery]) -> Wanted:
    """What is still to leave, by line of the order."""
    shipped: dict[int | None, Decimal] = defaultdict(Decimal)
    for delivery in deliveries:
        for line in delivery.lines:
            shipped[line.source_line_id] += line.shipped
    left = {
        line.line_id: (line, line.quantity - shipped[line.line_id])
        for line in event.lines
        if line.kind == "goods"
    }
    return {key: (line, quantity) for key, (line, quantity) in left.items() if quantity > 0}


def _resize(uow: UnitOfWork, delivery: Delivery, wanted: Wanted) -> None:
    """Give the lines their new quantities; one that is no longer wanted goes."""
    kept = []
    for line in delivery.lines:
        if line.source_line_id is None:
            kept.append(line)
        elif line.source_line_id in wanted:
            line.quantity = wanted.pop(line.source_line_id)[1]
            line.picked = None
            kept.append(line)
    if not kept:
        delivery.cancel()
        return
    uow.remove(*(line for line in delivery.lines if line not in kept))
    set_committed_value(delivery, "lines", kept)


def _add(
    uow: UnitOfWork,
    target: Delivery | None,
    pattern: Delivery,
    wanted: Mapping[int, tuple[SaleLine, Decimal]],
) -> Delivery:
    """What no open delivery has a line for goes into one, or into a new one."""
    lines = [
        DeliveryLine(
            product_id=line.product_id,
            quantity=quantity,
            reserved=ZERO,
            shipped=ZERO,
            lot_id=None,
            source_line_id=key,
            description=line.description or None,
        )
        for key, (line, quantity) in wanted.items()
    ]
    if target is not None and target.state in OPEN:
        for line in lines:
            line.delivery_id, line.position = target.id, len(target.lines)
            set_committed_value(target, "lines", [*target.lines, line])
        uow.add(*lines)
        return target
    delivery = Delivery(
        company_id=pattern.company_id,
        state="waiting",
        warehouse_id=pattern.warehouse_id,
        party_id=pattern.party_id,
        address_id=pattern.address_id,
        destination_id=pattern.destination_id,
        kind=pattern.kind,
        promised_on=pattern.promised_on,
        source_kind=pattern.source_kind,
        source_id=pattern.source_id,
        reference=pattern.reference,
        lines=lines,
    )
    uow.add(delivery)
    uow.number(delivery, "delivery")
    if pattern.source is not None:
        uow.link(pattern.source, delivery, "delivery")
    return delivery

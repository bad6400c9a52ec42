"""What an inspection refuses is kept apart, and comes back when somebody releases it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select

from dougong import DocumentRef, UnitOfWork
from dougong_base.events import GoodsRejected, GoodsReleased
from dougong_inventory.deliveries.queue import carry_and_serve
from dougong_inventory.lots.queries import lot_ids
from dougong_inventory.moves.days import past_or_today
from dougong_inventory.moves.models import Move
from dougong_inventory.moves.service import Carriage, carry
from dougong_inventory.sources import has_moved
from dougong_inventory.transfers.models import Transfer, TransferLine
from dougong_inventory.warehouses.service import find_places


def keep_apart(uow: UnitOfWork, events: Sequence[GoodsRejected]) -> None:
    """Refused goods are carried from the stock to the quarantine of their warehouse.

    Refuses when they are not there any more, or somebody has reserved them.
    """
    known = has_moved(uow, [event.source for event in events], "transfer")
    fresh = [event for event in events if event.lines and event.source not in known]
    if not fresh:
        return
    carry(uow, _carriages(uow, fresh, back=False))


def give_back(uow: UnitOfWork, events: Sequence[GoodsReleased]) -> None:
    """Released goods are carried from the quarantine to the stock; who waits is served.

    They were carried there when they were refused, or have lain there since they came.
    """
    apart = find_places(uow).apart
    came = _came_apart(uow, [event.subject for event in events if event.subject], apart)
    rows = uow.session.execute(
        select(Move.source_kind, Move.source_id, Move.from_id).where(
            Move.source_id.in_({event.source.id for event in events})
        )
    ).all()
    kept = {DocumentRef(kind or "", id or 0) for kind, id, origin in rows if origin not in apart}
    gone = {DocumentRef(kind or "", id or 0) for kind, id, origin in rows if origin in apart}
    fresh = [
        event
        for event in events
        if (event.source in kept or event.subject in came) and event.source not in gone
    ]
    if fresh:
        carry_and_serve(uow, _carriages(uow, fresh, back=True))


def _came_apart(
    uow: UnitOfWork, subjects: Sequence[DocumentRef], apart: set[int]
) -> set[DocumentRef]:
    """The receipts and production orders whose goods came straight into the quarantine."""
    ids = {subject.id for subject in subjects}
    rows = uow.session.execute(
        select(Move.document_kind, Move.document_id, Move.source_kind, Move.source_id).where(
            Move.to_id.in_(apart), or_(Move.document_id.in_(ids), Move.source_id.in_(ids))
        )
    ).all()
    receipts = {DocumentRef(kind, id) for kind, id, _source, _source_id in rows}
    return receipts | {DocumentRef(kind or "", id or 0) for _kind, _id, kind, id in rows}


def _carriages(
    uow: UnitOfWork, events: Sequence[GoodsRejected | GoodsReleased], *, back: bool
) -> list[Carriage]:
    """A transfer that is done for each event, and what it carries."""
    places = find_places(uow)
    lots = lot_ids(uow, {(x.product_id, x.lot) for e in events for x in e.lines if x.lot})
    carriages = []
    for event in events:
        warehouse = places.warehouse_of(event.company_id, event.warehouse_id)
        on = past_or_today(uow, event.on)
        origin, aim = places.stock_of(warehouse), places.inside[warehouse, "quarantine"]
        if back:
            origin, aim = aim, origin
        document = Transfer(
            company_id=event.company_id,
            origin_id=origin,
            destination_id=aim,
            note=event.number or None,
            lines=[
                TransferLine(
                    product_id=line.product_id,
                    quantity=line.quantity,
                    lot_id=lots[line.product_id, line.lot] if line.lot else None,
                )
                for line in event.lines
            ],
        )
        uow.add(document)
        document.carry_out(on)
        uow.number(document, "transfer", on=on)
        uow.link(event.source, document, "release" if back else "quarantine")
        carriages += [
            Carriage(
                document=document,
                line_id=line.id,
                reason="transfer",
                way="inside",
                product_id=line.product_id,
                quantity=line.quantity,
                from_id=origin,
                to_id=aim,
                lot_id=line.lot_id or 0,
                on=on,
                source=event.source,
            )
            for line in document.lines
        ]
    uow.flush()  # once a transfer that is done has its number, no line can join it
    return carriages

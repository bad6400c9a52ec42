"""What departments that came later, or were away, have missed of stock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from sqlalchemy import case, exists, select

from dougong import DocumentRef, UnitOfWork
from dougong.links.models import DocumentLink
from dougong_base import Product
from dougong_base.events import GoodsReceived, GoodsShipped, StockValued, ValuedLine
from dougong_inventory.deliveries.models import Delivery
from dougong_inventory.deliveries.shipping import told_shipped
from dougong_inventory.lots.queries import lot_numbers
from dougong_inventory.moves.models import Move
from dougong_inventory.receipts.models import Receipt
from dougong_inventory.receipts.service import told_received
from dougong_inventory.warehouses.service import find_places


def unbooked(uow: UnitOfWork) -> Iterable[StockValued]:
    """The changes of value, a document at a time, as they were told; those with an entry are left out."""
    landed = Move.reason == "landed_cost"
    kind = case((landed, Move.source_kind), else_=Move.document_kind)
    id = case((landed, Move.source_id), else_=Move.document_id)
    booked = exists().where(
        DocumentLink.from_kind == kind, DocumentLink.from_id == id, DocumentLink.kind == "entry"
    )
    rows = uow.session.execute(
        select(Move, Product.category_id, kind, id)
        .join(Product, Product.id == Move.product_id)
        .where(Move.value != 0, ~booked)
        .order_by(id, Move.id)
    )
    for source, group in groupby(rows, lambda row: DocumentRef(row[2], row[3])):
        both = [(move, category_id) for move, category_id, *_source in group]
        first = both[0][0]
        yield StockValued(
            source=source,
            number=first.reference,
            company_id=first.company_id,
            on=first.moved_on,
            reason=first.reason,
            party_id=first.party_id,
            lines=tuple(
                ValuedLine(
                    product_id=move.product_id,
                    category_id=category_id,
                    quantity=move.change,
                    value=move.value,
                )
                for move, category_id in both
            ),
        )


def shipped(uow: UnitOfWork) -> Iterable[GoodsShipped]:
    """What has left for somebody's order, as it was told."""
    ids = uow.session.scalars(
        select(Delivery.id)
        .where(
            Delivery.state == "shipped",
            Delivery.source_id.is_not(None),
            Delivery.kind != "production",
        )
        .order_by(Delivery.id)
    ).all()
    with_rest = set(
        uow.session.scalars(
            select(Delivery.backorder_of_id).where(Delivery.backorder_of_id.is_not(None))
        )
    )
    moves = _moves_of(uow, Delivery)
    return [
        told_shipped(delivery, moves[delivery.id], {}, complete=delivery.id not in with_rest)
        for delivery in uow.load(Delivery, ids)
    ]


def received(uow: UnitOfWork) -> Iterable[GoodsReceived]:
    """What has come in, as it was told."""
    ids = uow.session.scalars(
        select(Receipt.id)
        .where(Receipt.state == "received", Receipt.kind != "production")
        .order_by(Receipt.id)
    ).all()
    moves, apart = _moves_of(uow, Receipt), find_places(uow).apart
    lots = lot_numbers(uow, [move for several in moves.values() for move in several])
    return [
        told_received(receipt, moves[receipt.id], lots, apart) for receipt in uow.load(Receipt, ids)
    ]


def _moves_of(uow: UnitOfWork, model: type[Any]) -> Mapping[int, list[Move]]:
    """The moves of all documents of a kind."""
    found: dict[int, list[Move]] = defaultdict(list)
    for move in uow.session.scalars(
        select(Move).where(Move.document_kind == model.__document__).order_by(Move.id)
    ):
        found[move.document_id].append(move)
    return found

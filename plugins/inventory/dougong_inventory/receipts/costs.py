"""What goods that come back cost when they left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal

from sqlalchemy import func, select

from dougong import DocumentRef, UnitOfWork
from dougong.links.models import DocumentLink
from dougong_inventory.moves.models import Move

#: What asked for the return, and the product.
Sold = tuple[DocumentRef, int]


def shipped_costs(uow: UnitOfWork, sources: Collection[DocumentRef]) -> dict[Sold, Decimal]:
    """The cost of a piece of each product, as it was shipped for the order behind the return.

    A return is its own source; the document trail leads from it to the order.
    """
    if not sources:
        return {}
    origins = defaultdict(list, {source: [source] for source in sources})
    for kind, id, from_kind, from_id in uow.session.execute(
        select(
            DocumentLink.to_kind, DocumentLink.to_id, DocumentLink.from_kind, DocumentLink.from_id
        ).where(DocumentLink.to_id.in_({s.id for s in sources}), DocumentLink.kind == "return")
    ):
        origins[DocumentRef(kind, id)].append(DocumentRef(from_kind, from_id))
    shipped = {
        (DocumentRef(kind or "", id or 0), product): value / change
        for kind, id, product, value, change in uow.session.execute(
            select(
                Move.source_kind,
                Move.source_id,
                Move.product_id,
                func.sum(Move.value),
                func.sum(Move.change),
            )
            .where(
                Move.source_id.in_(
                    {origin.id for several in origins.values() for origin in several}
                ),
                Move.reason == "shipment",
            )
            .group_by(Move.source_kind, Move.source_id, Move.product_id)
        )
    }
    products = {product for _, product in shipped}
    return {
        (source, product): shipped[origin, product]
        for source, several in origins.items()
        for origin in several
        for product in products
        if (origin, product) in shipped
    }

"""What a department that came later has missed: changes of value that no ledger entry stands for."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from sqlalchemy import exists, select

from dougong import DocumentRef, UnitOfWork
from dougong.links.models import DocumentLink
from dougong_base import Product
from dougong_base.events import StockValued, ValuedLine
from dougong_inventory.moves.models import Move


def unbooked(uow: UnitOfWork) -> Iterable[StockValued]:
    """The changes of value, a document at a time, as they were told; those with an entry are left out."""
    booked = exists().where(
        DocumentLink.from_kind == Move.document_kind,
        DocumentLink.from_id == Move.document_id,
        DocumentLink.kind == "entry",
    )
    rows = uow.session.execute(
        select(Move, Product.category_id)
        .join(Product, Product.id == Move.product_id)
        .where(Move.value != 0, ~booked)
        .order_by(Move.document_id, Move.id)
    )
    for (kind, id), group in groupby(rows, lambda row: (row[0].document_kind, row[0].document_id)):
        both = list(group)
        first = both[0][0]
        yield StockValued(
            source=DocumentRef(kind, id),
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

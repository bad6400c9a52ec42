"""Open items: those of lines, those of documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import TYPE_CHECKING

from sqlalchemy import select

from dougong_finance.items.models import Item

if TYPE_CHECKING:
    from dougong import UnitOfWork


def items_of_lines(uow: UnitOfWork, line_ids: Collection[int]) -> dict[int, Item]:
    """The items of these lines, locked until the end; lines that open nothing are absent."""
    found = uow.session.scalars(
        select(Item).where(Item.line_id.in_(line_ids)).order_by(Item.id).with_for_update(of=Item)
    )
    return {item.line_id: item for item in found}


def items_of(
    uow: UnitOfWork, document_ids: Collection[int], *, only_open: bool = True
) -> dict[int, list[Item]]:
    """The items of documents, the earliest due first, locked until the end."""
    statement = (
        select(Item)
        .where(Item.source_id.in_(document_ids))
        .order_by(Item.id)
        .with_for_update(of=Item)
        .execution_options(populate_existing=True)
    )
    found: dict[int, list[Item]] = defaultdict(list)
    for item in uow.session.scalars(statement):
        if item.source_id is not None and (item.open or not only_open):
            found[item.source_id].append(item)
    for items in found.values():
        items.sort(key=lambda item: (item.due_on, item.id))
    return found

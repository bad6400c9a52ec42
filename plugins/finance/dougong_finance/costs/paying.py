"""What pays for something earlier settles it: wages by their transfer, an advance by its claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from dougong_base.events import CostsArose
from dougong_finance.items.allocation import Spread, settle
from dougong_finance.items.models import Item

if TYPE_CHECKING:
    from dougong import UnitOfWork

#: Account, party, currency.
Place = tuple[int, int | None, str]


def pay_off(uow: UnitOfWork, event: CostsArose, items: Sequence[Item]) -> None:
    """Settle the new items with the open ones of the documents that the event names."""
    earlier: dict[Place, list[Item]] = defaultdict(list)
    new = {item.id for item in items}
    for document in event.settles:
        found = uow.session.scalars(
            select(Item.id)
            .where(
                Item.source_kind == document.kind,
                Item.source_id == document.id,
                Item.company_id == event.company_id,
                Item.open > 0,
                Item.id.not_in(new),
            )
            .order_by(Item.due_on, Item.id)
        ).all()
        for item in uow.load(Item, found, lock=True) if found else ():
            earlier[_place(item)].append(item)
    spread = Spread()
    for item in items:
        others = [other for other in earlier[_place(item)] if other.side != item.side]
        spread.over([item], others, min(spread.left([item]), spread.left(others)))
    settle(uow, spread.settlements, event.on)


def _place(item: Item) -> Place:
    return item.account_id, item.party_id, item.currency

"""Booking what stock is worth: the ledger follows each change of its value."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from dougong import _, pgettext
from dougong_base.events import StockValued
from dougong_finance.accounts.uses import account_uses
from dougong_finance.entries.models import Entry
from dougong_finance.entries.postings import Posting, PostingLine, gathered
from dougong_finance.entries.service import post_entries
from dougong_finance.journals.queries import journal_for

if TYPE_CHECKING:
    from dougong import Text, UnitOfWork

#: Why the value changed → which account stands against the stock.
AGAINST = {
    "shipment": "cost_of_goods",
    "return": "cost_of_goods",
    "receipt": "goods_received",
    "supplier_return": "goods_received",
    "opening": "opening",
    "adjustment": "adjustment",
    "revaluation": "adjustment",
    "scrap": "scrap",
    "production": "production",
    "issue": "production",
    "landed_cost": "landed_cost",
}
WORDS: dict[str, Text] = {
    "shipment": _("Shipment"),
    "return": _("Return"),
    "receipt": pgettext("goods", "Receipt"),
    "supplier_return": _("Return to supplier"),
    "opening": _("Opening stock"),
    "adjustment": _("Stock adjustment"),
    "revaluation": _("Revaluation"),
    "scrap": _("Scrap"),
    "production": _("Production"),
    "issue": _("Material for production"),
    "landed_cost": _("Landed cost"),
}


def post_stock(uow: UnitOfWork, events: Sequence[StockValued]) -> None:
    """Book changes of the value of stock, each once."""
    keyed = {_key(event): event for event in events}
    known = set(
        uow.look(select(Entry.source_key).where(Entry.source_key.in_(list(keyed)))).scalars()
    )
    postings = [_posting(uow, event, key) for key, event in keyed.items() if key not in known]
    post_entries(uow, [posting for posting in postings if posting.lines])


def _key(event: StockValued) -> str:
    said = (event.reason, event.number, event.on, event.lines)
    digest = hashlib.sha256(repr(said).encode()).hexdigest()[:24]
    return f"{event.source.kind}:{event.source.id}:{event.reason}:{digest}"


def _posting(uow: UnitOfWork, event: StockValued, key: str) -> Posting:
    uses, against = account_uses(uow), AGAINST.get(event.reason, "adjustment")
    lines: list[PostingLine] = []
    for line in event.lines:
        where = {"product": line.product_id, "category": line.category_id}
        for purpose, amount in (("stock", line.value), (against, -line.value)):
            lines.append(PostingLine(uses.of(event.company_id, purpose, **where), amount))
    return Posting(
        company_id=event.company_id,
        journal_id=journal_for(uow, event.company_id, "stock"),
        journal_kind="stock",
        dated_on=event.on,
        text=f"{WORDS.get(event.reason, event.reason)} {event.number}".strip(),
        lines=gathered(lines),
        source=event.source,
        source_key=key,
    )

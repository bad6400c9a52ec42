"""Booking what departments say has cost or will cost money."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dougong import ZERO, Refused, _
from dougong_base.events import CostsArose
from dougong_finance.accounts.uses import account_uses
from dougong_finance.costs.paying import pay_off
from dougong_finance.entries.known import not_booked
from dougong_finance.entries.postings import Posting, PostingLine, gathered
from dougong_finance.entries.service import post_entries
from dougong_finance.journals.queries import journal_for

if TYPE_CHECKING:
    from dougong import UnitOfWork


class CostsDoNotBalance(Refused):
    """A department that tells only half of a cost."""

    def __init__(self, event: CostsArose) -> None:
        super().__init__(
            _(
                "%(text)s cannot be booked: its debits and credits differ by %(gap)s.",
                text=event.text,
                gap=sum((line.amount for line in event.lines), ZERO),
            )
        )


def post_costs(uow: UnitOfWork, events: Sequence[CostsArose]) -> None:
    """Book costs as the accounts that serve their purposes say, each source and key once."""
    keyed = {_key(event): event for event in new_costs(uow, events)}
    booked = [(event, _posting(uow, event, key)) for key, event in keyed.items()]
    booked = [(event, posting) for event, posting in booked if posting.lines]
    posted = post_entries(uow, [posting for _event, posting in booked])
    for (event, _lines), (_entry, items) in zip(booked, posted, strict=True):
        if event.settles:
            pay_off(uow, event, list(items.values()))


def new_costs(uow: UnitOfWork, events: Sequence[CostsArose]) -> list[CostsArose]:
    """Those that are not booked yet."""
    return not_booked(uow, events, _key)


def _key(event: CostsArose) -> str:
    return f"{event.source.kind}:{event.source.id}:{event.key}"


def _posting(uow: UnitOfWork, event: CostsArose, key: str) -> Posting:
    if sum((line.amount for line in event.lines), ZERO):
        raise CostsDoNotBalance(event)
    uses = account_uses(uow)
    lines = [
        PostingLine(
            uses.of(
                event.company_id,
                line.purpose,
                product=line.product_id,
                category=line.category_id,
            ),
            line.amount,
            line.party_id,
            line.text,
            line.due_on,
        )
        for line in event.lines
    ]
    return Posting(
        company_id=event.company_id,
        journal_id=journal_for(uow, event.company_id, "general"),
        journal_kind="general",
        dated_on=event.on,
        text=event.text,
        lines=gathered(lines),
        source=event.source,
        source_key=key,
    )

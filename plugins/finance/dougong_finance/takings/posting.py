"""Booking what a counted drawer tells: money on one side, what customers owed on the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from dougong import DocumentRef, Refused, _
from dougong_base.events import Taking, TakingsCounted
from dougong_finance.accounts.uses import account_uses
from dougong_finance.entries.known import not_booked
from dougong_finance.entries.postings import Posting, PostingLine, gathered
from dougong_finance.entries.service import post_entries
from dougong_finance.invoices.accounts import party_account
from dougong_finance.invoices.models import CUSTOMER, Invoice
from dougong_finance.journals.queries import journal_for
from dougong_finance.takings.settling import pay_or_keep

if TYPE_CHECKING:
    from dougong import UnitOfWork

#: The purpose of the account where each means of payment lies.
MEANS = {"cash": "cash", "card": "card_clearing", "bank": "bank"}
#: So many keys fit into one statement on every database.
AT_ONCE = 10_000


class UnknownMeans(Refused):
    """Money in a form that no account is for."""

    def __init__(self, means: str) -> None:
        super().__init__(
            _(
                "“%(means)s” is no means of payment that the books know. Tell one of these: %(known)s.",
                means=means,
                known=", ".join(MEANS),
            )
        )


def book_takings(uow: UnitOfWork, events: Sequence[TakingsCounted]) -> None:
    """One entry for each counted drawer, once; the invoices of what was paid are paid."""
    fresh = {_key(event): event for event in new_takings(uow, events)}
    invoices = _invoices_of(uow, fresh.values())
    postings = [(event, _posting(uow, event, key, invoices)) for key, event in fresh.items()]
    booked = [event for event, posting in postings if posting.lines]
    posted = post_entries(uow, [posting for _event, posting in postings if posting.lines])
    for event, (entry, items) in zip(booked, posted, strict=True):
        # A line for each of the takings comes first; those of the money stand below them.
        pairs = [
            (items[line.id], invoices.get(taking.pays, []))
            for taking, line in zip(_paid(event), entry.lines, strict=False)
            if line.id in items
        ]
        pay_or_keep(uow, pairs, event.on)


def new_takings(uow: UnitOfWork, events: Sequence[TakingsCounted]) -> list[TakingsCounted]:
    """Those that are not booked yet."""
    return not_booked(uow, events, _key)


def _key(event: TakingsCounted) -> str:
    return f"takings:{event.source.kind}:{event.source.id}"


def _paid(event: TakingsCounted) -> list[Taking]:
    return [taking for taking in event.takings if taking.amount]


def _invoices_of(
    uow: UnitOfWork, events: Iterable[TakingsCounted]
) -> dict[DocumentRef, list[Invoice]]:
    """The drafts and invoices of what was paid, locked until the end."""
    wanted = {taking.pays for event in events for taking in event.takings}
    keys = sorted({document.id for document in wanted})
    found: list[int] = []
    for start in range(0, len(keys), AT_ONCE):
        query = (
            select(Invoice.id)
            .where(
                Invoice.source_id.in_(keys[start : start + AT_ONCE]),
                Invoice.kind.in_(CUSTOMER),
                Invoice.state.in_(("draft", "posted", "partly")),
            )
            .order_by(Invoice.id)
        )
        found += uow.look(query).scalars()
    held: dict[DocumentRef, list[Invoice]] = {}
    for invoice in uow.load(Invoice, found, lock=True) if found else ():
        source = DocumentRef(invoice.source_kind or "", invoice.source_id or 0)
        if source in wanted and invoice.currency == invoice.company_currency:
            held.setdefault(source, []).append(invoice)
    return held


def _posting(
    uow: UnitOfWork,
    event: TakingsCounted,
    key: str,
    invoices: Mapping[DocumentRef, Sequence[Invoice]],
) -> Posting:
    uses, company = account_uses(uow), event.company_id
    owed, money = [], []
    for taking in _paid(event):
        if taking.means not in MEANS:
            raise UnknownMeans(taking.means)
        account = next(
            (invoice.account_id for invoice in invoices.get(taking.pays, ())),
            None,
        ) or party_account(uow, company, True)
        owed.append(PostingLine(account, -taking.amount, taking.party_id, taking.number))
        money.append(PostingLine(uses.of(company, MEANS[taking.means]), taking.amount))
    if event.difference:
        money += [
            PostingLine(uses.of(company, "cash"), event.difference),
            PostingLine(uses.of(company, "cash_difference"), -event.difference),
        ]
    return Posting(
        company_id=company,
        journal_id=journal_for(uow, company, "cash"),
        journal_kind="cash",
        dated_on=event.on,
        text=str(_("Takings of %(number)s", number=event.number)),
        lines=[*owed, *gathered(money)],
        source=event.source,
        source_key=key,
    )

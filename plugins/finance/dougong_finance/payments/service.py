"""Registering payments: the bank's side, the party's side, and what they pay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dougong import ZERO, Refused, _, ref
from dougong.companies.currency import currency_of
from dougong_base import exchanged, rates_on
from dougong_base.events import PaymentMade, PaymentReceived
from dougong_finance.accounts.uses import account_uses
from dougong_finance.entries.postings import Posting, PostingLine
from dougong_finance.entries.service import post_entries
from dougong_finance.invoices.models import Invoice
from dougong_finance.items.queries import items_of
from dougong_finance.journals.models import Journal
from dougong_finance.journals.queries import journal_for
from dougong_finance.payments.allocating import allocate_lines
from dougong_finance.payments.models import Payment

if TYPE_CHECKING:
    from dougong import UnitOfWork
    from dougong_finance.items.models import Item

SERIES = {"in": "finance-receipt", "out": "finance-payment"}


class NotAMoneyJournal(Refused):
    """Money does not lie in this book."""

    def __init__(self, journal: Journal) -> None:
        super().__init__(
            _("“%(journal)s” is not a bank or cash journal. Choose one.", journal=journal.name)
        )


def register_payments(uow: UnitOfWork, payments: Sequence[Payment]) -> list[Payment]:
    """Take in payments that somebody has filled in, and post them."""
    uow.require("finance.payment.create")
    for payment in payments:
        payment.company_id = payment.company_id or uow.company_id
        payment.dated_on = payment.dated_on or uow.today
        payment.state, payment.open = "draft", ZERO
        for line in payment.lines:
            line.amount, line.discount = line.amount or ZERO, line.discount or ZERO
        if payment.journal_id is None:
            payment.journal_id = journal_for(uow, payment.company_id, "bank")
    invoices, opened = _to_pay(uow, payments)
    _complete(uow, payments, invoices)
    uow.add(*payments)
    return _post(uow, payments, invoices, opened)


def post_payments(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> list[Payment]:
    """Post payments that were drafted."""
    payments = uow.load(Payment, ids, Payment.lines)
    for payment in payments:
        payment.dated_on = on or payment.dated_on
    invoices, opened = _to_pay(uow, payments)
    _complete(uow, payments, invoices)
    return _post(uow, payments, invoices, opened)


def _to_pay(
    uow: UnitOfWork, payments: Sequence[Payment]
) -> tuple[dict[int, Invoice], dict[int, list[Item]]]:
    """The invoices that are paid and what is open of them, locked before anything is written."""
    wanted = {line.invoice_id for payment in payments for line in payment.lines}
    if not wanted:
        return {}, {}
    return {i.id: i for i in uow.load(Invoice, wanted, lock=True)}, items_of(uow, wanted)


def _complete(
    uow: UnitOfWork, payments: Sequence[Payment], invoices: Mapping[int, Invoice]
) -> None:
    """The account and the currency follow from what is paid, else from the direction."""
    for payment in payments:
        paid = invoices[payment.lines[0].invoice_id] if payment.lines else None
        payment.company_currency = (
            paid.company_currency if paid else currency_of(uow, payment.company_id)
        )
        if not payment.currency:
            own = currency_of(uow, payment.company_id) if paid is None else ""
            payment.currency = paid.currency if paid else own
        if paid is not None:
            payment.account_id = paid.account_id
        elif payment.account_id is None:
            purpose = "receivable" if payment.direction == "in" else "payable"
            payment.account_id = account_uses(uow).of(payment.company_id, purpose)


def _post(
    uow: UnitOfWork,
    payments: Sequence[Payment],
    invoices: Mapping[int, Invoice],
    opened: Mapping[int, Sequence[Item]],
) -> list[Payment]:
    uow.require("finance.payment.post")
    journals = {j.id: j for j in uow.load(Journal, [p.journal_id for p in payments])}
    for payment in payments:
        if journals[payment.journal_id].kind not in {"bank", "cash"}:
            raise NotAMoneyJournal(journals[payment.journal_id])
        payment.post()
    _set_rates(uow, payments)
    posted = post_entries(uow, [_posting(uow, p, journals[p.journal_id]) for p in payments])
    items = {}
    for payment, (entry, mine) in zip(payments, posted, strict=True):
        payment.entry_id = entry.id
        items[payment.id] = list(mine.values())
        uow.number(payment, SERIES[payment.direction], on=payment.dated_on)
        for line in payment.lines:
            uow.link(invoices[line.invoice_id], payment, "payment")
    allocate_lines(uow, payments, items, invoices, opened)
    for payment in payments:
        event = PaymentReceived if payment.direction == "in" else PaymentMade
        uow.publish(
            event(
                payment=ref(payment),
                number=payment.number or "",
                company_id=payment.company_id,
                party_id=payment.party_id,
                on=payment.dated_on,
                currency=payment.currency,
                amount=payment.amount,
            )
        )
    return list(payments)


def _set_rates(uow: UnitOfWork, payments: Sequence[Payment]) -> None:
    for own in {p.company_currency for p in payments if p.currency != p.company_currency}:
        foreign = [p for p in payments if p.company_currency == own and p.currency != own]
        rates = rates_on(uow.session, [(p.currency, p.dated_on) for p in foreign], str(own))
        for payment in foreign:
            payment.rate = rates[payment.currency, payment.dated_on]


def _posting(uow: UnitOfWork, payment: Payment, journal: Journal) -> Posting:
    """Money on the bank's account, against what the party owed; the discount beside it."""
    sign = payment.sign
    given = "discount_given" if payment.direction == "in" else "discount_taken"
    lines = [PostingLine(journal.account_id or 0, sign * payment.amount, payment.party_id)]
    lines += [
        PostingLine(
            line.discount_account_id or account_uses(uow).of(payment.company_id, given),
            sign * line.discount,
            payment.party_id,
            str(_("Cash discount")),
        )
        for line in payment.lines
        if line.discount
    ]
    if payment.currency != payment.company_currency:
        own = str(payment.company_currency)
        lines = [
            line._replace(
                amount=exchanged(line.amount, payment.rate, own),
                currency=payment.currency,
                currency_amount=line.amount,
            )
            for line in lines
        ]
    whole = sum((line.amount for line in lines), ZERO)
    foreign = payment.currency != payment.company_currency
    lines.append(
        PostingLine(
            payment.account_id,
            -whole,
            payment.party_id,
            currency=payment.currency if foreign else None,
            currency_amount=-sign * (payment.amount + payment.discount) if foreign else None,
        )
    )
    return Posting(
        company_id=payment.company_id,
        journal_id=journal.id,
        journal_kind=journal.kind,
        dated_on=payment.dated_on,
        text=payment.reference or str(_("Payment")),
        lines=lines,
        source=ref(payment),
        source_key=f"payment:{payment.id}",
    )

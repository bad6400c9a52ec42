"""The demo company's books: its capital, its rent, bills of a supplier, invoices sent and paid."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import select

from dougong import ZERO, rounded_to
from dougong.companies.models import Company
from dougong_base import Party, Product
from dougong_finance.accounts.uses import account_uses
from dougong_finance.entries.models import Entry, EntryLine
from dougong_finance.entries.postings import Posting, PostingLine
from dougong_finance.entries.service import post_entries
from dougong_finance.invoices.models import Invoice
from dougong_finance.invoices.parts import InvoiceLine
from dougong_finance.invoices.posting import post_invoices
from dougong_finance.invoices.service import complete_drafts, write_invoices
from dougong_finance.journals.queries import journal_for
from dougong_finance.payments.models import Payment, PaymentLine
from dougong_finance.payments.service import register_payments

if TYPE_CHECKING:
    from dougong import UnitOfWork

MONTHS = 4


def keep_the_books(uow: UnitOfWork) -> None:
    """Bring the books to life, once."""
    if uow.session.scalar(select(Entry.id).where(Entry.source_key == "demo:capital")):
        _credit(uow)
        _take_bills(uow)
        return
    start = (uow.today.replace(day=1) - dt.timedelta(days=31 * MONTHS)).replace(day=1)
    _open_and_run(uow, start)
    _buy(uow, start)
    _send_and_collect(uow)
    _leave_a_draft(uow)


def _open_and_run(uow: UnitOfWork, start: dt.date) -> None:
    uses, company = account_uses(uow), uow.company_id
    own = uow.session.scalar(select(Company.country).where(Company.id == company)) == "CN"
    capital, rent = ("投入资本", "办公室租金") if own else ("Capital", "Rent")
    bank, cost = uses.of(company, "bank"), uses.of(company, "expense")
    opening = uses.of(company, "opening")
    general = journal_for(uow, company, "general")

    def posting(key: str, text: str, on: dt.date, debit: int, credit: int, amount: int) -> Posting:
        money = Decimal(amount)
        return Posting(
            company_id=company, journal_id=general, journal_kind="general", dated_on=on, text=text,
            lines=[PostingLine(debit, money), PostingLine(credit, -money)], source_key=f"demo:{key}",
        )  # fmt: skip

    rents = [start + dt.timedelta(days=31 * n + 4) for n in range(MONTHS)]
    post_entries(
        uow,
        [
            posting("capital", capital, start, bank, opening, 240_000),
            *(posting(f"rent:{n}", rent, on, cost, bank, 2_400) for n, on in enumerate(rents)),
        ],
    )


def _leave_a_draft(uow: UnitOfWork) -> None:
    """An entry that somebody has begun, and nobody has posted."""
    uses, company = account_uses(uow), uow.company_id
    own = uow.session.scalar(select(Company.country).where(Company.id == company)) == "CN"
    text = "预提水电费" if own else "Energy, to be billed"
    amounts = [
        (uses.of(company, "expense"), {"debit": Decimal(180)}),
        (uses.of(company, "payable"), {"credit": Decimal(180)}),
    ]
    draft = Entry(
        journal_id=journal_for(uow, company, "general"), dated_on=uow.today, text=text,
        lines=[
            EntryLine(company_id=company, account_id=account, text=text, **side)
            for account, side in amounts
        ],
    )  # fmt: skip
    draft.add_up()
    uow.add(draft)


def _buy(uow: UnitOfWork, start: dt.date) -> None:
    supplier = uow.session.scalars(select(Party).where(Party.is_supplier).limit(1)).first()
    service = uow.session.scalars(select(Product).where(Product.kind == "service").limit(1)).first()
    if supplier is None or service is None:
        return
    bills = [
        Invoice(
            kind="supplier_bill", party_id=supplier.id, issued_on=start + dt.timedelta(days=31 * n),
            reference=f"R-{100 + n}", payment_term_id=supplier.supplier_term_id,
            lines=[
                InvoiceLine(
                    product_id=service.id, price=Decimal(350 + 40 * n), tax_id=service.purchase_tax_id
                )
            ],
        )
        for n in range(MONTHS)
    ]  # fmt: skip
    write_invoices(uow, bills)
    uow.flush()
    post_invoices(uow, [bill.id for bill in bills])
    _pay(uow, bills[:2], "out")


def _send_and_collect(uow: UnitOfWork) -> None:
    """Post three of four drafts, collect two of three of those, one of them in part."""
    drafts = uow.session.scalars(
        select(Invoice)
        .where(Invoice.state == "draft", Invoice.kind == "customer_invoice")
        .order_by(Invoice.issued_on, Invoice.id)
    ).all()
    sent = [draft.id for n, draft in enumerate(drafts) if n % 4 != 3]
    if not sent:
        return
    posted = post_invoices(uow, sent)
    _pay(uow, [invoice for n, invoice in enumerate(posted) if n % 3 != 2], "in")


def _credit(uow: UnitOfWork) -> None:
    """Post what was credited for goods that came back."""
    ids = uow.session.scalars(
        select(Invoice.id).where(Invoice.state == "draft", Invoice.kind == "customer_credit")
    ).all()
    if ids:
        post_invoices(uow, ids)


def _take_bills(uow: UnitOfWork) -> None:
    """Bills for what came are posted and some paid; the last asks more than was agreed, and waits."""
    ids = uow.session.scalars(
        select(Invoice.id)
        .where(
            Invoice.state == "draft",
            Invoice.kind == "supplier_bill",
            Invoice.source_id.is_not(None),
            Invoice.version == 1,
        )
        .order_by(Invoice.issued_on, Invoice.id)
    ).all()
    if len(ids) < 2:
        return
    _pay(uow, post_invoices(uow, ids[:-1])[:2], "out")
    dearer = uow.get(Invoice, ids[-1], Invoice.lines, Invoice.taxes)
    uow.remove(*dearer.taxes)
    dearer.lines[0].price = rounded_to(dearer.lines[0].price * Decimal("1.08"), 2)
    complete_drafts(uow, [dearer])
    for tax in dearer.taxes:
        tax.invoice_id = dearer.id
    uow.add(*dearer.taxes)
    uow.touch(dearer)


def _pay(uow: UnitOfWork, invoices: list[Invoice], direction: str) -> None:
    payments = []
    for n, invoice in enumerate(i for i in invoices if i.open > ZERO):
        amount = invoice.open if n % 3 else (invoice.open / 2).quantize(Decimal("1"))
        if not amount:
            continue
        on = min(
            invoice.issued_on + dt.timedelta(days=9 + n % 20), max(uow.today, invoice.issued_on)
        )
        payments.append(
            Payment(
                direction=direction, party_id=invoice.party_id, dated_on=on, amount=amount,
                lines=[PaymentLine(invoice_id=invoice.id, amount=amount)],
            )
        )  # fmt: skip
    uow.flush()
    register_payments(uow, payments)

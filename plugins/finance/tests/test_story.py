"""From the order to the money, and back: what an accountant checks at each step."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import func, select

from dougong_base.events import InvoicePaid, InvoicePosted, PaymentReceived
from dougong_finance.balances.models import Balance
from dougong_finance.entries.models import EntryLine
from dougong_finance.invoices.models import Invoice
from dougong_finance.invoices.posting import post_invoices
from dougong_finance.invoices.reversal import reverse_invoices
from dougong_finance.payments.models import Payment, PaymentLine
from dougong_finance.payments.service import register_payments

DAY = dt.date(2026, 3, 10)


def books(read) -> dict[str, Decimal]:
    """The balance of each account by code; proves that balances, lines and both sides agree."""
    from dougong_finance.accounts.models import Account

    with read() as session:
        kept = session.execute(
            select(Account.code, func.sum(Balance.debit), func.sum(Balance.credit))
            .join(Account, Account.id == Balance.account_id)
            .group_by(Account.code)
        ).all()
        told = session.execute(
            select(Account.code, func.sum(EntryLine.debit), func.sum(EntryLine.credit))
            .join(Account, Account.id == EntryLine.account_id)
            .where(EntryLine.posted)
            .group_by(Account.code)
        ).all()
    assert sorted(kept) == sorted(told)
    found = {code: debit - credit for code, debit, credit in kept if debit != credit}
    assert sum(found.values()) == 0
    return found


def test_an_order_is_billed_paid_in_two_parts_and_taken_back(work, read, billable, shop):
    with work() as uow:
        uow.publish(billable())
    assert books(read) == {}
    with read() as session:
        draft = session.scalars(select(Invoice)).one()
        assert (draft.state, draft.number, draft.total) == ("draft", None, Decimal("148.75"))

    with work() as uow:
        (invoice,) = post_invoices(uow, [draft.id])
    assert invoice.number == "INV-2026-00001"
    assert books(read) == {
        "1100": Decimal("148.75"),
        "4000": Decimal(-125),
        "2100": Decimal("-23.75"),
    }
    assert [type(e) for e in uow.published] == [InvoicePosted]

    def pay(amount: str) -> None:
        with work() as uow:
            register_payments(
                uow,
                [
                    Payment(
                        direction="in", party_id=shop.ada, dated_on=DAY, amount=Decimal(amount),
                        lines=[PaymentLine(invoice_id=draft.id, amount=Decimal(amount))],
                    )
                ],
            )  # fmt: skip
        pay.told = [type(e) for e in uow.published]

    pay("100")
    with read() as session:
        assert session.get(Invoice, draft.id).state == "partly"
        assert session.get(Invoice, draft.id).open == Decimal("48.75")
    assert pay.told == [PaymentReceived]
    pay("48.75")
    with read() as session:
        assert session.get(Invoice, draft.id).state == "paid"
    assert pay.told == [InvoicePaid, PaymentReceived]
    assert books(read) == {
        "1010": Decimal("148.75"),
        "4000": Decimal(-125),
        "2100": Decimal("-23.75"),
    }

    with work() as uow:
        (note,) = reverse_invoices(uow, [draft.id], on=DAY)
    with read() as session:
        assert session.get(Invoice, draft.id).state == "reversed"
        assert session.get(Invoice, note.id).open == Decimal("148.75")
        assert session.get(Invoice, note.id).number == "CN-2026-00001"
    assert books(read) == {"1010": Decimal("148.75"), "1100": Decimal("-148.75")}

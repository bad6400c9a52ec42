"""Payments: in part, for several, on account, with a discount, undone."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from dougong import Refused
from dougong_base import CurrencyRate
from dougong_base.events import InvoicePaid
from dougong_base.ports import CreditStanding
from dougong_finance.accounts.models import Account
from dougong_finance.invoices.models import Invoice
from dougong_finance.invoices.parts import InvoiceLine
from dougong_finance.invoices.posting import post_invoices
from dougong_finance.invoices.reversal import reverse_invoices
from dougong_finance.invoices.service import write_invoices
from dougong_finance.items.models import Item, TooMuch
from dougong_finance.journals.models import Journal
from dougong_finance.journals.queries import money_journals
from dougong_finance.payments.allocating import allocate, allocate_to_oldest, unallocate
from dougong_finance.payments.models import MoreThanPaid, Payment, PaymentLine
from dougong_finance.payments.paying import NoAmount, NotThatMuch, pay_invoices
from dougong_finance.payments.reversal import reverse_payments
from dougong_finance.payments.service import register_payments
from dougong_finance.reports.aged import aged_receivables
from dougong_finance.reports.trial_balance import trial_balance

pytestmark = pytest.mark.usefixtures("sound")
DAY = dt.date(2026, 3, 10)


@pytest.fixture
def invoiced(work, shop):
    """Post a customer's invoice over so much."""

    def make(amount: str, kind="customer_invoice", on=DAY, currency=None, party=None) -> int:
        with work() as uow:
            (invoice,) = write_invoices(
                uow,
                [
                    Invoice(
                        kind=kind, party_id=party or shop.ada, issued_on=on, currency=currency,
                        lines=[InvoiceLine(product_id=shop.help, price=Decimal(amount))],
                    )
                ],
            )  # fmt: skip
            post_invoices(uow, [invoice.id])
        return invoice.id

    return make


@pytest.fixture
def pay(work, shop):
    def make(amount: str, *lines: tuple[int, str], discount="0", **more) -> Payment:
        more = {"direction": "in", "party_id": shop.ada, "dated_on": DAY} | more
        with work() as uow:
            (payment,) = register_payments(
                uow,
                [
                    Payment(
                        amount=Decimal(amount),
                        lines=[
                            PaymentLine(invoice_id=i, amount=Decimal(a), discount=Decimal(discount))
                            for i, a in lines
                        ],
                        **more,
                    )
                ],
            )
        make.told = uow.published
        return payment

    return make


def state(read, *ids):
    with read() as session:
        found = {i.id: (i.state, i.open) for i in session.scalars(select(Invoice))}
    return [found[i] for i in ids]


def closing(read, **given):
    from dougong import Actor

    with read() as session:
        year = {"start": dt.date(2026, 1, 1), "end": dt.date(2026, 12, 31)}
        lines = trial_balance.ask(session, Actor.system(), **year)
        return {line.values["code"]: line.values["closing"] for line in lines}


def test_one_payment_pays_several_invoices_and_keeps_the_rest(read, invoiced, pay):
    one, two = invoiced("100"), invoiced("50")
    payment = pay("200", (one, "100"), (two, "30"))
    assert state(read, one, two) == [("paid", 0), ("partly", 20)]
    assert (payment.number, payment.open) == ("REC-2026-00001", 70)


def test_an_invoice_is_paid_in_parts_from_its_own_page_into_the_till(work, read, invoiced):
    one = invoiced("100")
    with read() as session:
        till = session.scalars(select(Journal.id).where(Journal.kind == "cash")).first()
        assert till in {id for id, _name in money_journals(session, session.get(Invoice, one))}

    with work() as uow:
        (first,) = pay_invoices(uow, [one], on=DAY, amount=Decimal(30), journal=till)
    with read() as session:
        invoice = session.get(Invoice, one)
        assert (invoice.state, invoice.open, first.journal_id) == ("partly", 70, till)
    with work() as uow:
        pay_invoices(uow, [one], on=DAY, reference="Rest")
    with read() as session:
        assert (session.get(Invoice, one).state, session.get(Invoice, one).open) == ("paid", 0)


def test_more_than_open_is_refused_with_the_sum_unless_kept_as_credit(work, read, invoiced):
    one = invoiced("100")
    with pytest.raises(NotThatMuch, match=r"Only 100\.00 EUR"), work() as uow:
        pay_invoices(uow, [one], on=DAY, amount=Decimal(120))
    with pytest.raises(NoAmount), work() as uow:
        pay_invoices(uow, [one], on=DAY, amount=Decimal(0))

    with work() as uow:
        (payment,) = pay_invoices(uow, [one], on=DAY, amount=Decimal(120), credit=True)

    assert payment.open == 20
    with read() as session:
        assert (session.get(Invoice, one).state, session.get(Invoice, one).open) == ("paid", 0)


def test_nothing_is_paid_beyond_what_is_open(read, invoiced, pay):
    one = invoiced("100")
    with pytest.raises(TooMuch, match="only 100"):
        pay("150", (one, "120"))
    with pytest.raises(MoreThanPaid):
        pay("50", (one, "60"))
    assert state(read, one) == [("posted", 100)]


def test_another_partys_invoice_is_refused(shop, invoiced, pay):
    with pytest.raises(Refused, match="another party"):
        pay("10", (invoiced("10", party=shop.bob), "10"))


def test_a_cash_discount_closes_the_invoice(read, invoiced, pay):
    one = invoiced("100")
    payment = pay("98", (one, "98"), discount="2")
    assert state(read, one) == [("paid", 0)]
    assert payment.open == 0
    assert closing(read) == {"1010": 98, "1100": 0, "4000": -100, "4100": 2}


def test_money_on_account_is_used_later_and_given_back(work, read, invoiced, pay):
    payment = pay("120")
    one = invoiced("100")
    with work() as uow:
        allocate(uow, payment.id, [(one, Decimal(100))])
    assert [type(e) for e in uow.published] == [InvoicePaid]
    assert state(read, one) == [("paid", 0)]
    with work() as uow:
        unallocate(uow, [payment.id])
    assert state(read, one) == [("posted", 100)]
    with read() as session:
        assert session.get(Payment, payment.id).open == 120


def test_the_oldest_invoices_are_settled_first(work, read, invoiced, pay):
    new, old = invoiced("100"), invoiced("100", on=dt.date(2026, 2, 1))
    payment = pay("150")
    with work() as uow:
        allocate_to_oldest(uow, [payment.id])
    assert state(read, new, old) == [("partly", 50), ("paid", 0)]


def test_a_bounced_payment_opens_the_invoice_again(work, read, invoiced, pay):
    one = invoiced("100")
    payment = pay("100", (one, "100"))
    with work() as uow:
        reverse_payments(uow, [payment.id], on=DAY)
    assert state(read, one) == [("posted", 100)]
    assert closing(read) == {"1010": 0, "1100": 100, "4000": -100}


def test_a_credit_note_settles_another_invoice(work, read, invoiced):
    one, note = invoiced("100"), invoiced("30", kind="customer_credit")
    with work() as uow:
        allocate(uow, note, [(one, Decimal(30))])
    assert state(read, one, note) == [("partly", 70), ("paid", 0)]


def test_reversing_a_partly_paid_invoice_leaves_what_was_paid(work, read, invoiced, pay):
    one = invoiced("100")
    pay("40", (one, "40"))
    with work() as uow:
        (note,) = reverse_invoices(uow, [one], on=DAY)
    assert state(read, one, note.id) == [("reversed", 0), ("partly", 40)]


def test_a_supplier_is_paid(read, shop, invoiced, pay):
    bill = invoiced("80", kind="supplier_bill", party=shop.bob)
    payment = pay("80", (bill, "80"), direction="out", party_id=shop.bob)
    assert state(read, bill) == [("paid", 0)]
    assert payment.number == "PAY-2026-00001"
    assert closing(read) == {"1010": -80, "6000": 80, "2000": 0}


def test_a_rate_that_moved_is_an_exchange_difference(work, read, invoiced, pay):
    with work() as uow:
        for on, rate in ((DAY, "0.90"), (dt.date(2026, 4, 1), "0.95")):
            uow.add(CurrencyRate(currency="USD", against="EUR", on=on, rate=Decimal(rate)))
    one = invoiced("100", currency="USD")
    assert closing(read) == {"1100": 90, "4000": -90}
    pay("40", (one, "40"), dated_on=dt.date(2026, 4, 1))
    pay("60", (one, "60"), dated_on=dt.date(2026, 4, 1))
    assert state(read, one) == [("paid", 0)]
    assert closing(read) == {"1010": 95, "1100": 0, "4000": -90, "4910": -5}
    with read() as session:
        assert session.scalars(select(Item).where(Item.booked_open > 0)).all() == []


def test_credit_standing_tells_what_is_open_and_late(work, shop, invoiced, pay):
    invoiced("100", on=dt.date(2020, 1, 1))
    pay("30")
    with work() as uow:
        standing = uow.ask(CreditStanding).of([shop.ada, shop.bob])
    assert (standing[shop.ada].open, standing[shop.ada].overdue) == (70, 70)
    assert standing[shop.bob].open == 0


def test_what_was_open_at_a_past_day_is_still_known(read, invoiced, pay):
    from dougong import Actor

    one = invoiced("100", on=dt.date(2026, 1, 5))
    pay("100", (one, "100"), dated_on=dt.date(2026, 2, 5))
    with read() as session:
        ask = aged_receivables.ask
        assert list(ask(session, Actor.system(), at=dt.date(2026, 2, 28))) == []
        (line,) = ask(session, Actor.system(), at=dt.date(2026, 1, 31))
    assert line.values["days30"] == 100


def test_an_invoice_takes_what_was_paid_on_account_before(work, read, invoiced, pay):
    payment = pay("120")
    one = invoiced("100")
    with work() as uow:
        allocate_to_oldest(uow, [one])
    assert state(read, one) == [("paid", 0)]
    with read() as session:
        assert session.get(Payment, payment.id).open == 20


def test_money_paid_back_settles_what_was_paid_too_much(work, read, shop, pay):
    with work() as uow:
        receivable = uow.session.scalar(select(Account.id).where(Account.code == "1100"))
    much, back = pay("120"), pay("50", direction="out", account_id=receivable)
    with work() as uow:
        allocate_to_oldest(uow, [back.id])
    with read() as session:
        left = {p.id: p.open for p in session.scalars(select(Payment))}
    assert left == {much.id: 70, back.id: 0}
    with work() as uow:
        unallocate(uow, [much.id])
    with read() as session:
        left = {p.id: p.open for p in session.scalars(select(Payment))}
    assert left == {much.id: 120, back.id: 50}

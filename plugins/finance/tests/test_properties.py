"""Whatever happens, in whatever order: debits are credits are balances, and no cent is lost."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from dougong import Actor, Refused
from dougong_finance.checks import CHECKS
from dougong_finance.invoices.models import Invoice
from dougong_finance.invoices.parts import InvoiceLine
from dougong_finance.invoices.posting import post_invoices
from dougong_finance.invoices.reversal import reverse_invoices
from dougong_finance.invoices.service import write_invoices
from dougong_finance.payments.allocating import allocate_to_oldest, unallocate
from dougong_finance.payments.models import Payment, PaymentLine
from dougong_finance.payments.reversal import reverse_payments
from dougong_finance.payments.service import register_payments
from dougong_finance.reports.trial_balance import trial_balance

cents = st.integers(1, 99_999).map(lambda n: Decimal(n).scaleb(-2))
days = st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
acts = st.lists(
    st.tuples(
        st.sampled_from(["invoice", "credit", "pay", "account", "oldest", "undo", "bounce", "back"]),
        st.integers(0, 5), cents, st.integers(1, 3), days,
    ),
    min_size=1, max_size=9,
)  # fmt: skip


def act(uow, shop, what: str, which: int, amount: Decimal, lines: int, on: dt.date) -> None:
    """Do one thing somebody in the office might do."""
    invoices = uow.session.scalars(select(Invoice.id).where(Invoice.number.is_not(None))).all()
    payments = uow.session.scalars(select(Payment.id).where(Payment.state == "posted")).all()
    pick = lambda ids: ids[which % len(ids)] if ids else None  # noqa: E731
    if what in {"invoice", "credit"}:
        (made,) = write_invoices(
            uow,
            [
                Invoice(
                    kind="customer_invoice" if what == "invoice" else "customer_credit",
                    party_id=shop.ada, issued_on=on, payment_term_id=shop.term,
                    lines=[
                        InvoiceLine(
                            product_id=shop.tea, quantity=Decimal(n + 1), price=amount,
                            tax_id=shop.s19 if n % 2 else shop.s7, discount=Decimal(n),
                        )
                        for n in range(lines)
                    ],
                )
            ],
        )  # fmt: skip
        post_invoices(uow, [made.id])
    elif what in {"pay", "account"}:
        target = pick(invoices) if what == "pay" else None
        named = [PaymentLine(invoice_id=target, amount=amount)] if target else []
        payment = Payment(
            direction="in", party_id=shop.ada, dated_on=on, amount=amount + lines, lines=named
        )
        register_payments(uow, [payment])
    elif what == "oldest" and payments:
        allocate_to_oldest(uow, [pick(payments)])
    elif what == "undo" and payments:
        unallocate(uow, [pick(payments)])
    elif what == "bounce" and payments:
        reverse_payments(uow, [pick(payments)], on=on)
    elif what == "back" and invoices:
        reverse_invoices(uow, [pick(invoices)], on=on)


@settings(
    max_examples=25, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(acts)
def test_the_books_stay_right_whatever_people_do(house, work, shop, doings):
    for doing in doings:
        try:
            with work() as uow:
                act(uow, shop, *doing)
        except Refused:
            pass  # a rule said no, and nothing of it was kept
    with house.read(Actor.system()) as session:
        for check in CHECKS:
            assert list(check.run(session)) == [], check.name
        given = {"start": dt.date(2026, 4, 11), "end": dt.date(2026, 9, 17)}
        lines = list(trial_balance.ask(session, Actor.system(), **given))
        assert sum(line.values["opening"] for line in lines) == 0
        assert sum(line.values["closing"] for line in lines) == 0

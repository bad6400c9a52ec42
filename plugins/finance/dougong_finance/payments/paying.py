"""Paying an invoice from its own page: one step makes the payment and posts it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from dougong import Refused, _, rounded
from dougong_finance.invoices.models import Invoice
from dougong_finance.journals.queries import journal_for
from dougong_finance.payments.models import Payment, PaymentLine
from dougong_finance.payments.service import register_payments

if TYPE_CHECKING:
    from dougong import UnitOfWork

#: Where money comes in when it is paid: customers' invoices and what suppliers give back.
_MONEY_IN = {"customer_invoice", "supplier_credit"}


class NothingToPay(Refused):
    """Nothing of the invoice is open."""

    def __init__(self, invoice: Invoice) -> None:
        super().__init__(_("Nothing of %(invoice)s is open.", invoice=invoice))


class NoAmount(Refused):
    """Nothing, or less than nothing, is no payment."""

    def __init__(self) -> None:
        super().__init__(_("The amount of a payment is more than nothing. Correct it."))


class NotThatMuch(Refused):
    """The amount is more than what is open, and nobody said what to do with the rest."""

    def __init__(self, invoice: Invoice) -> None:
        super().__init__(
            _(
                "Only %(open)s is open of %(invoice)s. Enter at most that, or let the rest be kept"
                " as a credit.",
                invoice=invoice,
                open=f"{rounded(invoice.open, invoice.currency):,f} {invoice.currency}",
            )
        )


def pay_invoices(
    uow: UnitOfWork,
    ids: Sequence[int],
    on: dt.date | None = None,
    amount: Decimal | None = None,
    journal: int | None = None,
    credit: bool = False,
    reference: str | None = None,
) -> list[Payment]:
    """Take in (or pay out) what is open of these invoices, or so much of each, on a day.

    What is more than open is refused, unless it shall be kept as the party's ``credit``.
    """
    invoices = uow.load(Invoice, ids, lock=True)
    payments = [_payment(invoice, amount, credit) for invoice in invoices]
    for payment in payments:
        payment.dated_on, payment.reference = on or uow.today, reference
        payment.journal_id = journal or journal_for(uow, payment.company_id, "bank")
    return register_payments(uow, payments)


def _payment(invoice: Invoice, amount: Decimal | None, credit: bool) -> Payment:
    if invoice.state not in {"posted", "partly"} or not invoice.open:
        raise NothingToPay(invoice)
    paid = invoice.open if amount is None else amount
    if paid <= 0:
        raise NoAmount
    if paid > invoice.open and not credit:
        raise NotThatMuch(invoice)
    return Payment(
        company_id=invoice.company_id,
        direction="in" if invoice.kind in _MONEY_IN else "out",
        party_id=invoice.party_id,
        amount=paid,
        lines=[PaymentLine(invoice_id=invoice.id, amount=min(paid, invoice.open))],
    )

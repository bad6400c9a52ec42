"""Paying an invoice from its own page: one step makes the payment and posts it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from dougong import Refused, _
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


class NotThatMuch(Refused):
    """The amount does not fit what is open."""

    def __init__(self, invoice: Invoice) -> None:
        super().__init__(
            _(
                "Pay more than nothing and at most what is open of %(invoice)s: %(open)s.",
                invoice=invoice,
                open=invoice.open,
            )
        )


def pay_invoices(
    uow: UnitOfWork,
    ids: Sequence[int],
    on: dt.date | None = None,
    amount: Decimal | None = None,
) -> list[Payment]:
    """Take in (or pay out) what is open of these invoices, or so much of each, on a day."""
    invoices = uow.load(Invoice, ids, lock=True)
    return register_payments(uow, [_payment(uow, i, on or uow.today, amount) for i in invoices])


def _payment(uow: UnitOfWork, invoice: Invoice, on: dt.date, amount: Decimal | None) -> Payment:
    if invoice.state not in {"posted", "partly"} or not invoice.open:
        raise NothingToPay(invoice)
    paid = invoice.open if amount is None else amount
    if not 0 < paid <= invoice.open:
        raise NotThatMuch(invoice)
    return Payment(
        company_id=invoice.company_id,
        direction="in" if invoice.kind in _MONEY_IN else "out",
        party_id=invoice.party_id,
        journal_id=journal_for(uow, invoice.company_id, "bank"),
        dated_on=on,
        amount=paid,
        lines=[PaymentLine(invoice_id=invoice.id, amount=paid)],
    )

"""What follows from the invoices while a payment is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dougong import ZERO, _
from dougong.companies.currency import currency_of
from dougong_base import Party
from dougong_finance.accounts.uses import account_uses
from dougong_finance.invoices.models import Invoice
from dougong_finance.journals.queries import journal_for
from dougong_finance.payments.models import Payment

if TYPE_CHECKING:
    from dougong.resources.documents.facts import Facts


def derive_payment(payment: Payment, facts: Facts) -> None:
    """Journal, currency and account unless chosen; the amount is what the lines settle."""
    uow = facts.uow
    payment.company_id = payment.company_id or uow.company_id
    payment.direction = payment.direction or "in"
    payment.company_currency = currency_of(uow, payment.company_id)
    if facts.fresh(payment, "dated_on"):
        payment.dated_on = facts.today
    if facts.fresh(payment, "journal"):
        payment.journal_id = journal_for(uow, payment.company_id, "bank")
    for line in payment.lines:
        invoice = facts.get(Invoice, line.invoice_id)
        line.discount = line.discount or ZERO
        if invoice is not None and facts.fresh(line, "amount", on="invoice"):
            line.amount = invoice.open - line.discount
        line.amount = line.amount or ZERO
    paid = facts.get(Invoice, payment.lines[0].invoice_id) if payment.lines else None
    if paid is not None and facts.fresh(payment, "party"):
        payment.party_id = paid.party_id
    _currency(payment, paid, facts)
    if facts.fresh(payment, "amount"):
        shared = sum((line.amount for line in payment.lines), ZERO)
        # Nothing said is no amount; the check asks for one.
        payment.amount = shared or None  # type: ignore[assignment]
    purpose = "receivable" if payment.direction == "in" else "payable"
    payment.account_id = (
        paid.account_id if paid else account_uses(uow).of(payment.company_id, purpose)
    )
    payment.open = ZERO


def _currency(payment: Payment, paid: Invoice | None, facts: Facts) -> None:
    if facts.fresh(payment, "currency", on="party"):
        party = facts.get(Party, payment.party_id)
        own = currency_of(facts.uow, payment.company_id)
        payment.currency = (paid and paid.currency) or (party and party.currency) or own


def check_payment(payment: Payment, facts: Facts) -> None:
    """The lines pay what is open, of this party, in this currency."""
    if payment.party_id is None:
        facts.error(payment, "party", _("Say who paid, or choose an invoice."))
    if payment.amount is None:
        facts.error(payment, "amount", _("Say how much, or choose an invoice."))
        return
    if payment.amount <= 0:
        facts.error(payment, "amount", _("Pay more than nothing."))
    for line in payment.lines:
        invoice = facts.get(Invoice, line.invoice_id)
        if invoice is None:
            continue
        if invoice.party_id != payment.party_id:
            facts.error(line, "invoice", _("This invoice belongs to another party."))
        elif invoice.currency != payment.currency:
            facts.error(line, "invoice", _("This invoice is in another currency."))
        elif line.amount + line.discount > invoice.open:
            facts.error(
                line, "amount", _("Only %(open)s of this invoice are open.", open=invoice.open)
            )
    shared = sum((line.amount for line in payment.lines), ZERO)
    if shared > payment.amount:
        facts.error(payment, "amount", _("The lines settle more than is paid: %(n)s.", n=shared))

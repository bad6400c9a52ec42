"""A receipt for money that came in, and a remittance advice for money that went out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dougong import _, pgettext
from dougong.printing import Desk, Print, Sheet, Signatures, Sum, Sums, Words
from dougong_base import addressed, languages_of, receivers
from dougong_finance.payments.models import Payment


def lay_out_payments(desk: Desk, payments: Sequence[Payment]) -> Iterator[Sheet]:
    """Who paid how much, when, and for which invoices."""
    parties = receivers(desk.session, (payment.party_id for payment in payments))
    for payment in payments:
        came_in = payment.direction == "in"
        title = pgettext("payment", "Receipt") if came_in else _("Remittance advice")
        amount = desk.money(payment.amount, payment.currency)
        said = (
            _("We have received %(amount)s with thanks.", amount=amount)
            if came_in
            else _("We have paid you %(amount)s.", amount=amount)
        )
        table = desk.table(payment, "lines", "invoice", "amount", "discount")
        yield Sheet(
            title=f"{title} {payment.number or ''}".strip(),
            to=addressed(desk, parties.get(payment.party_id)),
            facts=desk.facts(payment, "dated_on", "journal", "reference"),
            dated=payment.dated_on,
            parts=[
                Words(said, size=1.15),
                *([table] if table.rows else []),
                Sums([Sum(_("Amount"), amount, strong=True)]),
                *([Words(payment.note)] if payment.note else []),
                *([Signatures([_("Place and date"), _("Signature")])] if came_in else []),
            ],
        )


PAYMENT_PRINTS = [
    Print(
        name="finance.receipt", label=pgettext("payment", "Receipt"), resource="finance.payments", paper="A5",
        layout=lay_out_payments, fits=lambda payment: payment.direction == "in",
        language=languages_of("party_id"), order=10,
    ),
    Print(
        name="finance.remittance", label=_("Remittance advice"), resource="finance.payments",
        paper="A5", layout=lay_out_payments, fits=lambda payment: payment.direction == "out",
        language=languages_of("party_id"), order=20,
    ),
]  # fmt: skip

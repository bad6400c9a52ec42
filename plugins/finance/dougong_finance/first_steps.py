"""What a company enters first here."""

from __future__ import annotations

from dougong import FirstStep, _

FIRST_STEPS = [
    FirstStep(
        "finance.accounts",
        _("Check your chart of accounts"),
        _("It was made for your country; add what you miss."),
        "finance.accounts",
    ),
    FirstStep(
        "finance.opening",
        _("Enter your opening balances"),
        _("One entry with the balances of the day on which you begin."),
        "finance.entries",
    ),
    FirstStep(
        "finance.invoice",
        _("Write your first invoice"),
        _("From an order or a delivery, or by hand."),
        "finance.customer-invoices",
    ),
    FirstStep(
        "finance.bill",
        _("Enter your first supplier bill"),
        _("With its due date, so that it is paid in time."),
        "finance.supplier-bills",
    ),
    FirstStep(
        "finance.payment",
        _("Record your first payment"),
        _("It settles invoices and shows what is still open."),
        "finance.payments",
    ),
]

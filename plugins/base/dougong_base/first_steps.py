"""What a company enters first here."""

from __future__ import annotations

from dougong import FirstStep, _

FIRST_STEPS = [
    FirstStep(
        "base.product",
        _("Enter your first product"),
        _("What you sell, buy, make or keep, with its unit and price."),
        "base.products",
    ),
    FirstStep(
        "base.party",
        _("Enter your first business partner"),
        _("Customers and suppliers: one entry serves every department."),
        "base.parties",
    ),
    FirstStep(
        "base.term",
        _("Say when you want to be paid"),
        _("Payment terms stand on orders and invoices."),
        "base.terms",
    ),
    FirstStep(
        "base.tax", _("Check your taxes"), _("What is added to sales and purchases."), "base.taxes"
    ),
]

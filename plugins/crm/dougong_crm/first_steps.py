"""What a company enters first here."""

from __future__ import annotations

from dougong import FirstStep, _

FIRST_STEPS = [
    FirstStep(
        "crm.customer",
        _("Enter your first customer"),
        _("Bring them all in from a spreadsheet, or begin with one."),
        "crm.customers",
    ),
    FirstStep(
        "crm.price-list",
        _("Make a price list"),
        _("What which customers pay; without one the product’s price counts."),
        "crm.pricelists",
    ),
    FirstStep(
        "crm.quote",
        _("Write your first quote"),
        _("Print it, send it, and make the order from it."),
        "crm.quotes",
    ),
    FirstStep(
        "crm.order",
        _("Take your first order"),
        _("Confirming it tells the warehouse and the books."),
        "crm.orders",
    ),
]

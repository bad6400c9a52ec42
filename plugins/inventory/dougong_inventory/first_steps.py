"""What a company enters first here."""

from __future__ import annotations

from dougong import FirstStep, _

FIRST_STEPS = [
    FirstStep(
        "inventory.warehouse",
        _("Set up your warehouse"),
        _("Where goods are kept; locations divide it."),
        "inventory.warehouses",
    ),
    FirstStep(
        "inventory.opening",
        _("Enter your opening stock"),
        _("What lies in the warehouse on the day you begin, with its value."),
        "inventory.openings",
    ),
    FirstStep(
        "inventory.receipt",
        _("Receive goods for the first time"),
        _("Receipts come from purchase orders, or are entered."),
        "inventory.receipts",
    ),
    FirstStep(
        "inventory.delivery",
        _("Deliver for the first time"),
        _("Deliveries come from sales orders, or are entered."),
        "inventory.deliveries",
    ),
    FirstStep(
        "inventory.count",
        _("Count a shelf"),
        _("A first count shows whether stock and system agree."),
        "inventory.counts",
    ),
]

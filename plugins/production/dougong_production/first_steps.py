"""What a company enters first here."""

from __future__ import annotations

from dougong import FirstStep, _

FIRST_STEPS = [
    FirstStep(
        "production.work-centre",
        _("Set up a work centre"),
        _("Machines or people, with their hours and costs."),
        "production.work_centres",
    ),
    FirstStep(
        "production.bom",
        _("Say what a product is made of"),
        _("A bill of materials, with its operations."),
        "production.boms",
    ),
    FirstStep(
        "production.order",
        _("Release your first production order"),
        _("It takes material and brings the product."),
        "production.orders",
    ),
]

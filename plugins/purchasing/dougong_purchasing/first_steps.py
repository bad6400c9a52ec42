"""What a company enters first here."""

from __future__ import annotations

from dougong import FirstStep, _

FIRST_STEPS = [
    FirstStep(
        "purchasing.prices",
        _("Enter your suppliers’ prices"),
        _("Who delivers what, at which price, how fast."),
        "purchasing.terms",
    ),
    FirstStep(
        "purchasing.request",
        _("Ask for something"),
        _("A request is approved and becomes an order."),
        "purchasing.requests",
    ),
    FirstStep(
        "purchasing.order",
        _("Place your first purchase order"),
        _("Print it and send it to the supplier."),
        "purchasing.orders",
    ),
]

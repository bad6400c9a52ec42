"""Short walks over the pages of sales."""

from __future__ import annotations

from dougong import Tour, _

TOURS = [
    Tour(
        "crm.orders",
        _("An order from customer to money"),
        "crm.orders.form",
        (
            (
                "customer",
                _("Begin with the customer: currency, payment term and prices follow from it."),
            ),
            (
                "lines",
                _("Enter what is sold. Prices come from the price list; you may change them."),
            ),
            ("promised_on", _("What you promise here is the day the warehouse delivers for.")),
            (
                "steps",
                _(
                    "Confirm binds both sides: goods are reserved, delivery and invoice get under way."
                ),
            ),
            ("related", _("Everything that came of the order is a press away: delivery, invoice.")),
            ("delivery_state", _("Here you see what is delivered, billed and paid.")),
        ),
    )
]

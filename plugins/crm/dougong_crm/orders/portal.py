"""Orders in the customers' portal: what was ordered, and how much of it was delivered."""

from __future__ import annotations

from dougong import _, pgettext
from dougong_base import PortalNoun

ORDERS = PortalNoun(
    name="crm.orders",
    label=pgettext("portal", "Orders"),
    one=pgettext("portal", "Order"),
    party="customer_id",
    states={
        "confirmed": pgettext("portal", "Confirmed"),
        "done": pgettext("portal", "Completed"),
        "cancelled": pgettext("portal", "Cancelled"),
    },
    # A draft that was given up was never an order.
    only=lambda model: model.number.is_not(None),
    columns=["ordered_on", ("reference", _("Your reference")), "delivery_state", "total"],
    facts=[
        "ordered_on", "promised_on", ("reference", _("Your reference")), "payment_term",
        "delivery_state",
    ],
    lines=["description", "quantity", "unit", "price", "discount", "amount", "delivered"],
    sums=["untaxed", "tax_total", "total"],
    papers=["confirmation"],
    order=20,
)  # fmt: skip

"""Deliveries in the customers' portal: what is on its way, and what has left."""

from __future__ import annotations

from dougong import pgettext
from dougong_base import PortalNoun

DELIVERIES = PortalNoun(
    name="inventory.deliveries",
    party="party_id",
    states={
        "waiting": pgettext("portal", "Being prepared"),
        "partial": pgettext("portal", "Being prepared"),
        "ready": pgettext("portal", "Ready to leave"),
        "shipped": pgettext("portal", "Shipped"),
    },
    only=lambda model: model.kind == "sale",
    columns=["reference", "promised_on", "shipped_on"],
    facts=["reference", "promised_on", "shipped_on"],
    lines=["product", "quantity", "shipped"],
    papers=["delivery-note"],
    order=30,
)

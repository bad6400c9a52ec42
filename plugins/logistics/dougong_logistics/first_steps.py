"""What a company enters first here."""

from __future__ import annotations

from dougong import FirstStep, _

FIRST_STEPS = [
    FirstStep(
        "logistics.carrier",
        _("Enter your first carrier"),
        _("Who takes your goods away; your own fleet is one, too."),
        "logistics.carriers",
    ),
    FirstStep(
        "logistics.tariff",
        _("Enter what they charge"),
        _("By weight, zone and pallet."),
        "logistics.tariffs",
    ),
    FirstStep(
        "logistics.shipment",
        _("Send your first shipment"),
        _("With label, packing list and tracking."),
        "logistics.shipments",
    ),
]

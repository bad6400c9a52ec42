"""Where logistics stands in the menu, and who may do what."""

from __future__ import annotations

from collections.abc import Iterator

from dougong import MenuItem, Permission, Role, _, pgettext

ENTRIES = [
    ("shipments", _("Shipments"), "truck-delivery"),
    ("trackings", _("Tracking"), "map-pin"),
    ("statements", _("Freight statements"), "file-invoice"),
    ("carriers", _("Carriers"), "truck"),
    ("services", _("Carrier services"), "route"),
    ("tariffs", pgettext("freight", "Tariffs"), "coins"),
]
LOOK_UP = ["base.party.read", "base.product.read", "base.unit.read", "base.currency.read"]
PERMISSIONS: list[Permission] = []

ROLES = [
    Role("logistics.manager", _("Head of logistics"), ["logistics.*", *LOOK_UP]),
    Role(
        "logistics.dispatcher",
        _("Dispatcher"),
        [
            "logistics.shipment.*", "logistics.tracking.*", "logistics.carrier.read",
            "logistics.service.read", "logistics.tariff.read", "logistics.statement.read",
            "logistics.statement.check", *LOOK_UP,
        ],
    ),
]  # fmt: skip


def menu() -> Iterator[MenuItem]:
    """Daily work first, what is rarely touched below."""
    yield MenuItem(key="logistics", label=_("Logistics"), icon="truck", order=45)
    for order, (slug, label, icon) in enumerate(ENTRIES, 1):
        yield MenuItem(
            key=f"logistics.{slug}", label=label, to=f"logistics.{slug}", parent="logistics",
            icon=icon, order=order * 10,
        )  # fmt: skip

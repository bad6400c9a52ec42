"""Where inventory stands in the menu, and who may do what."""

from __future__ import annotations

from collections.abc import Iterator

from dougong import MenuItem, Permission, Role, _

ENTRIES = [
    ("deliveries", _("Deliveries"), "truck-delivery"),
    ("receipts", _("Receipts"), "package-import"),
    ("transfers", _("Transfers"), "transfer"),
    ("stock", _("Stock"), "packages"),
    ("moves", _("Stock moves"), "arrows-exchange"),
    ("counts", _("Counts"), "clipboard-check"),
    ("scraps", _("Scrappings"), "trash"),
    ("lots", _("Lots and serial numbers"), "barcode"),
    ("reorder_rules", _("Reorder rules"), "refresh-alert"),
    ("forecasts", _("Forecasts"), "chart-line"),
    ("forecast_series", _("Forecast by product"), "chart-dots"),
    ("warehouses", _("Warehouses"), "building-warehouse"),
    ("locations", _("Locations"), "map-pin"),
    ("openings", _("Opening stock"), "flag"),
]

#: What a worker looks at.
SEEN = (
    "delivery", "receipt", "transfer", "stock", "move", "count", "scrap", "lot", "warehouse",
    "location", "reorder_rule", "forecast", "forecast_series",
)  # fmt: skip

PERMISSIONS = [Permission("inventory.value.read", _("See what the stock is worth"))]

ROLES = [
    Role(
        "inventory.worker",
        _("Warehouse worker"),
        [
            *(f"inventory.{noun}.read" for noun in SEEN),
            "inventory.delivery.write", "inventory.delivery.reserve", "inventory.delivery.ship",
            "inventory.receipt.create", "inventory.receipt.write", "inventory.receipt.receive",
            "inventory.transfer.*", "inventory.count.create", "inventory.count.write",
            "inventory.lot.*", "base.party.read", "base.product.read", "base.unit.read",
            "base.category.read",
        ],
    ),
    Role(
        "inventory.planner",
        _("Demand planner"),
        [
            "inventory.forecast.*", "inventory.forecast_series.*", "inventory.reorder_rule.*",
            "inventory.stock.read", "inventory.move.read", "inventory.warehouse.read",
            "inventory.location.read", "base.product.read", "base.unit.read", "base.category.read",
        ],
    ),
    Role(
        "inventory.manager",
        _("Inventory manager"),
        [
            "inventory.*", "base.party.read", "base.product.read", "base.unit.read",
            "base.category.read", "base.cost.read",
        ],
    ),
]  # fmt: skip


def menu() -> Iterator[MenuItem]:
    """Daily work first, what is rarely touched below."""
    yield MenuItem(key="inventory", label=_("Inventory"), icon="building-warehouse", order=30)
    for order, (slug, label, icon) in enumerate(ENTRIES, 1):
        yield MenuItem(
            key=f"inventory.{slug}", label=label, to=f"inventory.{slug}", parent="inventory",
            icon=icon, order=order * 10,
        )  # fmt: skip

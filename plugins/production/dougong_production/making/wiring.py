"""What making brings to the plugin."""

from __future__ import annotations

from dougong import MenuItem, Permission, Role, _
from dougong_production.boms.models import Bom, BomByProduct, BomLine, BomOperation
from dougong_production.boms.resource import BomResource
from dougong_production.parts import Part
from dougong_production.work_centres.models import Alternative, WorkCentre
from dougong_production.work_centres.resource import WorkCentreResource

ENTRIES = [
    ("boms", _("Bills of materials"), "hierarchy-3"),
    ("work_centres", _("Work centres"), "tool"),
]
MENUS = [
    MenuItem(
        key=f"production.{slug}", label=label, to=f"production.{slug}", parent="production",
        icon=icon, order=order * 10,
    )
    for order, (slug, label, icon) in enumerate(ENTRIES, 1)
]  # fmt: skip

PERMISSIONS = [Permission("production.cost.read", _("See what production costs"))]
LOOK = (
    "base.product.read", "base.unit.read", "base.category.read", "base.party.read",
    "base.calendar.read",
)  # fmt: skip
ROLES = [
    Role(
        "production.manager",
        _("Production manager"),
        ["production.*", "base.cost.read", "inventory.warehouse.read", *LOOK],
    ),
]

MAKING = Part(
    models=[WorkCentre, Alternative, Bom, BomLine, BomByProduct, BomOperation],
    resources=[BomResource, WorkCentreResource],
    menus=MENUS,
    permissions=PERMISSIONS,
    roles=ROLES,
)

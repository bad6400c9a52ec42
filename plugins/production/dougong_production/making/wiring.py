"""What making brings to the plugin."""

from __future__ import annotations

from dougong import MenuItem, Permission, Reaction, Replay, Role, Series, Setting, _
from dougong_base.events import CostsArose, MaterialsIssued, ProductionReleased
from dougong_production.boms.models import Bom, BomByProduct, BomLine, BomOperation, BomVariant
from dougong_production.boms.resource import BomResource
from dougong_production.checks import CHECKS
from dougong_production.demo import run_the_workshop
from dougong_production.orders.material import take_costs
from dougong_production.orders.models import ByProduct, Material, Order
from dougong_production.orders.replays import unbooked, unheard
from dougong_production.orders.resource import OrderResource
from dougong_production.orders.workflow import ORDER_STEPS
from dougong_production.parts import Part
from dougong_production.providers import PROVIDERS
from dougong_production.reports.boms import COST, LEVELS, WHERE_USED
from dougong_production.reports.orders import REPORTS
from dougong_production.widgets import WIDGETS
from dougong_production.work_centres.models import Alternative, WorkCentre
from dougong_production.work_centres.resource import WorkCentreResource
from dougong_production.work_orders.models import WORK_STEPS, TimeLog, WorkOrder, WorkScrap
from dougong_production.work_orders.pages import floor
from dougong_production.work_orders.resource import WorkOrderResource

ENTRIES = [
    ("orders", _("Production orders"), "building-factory-2"),
    ("work", _("Work orders"), "checklist"),
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
MENUS.append(
    MenuItem(
        key="production.floor", label=_("Shop floor"), to="production_floor.overview",
        parent="production", icon="device-tablet", order=15, needs="production.work.read",
    )
)  # fmt: skip

PERMISSIONS = [
    Permission("production.cost.read", _("See what production costs")),
    Permission("production.maintenance.report", _("Report that a machine has stopped")),
]
LOOK = (
    "base.product.read", "base.unit.read", "base.category.read", "base.party.read",
    "base.calendar.read",
)  # fmt: skip
ROLES = [
    Role(
        "production.manager",
        _("Production manager"),
        ["production.*", "base.cost.read", *LOOK],
    ),
    Role(
        "production.planner",
        _("Production planner"),
        [
            "production.*.read",
            "production.bom.*",
            "production.planning_rule.*",
            "production.master_plan.*",
            "production.plan_run.*",
            "production.proposal.*",
            "production.schedule.*",
            "production.order.create",
            "production.order.write",
            "production.order.release",
            "production.order.cancel",
            *LOOK,
        ],
    ),
    Role(
        "production.worker",
        _("Production worker"),
        [
            "production.order.read",
            "production.work.*",
            "production.work_centre.read",
            "production.maintenance.report",
            "production.order.issue",
            "production.order.finish",
            *LOOK,
        ],
    ),
]

SETTINGS = [
    Setting(
        "production.backflush", _("Material goes by itself"), True, "flag",
        help=_("New orders take their material as goods come in; otherwise somebody issues it."),
    ),
    Setting(
        "production.tolerance", _("Tolerance of what is made (%)"), 0, "number",
        help=_("So many percent more than ordered may be taken in."),
    ),
]  # fmt: skip

MAKING = Part(
    models=[
        WorkCentre, Alternative, Bom, BomVariant, BomLine, BomByProduct, BomOperation, Order, Material,
        ByProduct, WorkOrder, TimeLog, WorkScrap,
    ],
    resources=[OrderResource, WorkOrderResource, BomResource, WorkCentreResource],
    menus=MENUS,
    pages=lambda: [floor()],
    workflows=[ORDER_STEPS, WORK_STEPS],
    permissions=PERMISSIONS,
    roles=ROLES,
    settings=SETTINGS,
    series=[Series("production-order", _("Production orders"), "MO")],
    reactions=[Reaction(MaterialsIssued, take_costs)],
    replays=[Replay(ProductionReleased, unheard), Replay(CostsArose, unbooked)],
    providers=PROVIDERS,
    reports=[LEVELS, WHERE_USED, COST, *REPORTS],
    widgets=WIDGETS,
    checks=CHECKS,
    demo=run_the_workshop,
)  # fmt: skip

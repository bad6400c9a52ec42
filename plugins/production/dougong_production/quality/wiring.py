"""What quality and maintenance bring to the plugin."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from dougong import Fill, Job, MenuItem, Reaction, Role, Series, Text, _
from dougong_base.events import GoodsReceived, ProductionFinished
from dougong_base.ports import GoodsToInspect, RefusedGoods
from dougong_production.charts.pages import chart_room
from dougong_production.charts.views import CONTROL_CHART
from dougong_production.control_limits.models import ControlLimits
from dougong_production.control_limits.resource import ControlLimitsResource
from dougong_production.control_limits.workflow import LIMITS_STEPS
from dougong_production.held.pages import what_holds
from dougong_production.held.reports import HELD_BACK
from dougong_production.inspections.holding import KeptApart, Refusals
from dougong_production.inspections.models import Inspection, Result, SamplingState
from dougong_production.inspections.pages import laboratory
from dougong_production.inspections.reactions import (
    inspect_made,
    inspect_received,
    not_inspected,
)
from dougong_production.inspections.resource import InspectionResource, SamplingStateResource
from dougong_production.inspections.workflow import INSPECTION_STEPS, SAMPLING_STEPS
from dougong_production.maintenance.models import (
    MAINTENANCE_STEPS,
    Equipment,
    MaintenanceOrder,
    MaintenancePlan,
)
from dougong_production.maintenance.reports import OEE, RELIABILITY
from dougong_production.maintenance.resource import (
    EquipmentResource,
    MaintenanceOrderResource,
    MaintenancePlanResource,
)
from dougong_production.maintenance.service import ask_for_due_job
from dougong_production.ncrs.models import Ncr, NcrAction
from dougong_production.ncrs.resource import NcrResource
from dougong_production.ncrs.workflow import NCR_STEPS
from dougong_production.parts import Part
from dougong_production.quality.demo import run_the_laboratory
from dougong_production.quality.widgets import WIDGETS
from dougong_production.quality_plans.models import Characteristic, QualityPlan
from dougong_production.quality_plans.resource import CharacteristicResource, QualityPlanResource

ENTRIES = [
    ("inspections", _("Inspections"), "zoom-check"),
    ("ncrs", _("Non-conformances"), "alert-triangle"),
    ("quality_plans", _("Quality plans"), "checklist"),
    ("sampling_states", _("Sampling states"), "switch-3"),
    ("control_limits", _("Frozen control limits"), "snowflake"),
]
#: What quality asks of all documents stands with them, not with production's figures.
REPORTS = [
    (CONTROL_CHART, _("Figures of a control chart"), 60),
    (HELD_BACK, HELD_BACK.label, 70),
]

MACHINES = [
    ("maintenance", _("Maintenance"), "tool"),
    ("maintenance_plans", _("Maintenance plans"), "calendar-repeat"),
    ("equipment", _("Equipment"), "engine"),
]


def _entries(
    parent: str, first: int, entries: Sequence[tuple[str, Text, str]]
) -> Iterator[MenuItem]:
    for place, (slug, label, icon) in enumerate(entries):
        yield MenuItem(
            key=f"production.{slug}", label=label, to=f"production.{slug}", parent=parent,
            icon=icon, order=first + 10 * place,
        )  # fmt: skip


#: A department of its own, below production.
HEADING = "production.quality"
MENUS = [
    MenuItem(key=HEADING, label=_("Quality"), icon="rosette-discount-check", order=36),
    MenuItem(
        key="production.lab", label=_("Enter measurements"), to="production_lab.overview",
        parent=HEADING, icon="ruler-measure", order=5, needs="production.inspection.read",
    ),
    MenuItem(
        key="production.charts", label=_("Control charts"), to="production_charts.overview",
        parent=HEADING, icon="chart-line", order=25, needs="production.inspection.read",
    ),
    *_entries(HEADING, 10, ENTRIES),
    *(
        MenuItem(
            key=f"{report.name}.report", label=label, to=report.name, parent=HEADING,
            icon=report.icon, order=order, needs=report.needs,
        )
        for report, label, order in REPORTS
    ),
    *_entries("production", 200, MACHINES),
]  # fmt: skip


def may_measure(document: Any = None) -> dict[str, Any] | None:
    """The way to the page on which results are entered, of a lot that is open."""
    open_ = document is not None and document.state == "open"
    return {"id": document.id} if open_ else None


ROLES = [
    Role(
        "production.quality",
        _("Quality manager"),
        [
            "production.quality_plan.*", "production.characteristic.read",
            "production.inspection.*", "production.sampling_state.*",
            "production.control_limit.*", "production.ncr.*",
            "base.party.read", "base.product.read", "base.category.read",
            "base.unit.read",
        ],
    ),
    Role(
        "production.maintainer",
        _("Maintenance"),
        [
            "production.equipment.*", "production.maintenance.*", "production.maintenance_plan.*",
            "production.work_centre.read",
        ],
    ),
    Role(
        "production.inspector",
        _("Inspector"),
        [
            "production.quality_plan.read", "production.characteristic.read", "production.inspection.read",
            "production.inspection.create", "production.inspection.write",
            "production.inspection.decide", "production.sampling_state.read",
            "production.control_limit.read", "production.ncr.read", "production.ncr.create",
            "production.ncr.write",
            "base.party.read", "base.product.read", "base.category.read", "base.unit.read",
        ],
    ),
]  # fmt: skip

QUALITY = Part(
    models=[
        QualityPlan,
        Characteristic,
        Inspection,
        Result,
        SamplingState,
        ControlLimits,
        Ncr,
        NcrAction,
        Equipment,
        MaintenancePlan,
        MaintenanceOrder,
    ],
    resources=[
        InspectionResource,
        NcrResource,
        QualityPlanResource,
        SamplingStateResource,
        ControlLimitsResource,
        MaintenanceOrderResource,
        MaintenancePlanResource,
        EquipmentResource,
        CharacteristicResource,
    ],
    menus=MENUS,
    pages=lambda: [laboratory(), chart_room()],
    workflows=[INSPECTION_STEPS, SAMPLING_STEPS, LIMITS_STEPS, NCR_STEPS, MAINTENANCE_STEPS],
    roles=ROLES,
    reports=[HELD_BACK, CONTROL_CHART, RELIABILITY, OEE],
    series=[
        Series("inspection", _("Inspections"), "QI"),
        Series("ncr", _("Non-conformances"), "NC"),
        Series("maintenance", _("Maintenance"), "MT"),
    ],
    widgets=WIDGETS,
    fills=[
        Fill(
            "production.inspections.buttons",
            "production/measure_button.html",
            may_measure,
            "production.inspection.read",
        ),
        Fill(
            "crm.orders.top",
            "production/held_order.html",
            what_holds,
            "production.inspection.read",
        ),
    ],
    jobs=[
        Job(
            "production.maintenance_due",
            ask_for_due_job,
            _("Ask for maintenance that is due"),
            every=dt.timedelta(days=1),
        )
    ],
    providers={GoodsToInspect: KeptApart, RefusedGoods: Refusals},
    demo=run_the_laboratory,
    reactions=[
        Reaction(GoodsReceived, inspect_received, news=not_inspected),
        Reaction(ProductionFinished, inspect_made),
    ],
)

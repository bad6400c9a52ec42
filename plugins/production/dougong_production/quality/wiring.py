"""What quality and maintenance bring to the plugin."""

from __future__ import annotations

import datetime as dt

from dougong import Job, MenuItem, Reaction, Role, Series, _
from dougong_base.events import GoodsReceived, ProductionFinished
from dougong_base.ports import GoodsToInspect
from dougong_production.charts.views import CONTROL_CHART
from dougong_production.inspections.holding import KeptApart
from dougong_production.inspections.models import Inspection, Result, SamplingState
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
    ("maintenance", _("Maintenance"), "tool"),
    ("maintenance_plans", _("Maintenance plans"), "calendar-repeat"),
    ("equipment", _("Equipment"), "engine"),
]

MENUS = [
    MenuItem(
        key=f"production.{slug}", label=label, to=f"production.{slug}", parent="production",
        icon=icon, order=200 + 10 * place,
    )
    for place, (slug, label, icon) in enumerate(ENTRIES)
]  # fmt: skip

ROLES = [
    Role(
        "production.quality",
        _("Quality manager"),
        [
            "production.quality_plan.*", "production.characteristic.read",
            "production.inspection.*", "production.sampling_state.*",
            "production.ncr.*", "base.party.read", "base.product.read", "base.category.read",
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
            "production.ncr.read", "production.ncr.create", "production.ncr.write",
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
        MaintenanceOrderResource,
        MaintenancePlanResource,
        EquipmentResource,
        CharacteristicResource,
    ],
    menus=MENUS,
    workflows=[INSPECTION_STEPS, SAMPLING_STEPS, NCR_STEPS, MAINTENANCE_STEPS],
    roles=ROLES,
    reports=[CONTROL_CHART, RELIABILITY, OEE],
    series=[
        Series("inspection", _("Inspections"), "QI"),
        Series("ncr", _("Non-conformances"), "NC"),
        Series("maintenance", _("Maintenance"), "MT"),
    ],
    widgets=WIDGETS,
    jobs=[
        Job(
            "production.maintenance_due",
            ask_for_due_job,
            _("Ask for maintenance that is due"),
            every=dt.timedelta(days=1),
        )
    ],
    providers={GoodsToInspect: KeptApart},
    demo=run_the_laboratory,
    reactions=[
        Reaction(GoodsReceived, inspect_received, news=not_inspected),
        Reaction(ProductionFinished, inspect_made),
    ],
)

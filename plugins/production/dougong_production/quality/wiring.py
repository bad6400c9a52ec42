"""What quality and maintenance bring to the plugin."""

from __future__ import annotations

from dougong import MenuItem, Reaction, Role, Series, _
from dougong_base.events import GoodsReceived, ProductionFinished
from dougong_production.charts.views import CONTROL_CHART
from dougong_production.inspections.models import Inspection, Result, SamplingState
from dougong_production.inspections.reactions import inspect_made, inspect_received
from dougong_production.inspections.resource import InspectionResource, SamplingStateResource
from dougong_production.inspections.workflow import INSPECTION_STEPS, SAMPLING_STEPS
from dougong_production.ncrs.models import Ncr, NcrAction
from dougong_production.ncrs.resource import NcrResource
from dougong_production.ncrs.workflow import NCR_STEPS
from dougong_production.parts import Part
from dougong_production.quality_plans.models import Characteristic, QualityPlan
from dougong_production.quality_plans.resource import QualityPlanResource

ENTRIES = [
    ("inspections", _("Inspections"), "zoom-check"),
    ("ncrs", _("Non-conformances"), "alert-triangle"),
    ("quality_plans", _("Quality plans"), "checklist"),
    ("sampling_states", _("Sampling states"), "switch-3"),
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
            "production.quality_plan.*", "production.inspection.*", "production.sampling_state.*",
            "production.ncr.*", "base.party.read", "base.product.read", "base.category.read",
            "base.unit.read",
        ],
    ),
    Role(
        "production.inspector",
        _("Inspector"),
        [
            "production.quality_plan.read", "production.inspection.read",
            "production.inspection.create", "production.inspection.write",
            "production.inspection.decide", "production.sampling_state.read",
            "production.ncr.read", "production.ncr.create", "production.ncr.write",
            "base.party.read", "base.product.read", "base.category.read", "base.unit.read",
        ],
    ),
]  # fmt: skip

QUALITY = Part(
    models=[QualityPlan, Characteristic, Inspection, Result, SamplingState, Ncr, NcrAction],
    resources=[InspectionResource, NcrResource, QualityPlanResource, SamplingStateResource],
    menus=MENUS,
    workflows=[INSPECTION_STEPS, SAMPLING_STEPS, NCR_STEPS],
    roles=ROLES,
    reports=[CONTROL_CHART],
    series=[
        Series("inspection", _("Inspections"), "QI"),
        Series("ncr", _("Non-conformances"), "NC"),
    ],
    reactions=[
        Reaction(GoodsReceived, inspect_received),
        Reaction(ProductionFinished, inspect_made),
    ],
)

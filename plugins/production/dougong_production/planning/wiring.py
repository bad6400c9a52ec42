"""What planning brings to the plugin."""

from __future__ import annotations

from dougong import Job, MenuItem, Series, Setting, _
from dougong_production.master_plans.models import MASTER_PLAN_STEPS, MasterLine, MasterPlan
from dougong_production.master_plans.resource import MasterPlanResource
from dougong_production.parts import Part
from dougong_production.plan_runs.models import PlanFlow, PlanItem, PlanRun, PlanWarning, Proposal
from dougong_production.plan_runs.resource import (
    PlanItemResource,
    PlanRunResource,
    PlanWarningResource,
    ProposalResource,
)
from dougong_production.plan_runs.service import JOB, given_up, plan
from dougong_production.plan_runs.workflow import PLAN_RUN_STEPS, PROPOSAL_STEPS
from dougong_production.planning.checks import CHECKS
from dougong_production.planning.demo import plan_ahead
from dougong_production.planning.periods import PERIOD_KINDS
from dougong_production.planning.widgets import WIDGETS
from dougong_production.planning_rules.models import PlanningRule
from dougong_production.planning_rules.resource import PlanningRuleResource
from dougong_production.reports.pegging import NEEDED, WAITING
from dougong_production.reports.promise import PROMISE
from dougong_production.schedules.models import Schedule, ScheduledWork
from dougong_production.schedules.resource import ScheduleResource
from dougong_production.schedules.service import JOB as SCHEDULE_JOB
from dougong_production.schedules.service import given_up as schedule_given_up
from dougong_production.schedules.service import schedule_work
from dougong_production.schedules.workflow import SCHEDULE_STEPS

ENTRIES = [
    ("proposals", _("Proposals"), "bulb"),
    ("plan_warnings", _("Planning warnings"), "alert-triangle"),
    ("plan_items", _("Plan by item"), "table"),
    ("plan_runs", _("Planning runs"), "calculator"),
    ("schedules", _("Schedules"), "timeline"),
    ("master_plans", _("Master plans"), "calendar-stats"),
    ("planning_rules", _("Planning rules"), "adjustments"),
]
MENUS = [
    MenuItem(
        key=f"production.{slug}", label=label, to=f"production.{slug}", parent="production",
        icon=icon, order=100 + order * 10,
    )
    for order, (slug, label, icon) in enumerate(ENTRIES)
]  # fmt: skip

SETTINGS = [
    Setting(
        "production.plan_period", _("Periods of a plan"), "week", "choice", PERIOD_KINDS,
        _("Requirements are netted by week or by day."),
    ),
    Setting(
        "production.plan_periods", _("How many periods ahead are planned"), 26, "number",
        help=_("Between 1 and 208."),
    ),
    Setting(
        "production.plan_sooner", _("Hurry what is under way before ordering more"), True, "flag",
        help=_("A warning asks to expedite it. Otherwise more is proposed for the need in between."),
    ),
]  # fmt: skip

PLANNING = Part(
    models=[
        PlanningRule, MasterPlan, MasterLine, PlanRun, PlanItem, PlanFlow, Proposal, PlanWarning,
        Schedule, ScheduledWork,
    ],
    resources=[
        ProposalResource, PlanWarningResource, PlanItemResource, PlanRunResource,
        MasterPlanResource, PlanningRuleResource, ScheduleResource,
    ],
    menus=MENUS,
    workflows=[MASTER_PLAN_STEPS, PLAN_RUN_STEPS, PROPOSAL_STEPS, SCHEDULE_STEPS],
    reports=[WAITING, NEEDED, PROMISE],
    settings=SETTINGS,
    widgets=WIDGETS,
    checks=CHECKS,
    demo=plan_ahead,
    series=[Series("plan-run", _("Planning runs"), "MRP")],
    jobs=[
        Job(JOB, plan, _("Plan material requirements"), tries=1, long=True, given_up=given_up),
        Job(
            SCHEDULE_JOB, schedule_work, _("Work out a schedule"), tries=1, long=True,
            given_up=schedule_given_up,
        ),
    ],
)  # fmt: skip

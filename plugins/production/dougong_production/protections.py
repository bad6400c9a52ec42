"""What the database refuses by itself: what is closed is closed, and time spent is a fact."""

from __future__ import annotations

from dougong import _
from dougong.triggers import Protected, protections
from dougong_base import counted
from dougong_production.boms.models import Bom
from dougong_production.inspections.models import Inspection
from dougong_production.master_plans.models import MasterLine
from dougong_production.ncrs.models import Ncr
from dougong_production.orders.models import ByProduct, Material, Order
from dougong_production.plan_runs.models import Proposal
from dougong_production.planning_rules.models import PlanningRule

CLOSED = _("The production order is closed: nothing in it is changed or deleted.")
SPENT = _("Time that was spent is a fact: it is never changed or deleted.")

#: Quantities in a unit, none finer than it is counted.
COUNTED = counted(
    Bom, ByProduct, Inspection, MasterLine, Material, Ncr, Order, PlanningRule, Proposal
)

protect_all, unprotect_all = protections(
    [
        Protected("production_order", "closed", CLOSED, when="OLD.state = 'closed'"),
        Protected("production_time_log", "spent", SPENT, ("UPDATE",), "OLD.ended_at IS NOT NULL"),
        *COUNTED,
    ]
)

"""What a planning run must know: asked of everybody once, for all products."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import batched  # type: ignore[attr-defined]

from sqlalchemy import select

from dougong import ZERO, DocumentRef, UnitOfWork
from dougong_base import Product
from dougong_base.ports import (
    DemandForecast,
    Movement,
    ProductionUnderway,
    PurchasesUnderway,
    StockAvailability,
    StockOutlook,
)
from dougong_production.master_plans.models import MasterLine, MasterPlan
from dougong_production.plan_runs.bills import Usage, usages
from dougong_production.plan_runs.models import Proposal
from dougong_production.planning.periods import Periods
from dougong_production.planning_rules.models import PlanningRule

"""A planning rule as the arithmetic of lot sizes wants it: in floats, rounded on the way out."""

from __future__ import annotations

from dougong_production.planning.lot_sizes import LotRule
from dougong_production.planning_rules.models import PlanningRule


def lots_of(rule: PlanningRule, digits: int) -> LotRule | None:
    """How a product is lotted, whose unit has so many decimal places; None: each need its own lot."""
    if rule.policy == "lot_for_lot" and not rule.minimum and not rule.multiple:
        return None
    return LotRule(
        policy=rule.policy,
        setup_cost=float(rule.setup_cost),
        holding_cost=float(rule.holding_cost),
        size=float(rule.lot_size),
        minimum=float(rule.minimum),
        multiple=float(rule.multiple),
        digits=digits,
    )

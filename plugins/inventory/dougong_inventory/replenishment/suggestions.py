"""Minimum and maximum as demand, lead time, costs and service level suggest: looked at, then taken over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

from dougong import NotFound, Refused, UnitOfWork, _
from dougong_base import digits_of_products, rounded_up
from dougong_inventory.replenishment.models import OWN_POLICY, POLICIES, ReorderRule
from dougong_inventory.replenishment.policies import (
    economic_quantity,
    min_max_power,
    newsvendor,
    reorder_point,
    safety_stock,
)
from dougong_inventory.replenishment.wanted import Wanted, lead_days, wanted

YEAR = 52
WEEK = 7
HUNDRED = Decimal(100)
#: A demand that is missed by less is certain.
CERTAIN = 1e-6


class ServiceLevel(Refused):
    """No such service can be promised."""

    def __init__(self) -> None:
        super().__init__(_("The service level lies between 0 and 100 %, both left out."))


@dataclass(frozen=True, slots=True)
class Costs:
    """What an order costs, what keeping costs a unit and week, and what a unit short costs."""

    fixed: float
    holding: float
    service: float
    #: None: what the service level implies.
    shortage: float | None


#: Minimum, and how much is ordered then.
Levels = tuple[float, float]


def suggest(
    uow: UnitOfWork,
    ids: Sequence[int],
    policy: int | None = None,
    service: Decimal | None = None,
    order_cost: Decimal | None = None,
    holding: Decimal | None = None,
    shortage: Decimal | None = None,
) -> list[ReorderRule]:
    """Say what minimum and maximum would be right; nothing changes before somebody accepts it.

    The policy is that of each rule, unless one is chosen (by its place among the policies): then
    the rules keep it. Demand and its error come from the approved forecast, else from the last half
    year. Rules whose product nobody takes are left as they are.
    """
    uow.require("inventory.reorder_rule.write")
    level = Decimal(95) if service is None else service
    if not 0 < level < HUNDRED:
        raise ServiceLevel
    if policy == OWN_POLICY:
        policy = None
    if policy is not None and not 1 <= policy <= len(POLICIES):
        raise NotFound(_("policy"), policy)
    rules = uow.load(ReorderRule, ids, ReorderRule.product)
    leads = lead_days(uow, rules)
    digits = digits_of_products(uow.session, {rule.product_id for rule in rules})
    demand = wanted(uow, rules, leads)
    rate = float(holding or 20) / 100 / YEAR
    for rule in rules:
        if policy is not None:
            rule.policy = list(POLICIES)[policy - 1]
        known = demand.get((rule.product_id, rule.warehouse_id))
        if known is None:
            continue
        price = float(rule.product.cost_price) or float(rule.product.sales_price) or 1.0
        costs = Costs(
            fixed=float(order_cost or 50),
            holding=rate * price,
            service=float(level / HUNDRED),
            shortage=float(shortage) if shortage else None,
        )
        low, quantity = levels(rule.policy, known, leads[rule.product_id] / WEEK, costs)
        places = digits[rule.product_id]
        low_enough = _in_steps(max(0.0, low), places)
        rule.propose(low_enough, _in_steps(quantity, places), known.basis)
    return rules


def levels(policy: str, known: Wanted, lead: float, costs: Costs) -> Levels:
    """Minimum and order quantity by a policy; the lead time is in weeks.

    Where demand is certain every policy says the same: what is wanted until the supply is there,
    and the economic order quantity.
    """
    if known.spread < CERTAIN:
        return known.mean * lead, _economic(known, costs)
    return BY_POLICY[policy](known, lead, costs)


def _economic(known: Wanted, costs: Costs) -> float:
    """The economic order quantity, and at least what a week takes."""
    return max(economic_quantity(costs.fixed, costs.holding, known.mean).quantity, known.mean)


def _by_service(known: Wanted, lead: float, costs: Costs) -> Levels:
    """Demand of the lead time and the safety stock; one economic order quantity more."""
    low = known.mean * lead + safety_stock(known.spread, lead, costs.service)
    return low, _economic(known, costs)


def _by_cost(known: Wanted, lead: float, costs: Costs) -> Levels:
    """Reorder point and quantity that cost least together.

    The cost of a unit short that a service level implies: holding * quantity / ((1 - service) *
    demand), at which the best risk of a cycle is just one less the service level.
    """
    implied = costs.holding * _economic(known, costs) / ((1 - costs.service) * known.mean)
    found = reorder_point(
        costs.holding, costs.shortage or implied, costs.fixed, known.mean, known.spread, lead
    )
    return found.point, found.quantity


def _by_min_max(known: Wanted, lead: float, costs: Costs) -> Levels:
    """Minimum and maximum looked at every week."""
    found = min_max_power(
        costs.holding, _weekly_shortage(costs), costs.fixed, known.mean, known.spread, lead
    )
    return found.minimum, found.maximum - max(0.0, found.minimum)


def _by_level(known: Wanted, lead: float, costs: Costs) -> Levels:
    """Every week what was taken is ordered anew: the level covers the lead time and that week."""
    found = newsvendor(
        costs.holding,
        _weekly_shortage(costs),
        known.mean * (lead + 1),
        known.spread * sqrt(lead + 1),
    )
    return found.level, 0.0


def _weekly_shortage(costs: Costs) -> float:
    """Of a unit short for a week; implied: the critical ratio is the service level."""
    return costs.shortage or costs.holding * costs.service / (1 - costs.service)


BY_POLICY: dict[str, Callable[[Wanted, float, Costs], Levels]] = {
    "service": _by_service,
    "cost": _by_cost,
    "min_max": _by_min_max,
    "level": _by_level,
}


def _in_steps(figure: float, digits: int) -> Decimal:
    return rounded_up(Decimal(str(round(figure, 6))), digits)


def accept(uow: UnitOfWork, ids: Sequence[int]) -> list[ReorderRule]:
    """Take over what was suggested."""
    uow.require("inventory.reorder_rule.write")
    rules = uow.load(ReorderRule, ids)
    for rule in rules:
        rule.accept()
    return rules

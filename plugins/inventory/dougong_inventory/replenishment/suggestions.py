"""Minimum and maximum as demand, lead time, costs and service level suggest: looked at, then taken over."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal
from statistics import fmean, pstdev

from dougong import Refused, UnitOfWork, _
from dougong_inventory.forecast.history import WEEK, weekly_demand
from dougong_inventory.replenishment.models import ReorderRule
from dougong_inventory.replenishment.policies import economic_quantity, safety_stock

#: Half a year of weeks.
WEEKS = 26
YEAR = 52
HUNDRED = Decimal(100)


class ServiceLevel(Refused):
    """No such service can be promised."""

    def __init__(self) -> None:
        super().__init__(_("The service level lies between 0 and 100 %, both left out."))


def suggest(
    uow: UnitOfWork,
    ids: Sequence[int],
    service: Decimal | None = None,
    order_cost: Decimal | None = None,
    holding: Decimal | None = None,
) -> list[ReorderRule]:
    """Say what minimum and maximum would be right; nothing changes before somebody accepts it.

    Minimum: demand of the lead time and the safety stock. Maximum: one economic order quantity more.
    Rules whose product nobody has taken for half a year are left as they are.
    """
    uow.require("inventory.reorder_rule.write")
    level = Decimal(95) if service is None else service
    if not 0 < level < HUNDRED:
        raise ServiceLevel
    fixed = float(order_cost or 50)
    rate = float(holding or 20) / 100
    rules = uow.load(ReorderRule, ids, ReorderRule.product)
    products = {rule.product_id for rule in rules}
    demand = weekly_demand(uow.session, products, uow.today, WEEKS)
    for rule in rules:
        weeks = demand.get((rule.product_id, rule.warehouse_id))
        if weeks is None or fmean(weeks) <= 0:
            continue
        mean, spread = fmean(weeks), pstdev(weeks)
        lead = max(1, rule.product.lead_days) / WEEK
        low = mean * lead + safety_stock(spread, lead, float(level / HUNDRED))
        price = float(rule.product.cost_price) or float(rule.product.sales_price) or 1.0
        quantity = economic_quantity(fixed, rate * price, mean * YEAR).quantity
        rule.propose(_whole(low), _whole(max(quantity, mean)))
    return rules


def _whole(figure: float) -> Decimal:
    return Decimal(str(round(figure, 6))).to_integral_value(ROUND_CEILING)


def accept(uow: UnitOfWork, ids: Sequence[int]) -> list[ReorderRule]:
    """Take over what was suggested."""
    uow.require("inventory.reorder_rule.write")
    rules = uow.load(ReorderRule, ids)
    for rule in rules:
        rule.accept()
    return rules

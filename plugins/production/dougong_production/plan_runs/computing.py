"""From the facts to the table of the plan: ids become rows of arrays, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dougong import Refused, _
from dougong_production.plan_runs.gathering import Facts
from dougong_production.planning.periods import Periods
from dougong_production.planning_rules.lots import lots_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dougong_production.planning.netting import Plan


class NeedsLibraries(Refused):
    """The arithmetic needs numpy and scipy."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Planning over all levels needs two libraries: pip install “dougong-production[plan]”."
            )
        )


@dataclass(frozen=True, slots=True)
class Computed:
    """The plan, what it planned from as arrays, and the products that go in circles."""

    plan: Plan
    products: Sequence[int]
    index: Mapping[int, int]
    expected: NDArray[Any]
    lead_days: Sequence[int]
    #: Bill lines that count: parent, child, how much. Those of circles are left out.
    parents: NDArray[Any]
    children: NDArray[Any]
    per: NDArray[Any]
    circles: list[list[int]]


def compute(facts: Facts, periods: Periods) -> Computed:
    """Net everything over all levels. Products in a circle are planned without the circle."""
    try:
        import numpy as np

        from dougong_production.planning.netting import Situation, Structure, plan_requirements
    except ImportError as missing:
        raise NeedsLibraries from missing

    count = len(facts.products)
    index = {product: row for row, product in enumerate(facts.products)}
    parents, children, per = _edges(facts, index)
    parents, children, per, circles = _without_circles(count, parents, children, per)
    demand = np.zeros((count, periods.count))
    expected = np.zeros((count, periods.count))
    for flow in facts.flows:
        row, period = index[flow.product_id], periods.index(flow.on)
        if flow.quantity < 0:
            if _near(facts, flow.product_id, period, periods):
                demand[row, period] -= float(flow.quantity)
        else:
            expected[row, period] += float(flow.quantity)
    for need in facts.forecast:
        period = periods.index(need.on)
        if _near(facts, need.product_id, period, periods):
            demand[index[need.product_id], period] += float(need.quantity)
    lead_days = [lead_of(facts, product) for product in facts.products]
    plan = plan_requirements(
        Structure(count=count, parents=parents, children=children, per=per),
        Situation(
            on_hand=np.array([float(facts.on_hand.get(id, 0)) for id in facts.products]),
            safety=np.array(
                [
                    float(facts.rules[id].safety_stock) if id in facts.rules else 0.0
                    for id in facts.products
                ]
            ),
            lead=np.array([periods.lead(days) for days in lead_days], dtype=np.int64),
            expected=expected,
            demand=demand,
            rules={
                index[id]: lots
                for id, rule in facts.rules.items()
                if (lots := lots_of(rule)) is not None
            },
        ),
    )
    return Computed(
        plan=plan, products=facts.products, index=index, expected=expected, lead_days=lead_days,
        parents=parents, children=children, per=per, circles=circles,
    )  # fmt: skip


def lead_of(facts: Facts, product: int) -> int:
    """How many days it takes: what the rule says, else the product."""
    rule = facts.rules.get(product)
    if rule is not None and rule.lead_days is not None:
        return rule.lead_days
    return facts.lead_days[product]


def _near(facts: Facts, product: int, period: int, periods: Periods) -> bool:
    rule = facts.rules.get(product)
    if rule is None or rule.horizon_days is None:
        return True
    return period * periods.span < rule.horizon_days


def _edges(facts: Facts, index: Mapping[int, int]) -> tuple[Any, Any, Any]:
    """Bought products are not exploded, whatever bill there is of them."""
    import numpy as np

    bought = {id for id, rule in facts.rules.items() if rule.method == "buy"}
    lines = [u for u in facts.usages if u.parent not in bought] if bought else facts.usages
    parents = np.fromiter((index[u.parent] for u in lines), np.int64, len(lines))
    children = np.fromiter((index[u.child] for u in lines), np.int64, len(lines))
    per = np.fromiter((u.per for u in lines), np.float64, len(lines))
    return parents, children, per


def _without_circles(
    count: int, parents: Any, children: Any, per: Any
) -> tuple[Any, Any, Any, list[list[int]]]:
    """Take out the lines by which items contain themselves (Tarjan: strongly connected parts)."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    if not len(parents):
        return parents, children, per, []
    graph = csr_matrix((np.ones(len(parents)), (parents, children)), shape=(count, count))
    _number, part_of = connected_components(graph, directed=True, connection="strong")
    inside = part_of[parents] == part_of[children]
    if not inside.any():
        return parents, children, per, []
    circles = [
        np.flatnonzero(part_of == part).tolist() for part in np.unique(part_of[parents[inside]])
    ]
    keep = ~inside
    return parents[keep], children[keep], per[keep], circles

"""From the facts to the table of the plan: ids become rows of arrays, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dougong import Refused, _
from dougong_production.plan_runs.bills import Usages
from dougong_production.plan_runs.gathering import Facts
from dougong_production.planning.lot_sizes import PLACES
from dougong_production.planning.periods import Periods
from dougong_production.planning_rules.lots import lots_of

if TYPE_CHECKING:
    from dougong_production.planning.netting import Edges, Plan, Structure


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
    lead_days: Sequence[int]
    #: Bill lines that count. Those of circles are left out.
    structure: Structure
    circles: list[list[int]]


def compute(
    facts: Facts,
    periods: Periods,
    go_on: Callable[[int, int], bool] = lambda _level, _levels: True,
) -> Computed:
    """Net everything over all levels. Products in a circle are planned without the circle."""
    try:
        import numpy as np

        from dougong_production.planning.netting import Situation, plan_requirements
    except ImportError as missing:
        raise NeedsLibraries from missing

    count = len(facts.products)
    index = {product: row for row, product in enumerate(facts.products)}
    structure, circles = _structure(facts)
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
        structure,
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
                if (lots := lots_of(rule, facts.digits.get(id, PLACES))) is not None
            },
            digits=np.array(
                [facts.digits.get(id, PLACES) for id in facts.products], dtype=np.int64
            ),
            sooner=facts.sooner,
        ),
        go_on,
    )
    return Computed(
        plan=plan, products=facts.products, index=index, lead_days=lead_days,
        structure=structure, circles=circles,
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


def _structure(facts: Facts) -> tuple[Structure, list[list[int]]]:
    """Bills without circles, and the circles. What comes out beside gives way to what goes in."""
    import numpy as np

    from dougong_production.planning.netting import Structure

    count = len(facts.products)
    used, beside = _edges(facts, facts.usages), _edges(facts, facts.beside)
    inside, parts = _circles(count, used.parents, used.children)
    used = _some(used, ~inside)
    back = _circles(
        count,
        np.concatenate([used.parents, beside.parents]),
        np.concatenate([used.children, beside.children]),
    )[0]
    structure = Structure(
        count=count, parents=used.parents, children=used.children, per=used.per,
        beside=_some(beside, ~back[len(used.parents) :]),
    )  # fmt: skip
    return structure, parts


def _edges(facts: Facts, usages: Usages) -> Edges:
    """As rows of arrays. Bought products are not exploded, whatever bill there is of them."""
    import numpy as np

    from dougong_production.planning.netting import Edges

    known = np.array(facts.products, dtype=np.int64)
    parents, row_of = _rows(known, usages.parents)
    children, column_of = _rows(known, usages.children)
    bought = [id for id, rule in facts.rules.items() if rule.method == "buy"]
    keep = row_of & column_of
    if bought:
        is_bought = np.zeros(len(known), dtype=bool)
        is_bought[_rows(known, bought)[0]] = True
        keep &= ~is_bought[parents]
    edges = Edges(parents=parents, children=children, per=np.array(usages.per, dtype=np.float64))
    return edges if keep.all() else _some(edges, keep)


def _rows(known: Any, ids: Sequence[int]) -> tuple[Any, Any]:
    """The row of each product, and whether it is planned at all."""
    import numpy as np

    given = np.array(ids, dtype=np.int64)
    if not len(known):
        return given, np.zeros(len(given), dtype=bool)
    rows = np.minimum(np.searchsorted(known, given), len(known) - 1)
    return rows, known[rows] == given


def _some(edges: Edges, keep: Any) -> Edges:
    from dougong_production.planning.netting import Edges

    return Edges(
        parents=edges.parents[keep], children=edges.children[keep], per=edges.per[keep]
    )  # fmt: skip


def _circles(count: int, parents: Any, children: Any) -> tuple[Any, list[list[int]]]:
    """Which lines lie on circles, and the items of each (Tarjan: strongly connected parts)."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    if not len(parents):
        return np.zeros(0, dtype=bool), []
    above, below = np.asarray(parents), np.asarray(children)
    graph = csr_matrix((np.ones(len(above), dtype=np.int8), (above, below)), shape=(count, count))
    _number, part_of = connected_components(graph, directed=True, connection="strong")
    inside = part_of[above] == part_of[below]
    parts = np.unique(part_of[above[inside]])
    return inside, [np.flatnonzero(part_of == part).tolist() for part in parts]

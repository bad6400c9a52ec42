"""No product goes, through others, into itself: one recursive question over all levels."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import or_, select, union_all

from dougong import Refused, Text, UnitOfWork, _
from dougong_base import Product
from dougong_production.boms.models import Bom, BomLine, BomVariant

#: What goes into what, by product.
Edges = Mapping[int, Collection[int]]


class CircularBom(Refused):
    """A product that would be made of itself."""


def made_of(company_id: int | None = None) -> Any:
    """Company, bill, product and component of each line of all active bills, variants included."""
    own = select(
        Bom.company_id, Bom.id, Bom.product_id, BomLine.product_id.label("component")
    ).join(BomLine, BomLine.bom_id == Bom.id)
    others = (
        select(Bom.company_id, Bom.id, BomVariant.product_id, BomLine.product_id)
        .join(BomLine, BomLine.bom_id == Bom.id)
        .join(BomVariant, BomVariant.bom_id == Bom.id)
    )
    found = [
        question.where(Bom.active, or_(BomLine.only_id.is_(None), BomLine.only_id == product))
        for question, product in ((own, Bom.product_id), (others, BomVariant.product_id))
    ]
    if company_id is not None:
        found = [question.where(Bom.company_id == company_id) for question in found]
    return union_all(*found).subquery("made_of")


def edges_below(company_id: int, products: Collection[int], *, without: Collection[int]) -> Any:
    """The question: product and component of all active bills at or below these products."""
    made = made_of(company_id)
    start = select(made.c.product_id.label("product"), made.c.component).where(
        made.c.id.not_in(without), made.c.product_id.in_(products)
    )
    found = start.cte("edges", recursive=True)
    below = (
        select(made.c.product_id, made.c.component)
        .join(found, found.c.component == made.c.product_id)
        .where(made.c.id.not_in(without))
    )
    found = found.union(below)
    return select(found.c.product, found.c.component)


def circle_of(uow: UnitOfWork, boms: Collection[Bom]) -> Text | None:
    """The sentence that names the first way from a product back to itself, or None.

    The bills at hand count as they are now, not as they were saved; two statements for all of them.
    """
    active = [bom for bom in boms if bom.active]
    edges: dict[int, set[int]] = {}
    for bom in active:
        for product in bom.makes:
            parts = {line.product_id for line in bom.lines_of(product) if line.product_id}
            edges.setdefault(product, set()).update(parts)
    below = set().union(*edges.values()) if edges else set()
    if not below:
        return None
    known = [bom.id for bom in boms if bom.id]
    company = active[0].company_id or uow.company_id
    for product, component in uow.look(edges_below(company, below, without=known)):
        edges.setdefault(product, set()).add(component)
    for bom in active:
        for product in bom.makes:
            if path := way_back(edges, product):
                return _("This would be made of itself: %(path)s.", path=_names(uow, path))
    return None


def way_back(edges: Edges, product: int) -> list[int]:
    """The shortest way from a product through its components to itself; empty when there is none."""
    came_from: dict[int, int] = {}
    waiting = deque([product])
    while waiting:
        here = waiting.popleft()
        for part in sorted(edges.get(here, ())):
            if part == product:
                path = [product, here]
                while path[-1] != product:
                    path.append(came_from[path[-1]])
                return path[::-1] if here != product else [product, product]
            if part not in came_from:
                came_from[part] = here
                waiting.append(part)
    return []


def _names(uow: UnitOfWork, path: Iterable[int]) -> str:
    ways = list(path)
    rows = uow.look(select(Product.id, Product.code).where(Product.id.in_(ways)))
    codes = {row.id: row.code for row in rows}
    return " → ".join(codes.get(id, "?") for id in ways)

"""Which plan counts for goods that arrive or are made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import UnitOfWork
from dougong_base import Category, Product
from dougong_production.quality_plans.models import Characteristic, QualityPlan


class PlanBook:
    """The active plans of some stage, and the categories above each product."""

    def __init__(self, plans: Iterable[QualityPlan], above: Mapping[int, tuple[int, ...]]) -> None:
        self._plans, self._above = list(plans), above

    def plan_for(
        self, company_id: int, product_id: int, supplier_id: int | None, operation: str = ""
    ) -> QualityPlan | None:
        """The most particular plan: the product before its category, a supplier before all."""
        found = [
            (self._closeness(plan, product_id, supplier_id), -plan.id, plan)
            for plan in self._plans
            if plan.company_id == company_id
            and (plan.product_id in (None, product_id))
            and (plan.category_id is None or plan.category_id in self._above.get(product_id, ()))
            and (plan.supplier_id in (None, supplier_id))
            and (not plan.operation or plan.operation == operation)
        ]
        return max(found)[2] if found else None

    def _closeness(
        self, plan: QualityPlan, product_id: int, supplier_id: int | None
    ) -> tuple[bool, int, bool]:
        above = self._above.get(product_id, ())
        depth = len(above) - above.index(plan.category_id) if plan.category_id in above else 0
        return plan.product_id is not None, depth, plan.supplier_id is not None


def open_book(uow: UnitOfWork, stage: str, product_ids: Collection[int]) -> PlanBook:
    """The plans of a stage with what they look at, in a fixed number of statements."""
    ids = uow.session.scalars(
        select(QualityPlan.id).where(QualityPlan.stage == stage, QualityPlan.active)
    ).all()
    if not ids:
        return PlanBook([], {})
    parents = {
        row.id: row.parent_id
        for row in uow.session.execute(select(Category.id, Category.parent_id))
    }
    categories = uow.session.execute(
        select(Product.id, Product.category_id).where(Product.id.in_(product_ids))
    )
    above = {product: _chain(category, parents) for product, category in categories}
    return PlanBook(uow.load(QualityPlan, ids, QualityPlan.characteristics), above)


def characteristics_of(session: Session, plan_id: int) -> Sequence[int]:
    """What a plan looks at, in its order."""
    return session.scalars(
        select(Characteristic.id)
        .where(Characteristic.plan_id == plan_id)
        .order_by(Characteristic.position, Characteristic.id)
    ).all()


def _chain(category: int | None, parents: Mapping[int, int | None]) -> tuple[int, ...]:
    chain: list[int] = []
    while category is not None and category not in chain:
        chain.append(category)
        category = parents.get(category)
    return tuple(chain)

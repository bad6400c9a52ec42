"""Accepted proposals to make something become production orders."""

from __future__ import annotations

from collections.abc import Sequence

from dougong import UnitOfWork
from dougong_production.orders.models import Order
from dougong_production.orders.service import create_orders
from dougong_production.plan_runs.models import Proposal


def order_production(uow: UnitOfWork, proposals: Sequence[Proposal]) -> list[Order]:
    """Open a draft for each, linked to its proposal: from now on the order counts as supply."""
    if not proposals:
        return []
    orders = create_orders(
        uow,
        [
            Order(
                product_id=one.product_id, quantity=one.quantity, starts_on=one.release_on,
                due_on=one.due_on, source_kind=Proposal.__document__, source_id=one.id,
            )
            for one in proposals
        ],
    )  # fmt: skip
    for proposal, order in zip(proposals, orders, strict=True):
        proposal.document_kind, proposal.document_id = Order.__document__, order.id
        uow.link(proposal, order, "production")
    return orders

"""Accepted proposals to make something become production orders, where orders are kept."""

from __future__ import annotations

from collections.abc import Sequence

from dougong import UnitOfWork
from dougong_production.plan_runs.models import Proposal


def order_production(uow: UnitOfWork, proposals: Sequence[Proposal]) -> None:
    """Until an order stands for it, an accepted proposal counts as supply by itself."""

"""What finance does when other departments have news."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dougong import Reaction
from dougong_base.events import SaleBillable, StockValued
from dougong_finance.invoices.drafting import draft_invoices
from dougong_finance.stock.posting import post_stock

if TYPE_CHECKING:
    from dougong import UnitOfWork


def bill_sales(uow: UnitOfWork, events: Sequence[SaleBillable]) -> None:
    """What is billable gets a draft."""
    draft_invoices(uow, events)


REACTIONS = [Reaction(SaleBillable, bill_sales), Reaction(StockValued, post_stock)]

"""What finance does when other departments have news."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dougong import Reaction
from dougong_base.events import (
    CostsArose,
    PurchaseBillable,
    SaleBillable,
    StockValued,
    TakingsCounted,
)
from dougong_finance.costs.posting import new_costs, post_costs
from dougong_finance.invoices.drafting import draft_bills, draft_invoices
from dougong_finance.stock.posting import post_stock
from dougong_finance.takings.posting import book_takings, new_takings

if TYPE_CHECKING:
    from dougong import UnitOfWork


def bill_sales(uow: UnitOfWork, events: Sequence[SaleBillable]) -> None:
    """What is billable gets a draft."""
    draft_invoices(uow, events)


def bill_purchases(uow: UnitOfWork, events: Sequence[PurchaseBillable]) -> None:
    """What suppliers will ask for gets a draft, too."""
    draft_bills(uow, events)


REACTIONS = [
    Reaction(SaleBillable, bill_sales),
    Reaction(PurchaseBillable, bill_purchases),
    Reaction(StockValued, post_stock),
    Reaction(CostsArose, post_costs, news=new_costs),
    Reaction(TakingsCounted, book_takings, news=new_takings),
]

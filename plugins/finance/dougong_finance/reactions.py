"""What finance does when other departments have news."""

from __future__ import annotations

from dougong import Reaction
from dougong_base.events import SaleBillable, StockValued
from dougong_finance.invoices.drafting import draft_invoices
from dougong_finance.stock.posting import post_stock

REACTIONS = [Reaction(SaleBillable, draft_invoices), Reaction(StockValued, post_stock)]

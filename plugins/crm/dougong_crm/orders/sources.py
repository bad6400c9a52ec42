"""What other departments tell of our orders finds them here, also through their returns."""

from __future__ import annotations

from dougong_base import OrderBook, Sources
from dougong_crm.orders.models import FollowUp, Order
from dougong_crm.returns.models import Return

OrderSources = Sources[Order, Return]

BOOK = OrderBook(Order, Return, FollowUp)

"""What other departments tell of our orders finds them here, also through their returns."""

from __future__ import annotations

from dougong_base import OrderBook, Sources
from dougong_purchasing.orders.models import FollowUp, Order
from dougong_purchasing.returns.models import Return

OrderSources = Sources[Order, Return]

BOOK = OrderBook(Order, Return, FollowUp)

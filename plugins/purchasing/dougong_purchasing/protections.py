"""What the database itself refuses to lose: rows that have a number stay, and keep it."""

from __future__ import annotations

from dougong.triggers import numbered, protections
from dougong_base import counted
from dougong_purchasing.blankets.models import BlanketLine
from dougong_purchasing.landed.models import Arrival
from dougong_purchasing.orders.models import OrderLine
from dougong_purchasing.requests.models import RequestLine
from dougong_purchasing.returns.models import ReturnLine
from dougong_purchasing.rfqs.models import QuoteLine, RfqLine
from dougong_purchasing.terms.models import SupplierPrice

#: Quantities in a unit, none finer than it is counted.
COUNTED = counted(
    Arrival, BlanketLine, OrderLine, QuoteLine, RequestLine, ReturnLine, RfqLine, SupplierPrice
)

protect_all, unprotect_all = protections(
    [
        *numbered("purchasing_order", "An order with a number is not deleted."),
        *numbered("purchasing_return", "A return with a number is not deleted."),
        *numbered("purchasing_blanket", "An agreement with a number is not deleted."),
        *numbered("purchasing_request", "A request with a number is not deleted."),
        *numbered("purchasing_rfq", "A request for quotation with a number is not deleted."),
        *numbered("purchasing_landed_cost", "Landed costs with a number are not deleted."),
        *COUNTED,
    ]
)

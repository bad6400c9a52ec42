"""What the database itself refuses to lose."""

from __future__ import annotations

from dougong.triggers import Protected, numbered, protections
from dougong_base import counted
from dougong_crm.changes.models import ChangeLine
from dougong_crm.orders.models import OrderLine
from dougong_crm.prices.models import PriceRule
from dougong_crm.quotes.models import QuoteLine
from dougong_crm.returns.models import ReturnLine

#: Quantities in a unit, none finer than it is counted.
COUNTED = counted(ChangeLine, OrderLine, PriceRule, QuoteLine, ReturnLine)

protect_all, unprotect_all = protections(
    [
        *numbered("crm_order", "An order with a number is not deleted."),
        *numbered("crm_quote", "A quote with a number is not deleted."),
        *numbered("crm_return", "A return with a number is not deleted."),
        Protected(
            "crm_change", "kept", "A change that was applied is not deleted.", ("DELETE",),
            "OLD.state = 'applied'",
        ),
        *COUNTED,
    ]
)  # fmt: skip

"""Available to promise: what of the plan no customer has been promised yet. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

ZERO = Decimal(0)


def available_to_promise(
    on_hand: Decimal, receipts: Sequence[Decimal], orders: Sequence[Decimal]
) -> list[Decimal]:
    """What can still be promised of each period's receipts, the stock counted to the first.

    Orders before the next receipt are taken from the last one; where one period is promised more
    than it has, earlier ones give. (Vollmann, Berry and Whybark, Manufacturing Planning and
    Control, 5th ed., ch. 6: discrete available-to-promise with backward look.)
    """
    free = list(receipts)
    if free:
        free[0] += on_hand
    for period, asked in enumerate(orders):
        left, source = asked, period
        while left > 0 and source >= 0:
            taken = min(left, max(free[source], ZERO))
            free[source] -= taken
            left, source = left - taken, source - 1
        if left > 0:
            free[period] -= left
    return free

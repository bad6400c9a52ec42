"""The receipt, on a roll of 80 mm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dougong import _, pgettext
from dougong.printing import Desk, Facts, Print, Sheet, Words


def receipt(desk: Desk, sales: Sequence[Any]) -> Iterator[Sheet]:
    """What was bought, the tax in it, how it was paid."""
    for sale in sales:
        paid = [
            (_("Total"), desk.money(sale.total, sale.currency)),
            (_("Tax"), desk.money(sale.tax, sale.currency)),
        ]
        if sale.means == "cash":
            paid.append((_("Given"), desk.money(sale.given, sale.currency)))
            paid.append((pgettext("till", "Change"), desk.money(sale.change, sale.currency)))
        yield Sheet(
            title=f"{pgettext('till', 'Receipt')} {sale.number}",
            facts=desk.facts(sale, "sold_on", "means"),
            dated=sale.sold_on,
            parts=[
                desk.table(sale, "lines", "product", "quantity", "amount"),
                Facts(paid),
                Words(_("Thank you for your visit.")),
            ],
        )


RECEIPT = Print(
    name="pos.receipt",
    label=pgettext("till", "Receipt"),
    resource="pos.sales",
    layout=receipt,
    paper="receipt",
    states=["paid"],
)

"""The purchase order as the supplier gets it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dougong import _
from dougong.printing import Desk, Print, Sheet, Signatures, Words
from dougong_base import addressed, languages_of, receivers
from dougong_purchasing.orders.models import Order


def lay_out_orders(desk: Desk, orders: Sequence[Order]) -> Iterator[Sheet]:
    """What we order, until when, at which price."""
    suppliers = receivers(desk.session, (order.supplier_id for order in orders))
    for order in orders:
        supplier = suppliers.get(order.supplier_id)
        number = [(_("Supplier number"), supplier.code)] if supplier else []
        yield Sheet(
            title=f"{_('Purchase order')} {order.number or ''}".strip(),
            to=addressed(desk, supplier),
            facts=[
                *desk.facts(
                    order, ("ordered_on", _("Date")), "expected_on",
                    ("reference", _("Your reference")), "payment_term", "buyer",
                ),
                *number,
            ],
            dated=order.confirmed_on or order.ordered_on,
            parts=[
                Words(_("We order:")),
                desk.table(
                    order, "lines", "description", "quantity", "unit", "price",
                    "discount", "tax", "amount", "expected_on",
                ),
                desk.sums(order, "untaxed", "tax_total", "total", currency=order.currency),
                *([Words(order.note)] if order.note else []),
                Words(
                    _("Please name our number %(number)s on delivery notes and bills.",
                      number=order.number or ""),
                    soft=True,
                ),
                Signatures([_("Place and date"), _("Signature")]),
            ],
        )  # fmt: skip


ORDER_PRINTS = [
    Print(
        name="purchasing.order", label=_("Purchase order"), resource="purchasing.orders",
        layout=lay_out_orders, states=["draft", "confirmed", "done"],
        language=languages_of("supplier_id"), order=10,
    )
]  # fmt: skip

"""The order confirmation as the customer gets it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import select

from dougong import _
from dougong.printing import Desk, Facts, Print, Sheet, Words
from dougong_base import Address, address_lines, addressed, languages_of, receivers
from dougong_crm.orders.models import Order
from dougong_crm.selling.papers import closing, priced_parts


def lay_out_orders(desk: Desk, orders: Sequence[Order]) -> Iterator[Sheet]:
    """What was ordered, for when, where it goes and what it costs."""
    customers = receivers(desk.session, (order.customer_id for order in orders))
    wanted = {key for o in orders for key in (o.invoice_address_id, o.delivery_address_id) if key}
    found = desk.session.scalars(select(Address).where(Address.id.in_(wanted)))
    addresses = {address.id: address for address in found}
    for order in orders:
        billed = addresses.get(order.invoice_address_id or 0)
        sent = addresses.get(order.delivery_address_id or 0)
        yield Sheet(
            title=f"{_('Order confirmation')} {order.number or ''}".strip(),
            to=addressed(desk, customers.get(order.customer_id), "invoice", billed),
            facts=desk.facts(
                order, ("confirmed_on", _("Date")), ("reference", _("Your reference")),
                "ordered_on", "promised_on", "payment_term", "salesperson",
            ),
            dated=order.confirmed_on or order.ordered_on,
            parts=[
                Words(_("Thank you for your order. We confirm:")),
                *priced_parts(desk, order),
                *_goes_to(desk, sent if sent is not billed else None),
                *closing(desk, order),
            ],
        )  # fmt: skip


def _goes_to(desk: Desk, address: Address | None) -> Iterable[Facts]:
    if address is None:
        return []
    lines = address_lines(address, desk.language, desk.home)
    return [Facts([(_("Delivery address"), "\n".join(lines))])]


ORDER_PRINTS = [
    Print(
        name="crm.confirmation", label=_("Order confirmation"), resource="crm.orders",
        layout=lay_out_orders, states=["confirmed", "done"], language=languages_of("customer_id"),
        order=10,
    )
]  # fmt: skip

"""The delivery note that lies with the goods, and the list to pick them by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from dougong import _
from dougong.printing import Code, Column, Desk, Print, Sheet, Signatures, Table, Words
from dougong_base import Address, Product, addressed, languages_of, receivers
from dougong_inventory.deliveries.models import Delivery


def lay_out_notes(desk: Desk, deliveries: Sequence[Delivery]) -> Iterator[Sheet]:
    """What is delivered, without prices, and where its receipt is signed."""
    parties = receivers(desk.session, (delivery.party_id for delivery in deliveries))
    wanted = {delivery.address_id for delivery in deliveries if delivery.address_id}
    found = desk.session.scalars(select(Address).where(Address.id.in_(wanted)))
    addresses = {address.id: address for address in found}
    products = products_of(desk, (line.product_id for d in deliveries for line in d.lines))
    for delivery in deliveries:
        party = parties.get(delivery.party_id or 0)
        address = addresses.get(delivery.address_id or 0)
        yield Sheet(
            title=f"{_('Delivery note')} {delivery.number or ''}".strip(),
            to=addressed(desk, party, "delivery", address),
            facts=desk.facts(
                delivery, "shipped_on", "promised_on", ("reference", _("Your order")), "warehouse"
            ),
            dated=delivery.shipped_on or delivery.promised_on,
            parts=[
                _lines(desk, delivery, products),
                *([Words(delivery.note)] if delivery.note else []),
                *([Code(delivery.number)] if delivery.number else []),
                Signatures([_("Place and date"), _("Received in good order")]),
            ],
        )


def products_of(desk: Desk, ids: Iterator[int]) -> Mapping[int, Product]:
    """The products of some lines with their units, in one statement."""
    statement = select(Product).where(Product.id.in_(set(ids))).options(joinedload(Product.unit))
    return {product.id: product for product in desk.session.scalars(statement)}


def _lines(desk: Desk, delivery: Delivery, products: Mapping[int, Product]) -> Table:
    """What has left; before it leaves, what is to leave."""
    left = delivery.state == "shipped"
    rows = []
    for line in delivery.lines:
        product = products.get(line.product_id)
        quantity = line.shipped if left else line.quantity
        if left and not quantity:
            continue
        rows.append([
            product.code if product else "",
            line.description or (product.name if product else ""),
            desk.quantity(quantity),
            product.unit.name if product else "",
        ])  # fmt: skip
    columns = [
        Column(_("Code")), Column(_("Product"), share=3), Column(_("Quantity"), figure=True),
        Column(_("Unit")),
    ]  # fmt: skip
    return Table(columns, rows)


def lay_out_pick_lists(desk: Desk, deliveries: Sequence[Delivery]) -> Iterator[Sheet]:
    """What to take from the shelves, with room to tick it off."""
    products = products_of(desk, (line.product_id for d in deliveries for line in d.lines))
    columns = [
        Column(_("Code")), Column(_("Product"), share=3), Column(_("Lot")),
        Column(_("Quantity"), figure=True), Column(_("Reserved"), figure=True), Column(_("Picked")),
    ]  # fmt: skip
    for delivery in deliveries:
        lots = desk.cells(delivery, "lines", "lot")
        rows = [
            [
                products[line.product_id].code, products[line.product_id].name, lot,
                desk.quantity(line.quantity), desk.quantity(line.reserved), "______",
            ]
            for line, lot in zip(delivery.lines, lots, strict=True)
        ]  # fmt: skip
        yield Sheet(
            title=f"{_('Pick list')} {delivery.number or ''}".strip(),
            facts=desk.facts(delivery, "party", "promised_on", "reference", "warehouse"),
            dated=delivery.promised_on,
            parts=[*([Code(delivery.number)] if delivery.number else []), Table(columns, rows)],
        )


DELIVERY_PRINTS = [
    Print(
        name="inventory.delivery-note", label=_("Delivery note"), resource="inventory.deliveries",
        layout=lay_out_notes, states=["ready", "partial", "waiting", "shipped"],
        language=languages_of("party_id"), order=10,
    ),
    Print(
        name="inventory.pick-list", label=_("Pick list"), resource="inventory.deliveries",
        layout=lay_out_pick_lists, states=["ready", "partial", "waiting"], order=20,
    ),
]  # fmt: skip

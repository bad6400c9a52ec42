"""Material goes into production, and its cost with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy.orm.attributes import set_committed_value

from dougong import ZERO, Refused, UnitOfWork, _, ref, rounded
from dougong_base import Product
from dougong_base.events import IssuedLine, MaterialsIssued, MaterialsUsed, UsedLine
from dougong_production.orders.counting import count_from_now
from dougong_production.orders.filling import currency_of, unit_costs
from dougong_production.orders.models import Material, Order
from dougong_production.orders.service import PARTS


class NoLotNamed(Refused):
    """Traced material is issued by lot."""

    def __init__(self, order: Order, product: Product) -> None:
        super().__init__(
            _(
                "%(order)s: %(product)s is traced. Say on its line which lot is used.",
                order=order,
                product=product,
            )
        )


def issue_material(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> list[Order]:
    """Hand over what the lines say, or all that is open; negative quantities come back."""
    uow.require("production.order.issue")
    orders = uow.load(Order, ids, *PARTS, lock=True)
    uow.load(Material, [x.id for o in orders for x in o.materials], Material.product)
    for order in orders:
        order.must_be_underway()
    count_from_now(uow, orders)
    for order in orders:
        named = any(line.to_issue is not None for line in order.materials)
        wanted = {
            line.id: (line.to_issue or ZERO) if named else line.open_quantity
            for line in order.materials
        }
        if not any(wanted.values()):
            raise Refused(_("%(order)s: all its material has been issued.", order=order))
        order.begin()
        hand_over(uow, order, wanted, on or uow.today)
        for line in order.materials:
            line.to_issue = None
    return orders


def hand_over(uow: UnitOfWork, order: Order, wanted: Mapping[int, Decimal], on: dt.date) -> None:
    """Let the warehouse carry so much of each line; without one, it is taken at its cost price."""
    lines = [line for line in order.materials if wanted.get(line.id)]
    for line in lines:
        if line.product.tracking != "none" and not line.lot:
            raise NoLotNamed(order, line.product)
        if line.issued + wanted[line.id] < 0:
            raise Refused(
                _(
                    "%(order)s: only %(issued)s of %(product)s were issued; not more can come back.",
                    order=order,
                    issued=f"{line.issued.normalize():f}",
                    product=line.product,
                )
            )
    if not lines:
        return
    if not order.stocked:
        _take_at_cost_price(uow, order, lines, wanted)
        return
    uow.publish(
        MaterialsUsed(
            source=ref(order),
            number=str(order),
            company_id=order.company_id,
            warehouse_id=order.warehouse_id,
            on=on,
            lines=tuple(
                UsedLine(
                    line_id=line.id,
                    product_id=line.product_id,
                    quantity=wanted[line.id],
                    lot=line.lot or "",
                )
                for line in lines
            ),
        )
    )


def take_costs(uow: UnitOfWork, events: Sequence[MaterialsIssued]) -> None:
    """The warehouse has handed material over: this is what it has cost."""
    mine = [event for event in events if event.source.kind == Order.__document__]
    if not mine:
        return
    ids = dict.fromkeys(event.source.id for event in mine)
    orders = {order.id: order for order in uow.load(Order, ids, *PARTS, lock=True)}
    for event in mine:
        order = orders[event.source.id]
        order.must_be_underway()
        order.begin()
        for told in event.lines:
            _take(uow, order, told)


def _take(uow: UnitOfWork, order: Order, told: IssuedLine) -> None:
    line = next((x for x in order.materials if x.id == told.source_line_id), None)
    if line is None:
        line = Material(
            product_id=told.product_id, quantity=told.quantity, issued=ZERO, cost=ZERO,
            planned_cost=ZERO, position=len(order.materials), order_id=order.id,
        )  # fmt: skip
        uow.add(line)
        set_committed_value(order, "materials", [*order.materials, line])
    line.issued += told.quantity
    line.cost += told.cost
    order.material_cost += told.cost


def _take_at_cost_price(
    uow: UnitOfWork, order: Order, lines: Sequence[Material], wanted: Mapping[int, Decimal]
) -> None:
    costs, currency = unit_costs(uow, [line.product_id for line in lines]), currency_of(uow)
    for line in lines:
        quantity = wanted[line.id]
        _take(
            uow,
            order,
            IssuedLine(
                source_line_id=line.id,
                product_id=line.product_id,
                quantity=quantity,
                cost=rounded(quantity * costs[line.product_id], currency),
            ),
        )

"""Changing confirmed orders: what has left or is billed stays, the rest may become more or less."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy.orm.attributes import set_committed_value

from dougong import Refused, UnitOfWork, _, rounded_to
from dougong_base import part_of
from dougong_crm.changes.models import Change, ChangeLine
from dougong_crm.orders import facts
from dougong_crm.orders.models import Order, OrderLine
from dougong_crm.orders.service import settle_orders


class TooLittle(Refused):
    """Less than what has happened already."""

    def __init__(self, order: Order, line: OrderLine, least: Decimal) -> None:
        super().__init__(
            _(
                "%(order)s: %(least)s of “%(line)s” are delivered or billed; it cannot be less.",
                order=order,
                least=f"{least.normalize():f}",
                line=line,
            )
        )


def start_changes(uow: UnitOfWork, ids: Sequence[int]) -> list[Change]:
    """Draft a change of each order with the quantities as they are, to be edited and applied."""
    uow.require("crm.change.create")
    drafts = []
    for order in uow.load(Order, ids, Order.lines):
        lines = [
            ChangeLine(product_id=x.product_id, order_line_id=x.id, quantity=x.quantity)
            for x in order.lines
        ]
        draft = Change(order_id=order.id, company_id=order.company_id, lines=lines)
        uow.add(draft)
        uow.link(order, draft, "change")
        drafts.append(draft)
    return drafts


def apply_changes(uow: UnitOfWork, ids: Sequence[int]) -> list[Change]:
    """Let the new quantities and dates hold, and tell the other departments."""
    uow.require("crm.change.apply")
    changes = uow.load(Change, ids, Change.lines)
    orders = _locked(uow, [change.order_id for change in changes])
    for change in changes:
        order = orders[change.order_id]
        _refuse_unbound(order)
        if change.promised_on is not None:
            order.promised_on = change.promised_on
        lines = [(_line_of(order, line), line.quantity) for line in change.lines]
        _resize(uow, order, {line.id: (wanted, _own(line, wanted)) for line, wanted in lines})
        change.apply(uow.today)
    _tell(uow, list(orders.values()))
    return changes


def cut_orders(uow: UnitOfWork, ids: Sequence[int]) -> list[Order]:
    """Give up what is not delivered yet; what was delivered stays."""
    uow.require("crm.order.write")
    orders = list(_locked(uow, ids).values())
    for order in orders:
        _refuse_unbound(order)
        wanted = {
            line.id: (part_of(uow, line, line.delivered), line.delivered)
            for line in order.lines
            if line.kind == "goods" and line.undelivered
        }
        if not wanted:
            raise Refused(_("%(order)s is fully delivered; there is no rest.", order=order))
        _resize(uow, order, wanted)
    _tell(uow, orders)
    return orders


def _locked(uow: UnitOfWork, ids: Sequence[int]) -> dict[int, Order]:
    orders = uow.load(Order, sorted(set(ids)), Order.lines, Order.follow_ups, lock=True)
    return {order.id: order for order in orders}


def _refuse_unbound(order: Order) -> None:
    if order.state != "confirmed":
        raise Refused(
            _("%(order)s is not confirmed. Only confirmed orders need this.", order=order)
        )


def _line_of(order: Order, wanted: ChangeLine) -> OrderLine:
    """The order's line that is meant: the one named, else the only one with that product."""
    found = [
        line
        for line in order.lines
        if (wanted.order_line_id == line.id)
        or (wanted.order_line_id is None and line.product_id == wanted.product_id)
    ]
    if len(found) != 1:
        raise Refused(
            _(
                "%(order)s does not have exactly one line with this product."
                " Start the change from the order.",
                order=order,
            )
        )
    return found[0]


def _own(line: OrderLine, quantity: Decimal) -> Decimal:
    """A new quantity in the product's own unit."""
    return rounded_to(line.own_quantity * quantity / line.quantity)


def _resize(uow: UnitOfWork, order: Order, wanted: Mapping[int, tuple[Decimal, Decimal]]) -> None:
    """New quantities by line (as ordered, and in the product's own unit); zero gives a line up.

    Never below what has happened.
    """
    kept = []
    for line in order.lines:
        quantity, own = wanted.get(line.id, (line.quantity, line.own_quantity))
        least = max(line.delivered, line.billed)
        if own < least:
            raise TooLittle(order, line, least)
        if quantity == 0:
            uow.remove(line)
            continue
        if (quantity, own) != (line.quantity, line.own_quantity):
            line.quantity, line.own_quantity = quantity, own
            line.asked = min(line.asked, own)
        kept.append(line)
    if not kept:
        raise Refused(
            _("Nothing of %(order)s would be left. Cancel the order instead.", order=order)
        )
    set_committed_value(order, "lines", kept)


def _tell(uow: UnitOfWork, orders: Sequence[Order]) -> None:
    settle_orders(uow, orders)
    for order in orders:
        order.recount()
        uow.touch(order)
    uow.publish(facts.changed(order, uow.today) for order in orders)

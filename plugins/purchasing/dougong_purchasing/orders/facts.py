"""An order told in the words that all departments understand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from dougong import DocumentRef, ref
from dougong_base.events import (
    PurchaseBillable,
    PurchaseLine,
    PurchaseOrderCancelled,
    PurchaseOrderChanged,
    PurchaseOrderConfirmed,
)
from dougong_purchasing.orders.models import Order, OrderLine


def purchase_line(line: OrderLine) -> PurchaseLine:
    """The whole line."""
    return _line(line, line.own_quantity, line.amount, line.unit_cost)


def part_of(
    line: OrderLine, start: Decimal, end: Decimal, currency: str, cost: Decimal | None = None
) -> PurchaseLine:
    """The line from one quantity to another; parts that follow each other add up to the line.

    ``cost`` is what one unit was valued at by the warehouse, where that is known.
    """
    amount = line.share(end, currency) - line.share(start, currency)
    return _line(line, end - start, amount, line.unit_cost if cost is None else cost)


def _line(line: OrderLine, quantity: Decimal, amount: Decimal, cost: Decimal) -> PurchaseLine:
    return PurchaseLine(
        line_id=line.id,
        product_id=line.product_id,
        quantity=quantity,
        price=line.own_price,
        discount=line.discount,
        tax_ids=(line.tax_id,) if line.tax_id else (),
        amount=amount,
        unit_cost=cost,
        description=line.description or "",
        kind=line.kind,
    )


def confirmed(order: Order) -> PurchaseOrderConfirmed:
    """The order binds both sides."""
    return PurchaseOrderConfirmed(
        source=ref(order),
        number=order.number or "",
        company_id=order.company_id,
        supplier_id=order.supplier_id,
        warehouse_id=order.warehouse_id,
        on=order.confirmed_on or order.ordered_on,
        expected_on=order.expected_on,
        currency=order.currency,
        lines=tuple(purchase_line(line) for line in order.lines),
    )


def changed(order: Order, on: dt.date) -> PurchaseOrderChanged:
    """The order's quantities, costs or date are others now."""
    return PurchaseOrderChanged(
        source=ref(order),
        number=order.number or "",
        company_id=order.company_id,
        on=on,
        expected_on=order.expected_on,
        lines=tuple(purchase_line(line) for line in order.lines),
    )


def cancelled(order: Order) -> PurchaseOrderCancelled:
    """What has not come will not."""
    return PurchaseOrderCancelled(
        source=ref(order), number=order.number or "", company_id=order.company_id
    )


def billable(
    order: Order,
    lines: Sequence[PurchaseLine],
    on: dt.date,
    *,
    source: DocumentRef | None = None,
    receipt: DocumentRef | None = None,
) -> PurchaseBillable:
    """We owe for these parts of the order, or are to be credited where they are negative."""
    return PurchaseBillable(
        source=source or ref(order),
        number=order.number or "",
        company_id=order.company_id,
        supplier_id=order.supplier_id,
        on=on,
        currency=order.currency,
        payment_term_id=order.payment_term_id,
        reference=order.reference or order.number or "",
        lines=tuple(lines),
        receipt=receipt,
    )

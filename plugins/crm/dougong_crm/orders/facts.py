"""An order told in the words that all departments understand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from dougong import DocumentRef, ref, rounded
from dougong_base.events import (
    SaleBillable,
    SaleLine,
    SalesOrderCancelled,
    SalesOrderChanged,
    SalesOrderConfirmed,
)
from dougong_crm.orders.models import Order, OrderLine


def sale_line(line: OrderLine) -> SaleLine:
    """The whole line."""
    return _line(line, line.own_quantity, line.amount)


def part_of(line: OrderLine, start: Decimal, end: Decimal, currency: str) -> SaleLine:
    """The line from one quantity to another; parts that follow each other add up to the line."""
    amount = _share(line, end, currency) - _share(line, start, currency)
    return _line(line, end - start, amount)


def _share(line: OrderLine, quantity: Decimal, currency: str) -> Decimal:
    return rounded(line.amount * quantity / line.own_quantity, currency)


def _line(line: OrderLine, quantity: Decimal, amount: Decimal) -> SaleLine:
    return SaleLine(
        line_id=line.id,
        product_id=line.product_id,
        quantity=quantity,
        price=line.own_price,
        discount=line.discount,
        tax_ids=(line.tax_id,) if line.tax_id else (),
        amount=amount,
        description=line.description or "",
        kind=line.kind,
    )


def confirmed(order: Order) -> SalesOrderConfirmed:
    """The order binds both sides."""
    return SalesOrderConfirmed(
        source=ref(order),
        number=order.number or "",
        company_id=order.company_id,
        customer_id=order.customer_id,
        address_id=order.delivery_address_id,
        warehouse_id=order.warehouse_id,
        on=order.confirmed_on or order.ordered_on,
        promised_on=order.promised_on,
        currency=order.currency,
        lines=tuple(sale_line(line) for line in order.lines),
    )


def changed(order: Order, on: dt.date) -> SalesOrderChanged:
    """The order's quantities or date are others now."""
    return SalesOrderChanged(
        source=ref(order),
        number=order.number or "",
        company_id=order.company_id,
        on=on,
        promised_on=order.promised_on,
        lines=tuple(sale_line(line) for line in order.lines),
    )


def cancelled(order: Order) -> SalesOrderCancelled:
    """The rest of the order will not be delivered."""
    return SalesOrderCancelled(
        source=ref(order), number=order.number or "", company_id=order.company_id
    )


def billable(
    order: Order,
    lines: Sequence[SaleLine],
    on: dt.date,
    *,
    source: DocumentRef | None = None,
    delivery: DocumentRef | None = None,
) -> SaleBillable:
    """These parts of the order may be billed, or are to be credited where they are negative."""
    return SaleBillable(
        source=source or ref(order),
        number=order.number or "",
        company_id=order.company_id,
        customer_id=order.customer_id,
        on=on,
        currency=order.currency,
        payment_term_id=order.payment_term_id,
        reference=order.reference or "",
        lines=tuple(lines),
        delivery=delivery,
    )

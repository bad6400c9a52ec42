"""An exchange: what comes back is credited, and the same is sent again."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from dougong import Refused, StepNotAllowed, UnitOfWork, _
from dougong.links.models import DocumentLink
from dougong_crm.orders.models import Order, OrderLine
from dougong_crm.orders.service import create_orders
from dougong_crm.orders.sources import BOOK
from dougong_crm.returns.models import Return, ReturnLine
from dougong_crm.returns.workflow import RETURN_STEPS

LINK = "replacement"
TAKEN = (
    "company_id", "customer_id", "currency", "payment_term_id", "salesperson_id", "reference",
    "discount", "invoice_address_id", "delivery_address_id", "warehouse_id", "invoice_on",
)  # fmt: skip
LINE_TAKEN = ("product_id", "description", "kind", "discount", "tax_id", "cost")


def replace_returns(uow: UnitOfWork, ids: Sequence[int]) -> list[Order]:
    """Draft an order of the goods of these returns, at the prices that were paid.

    The draft can be edited: another size, another product. Confirmed, it is delivered and billed as
    any order, while the return is credited. Raises `StepNotAllowed` for a return that is not
    announced, `Refused` where an order was drafted before.
    """
    uow.require("crm.order.create")
    returns = uow.load(Return, ids, Return.lines, lock=True)
    _refuse_drafts(returns)
    _refuse_twice(uow, returns)
    sold_in = BOOK.orders_of(uow, returns)
    lines = [line for document in returns for line in document.lines]
    uow.load(ReturnLine, [line.id for line in lines], ReturnLine.product)
    drafts = [_draft(uow, document, sold_in[document.order_id]) for document in returns]
    create_orders(uow, drafts)
    for document, draft in zip(returns, drafts, strict=True):
        uow.link(document, draft, LINK)
    return drafts


def _draft(uow: UnitOfWork, document: Return, order: Order) -> Order:
    sold = {line.id: line for line in order.lines}
    return Order(
        **{name: getattr(order, name) for name in TAKEN},
        ordered_on=uow.today,
        lines=[
            _again(at, line, sold[line.order_line_id])
            for at, line in enumerate(document.lines)
            if line.order_line_id is not None
        ],
    )


def _again(position: int, line: ReturnLine, sold: OrderLine) -> OrderLine:
    """So much of what was sold: in the unit of the sale where it goes, else in the product's own."""
    same = {name: getattr(sold, name) for name in LINE_TAKEN}
    told, left = divmod(line.quantity * sold.quantity, sold.own_quantity or Decimal(1))
    whole = not left
    return OrderLine(
        **same,
        position=position,
        quantity=told if whole else line.quantity,
        own_quantity=line.quantity,
        unit_id=sold.unit_id if whole else line.product.unit_id,
        price=sold.price if whole else sold.own_price,
    )


def _refuse_drafts(returns: Sequence[Return]) -> None:
    step = RETURN_STEPS.step("replace")
    assert step is not None
    for document in returns:
        if document.state not in step.source:
            raise StepNotAllowed(document, RETURN_STEPS.state(document.state).label, step.label)


def _refuse_twice(uow: UnitOfWork, returns: Sequence[Return]) -> None:
    known = set(
        uow.session.scalars(
            select(DocumentLink.from_id).where(
                DocumentLink.from_id.in_([document.id for document in returns]),
                DocumentLink.kind == LINK,
            )
        )
    )
    for document in returns:
        if document.id in known:
            raise Refused(
                _("A replacement for %(document)s was drafted already.", document=document)
            )

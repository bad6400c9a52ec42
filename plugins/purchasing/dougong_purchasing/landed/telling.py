"""Landed costs told to stock and books, at once or when these come later."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from dougong import ZERO, DocumentRef, UnitOfWork, ref
from dougong.companies.currency import currency_of
from dougong_base.events import (
    CostLine,
    CostsArose,
    InvoiceCancelled,
    InvoiceDrafted,
    LandedCostAllocated,
    LandedLine,
    PurchaseBillable,
    PurchaseLine,
    StockValued,
)
from dougong_purchasing.landed.models import LandedCost, LandedPart

Parts = (LandedCost.parts, LandedCost.receipts, LandedCost.shares)


def tell(uow: UnitOfWork, document: LandedCost, currency: str) -> None:
    """Let the warehouse raise the value of the goods, and the ledger expect the bill."""
    uow.publish(_allocated(document))
    billable = _billable(document, currency)
    if billable is not None:
        uow.publish(billable)


def note_valued(uow: UnitOfWork, events: Sequence[StockValued]) -> None:
    """The stock bears these costs."""
    _mark(uow, [event.source for event in events], "valued", True)


def note_left(uow: UnitOfWork, events: Sequence[CostsArose]) -> None:
    """Goods that had left bear a part as cost of sales; remembered for a ledger that comes later."""
    mine = {e.source.id: e for e in events if e.source.kind == LandedCost.__document__}
    for document in uow.load(LandedCost, sorted(mine)) if mine else ():
        document.valued = True
        document.gone = [
            [line.product_id, line.category_id, str(line.amount)]
            for line in mine[document.id].lines
            if line.purpose == "cost_of_goods"
        ]


def not_valued(
    uow: UnitOfWork, events: Sequence[StockValued | CostsArose]
) -> list[StockValued | CostsArose]:
    """What tells of costs of ours that nobody is known to bear yet."""
    mine = [e for e in events if e.source is not None and e.source.kind == LandedCost.__document__]
    known = set(
        uow.session.scalars(
            select(LandedCost.id).where(
                LandedCost.id.in_({e.source.id for e in mine if e.source}), LandedCost.valued
            )
        )
    )
    return [e for e in mine if e.source is not None and e.source.id not in known]


def untold_left(uow: UnitOfWork) -> list[CostsArose]:
    """The same, told once more; a ledger that has booked it leaves it out."""
    ids = uow.session.scalars(
        select(LandedCost.id).where(LandedCost.valued).order_by(LandedCost.id)
    ).all()
    return [_left(document) for document in uow.load(LandedCost, ids) if document.gone]


def _left(document: LandedCost) -> CostsArose:
    lines = [
        CostLine(
            purpose="cost_of_goods",
            amount=Decimal(amount),
            product_id=product,
            category_id=category,
        )
        for product, category, amount in document.gone
    ]
    whole = sum((line.amount for line in lines), ZERO)
    return CostsArose(
        source=ref(document),
        number=document.number or "",
        company_id=document.company_id,
        on=document.dated_on,
        key="goods-gone",
        text=document.number or "",
        lines=(*lines, CostLine(purpose="landed_cost", amount=-whole)),
    )


def note_landed_bills(uow: UnitOfWork, events: Sequence[InvoiceDrafted]) -> None:
    """Bills were drafted for these costs."""
    _mark(uow, [event.source for event in events], "billed", True)


def note_landed_gone(uow: UnitOfWork, events: Sequence[InvoiceCancelled]) -> None:
    """Their bills were given up."""
    _mark(uow, [event.source for event in events], "billed", False)


def _mark(uow: UnitOfWork, sources: Sequence[DocumentRef | None], what: str, value: bool) -> None:
    ids = sorted({s.id for s in sources if s is not None and s.kind == LandedCost.__document__})
    for document in uow.load(LandedCost, ids) if ids else ():
        setattr(document, what, value)


def untold_values(uow: UnitOfWork) -> list[LandedCostAllocated]:
    """What was shared out while nobody kept the value of stock, for a warehouse that came later."""
    return [_allocated(document) for document in _unmarked(uow, LandedCost.valued)]


def untold_bills(uow: UnitOfWork) -> list[PurchaseBillable]:
    """What was shared out while nobody kept bills, for a ledger that came later."""
    found = []
    for document in _unmarked(uow, LandedCost.billed):
        billable = _billable(document, currency_of(uow, document.company_id))
        if billable is not None:
            found.append(billable)
    return found


def _unmarked(uow: UnitOfWork, mark: Any) -> list[LandedCost]:
    """Allocated documents without the mark; an opposite only where its original has it."""
    original = aliased(LandedCost)
    ids = uow.session.scalars(
        select(LandedCost.id)
        .outerjoin(original, original.id == LandedCost.opposite_of_id)
        .where(
            ~mark,
            or_(LandedCost.state == "allocated", getattr(original, mark.key)),
        )
        .order_by(LandedCost.id)
    ).all()
    return uow.load(LandedCost, ids, *Parts)


def _allocated(document: LandedCost) -> LandedCostAllocated:
    return LandedCostAllocated(
        source=ref(document),
        number=document.number or "",
        company_id=document.company_id,
        on=document.dated_on,
        lines=tuple(
            LandedLine(
                receipt=DocumentRef(share.receipt_kind, share.receipt_id),
                receipt_line_id=share.receipt_line_id,
                product_id=share.product_id,
                value=share.value,
            )
            for share in document.shares
            if share.value
        ),
    )


def _billable(document: LandedCost, currency: str) -> PurchaseBillable | None:
    """What the carrier or customs will ask for; None where no bill is expected."""
    billed = [part for part in document.parts if part.product_id]
    if not document.supplier_id or not billed:
        return None
    return PurchaseBillable(
        source=ref(document),
        number=document.number or "",
        company_id=document.company_id,
        supplier_id=document.supplier_id,
        on=document.dated_on,
        currency=currency,
        payment_term_id=None,
        reference=document.reference or "",
        lines=tuple(_billed(part) for part in billed),
        purpose="landed_cost",
    )


def _billed(part: LandedPart) -> PurchaseLine:
    sign = 1 if part.amount > 0 else -1
    return PurchaseLine(
        line_id=part.id,
        product_id=part.product_id or 0,
        quantity=ZERO + sign,
        price=abs(part.amount),
        discount=ZERO,
        tax_ids=(),
        amount=part.amount,
        unit_cost=abs(part.amount),
        kind="service",
    )

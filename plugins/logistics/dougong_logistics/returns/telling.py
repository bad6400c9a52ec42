"""Returns in the words that all departments understand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from dougong import ZERO, UnitOfWork, ref, rounded
from dougong.companies.currency import currency_of
from dougong_base import Party, Product
from dougong_base.events import SaleBillable, SaleLine, SaleReturned
from dougong_logistics.returns.models import Return, ReturnLine


def returned(uow: UnitOfWork, returns: Sequence[Return]) -> list[SaleReturned]:
    """What the warehouse is to expect; lines loaded."""
    products = _products(uow, returns)
    found = []
    for document in returns:
        currency = currency_of(uow, document.company_id)
        lines = [
            _line(line, products[line.product_id], line.quantity, currency)
            for line in document.lines
        ]
        found.append(
            SaleReturned(
                source=ref(document), number=document.number or "",
                company_id=document.company_id, customer_id=document.party_id,
                on=document.expected_on, currency=currency, lines=tuple(lines),
            )
        )  # fmt: skip
    return found


def credits(uow: UnitOfWork, returns: Sequence[Return], on: dt.date) -> list[SaleBillable]:
    """What the customers are to be credited with: what came, good or damaged; lines loaded."""
    products = _products(uow, returns)
    terms = (
        {p.id: p for p in uow.load(Party, sorted({r.party_id for r in returns}))} if returns else {}
    )
    found = []
    for document in returns:
        currency = currency_of(uow, document.company_id)
        lines = [
            _line(line, products[line.product_id], -(line.good + line.damaged), currency)
            for line in document.lines
            if line.good + line.damaged and line.price
        ]
        if lines:
            found.append(
                SaleBillable(
                    source=ref(document), number=document.number or "",
                    company_id=document.company_id, customer_id=document.party_id, on=on,
                    currency=currency, payment_term_id=terms[document.party_id].payment_term_id,
                    reference=document.reference or "", lines=tuple(lines),
                    delivery=document.receipt,
                )
            )  # fmt: skip
    return found


def prices(uow: UnitOfWork, products: Sequence[int]) -> dict[int, Decimal]:
    """What the products are sold for."""
    rows = uow.look(select(Product.id, Product.sales_price).where(Product.id.in_(products)))
    return {row.id: row.sales_price for row in rows}


def _products(uow: UnitOfWork, returns: Sequence[Return]) -> dict[int, Product]:
    wanted = sorted({line.product_id for document in returns for line in document.lines})
    return {p.id: p for p in uow.load(Product, wanted)} if wanted else {}


def _line(line: ReturnLine, product: Product, quantity: Decimal, currency: str) -> SaleLine:
    return SaleLine(
        line_id=line.id,
        product_id=line.product_id,
        quantity=quantity,
        price=line.price,
        discount=ZERO,
        tax_ids=(product.sales_tax_id,) if product.sales_tax_id else (),
        amount=rounded(line.price * quantity, currency),
        description=product.name,
        kind=product.kind,
    )

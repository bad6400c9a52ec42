"""What a code means, and what it costs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import or_, select

from dougong import Refused, UnitOfWork, _
from dougong_base import Barcode, Product
from dougong_base.ports import SalesPrices

#: ``3*CODE``, ``0,5*CODE``, ``-CODE``.
TYPED = re.compile(
    r"^(?:(?P<times>\d{1,4}(?:[.,]\d{1,3})?)\s*[*x×]\s*)?(?P<off>-)?(?P<code>\S.{0,39})$"
)


@dataclass(frozen=True)
class Scan:
    """What was scanned or typed: a product, how many, and whether it is taken off again."""

    product: Product
    quantity: Decimal
    off: bool


def understand(uow: UnitOfWork, typed: str) -> Scan:
    """The product that a code names; raises `Refused` for what is no code of anything that is sold."""
    said = TYPED.match(typed.strip())
    if said is None:
        raise Refused(_("“%(code)s” is no code.", code=typed.strip()[:40]))
    code = said["code"].strip()
    row = uow.session.execute(
        select(Product, Barcode.quantity)
        .outerjoin(Barcode, (Barcode.product_id == Product.id) & (Barcode.code == code))
        .where(
            or_(Product.barcode == code, Product.code == code, Barcode.code == code), Product.active
        )
        .limit(1)
    ).first()
    if row is None:
        raise Refused(_("There is no product “%(code)s”.", code=code))
    times = Decimal((said["times"] or "1").replace(",", "."))
    if not times:
        raise Refused(_("A quantity is more than nothing."))
    return Scan(row[0], times * (row[1] or 1), bool(said["off"]))


def price_of(
    uow: UnitOfWork, product: Product, customer_id: int, quantity: Decimal, currency: str
) -> Decimal:
    """What one costs: from whoever keeps prices, else as it is written on the product."""
    prices = uow.ask(SalesPrices)
    if prices is None:
        return product.sales_price
    found = prices.of(
        [product.id], customer_id=customer_id, quantity=quantity, currency=currency, on=uow.today
    )
    return found.get(product.id, product.sales_price)

"""How much more than was ordered may come."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from sqlalchemy import select

from dougong import UnitOfWork
from dougong_purchasing.settings import number_of
from dougong_purchasing.tolerances.models import PartyTolerance, ProductTolerance

HUNDRED = Decimal(100)


class OverReceipt:
    """The tolerance of a product counts before that of the supplier, and that before the company's."""

    def __init__(
        self, uow: UnitOfWork, products: Collection[int], suppliers: Collection[int]
    ) -> None:
        of_product = select(ProductTolerance.product_id, ProductTolerance.over_receipt)
        of_party = select(PartyTolerance.party_id, PartyTolerance.over_receipt)
        rows = uow.session.execute(of_product.where(ProductTolerance.product_id.in_(products)))
        self._products: dict[int, Decimal | None] = {
            row.product_id: row.over_receipt for row in rows
        }
        rows = uow.session.execute(of_party.where(PartyTolerance.party_id.in_(suppliers)))
        self._parties: dict[int, Decimal | None] = {row.party_id: row.over_receipt for row in rows}
        self._company = number_of(uow, "purchasing.over_receipt")

    def of(self, product_id: int, supplier_id: int) -> Decimal:
        """As a part of one."""
        for percent in (self._products.get(product_id), self._parties.get(supplier_id)):
            if percent is not None:
                return percent / HUNDRED
        return self._company / HUNDRED

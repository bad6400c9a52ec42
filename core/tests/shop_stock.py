"""What the shop begins with."""

from __future__ import annotations

from decimal import Decimal

import pytest
from shop import Customer, Product


@pytest.fixture
def stock(shop, me):
    """Two customers and three products; their ids by code."""

    def act(uow):
        rows = [
            Customer(code="ACME", name="Acme", city="Kiel"),
            Customer(code="BOLT", name="Bolt", city="Jena"),
            *(Product(code=f"P{n}", name=f"Product {n}", price=Decimal(n)) for n in (1, 2, 3)),
        ]
        uow.add(*rows)
        return {row.code: row.id for row in rows}

    return shop.run(me, act)

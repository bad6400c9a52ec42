"""Factories for tests of plugins: parties, products, units, taxes, stored at once.

pytest finds the fixture `make` once dougong-base is installed: ``make.customer("Ada Ltd")``.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

if TYPE_CHECKING:
    from dougong_base import Category, Party, PaymentTerm, Product, Tax, Unit

T = TypeVar("T")


class Factories:
    """Makes the nouns every department shares; what is not said has a value that works.

    Each call is a unit of work of its own, as the house itself. Codes count up: P1, P2 …
    """

    def __init__(self, house: Any) -> None:
        self._house, self._numbers = house, count(1)

    def party(self, name: str = "Ada Ltd", **more: Any) -> Party:
        """Somebody the house deals with; `customer` and `supplier` say as what."""
        from dougong_base import Party

        return self._store(Party(**{"code": self._code("P"), "name": name, **more}))

    def customer(self, name: str = "Ada Ltd", **more: Any) -> Party:
        """Somebody who buys."""
        return self.party(name, is_customer=True, **more)

    def supplier(self, name: str = "Timber Ltd", **more: Any) -> Party:
        """Somebody who sells to us."""
        return self.party(name, is_supplier=True, **more)

    def unit(self, code: str = "pc") -> Unit:
        """A unit of measure that the seed has put in: pc, kg, h …"""
        from dougong_base import Unit

        return self._seeded(Unit, code)

    def tax(self, rate: str | int | Decimal = 19, **more: Any) -> Tax:
        """A percentage on sales and purchases, without a country."""
        from dougong_base import Tax

        code = self._code("T")
        return self._store(
            Tax(**{"code": code, "name": f"{rate} %", "rate": Decimal(rate), **more})
        )

    def category(self, name: str = "Goods", **more: Any) -> Category:
        """A product category."""
        from dougong_base import Category

        return self._store(Category(name=name, **more))

    def product(self, name: str = "Desk", price: str | int | Decimal = 100, **more: Any) -> Product:
        """Goods by the piece, at a sales price in the company's currency."""
        from dougong_base import Product

        given = {"code": self._code("G"), "name": name, "sales_price": Decimal(price), **more}
        if "unit_id" not in given:
            given["unit_id"] = self.unit().id
        return self._store(Product(**given))

    def service(
        self, name: str = "Assembly", price: str | int | Decimal = 60, **more: Any
    ) -> Product:
        """Something that is done, not stored."""
        return self.product(name, price, kind="service", **more)

    def payment_term(self, code: str) -> PaymentTerm:
        """A payment term that the seed has put in."""
        from dougong_base import PaymentTerm

        return self._seeded(PaymentTerm, code)

    def _code(self, letter: str) -> str:
        return f"{letter}{next(self._numbers)}"

    def _store(self, row: T) -> T:
        from dougong import Actor

        with self._house.work(Actor.system()) as uow:
            uow.add(row)
        return row

    def _seeded(self, model: type[T], code: str) -> T:
        from sqlalchemy import select

        from dougong import Actor

        with self._house.read(Actor.system()) as session:
            column: Any = model.code  # type: ignore[attr-defined]
            found: T | None = session.scalars(select(model).where(column == code)).one_or_none()
            if found is None:
                known = ", ".join(session.scalars(select(column).order_by(column)))
                raise LookupError(f"There is no {model.__name__} {code!r}; there are: {known}.")
            session.expunge(found)
            return found


@pytest.fixture
def make(house: Any) -> Factories:
    """Nouns that every department shares, stored at once: ``make.customer("Ada Ltd")``."""
    return Factories(house)


@pytest.fixture
def visit(runtime: Any) -> Callable[..., Any]:
    """The browser of a customer who has followed the portal's link: ``visit(ada.id).get("/portal")``.

    ``visit(ada.id).send("/portal/crm/quotes/7", "accept", name="Ann")`` fills in a form there.
    """
    from dougong_base.portal.testing import visitor_of

    return lambda party_id, company_id=1: visitor_of(runtime, party_id, company_id)

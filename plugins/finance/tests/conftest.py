"""What tests of finance begin with: a small house, a customer, goods."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from dougong import DocumentRef
from dougong_base import Party, PaymentTerm, Product, Tax, Unit
from dougong_base.events import SaleBillable, SaleLine

DAY = dt.date(2026, 3, 10)


@pytest.fixture
def house(make_house: Callable[..., Any]) -> Any:
    """Finance on its basics alone."""
    return make_house("base", "finance")


@pytest.fixture
def shop(work: Any) -> SimpleNamespace:
    """A customer, a supplier, two products and what they are taxed with."""
    with work() as uow:
        taxes = {t.code: t.id for t in uow.session.scalars(select(Tax))}
        unit = uow.session.scalars(select(Unit).where(Unit.code == "pc")).one()
        term = uow.session.scalars(
            select(PaymentTerm.id).where(PaymentTerm.code == "NET30")
        ).first()
        ada = Party(code="ADA", name="Ada Ltd", is_customer=True)
        bob = Party(code="BOB", name="Bob & Co", is_supplier=True)
        tea = Product(code="TEA", name="Green tea", unit_id=unit.id, sales_tax_id=taxes["S19"])
        help = Product(code="HELP", name="Advice", kind="service", unit_id=unit.id)
        uow.add(ada, bob, tea, help)
        return SimpleNamespace(
            ada=ada.id, bob=bob.id, tea=tea.id, help=help.id, term=term,
            s19=taxes["S19"], s7=taxes["S7"], p19=taxes["P19"],
        )  # fmt: skip


@pytest.fixture
def billable(shop: SimpleNamespace) -> Callable[..., SaleBillable]:
    """A delivered order that waits for its invoice."""

    def make(
        order: int = 77, quantity: str = "10", price: str = "12.50", delivery: int | None = None,
        on: dt.date = DAY, lines: int = 1, term: int | None = None,
    ) -> SaleBillable:  # fmt: skip
        amount = Decimal(quantity) * Decimal(price)
        return SaleBillable(
            source=DocumentRef("crm.orders", order),
            number=f"SO-{order}",
            company_id=1,
            customer_id=shop.ada,
            on=on,
            currency="EUR",
            payment_term_id=term,
            reference=f"PO {order}",
            delivery=DocumentRef("inventory.deliveries", delivery) if delivery else None,
            lines=tuple(
                SaleLine(
                    line_id=order * 100 + n, product_id=shop.tea, quantity=Decimal(quantity),
                    price=Decimal(price), discount=Decimal(0), tax_ids=(shop.s19,), amount=amount,
                )
                for n in range(lines)
            ),
        )  # fmt: skip

    return make


@pytest.fixture
def sound(house: Any) -> Any:
    """After the test, every check of finance finds nothing wrong."""
    from dougong import Actor
    from dougong_finance.checks import CHECKS

    yield
    with house.read(Actor.system()) as session:
        for check in CHECKS:
            assert list(check.run(session)) == [], check.name

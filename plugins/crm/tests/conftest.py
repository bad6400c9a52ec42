"""A sales desk; the other departments are played by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from dougong import Actor, DocumentRef
from dougong_base import Party, Product, Tax, Unit
from dougong_base.events import (
    BilledLine,
    GoodsShipped,
    InvoiceDrafted,
    InvoicePaid,
    MovedLine,
    SaleBillable,
)
from dougong_base.ports import StockAvailability
from dougong_crm.orders.models import Order, OrderLine
from dougong_crm.orders.service import confirm_orders, create_orders

D = Decimal
DAY = dt.date(2026, 3, 2)
SYSTEM = Actor.system()


class Shop:
    """A customer, goods, a service, and short words for what the tests do again and again."""

    def __init__(self, house: Any) -> None:
        self.house = house
        self.known = house.run(SYSTEM, self._stock_up)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.house, name)

    @staticmethod
    def _stock_up(uow):
        unit = uow.session.scalars(select(Unit).where(Unit.code == "pc")).one()
        tax = uow.session.scalars(select(Tax).where(Tax.code == "S19")).one()
        customer = Party(code="ACME", name="Acme", is_customer=True)
        desk = Product(code="DESK", name="Desk", unit_id=unit.id, sales_price=D(100))
        work = Product(code="WORK", name="Assembly", kind="service", unit_id=unit.id)
        uow.add(customer, desk, work)
        return {
            "customer": customer.id, "desk": desk.id, "work": work.id,
            "unit": unit.id, "tax": tax.id,
        }  # fmt: skip

    def line(self, product="desk", quantity=10, price="100", **more):
        more.setdefault("unit_id", self.known["unit"])
        return OrderLine(
            product_id=self.known[product],
            tax_id=self.known["tax"],
            quantity=D(quantity),
            price=D(price),
            kind="service" if product == "work" else "goods",
            description=product,
            **more,
        )

    def order(self, *lines, **more):
        draft = Order(
            customer_id=self.known["customer"], ordered_on=DAY,
            lines=list(lines), **{"currency": "EUR", **more},
        )  # fmt: skip
        self.run(SYSTEM, lambda uow: create_orders(uow, [draft]))
        return draft.id

    def confirm(self, key, actor=SYSTEM):
        with self.work(actor) as uow:
            confirm_orders(uow, [key], on=DAY)
        return uow.published

    def with_warehouse(self):
        """Somebody counts and ships goods."""
        self.house.providers = {**self.house.providers, StockAvailability: lambda uow: object()}

    def look(self, key):
        with self.read(SYSTEM) as session:
            found = session.get(Order, key)
            lines = session.scalars(select(OrderLine).where(OrderLine.order_id == key)).all()
            session.expunge_all()
        return found, sorted(lines, key=lambda x: x.position)

    def ship(self, key, quantity, delivery=1, on=DAY):
        _order, lines = self.look(key)
        moved = MovedLine(
            source_line_id=lines[0].id, product_id=lines[0].product_id, quantity=D(quantity),
            cost=D(1),
        )  # fmt: skip
        event = GoodsShipped(
            delivery=DocumentRef("inventory.deliveries", delivery), number="D1",
            source=DocumentRef("crm.orders", key), company_id=1, party_id=None, on=on,
            lines=(moved,),
        )  # fmt: skip
        with self.work(SYSTEM) as uow:
            uow.publish(event)
        return [e for e in uow.published if isinstance(e, SaleBillable)]

    def draft_invoice(self, billable, invoice=1, event=InvoiceDrafted):
        lines = tuple(
            BilledLine(
                source_line_id=x.line_id, product_id=x.product_id, quantity=x.quantity,
                amount=x.amount,
            )
            for x in billable.lines
        )  # fmt: skip
        told = event(
            invoice=DocumentRef("finance.invoices", invoice), source=billable.source,
            company_id=1, lines=lines,
        )  # fmt: skip
        with self.work(SYSTEM) as uow:
            uow.publish(told)

    def pay(self, key, invoice=1):
        told = InvoicePaid(
            invoice=DocumentRef("finance.invoices", invoice),
            source=DocumentRef("crm.orders", key), company_id=1, party_id=1, on=DAY, total=D(1),
        )  # fmt: skip
        with self.work(SYSTEM) as uow:
            uow.publish(told)

    def limited(self, limit):
        """The customer may owe only so much."""

        def act(uow):
            uow.get(Party, self.known["customer"]).credit_limit = D(limit)

        self.run(SYSTEM, act)


@pytest.fixture
def shop(make_house):
    return Shop(make_house("base", "crm"))

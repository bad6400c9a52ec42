"""A buyer's desk; the other departments are played by hand."""

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
    GoodsReceived,
    InvoiceDrafted,
    InvoicePaid,
    MovedLine,
    PurchaseBillable,
)
from dougong_base.ports import StockAvailability
from dougong_purchasing.orders.models import Order, OrderLine
from dougong_purchasing.orders.service import confirm_orders, create_orders

D = Decimal
DAY = dt.date(2026, 3, 2)
SYSTEM = Actor.system()


class Desk:
    """A supplier, goods, a service, and short words for what the tests do again and again."""

    def __init__(self, house: Any) -> None:
        self.house = house
        self.known = house.run(SYSTEM, self._stock_up)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.house, name)

    @staticmethod
    def _stock_up(uow):
        unit = uow.session.scalars(select(Unit).where(Unit.code == "pc")).one()
        tax = uow.session.scalars(select(Tax).where(Tax.code == "P19")).one()
        bob = Party(code="BOB", name="Bob", is_supplier=True)
        eve = Party(code="EVE", name="Eve", is_supplier=True)
        tea = Product(code="TEA", name="Tea", unit_id=unit.id, cost_price=D(5), volume=D(2))
        cup = Product(code="CUP", name="Cup", unit_id=unit.id, cost_price=D(2), weight=D(1))
        work = Product(code="WORK", name="Assembly", kind="service", unit_id=unit.id)
        uow.add(bob, eve, tea, cup, work)
        return {
            "bob": bob.id, "eve": eve.id, "tea": tea.id, "cup": cup.id, "work": work.id,
            "unit": unit.id, "tax": tax.id,
        }  # fmt: skip

    def set(self, monkeypatch, **settings):
        """Settings of purchasing, for this test."""
        real = self.house.setting
        values = {f"purchasing.{key}": value for key, value in settings.items()}
        monkeypatch.setattr(
            self.house, "setting",
            lambda uow, key: values[key] if key in values else real(uow, key),
        )  # fmt: skip

    def line(self, product="tea", quantity="10", price="5", discount="0", **more):
        return OrderLine(
            product_id=self.known[product],
            unit_id=self.known["unit"],
            tax_id=self.known["tax"],
            quantity=D(quantity),
            price=D(price),
            discount=D(discount),
            kind="service" if product == "work" else "goods",
            description=product,
            **more,
        )

    def order(self, *lines, supplier="bob", **more):
        facts = {"currency": "EUR", "ordered_on": DAY} | more
        draft = Order(supplier_id=self.known[supplier], lines=list(lines), **facts)
        self.run(SYSTEM, lambda uow: create_orders(uow, [draft]))
        return draft.id

    def confirm(self, key, actor=SYSTEM, on=DAY):
        with self.work(actor) as uow:
            confirm_orders(uow, [key], on=on)
        return uow.published

    def do(self, act, *args, actor=SYSTEM, **asked):
        """Run a verb, and hand over what was told."""
        with self.work(actor) as uow:
            act(uow, *args, **asked)
        return uow.published

    def with_warehouse(self):
        """Somebody counts goods."""
        self.house.providers = {**self.house.providers, StockAvailability: lambda uow: object()}

    def look(self, key):
        with self.read(SYSTEM) as session:
            found = session.get(Order, key)
            lines = session.scalars(select(OrderLine).where(OrderLine.order_id == key)).all()
            session.expunge_all()
        return found, sorted(lines, key=lambda x: x.position)

    def all(self, model, **where):
        with self.read(SYSTEM) as session:
            rows = session.scalars(select(model).filter_by(**where).order_by(model.id)).all()
            session.expunge_all()
        return rows

    def receive(self, key, quantity, receipt=1, on=DAY, cost=None, which=0):
        _order, lines = self.look(key)
        line = lines[which]
        moved = MovedLine(
            source_line_id=line.id, product_id=line.product_id, quantity=D(quantity),
            cost=D(cost) if cost else D(quantity) * line.unit_cost,
        )  # fmt: skip
        event = GoodsReceived(
            receipt=DocumentRef("inventory.receipts", receipt), number="GR1",
            source=DocumentRef("purchasing.orders", key), company_id=1, party_id=None, on=on,
            lines=(moved,),
        )  # fmt: skip
        with self.work(SYSTEM) as uow:
            uow.publish(event)
        return [e for e in uow.published if isinstance(e, PurchaseBillable)]

    def draft_bill(self, billable, invoice=1, event=InvoiceDrafted):
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
            source=DocumentRef("purchasing.orders", key), company_id=1, party_id=1, on=DAY,
            total=D(1),
        )  # fmt: skip
        with self.work(SYSTEM) as uow:
            uow.publish(told)


@pytest.fixture
def runtime(make_runtime):
    return make_runtime("base", "purchasing")


@pytest.fixture
def desk(runtime):
    return Desk(runtime.house)


@pytest.fixture
def house_users(desk):
    """Two people, by id."""
    from dougong.people.users.service import add_user

    def act(uow):
        users = [
            add_user(uow, n, n, companies=[1], password="correct horse 7")[0]
            for n in ("ann", "ben")
        ]
        return [user.id for user in users]

    return desk.run(SYSTEM, act)

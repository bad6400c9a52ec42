"""Sales, stock and books together: an order from its confirmation to the money, and a return."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest
from sqlalchemy import event, select

from dougong import Actor
from dougong.settings import service as settings
from dougong.unit_of_work import remembered
from dougong_base import Category, Party, Product, Tax, Unit
from dougong_crm.orders.models import Order, OrderLine
from dougong_crm.orders.service import confirm_orders, create_orders
from dougong_finance.checks import CHECKS
from dougong_finance.invoices.models import Invoice
from dougong_finance.invoices.posting import post_invoices
from dougong_finance.payments.models import Payment, PaymentLine
from dougong_finance.payments.service import register_payments
from dougong_finance.reports.trial_balance import trial_balance
from dougong_inventory.deliveries.models import Delivery
from dougong_inventory.deliveries.service import ship_deliveries
from dougong_inventory.openings.models import Opening, OpeningLine
from dougong_inventory.openings.service import open_stock
from dougong_inventory.warehouses.models import Warehouse

DAY = dt.date(2026, 3, 10)


@pytest.fixture
def shop(work):
    """A customer, and ten boxes of tea that cost four each."""
    with work() as uow:
        tax = uow.session.scalar(select(Tax.id).where(Tax.code == "S19"))
        unit = uow.session.scalar(select(Unit.id).where(Unit.code == "pc"))
        category = Category(name="Drinks")
        ada = Party(code="ADA", name="Ada Ltd", is_customer=True)
        tea = Product(
            code="TEA", name="Green tea", unit_id=unit, sales_tax_id=tax, category_id=None,
            sales_price=Decimal(10),
        )  # fmt: skip
        uow.add(category, ada, tea)
    with work() as uow:
        warehouse = uow.session.scalars(select(Warehouse)).first()
        opening = Opening(
            warehouse_id=warehouse.id,
            opened_on=dt.date(2026, 1, 2),
            lines=[OpeningLine(product_id=tea.id, quantity=Decimal(10), unit_cost=Decimal(4))],
        )
        uow.add(opening)
        open_stock(uow, [opening.id], on=dt.date(2026, 1, 2))
    return SimpleNamespace(ada=ada.id, tea=tea.id, tax=tax, unit=unit)


def closing(read):
    with read() as session:
        year = {"start": dt.date(2026, 1, 1), "end": dt.date(2026, 12, 31)}
        lines = list(trial_balance.ask(session, Actor.system(), **year))
        for check in CHECKS:
            assert list(check.run(session)) == [], check.name
    assert sum(line.values["closing"] for line in lines) == 0
    return {li.values["code"]: li.values["closing"] for li in lines if li.values["closing"]}


def test_an_order_becomes_a_delivery_an_invoice_and_money(work, read, shop):
    with work() as uow:
        line = OrderLine(
            product_id=shop.tea,
            quantity=Decimal(5),
            price=Decimal(10),
            tax_id=shop.tax,
            unit_id=shop.unit,
        )
        order = Order(
            customer_id=shop.ada, ordered_on=DAY, invoice_on="delivery", currency="EUR",
            lines=[line],
        )  # fmt: skip
        create_orders(uow, [order])
    with work() as uow:
        confirm_orders(uow, [order.id], on=DAY)
    with work() as uow:
        delivery = uow.session.scalars(select(Delivery)).one()
        assert delivery.reference == uow.get(Order, order.id).number == "SO-2026-00001"
        ship_deliveries(uow, [delivery.id], on=DAY)
    assert closing(read) == {"1200": 20, "3900": -40, "5000": 20}

    with work() as uow:
        draft = uow.session.scalars(select(Invoice)).one()
        assert (draft.state, draft.total) == ("draft", Decimal("59.50"))
        post_invoices(uow, [draft.id])
    with work() as uow:
        part = PaymentLine(invoice_id=draft.id, amount=Decimal("59.50"))
        register_payments(
            uow,
            [Payment(party_id=shop.ada, dated_on=DAY, amount=Decimal("59.50"), lines=[part])],
        )
    assert closing(read) == {
        "1010": Decimal("59.50"), "1200": 20, "2100": Decimal("-9.50"), "3900": -40,
        "4000": -50, "5000": 20,
    }  # fmt: skip
    with read() as session:
        done = session.get(Order, order.id)
        assert done.state == "done"


def _order_to_cash(work, read, shop, count):
    """Take so many orders to their money; returns the statements of each step."""
    told = {}

    def measured(step, act):
        with work() as uow:
            seen = []
            event.listen(uow.house.engine, "before_cursor_execute", count_one := (
                lambda *given: seen.append(given[2])
            ))  # fmt: skip
            try:
                found = act(uow)
                uow.complete()
            finally:
                event.remove(uow.house.engine, "before_cursor_execute", count_one)
        told[step] = len(seen)
        return found

    def order():
        line = OrderLine(
            product_id=shop.tea, quantity=Decimal(1), price=Decimal(10), tax_id=shop.tax,
            unit_id=shop.unit,
        )  # fmt: skip
        return Order(
            customer_id=shop.ada, ordered_on=DAY, invoice_on="delivery", currency="EUR",
            lines=[line],
        )  # fmt: skip

    def waiting(model, state):
        with read() as session:
            return session.scalars(select(model.id).where(model.state == state)).all()

    def payments():
        with read() as session:
            posted = session.execute(select(Invoice.id, Invoice.total).where(Invoice.open > 0))
            return [
                Payment(
                    party_id=shop.ada, dated_on=DAY, amount=total,
                    lines=[PaymentLine(invoice_id=key, amount=total)],
                )
                for key, total in posted
            ]  # fmt: skip

    orders = measured("order", lambda uow: create_orders(uow, [order() for _ in range(count)]))
    ids = [made.id for made in orders]
    measured("confirm", lambda uow: confirm_orders(uow, ids, on=DAY))
    deliveries = waiting(Delivery, "ready")
    measured("deliver", lambda uow: ship_deliveries(uow, deliveries, on=DAY))
    drafts = waiting(Invoice, "draft")
    measured("post", lambda uow: post_invoices(uow, drafts))
    due = payments()
    measured("pay", lambda uow: register_payments(uow, due))
    assert len(waiting(Order, "done")) >= count
    return told


@pytest.fixture
def patient(monkeypatch):
    """What a process remembers for a second it remembers here however slow the machine is."""
    for place in (remembered, settings):
        monkeypatch.setattr(place, "SECONDS", 3600.0)


def test_five_orders_take_no_more_statements_than_one(patient, work, read, shop):
    _order_to_cash(work, read, shop, 1)  # what a process remembers is asked here
    one = _order_to_cash(work, read, shop, 1)
    five = _order_to_cash(work, read, shop, 5)

    # Without the history, which is written with the commit; SQLite counts its BEGIN.
    most = {"order": 4, "confirm": 20, "deliver": 39, "post": 12, "pay": 21}
    assert {step: n for step, n in one.items() if n > most[step]} == {}
    assert {step: n for step, n in five.items() if n > most[step]} == {}

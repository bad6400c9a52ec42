"""A company that opens and closes departments while it trades."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import Decimal
from itertools import count

import figures
import pytest
from choices import open_house  # noqa: F401
from sqlalchemy import func, select

from dougong import Actor
from dougong.db import metadata
from dougong.plugins.catching_up import catch_up
from dougong.plugins.lifecycle import Lifecycle
from dougong.plugins.registry import Runtime
from dougong_base import Party, Product, Tax, Unit
from dougong_crm.orders.models import Order, OrderLine
from dougong_crm.orders.service import confirm_orders, create_orders
from dougong_crm.returns.service import confirm_returns, start_returns
from dougong_finance.entries.models import Entry
from dougong_finance.invoices.models import Invoice
from dougong_finance.invoices.posting import post_invoices
from dougong_finance.payments.models import Payment, PaymentLine
from dougong_finance.payments.service import register_payments
from dougong_finance.periods.models import Period
from dougong_finance.periods.service import close_periods
from dougong_inventory.deliveries.models import Delivery
from dougong_inventory.deliveries.service import ship_deliveries
from dougong_inventory.moves.models import Move
from dougong_inventory.openings.models import Opening, OpeningLine
from dougong_inventory.openings.service import open_stock
from dougong_inventory.receipts.models import Receipt
from dougong_inventory.receipts.service import receive
from dougong_inventory.warehouses.models import Warehouse

OPENED = dt.date(2026, 1, 2)
#: What a refused act may leave: ids are taken from a block, and a process says that it lives.
PASSING = {"core_id_block", "core_worker"}


class Company:
    """Sells tea at ten that costs four; each step is one unit of work of its own."""

    def __init__(self, runtime):
        self.runtime, self.url = runtime, runtime.url
        self._numbers = count(1)

        def prepare(uow):
            tax = uow.session.scalar(select(Tax.id).where(Tax.code == "S19"))
            self.unit = uow.session.scalar(select(Unit.id).where(Unit.code == "pc"))
            ada = Party(code="ADA", name="Ada Ltd", is_customer=True)
            tea = Product(
                code="TEA", name="Green tea", unit_id=self.unit, sales_tax_id=tax,
                sales_price=Decimal(10),
            )  # fmt: skip
            uow.add(ada, tea)
            return ada.id, tea.id, tax

        self.ada, self.tea, self.tax = self.do(prepare)

    # -- departments --------------------------------------------------------------------------

    def enable(self, *names):
        """Install what is new, and switch it on."""
        life = Lifecycle(self.url)
        life.install([name for name in names if name not in life.snapshot().rows])
        life.enable(names, seed=True)
        life.close()
        self._reopen()

    def disable(self, *names):
        life = Lifecycle(self.url)
        life.disable(names)
        life.close()
        self._reopen()

    def catch_up(self, name):
        """What it acted on, by event."""
        found = defaultdict(int)
        for missed in catch_up(self.runtime, name, [1]):
            found[missed.event] += missed.count
        return dict(found)

    def has(self, name):
        return name in self.runtime.loaded

    def _reopen(self):
        self.runtime.engine.dispose()
        self.runtime = Runtime(self.url, self.runtime.config)
        assert not self.runtime.failed

    # -- steps --------------------------------------------------------------------------------

    def do(self, act):
        return self.runtime.house.run(Actor.system(), act)

    def stock_up(self, quantity=100, on=OPENED):
        def act(uow):
            warehouse = uow.session.scalars(select(Warehouse)).first()
            line = OpeningLine(
                product_id=self.tea, quantity=Decimal(quantity), unit_cost=Decimal(4)
            )
            opening = Opening(warehouse_id=warehouse.id, opened_on=on, lines=[line])
            uow.add(opening)
            open_stock(uow, [opening.id], on=on)

        self.do(act)

    def draft(self, quantity, on, **values):
        """An order that is not confirmed yet, billed on delivery unless it says otherwise."""
        values = {"invoice_on": "delivery", **values}

        def act(uow):
            line = OrderLine(
                product_id=self.tea, quantity=Decimal(quantity), price=Decimal(10),
                tax_id=self.tax, unit_id=self.unit,
            )  # fmt: skip
            order = Order(
                customer_id=self.ada, ordered_on=on, currency="EUR",
                lines=[line], **values,
            )  # fmt: skip
            create_orders(uow, [order])
            return order.id

        return self.do(act)

    def sell(self, quantity, on, **values):
        order = self.draft(quantity, on, **values)
        self.do(lambda uow: confirm_orders(uow, [order], on=on))
        return order

    def deliveries_of(self, order):
        with self.read() as session:
            question = select(Delivery.id).where(Delivery.source_id == order).order_by(Delivery.id)
            return list(
                session.scalars(question.where(Delivery.state.not_in(["shipped", "cancelled"])))
            )

    def ship(self, order, on, quantity=None):
        (delivery,) = self.deliveries_of(order)

        def act(uow):
            asked = None
            if quantity is not None:
                lines = uow.get(Delivery, delivery, Delivery.lines).lines
                asked = {line.id: Decimal(quantity) for line in lines}
            ship_deliveries(uow, [delivery], on=on, quantities=asked)

        self.do(act)

    def drafts(self):
        with self.read() as session:
            return list(session.scalars(select(Invoice.id).where(Invoice.state == "draft")))

    def post_all(self):
        ids = self.drafts()
        if ids:
            self.do(lambda uow: post_invoices(uow, ids))

    def pay_all(self, on):
        with self.read() as session:
            due = list(session.execute(
                select(Invoice.id, Invoice.open).where(
                    Invoice.state == "posted", Invoice.kind == "customer_invoice"
                )
            ))  # fmt: skip

        def act(uow):
            payments = [
                Payment(
                    party_id=self.ada, dated_on=on, amount=amount,
                    lines=[PaymentLine(invoice_id=id, amount=amount)],
                )
                for id, amount in due
            ]  # fmt: skip
            register_payments(uow, payments)

        self.do(act)

    def announce_return(self, order, quantity, on):
        def act(uow):
            (document,) = start_returns(uow, [order])
            document.lines[0].quantity = Decimal(quantity)
            return document.id

        document = self.do(act)
        self.do(lambda uow: confirm_returns(uow, [document], on=on))
        return document

    def take_in(self, document, on):
        with self.read() as session:
            (receipt,) = session.scalars(select(Receipt.id).where(Receipt.source_id == document))
        self.do(lambda uow: receive(uow, [receipt], on=on))

    def close_month(self, on):
        with self.read() as session:
            month = on.year * 100 + on.month
            ids = list(session.scalars(select(Period.id).where(Period.month == month)))
        self.do(lambda uow: close_periods(uow, ids))

    # -- figures ------------------------------------------------------------------------------

    def read(self):
        return self.runtime.house.read(Actor.system())

    def order(self, id):
        with self.read() as session:
            found = session.get(Order, id)
            return found.state, found.delivery_state, found.invoice_state, found.payment_state

    def count(self, model, *conditions):
        with self.read() as session:
            return session.scalar(select(func.count(model.id)).where(*conditions))

    def ledger(self):
        """Each account's balance."""
        with self.read() as session:
            return figures.ledger(session)

    def stock(self):
        """How much tea lies here, and what it is worth."""
        with self.read() as session:
            value = session.scalar(select(func.sum(Move.value)))
            held = session.scalar(select(func.sum(Move.change)).where(Move.product_id == self.tea))
        return held or 0, value or 0

    def invoiced(self):
        """What each order was billed, whatever the number of invoices."""
        with self.read() as session:
            rows = session.execute(
                select(Invoice.reference, Invoice.kind, func.sum(Invoice.total), func.count())
                .where(Invoice.state != "cancelled")
                .group_by(Invoice.reference, Invoice.kind)
            )
            return {(reference, kind): (total, number) for reference, kind, total, number in rows}

    def dates(self):
        """When invoices and entries are booked."""
        with self.read() as session:
            invoices = session.execute(select(Invoice.reference, Invoice.issued_on, Invoice.total))
            entries = session.execute(select(Entry.text, Entry.dated_on))
            return sorted(map(tuple, invoices)), sorted(map(tuple, entries))

    def wrong(self):
        """What the house's own checks find."""
        with self.read() as session:
            return figures.wrong(session, self.runtime.wiring)

    def everything(self):
        """Each row of each table, to see that nothing at all has changed."""
        with self.runtime.engine.connect().execution_options(reading=True) as connection:
            there = set(self.runtime.engine.dialect.get_table_names(connection))
            return {
                table.name: sorted(map(repr, connection.execute(select(table))))
                for table in metadata.sorted_tables
                if table.name in there and table.name not in PASSING
            }


@pytest.fixture
def company(make_runtime):
    """Open a company with these departments."""
    opened = []

    def make(*names):
        opened.append(Company(make_runtime(*names)))
        return opened[-1]

    yield make
    for one in opened:
        one.runtime.close()


@pytest.fixture
def run_in(monkeypatch):
    """Run a command of ``dougong`` in a company's house."""
    from click.testing import CliRunner

    from dougong.cli import main

    def run(company, *words):
        monkeypatch.setenv("DOUGONG_DATABASE_URL", company.url)
        return CliRunner().invoke(main, words)

    return run

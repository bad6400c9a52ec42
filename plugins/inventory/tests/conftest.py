"""A warehouse with a few products in it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from dougong import Actor, DocumentRef
from dougong_base import Party, Product, Unit
from dougong_base.events import SaleLine, SaleReturned, SalesOrderCancelled, SalesOrderConfirmed
from dougong_inventory.openings.models import Opening, OpeningLine
from dougong_inventory.openings.service import open_stock
from dougong_inventory.receipts.models import Receipt, ReceiptLine
from dougong_inventory.stock.models import Stock
from dougong_inventory.valuation.models import StockValue
from dougong_inventory.warehouses.models import Location, Warehouse

DAY = dt.date(2026, 3, 2)
D = Decimal


@pytest.fixture
def house(make_house):
    return make_house("base", "inventory")


class Yard:
    """Short words for what the tests do again and again."""

    def __init__(self, house):
        self.house = house
        self.products = {}
        self._order = 900_000

    def run(self, act):
        return self.house.run(Actor.system(), act)

    def read(self, act):
        with self.house.read(Actor.system()) as session:
            return act(session)

    def product(self, code, **facts):
        def act(uow):
            unit = uow.session.scalar(select(Unit.id).order_by(Unit.id).limit(1))
            product = Product(code=code, name=code.title(), unit_id=unit, **facts)
            uow.add(product)
            return product.id

        self.products[code] = self.run(act)
        return self.products[code]

    @property
    def customer(self):
        def act(uow):
            found = uow.session.scalar(select(Party.id).where(Party.code == "ADA"))
            if found is None:
                party = Party(code="ADA", name="Ada", is_customer=True)
                uow.add(party)
                found = party.id
            return found

        return self.run(act)

    def warehouse(self):
        return self.read(lambda s: s.scalar(select(Warehouse.id).order_by(Warehouse.id)))

    def place(self, role="stock"):
        return self.read(lambda s: s.scalar(select(Location.id).where(Location.role == role)))

    def open(self, *lines, on=DAY):
        """Opening stock: (code, quantity, unit cost[, lots[, expires]])."""
        warehouse = self.warehouse()

        def act(uow):
            opening = Opening(warehouse_id=warehouse, opened_on=on, lines=[])
            for code, quantity, cost, *more in lines:
                opening.lines.append(
                    OpeningLine(
                        product_id=self.products[code],
                        quantity=D(quantity),
                        unit_cost=D(cost),
                        lots=more[0] if more else None,
                        expires_on=more[1] if len(more) > 1 else None,
                    )
                )
            uow.add(opening)
            open_stock(uow, [opening.id])
            return opening.id

        return self.run(act)

    def receipt(self, *lines, **facts):
        """An expected receipt: (code, quantity, unit cost[, lots])."""
        warehouse = self.warehouse()

        def act(uow):
            receipt = Receipt(warehouse_id=warehouse, lines=[], **facts)
            for code, quantity, cost, *more in lines:
                receipt.lines.append(
                    ReceiptLine(
                        product_id=self.products[code],
                        quantity=D(quantity),
                        unit_cost=None if cost is None else D(cost),
                        lots=more[0] if more else None,
                    )
                )
            uow.add(receipt)
            return receipt.id

        return self.run(act)

    def order(self, *lines, promised_on=None, source=None):
        """A confirmed sales order: (code, quantity)."""
        customer = self.customer
        self._order += 100
        number = source or self._order
        event = SalesOrderConfirmed(
            source=DocumentRef("crm.orders", number),
            number=f"SO-{number}",
            company_id=1,
            customer_id=customer,
            address_id=None,
            warehouse_id=None,
            on=DAY,
            promised_on=promised_on,
            currency="EUR",
            lines=tuple(self._line(number + n, *line) for n, line in enumerate(lines, 1)),
        )
        self.run(lambda uow: uow.publish(event))
        return event

    def _line(self, id, code, quantity, kind="goods"):
        return SaleLine(
            line_id=id,
            product_id=self.products[code],
            quantity=D(quantity),
            price=D(100),
            discount=D(0),
            tax_ids=(),
            amount=D(quantity) * 100,
            kind=kind,
        )

    def cancel_order(self, event):
        told = SalesOrderCancelled(
            source=event.source, number=event.number, company_id=event.company_id
        )
        self.run(lambda uow: uow.publish(told))

    def send_back(self, event, *lines, source=None):
        told = SaleReturned(
            source=DocumentRef("crm.returns", source or event.source.id + 50),
            number="SR-1",
            company_id=1,
            customer_id=event.customer_id,
            on=DAY,
            currency="EUR",
            lines=tuple(
                self._line(
                    next(x.line_id for x in event.lines if x.product_id == self.products[code]),
                    code,
                    quantity,
                )
                for code, quantity in lines
            ),
        )

        def act(uow):
            if source is None:
                uow.link(event.source, told.source, "return")
            uow.publish(told)

        self.run(act)

    def all(self, model, **where):
        return self.read(
            lambda s: s.scalars(select(model).filter_by(**where).order_by(model.id)).all()
        )

    def stock(self, code):
        """On hand and reserved, over all places."""
        rows = self.all(Stock, product_id=self.products[code])
        return sum((r.on_hand for r in rows), D(0)), sum((r.reserved for r in rows), D(0))

    def value(self, code):
        """Quantity and value in the books."""
        rows = self.all(StockValue, product_id=self.products[code])
        return (rows[0].quantity, rows[0].value) if rows else (D(0), D(0))


@pytest.fixture
def yard(house):
    return Yard(house)


@pytest.fixture
def count_statements(house):
    """What is sent to the database inside a block, without begin and commit."""
    from contextlib import contextmanager

    from sqlalchemy import event

    @contextmanager
    def counting():
        sent = []

        def note(conn, cursor, statement, parameters, context, executemany):
            if not statement.startswith(("BEGIN", "COMMIT", "UPDATE core_id_block")):
                sent.append(statement)

        event.listen(house.engine, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            event.remove(house.engine, "before_cursor_execute", note)

    return counting

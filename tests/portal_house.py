"""A company with customers, for the tests of the portal: quotes, an order, an invoice, and browsers."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from sqlalchemy import select

from dougong import Actor, clock
from dougong.people.sessions.models import Attempts
from dougong.web.app import create_app
from dougong_base import Address, Party, Product, Tax, Unit
from dougong_base.portal.links import path_in, path_to
from dougong_base.portal.service import add_log_in, keys_of, until
from dougong_crm.orders.models import Order, OrderLine
from dougong_crm.orders.service import confirm_orders, create_orders
from dougong_crm.quotes.models import Quote, QuoteLine
from dougong_crm.quotes.service import send_quotes
from dougong_crm.selling.totals import settle
from dougong_finance.invoices.models import Invoice
from dougong_finance.invoices.parts import InvoiceLine
from dougong_finance.invoices.posting import post_invoices
from dougong_finance.invoices.service import write_invoices

D = Decimal
SYSTEM = Actor.system()
PASSWORD = "willow lantern 7"
WORD = re.compile(r'name="csrf_token" value="([^"]+)"')


class Customers:
    """Ada and Bob buy lamps; each has a quote, Ada an order and an invoice, too."""

    def __init__(self, runtime):
        self.runtime, self.house = runtime, runtime.house
        self.app = create_app(runtime, {**runtime.config, "ACT_AS": None})
        self.ids = self.do(self._open)

    def do(self, act, *given, actor=SYSTEM, **more):
        """One unit of work of the house."""
        return self.house.run(actor, lambda uow: act(uow, *given, **more))

    def look(self, model, key, *columns):
        with self.house.read(SYSTEM) as session:
            row = session.get(model, key)
            return tuple(getattr(row, column) for column in columns)

    def all(self, model, *conditions, actor=SYSTEM, by=None):
        order = model.id if by is None else by
        with self.house.read(actor) as session:
            found = session.scalars(select(model).where(*conditions).order_by(order)).all()
            session.expunge_all()
            return found

    # -- what there is ------------------------------------------------------------------------

    @staticmethod
    def _open(uow):
        unit = uow.session.scalar(select(Unit.id).where(Unit.code == "pc"))
        tax = uow.session.scalar(select(Tax.id).where(Tax.code == "S19"))
        ada = Party(code="ADA", name="Ada Ltd", is_customer=True, email="ada@ada.example")
        ada.addresses = [
            Address(role="main", street="Way 1", postcode="10115", city="Berlin", country="DE")
        ]
        bob = Party(code="BOB", name="Bob & Co", is_customer=True)
        lamp = Product(
            code="LAMP",
            name="Lamp",
            unit_id=unit,
            sales_tax_id=tax,
            sales_price=D(20),
            cost_price=D(13),
        )
        uow.add(ada, bob, lamp)
        return {"ada": ada.id, "bob": bob.id, "lamp": lamp.id, "unit": unit, "tax": tax}

    def quote(self, who="ada", *, sent=True, days=30, quantity=3, **more):
        """A quote of three lamps at twenty."""

        def act(uow):
            line = QuoteLine(
                product_id=self.ids["lamp"],
                description="Lamp",
                quantity=D(quantity),
                unit_id=self.ids["unit"],
                own_quantity=D(quantity),
                price=D(20),
                cost=D("13.37"),
                tax_id=self.ids["tax"],
            )
            quote = Quote(
                customer_id=self.ids[who],
                currency="EUR",
                quoted_on=uow.today,
                valid_until=uow.today + dt.timedelta(days=days),
                lines=[line],
                note="between us",
                **more,
            )
            settle(quote, {t.id: t for t in uow.session.scalars(select(Tax))})
            uow.add(quote)
            if sent:
                send_quotes(uow, [quote.id])
            return quote.id

        return self.do(act)

    def order(self, who="ada", *, confirmed=True):
        def act(uow):
            line = OrderLine(
                product_id=self.ids["lamp"],
                description="Lamp",
                quantity=D(2),
                unit_id=self.ids["unit"],
                price=D(20),
                tax_id=self.ids["tax"],
            )
            order = Order(
                customer_id=self.ids[who], currency="EUR", ordered_on=uow.today, lines=[line]
            )
            create_orders(uow, [order])
            if confirmed:
                confirm_orders(uow, [order.id])
            return order.id

        return self.do(act)

    def invoice(self, who="ada", *, posted=True, kind="customer_invoice"):
        def act(uow):
            line = InvoiceLine(description="Lamp", quantity=D(5), price=D(20))
            invoice = Invoice(
                party_id=self.ids[who],
                kind=kind,
                issued_on=uow.today,
                due_on=uow.today,
                lines=[line],
                currency="EUR",
            )
            write_invoices(uow, [invoice])
            if posted:
                post_invoices(uow, [invoice.id])
            return invoice.id

        return self.do(act)

    # -- coming in ----------------------------------------------------------------------------

    def link(self, who="ada", actor=SYSTEM):
        """The path of a customer's link."""
        return self.do(
            lambda uow: path_in(uow, keys_of(uow, [self.ids[who]])[self.ids[who]], until(uow)),
            actor=actor,
        )

    def link_to(self, noun, key, who="ada"):
        """The path of the link to one document."""
        return self.do(
            lambda uow: path_to(
                uow, keys_of(uow, [self.ids[who]])[self.ids[who]], until(uow), noun, key
            )
        )

    def visit(self, who="ada"):
        """A browser that has followed a customer's link."""
        browser = self.app.test_client()
        assert browser.get(self.link(who)).location == "/portal"
        return browser

    def log_in(self, who="ada", login="ann@ada.example"):
        """A browser of one of the customer's people."""
        self.do(
            lambda uow: add_log_in(uow, self.ids[who], login, "Ann Ada", password=PASSWORD) and None
        )
        browser = self.app.test_client()
        word = WORD.search(browser.get("/login").text)[1]
        answer = browser.post(
            "/login", data={"login": login, "password": PASSWORD, "csrf_token": word}
        )
        assert answer.status_code == 303
        return browser

    def send(self, browser, at, action, **said):
        """Fill in a form of a document's page and send it."""
        page = browser.get(at).text
        word = WORD.search(page)
        version = re.search(r'name="version" value="(\d+)"', page)
        form = {
            "csrf_token": word[1] if word else "",
            "version": version[1] if version else "",
            "name": "Ann",
        }
        return browser.post(f"{at}/{action}", data={**form, **said})


def forget_attempts(house):
    """Nobody has to wait any more."""

    def act(uow):
        uow.remove(*uow.session.scalars(select(Attempts)))

    house.run(SYSTEM, act)


__all__ = ["PASSWORD", "SYSTEM", "WORD", "Customers", "clock", "forget_attempts"]

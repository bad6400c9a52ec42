"""From a customer's order to purchases and production by the plan, and who waits for what."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from dougong import Actor
from dougong_base import Party, Product, SupplierItem, Unit
from dougong_crm.orders.models import Order as SalesOrder
from dougong_crm.orders.models import OrderLine as SalesLine
from dougong_crm.orders.service import cancel_orders as cancel_sales
from dougong_crm.orders.service import confirm_orders as confirm_sales
from dougong_crm.orders.service import create_orders as create_sales
from dougong_inventory.openings.models import Opening, OpeningLine
from dougong_inventory.openings.service import open_stock
from dougong_inventory.receipts.models import Receipt
from dougong_inventory.receipts.service import receive
from dougong_inventory.warehouses.models import Warehouse
from dougong_production.boms.models import Bom, BomLine
from dougong_production.boms.service import save_boms
from dougong_production.orders.models import Order as Making
from dougong_production.orders.output import finish_orders
from dougong_production.orders.service import release_orders
from dougong_production.plan_runs.models import PlanRun, PlanWarning, Proposal
from dougong_production.plan_runs.proposals import accept_proposals
from dougong_production.plan_runs.service import plan_now, start_plan_runs
from dougong_production.reports.pegging import NEEDED, WAITING
from dougong_purchasing.orders.models import Order as Purchase
from dougong_purchasing.orders.service import confirm_orders as confirm_purchases
from dougong_purchasing.requests.models import Request
from dougong_purchasing.requests.ordering import order_requests

D = Decimal
SYSTEM = Actor.system()


@pytest.fixture
def house(make_house):
    return make_house(
        "base", "crm", "inventory", "finance", "purchasing", "production", "logistics", "hr"
    )


class Works:
    """Bicycles of a frame and two wheels of thirty spokes; Bob sells frames, Sue spokes."""

    def __init__(self, house):
        self.house = house
        self.known = self.run(self._open)

    def run(self, act):
        return self.house.run(SYSTEM, act)

    def all(self, model, **where):
        with self.house.read(SYSTEM) as session:
            return session.scalars(select(model).filter_by(**where).order_by(model.id)).all()

    @staticmethod
    def _open(uow):
        unit = uow.session.scalar(select(Unit.id).where(Unit.code == "pc"))
        ada = Party(code="ADA", name="Ada Ltd", is_customer=True)
        eve = Party(code="EVE", name="Eve Ltd", is_customer=True)
        bob = Party(code="BOB", name="Bob & Co", is_supplier=True)
        sue = Party(code="SUE", name="Sue & Co", is_supplier=True)
        uow.add(ada, eve, bob, sue)
        goods = {
            code: Product(
                code=code, name=code.title(), unit_id=unit, sales_price=D(100), cost_price=D(2),
                lead_days=days,
            )
            for code, days in (("BIKE", 7), ("WHEEL", 7), ("FRAME", 14), ("SPOKE", 14))
        }  # fmt: skip
        uow.add(*goods.values())
        for code, supplier in (("FRAME", bob), ("SPOKE", sue)):
            uow.add(
                SupplierItem(
                    product_id=goods[code].id, supplier_id=supplier.id, price=D(2), lead_days=14
                )
            )
        ids = {code: product.id for code, product in goods.items()}
        save_boms(
            uow,
            [
                Bom(
                    code="BIKE", product_id=ids["BIKE"], quantity=D(1),
                    lines=[
                        BomLine(product_id=ids["WHEEL"], quantity=D(2)),
                        BomLine(product_id=ids["FRAME"], quantity=D(1)),
                    ],
                ),
                Bom(
                    code="WHEEL", product_id=ids["WHEEL"], quantity=D(1),
                    lines=[BomLine(product_id=ids["SPOKE"], quantity=D(30))],
                ),
            ],
        )  # fmt: skip
        warehouse = uow.session.scalar(select(Warehouse.id))
        opening = Opening(
            warehouse_id=warehouse,
            opened_on=uow.today - dt.timedelta(days=5),
            lines=[OpeningLine(product_id=ids["SPOKE"], quantity=D(100), unit_cost=D(2))],
        )
        uow.add(opening)
        open_stock(uow, [opening.id])
        return SimpleNamespace(ada=ada.id, eve=eve.id, bob=bob.id, sue=sue.id, unit=unit, **ids)

    def sell(self, customer, quantity, in_days):
        def act(uow):
            order = SalesOrder(
                customer_id=customer, ordered_on=uow.today, currency="EUR", invoice_on="delivery",
                promised_on=uow.today + dt.timedelta(days=in_days),
                lines=[
                    SalesLine(
                        product_id=self.known.BIKE, unit_id=self.known.unit, quantity=D(quantity),
                        price=D(100),
                    )
                ],
            )  # fmt: skip
            create_sales(uow, [order])
            return order.id

        id = self.run(act)
        self.run(lambda uow: confirm_sales(uow, [id]))
        return self.all(SalesOrder, id=id)[0]

    def plan(self):
        def opened(uow):
            run = PlanRun(periods=20)
            uow.add(run)
            return run.id

        key = self.run(opened)
        self.run(lambda uow: start_plan_runs(uow, [key]))
        self.run(lambda uow: plan_now(uow, key))
        assert self.all(PlanRun, id=key)[0].state == "done"
        return self.open()

    def open(self):
        """What is proposed: product, make or buy, how much."""
        codes = {id: code for code, id in vars(self.known).items()}
        return sorted(
            (codes[p.product_id], p.method, p.quantity) for p in self.all(Proposal, state="open")
        )

    def accept(self):
        ids = [p.id for p in self.all(Proposal, state="open")]
        self.run(lambda uow: accept_proposals(uow, ids))

    def buy(self):
        """Every request is ordered, and the supplier has agreed."""
        ids = [request.id for request in self.all(Request, state="approved")]
        orders = self.run(lambda uow: [order.id for order in order_requests(uow, ids)])
        self.run(lambda uow: confirm_purchases(uow, orders))
        return self.all(Purchase)

    def warnings(self):
        codes = {id: code for code, id in vars(self.known).items()}
        return sorted({(codes[w.product_id], w.kind) for w in self.all(PlanWarning)})

    def asked(self, report, document):
        """The answer of a report about a document, by its number."""
        with self.house.read(SYSTEM) as session:
            lines = list(report.ask(session, SYSTEM, number=document.number))
        return [(line.values["supply"], line.values["need"]) for line in lines]


@pytest.fixture
def works(house):
    return Works(house)


def test_an_order_that_stock_cannot_meet_becomes_purchases_and_production_once(works):
    works.sell(works.known.ada, 10, 70)

    first = works.plan()
    assert first == [
        ("BIKE", "make", 10),
        ("FRAME", "buy", 10),
        ("SPOKE", "buy", 500),
        ("WHEEL", "make", 20),
    ]
    assert works.plan() == first

    works.accept()
    assert works.plan() == []
    assert [(order.state, order.quantity) for order in works.all(Making)] == [
        ("draft", 10),
        ("draft", 20),
    ]
    purchases = works.buy()
    assert {purchase.supplier_id for purchase in purchases} == {works.known.bob, works.known.sue}
    assert works.plan() == []

    # The wheels are released: their spokes are put aside, and are still wanted only once.
    (wheels,) = works.all(Making, product_id=works.known.WHEEL)
    for receipt in works.all(Receipt, state="expected"):
        works.run(lambda uow, id=receipt.id: receive(uow, [id]))
    works.run(lambda uow: release_orders(uow, [wheels.id]))
    assert works.plan() == []
    works.run(lambda uow: finish_orders(uow, [wheels.id]))
    assert works.plan() == []
    works.sell(works.known.eve, 1, 70)
    assert works.plan() == [
        ("BIKE", "make", 1),
        ("FRAME", "buy", 1),
        ("SPOKE", "buy", 60),
        ("WHEEL", "make", 2),
    ]


def test_a_purchase_knows_which_customers_wait_and_an_order_what_it_waits_for(works):
    ada = works.sell(works.known.ada, 10, 70)
    works.plan()
    works.accept()
    works.buy()
    (spokes,) = works.all(Purchase, supplier_id=works.known.sue)

    # Before the next plan the answer comes through the proposals the purchase came from.
    assert f"{ada.number} Ada Ltd" in needs(works.asked(WAITING, spokes))

    works.plan()
    assert f"{ada.number} Ada Ltd" in needs(works.asked(WAITING, spokes))
    supplies = {supply for supply, _need in works.asked(NEEDED, ada)}
    makings = {order.number for order in works.all(Making)}
    assert makings <= supplies
    assert f"{spokes.number} Sue & Co" in supplies
    (frames,) = works.all(Purchase, supplier_id=works.known.bob)
    assert f"{frames.number} Bob & Co" in supplies
    assert "Stock" in supplies


def test_the_report_says_by_how_many_days_a_purchase_makes_an_order_late(works):
    ada = works.sell(works.known.ada, 10, 14)
    works.plan()
    works.accept()
    works.buy()
    works.plan()

    with works.house.read(SYSTEM) as session:
        lines = list(NEEDED.ask(session, SYSTEM, number=ada.number))
    late = {
        line.values["supply"]: line.values["late_days"]
        for line in lines
        if line.values["late_days"]
    }
    bought = {one.supplier_id: one.number for one in works.all(Purchase)}
    # Wheels begin today, and their spokes are there in two weeks; frames are needed in one.
    assert late[f"{bought[works.known.sue]} Sue & Co"] == 14
    assert 7 <= late[f"{bought[works.known.bob]} Bob & Co"] <= 14


def test_needs_of_different_days_are_bought_for_their_days_and_nothing_is_to_be_hurried(works):
    for customer, quantity, in_days in (
        (works.known.ada, 10, 70),
        (works.known.eve, 20, 98),
        (works.known.ada, 5, 126),
    ):
        works.sell(customer, quantity, in_days)
    works.plan()
    works.accept()
    purchases = works.buy()
    frames = [p.expected_on for p in purchases if p.supplier_id == works.known.bob]
    assert len(set(frames)) == len(frames) == 3

    assert works.plan() == []
    assert works.warnings() == []


def test_what_no_longer_fits_is_to_be_expedited_delayed_or_cancelled(works):
    ada = works.sell(works.known.ada, 10, 70)
    works.plan()
    works.accept()
    works.buy()
    works.plan()
    assert works.warnings() == []

    # Eve wants as many, sooner: what is under way serves her first and must come earlier.
    eve = works.sell(works.known.eve, 10, 35)
    works.plan()
    assert ("BIKE", "expedite") in works.warnings()

    # Ada gives up: Eve needs it, and nothing else is proposed.
    works.run(lambda uow: cancel_sales(uow, [ada.id]))
    assert works.plan() == []
    assert ("BIKE", "expedite") in works.warnings()

    # Eve gives up as well: nobody needs what is made and bought.
    works.run(lambda uow: cancel_sales(uow, [eve.id]))
    works.plan()
    assert {("BIKE", "cancel")} <= set(works.warnings())

    # Ada comes back for much later: it is enough to have it then.
    works.sell(works.known.ada, 10, 110)
    works.plan()
    assert ("BIKE", "delay") in works.warnings()


def needs(pairs):
    return {need for _supply, need in pairs}

"""A workshop that sells and makes without a warehouse: what customers order is made, once."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from dougong import Actor
from dougong_base import Party, Product, Tax, Unit
from dougong_crm.orders.models import Order as SalesOrder
from dougong_crm.orders.models import OrderLine as SalesLine
from dougong_crm.orders.service import cancel_orders, confirm_orders, create_orders, finish_orders
from dougong_production.boms.models import Bom, BomLine
from dougong_production.boms.service import save_boms
from dougong_production.orders.models import Order
from dougong_production.orders.output import finish_orders as finish_making
from dougong_production.orders.service import release_orders
from dougong_production.plan_runs.models import PlanRun, Proposal
from dougong_production.plan_runs.proposals import accept_proposals
from dougong_production.plan_runs.service import plan_now, start_plan_runs

D = Decimal
SYSTEM = Actor.system()


class Workshop:
    """Lamps are made of bulbs; nobody counts either."""

    def __init__(self, house):
        self.house = house
        self.ids = house.run(SYSTEM, self._open)

    @staticmethod
    def _open(uow):
        unit = uow.session.scalar(select(Unit.id).where(Unit.code == "pc"))
        tax = uow.session.scalar(select(Tax.id).where(Tax.code == "S19"))
        ada = Party(code="ADA", name="Ada", is_customer=True)
        lamp = Product(code="LAMP", name="Lamp", unit_id=unit, sales_price=D(50))
        bulb = Product(code="BULB", name="Bulb", unit_id=unit, cost_price=D(2))
        uow.add(ada, lamp, bulb)
        line = BomLine(product_id=bulb.id, quantity=D(2))
        save_boms(uow, [Bom(code="LAMP", product_id=lamp.id, quantity=D(1), lines=[line])])
        return {"ada": ada.id, "lamp": lamp.id, "bulb": bulb.id, "unit": unit, "tax": tax}

    def do(self, act, *args, **more):
        self.house.run(SYSTEM, lambda uow: act(uow, *args, **more) and None)

    def sell(self, quantity):
        def act(uow):
            line = SalesLine(
                product_id=self.ids["lamp"], unit_id=self.ids["unit"], tax_id=self.ids["tax"],
                quantity=D(quantity), price=D(50),
            )  # fmt: skip
            promised = uow.today + dt.timedelta(days=21)
            order = SalesOrder(
                customer_id=self.ids["ada"], currency="EUR", ordered_on=uow.today,
                promised_on=promised, lines=[line],
            )  # fmt: skip
            create_orders(uow, [order])
            return order.id

        key = self.house.run(SYSTEM, act)
        self.do(confirm_orders, [key])
        return key

    def plan(self):
        """What a new run proposes, and it is accepted."""

        def act(uow):
            run = PlanRun(periods=20)
            uow.add(run)
            return run.id

        key = self.house.run(SYSTEM, act)
        self.do(start_plan_runs, [key])
        self.do(plan_now, key)
        with self.house.read(SYSTEM) as session:
            found = session.scalars(select(Proposal).where(Proposal.run_id == key)).all()
            names = {self.ids[name]: name for name in ("lamp", "bulb")}
            told = {names[p.product_id]: (p.method, p.quantity) for p in found}
            ids = [p.id for p in found]
        if ids:
            self.do(accept_proposals, ids)
        return told

    def make(self):
        with self.house.read(SYSTEM) as session:
            ids = session.scalars(select(Order.id).where(Order.state == "draft")).all()
        self.do(release_orders, ids)
        self.do(finish_making, ids)


@pytest.fixture
def workshop(make_house):
    return Workshop(make_house("base", "crm", "production"))


def test_what_customers_order_is_planned_made_and_not_planned_again(workshop):
    first = workshop.sell(12)
    assert workshop.plan() == {"lamp": ("make", 12), "bulb": ("buy", 24)}
    assert workshop.plan() == {}
    workshop.make()
    assert workshop.plan() == {}

    workshop.sell(5)
    assert workshop.plan()["lamp"] == ("make", 5)
    workshop.do(finish_orders, [first])
    assert workshop.plan() == {}
    workshop.make()
    assert workshop.plan() == {}


def test_an_order_that_is_given_up_is_not_made(workshop):
    workshop.do(cancel_orders, [workshop.sell(12)])
    assert workshop.plan() == {}


def test_what_was_made_for_another_order_serves_nobody_twice(workshop):
    waiting, gone = workshop.sell(5), workshop.sell(12)
    assert workshop.plan()["lamp"] == ("make", 17)
    workshop.make()
    workshop.do(finish_orders, [gone])
    assert workshop.plan() == {}
    workshop.sell(4)
    assert workshop.plan()["lamp"] == ("make", 4)
    assert waiting

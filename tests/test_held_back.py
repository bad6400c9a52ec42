"""Which customers wait for the laboratory, and how many days: sales, stock, making and quality together."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select
from test_quality_across import DAY, Gate, buy

from dougong import Actor
from dougong_base import Product
from dougong_crm.orders.models import Order as SalesOrder
from dougong_production.boms.models import Bom, BomLine
from dougong_production.boms.service import save_boms
from dougong_production.held.queries import waiting
from dougong_production.held.reports import HELD_BACK
from dougong_production.inspections.models import Inspection
from dougong_production.inspections.service import accept_in_part, refuse_lots
from dougong_production.orders.models import Order
from dougong_production.orders.service import create_orders, release_orders
from dougong_production.plan_runs.models import PlanFlow, PlanRun
from dougong_production.plan_runs.service import plan_now, start_plan_runs
from dougong_production.quality_plans.models import QualityPlan
from dougong_production.reports.pegging import NEEDED, WAITING

D = Decimal


@pytest.fixture
def gate(company):
    return Gate(company("base", "crm", "inventory", "production"))


def today(gate):
    return gate.do(lambda uow: uow.today)


def ago(gate, days):
    return today(gate) - dt.timedelta(days=days)


def sell(gate, quantity, on):
    return gate.company.sell(quantity, on)


def told(gate, report, number):
    with gate.company.read() as session:
        return [line.values for line in report.ask(session, Actor.system(), number=number)]


def asked(gate, **parameters):
    with gate.company.read() as session:
        return [line.values for line in HELD_BACK.ask(session, Actor.system(), **parameters)]


def test_a_customer_waits_from_the_day_the_goods_could_have_left(gate):
    gate.plan(days=2)
    sell(gate, 6, ago(gate, 1))
    gate.arrive(10, on=ago(gate, 1))
    (found,) = gate.do(waiting)
    (lot,) = gate.all(Inspection)
    # Arrived and promised yesterday, expected to be decided tomorrow: two days.
    assert (found.days, found.there, found.quantity) == (2, today(gate) + dt.timedelta(days=1), 6)
    assert [ref.id for ref in found.inspections] == [lot.id]
    (line,) = asked(gate)
    assert line["days"] == 2
    assert line["order"].startswith("SO-")
    assert line["held_by"] == f"QI-{ago(gate, 1).year}-00001 (Open)"
    assert asked(gate, least=D(3)) == []

    gate.measure("9 10")
    assert gate.do(waiting) == []


def test_who_is_served_from_stock_or_wants_it_later_does_not_wait(gate):
    gate.plan()
    gate.company.stock_up(5)
    sell(gate, 5, ago(gate, 9))
    sell(gate, 4, today(gate) + dt.timedelta(days=5))
    gate.arrive(10, on=ago(gate, 3))
    assert gate.do(waiting) == []


def test_a_refused_lot_holds_a_customer_without_an_end_and_its_replacement_ends_it(company):
    gate = Gate(company("base", "crm", "inventory", "production", "purchasing"))
    gate.plan()
    sell(gate, 6, ago(gate, 4))
    gate.arrive(6, on=ago(gate, 4))
    (lot,) = gate.all(Inspection)
    gate.do(lambda uow: refuse_lots(uow, [lot.id], "Mould"))
    (found,) = gate.do(waiting)
    assert (found.there, found.days) == (None, 4)
    assert asked(gate)[0]["note"] == "No end in sight: refused"
    gate.arrive(6)
    gate.measure("9 10")
    assert gate.do(waiting) == []


def test_material_that_is_held_holds_the_order_and_the_customer_of_what_is_made_of_it(gate):
    day = today(gate)

    def open_up(uow):
        gift = Product(code="GIFT", name="Gift box", unit_id=gate.company.unit, cost_price=D(1))
        uow.add(gift)
        bom = Bom(
            code="GIFT", product_id=gift.id, quantity=D(1),
            lines=[BomLine(product_id=gate.tea, quantity=D(2))],
        )  # fmt: skip
        save_boms(uow, [bom])
        order = Order(product_id=gift.id, quantity=D(3), starts_on=day, due_on=day)
        create_orders(uow, [order])
        release_orders(uow, [order.id])
        return gift.id

    gate.plan(days=3)
    gift, tea = gate.do(open_up), gate.tea
    gate.tea = gift
    gate.company.tea = gift
    sell(gate, 3, day)
    gate.company.tea = gate.tea = tea
    gate.arrive(10, on=day)
    found = [one for one in gate.do(waiting) if one.product_id == gift]
    assert [(one.days, one.there) for one in found] == [(3, day + dt.timedelta(days=3))]


def test_the_plan_counts_held_goods_when_they_are_decided_and_refused_ones_not_at_all(gate):
    gate.plan(days=4)
    sell(gate, 6, today(gate))
    gate.arrive(10)

    def plan(uow):
        run = PlanRun(periods=12)
        uow.add(run)
        uow.flush()
        start_plan_runs(uow, [run.id])
        return run.id

    def flows():
        run = gate.do(plan)
        gate.do(lambda uow: plan_now(uow, run))
        with gate.company.read() as session:
            return [
                (one.document_kind, one.quantity)
                for one in session.scalars(select(PlanFlow).where(PlanFlow.run_id == run))
                if one.quantity > 0
            ]

    assert flows() == [("production.inspections", 10)]
    (lot,) = gate.all(Inspection)
    # Who asks why the order is late, or who waits for the lot, is told of the inspection.
    order = gate.all(SalesOrder)[0].number
    assert [line["supply"].partition(" ")[0] for line in told(gate, NEEDED, order)] == [lot.number]
    assert [line["need"].partition(" ")[0] for line in told(gate, WAITING, lot.number)][:1] == [
        order
    ]
    gate.do(lambda uow: refuse_lots(uow, [lot.id], "Mould"))
    assert flows() == []
    assert told(gate, NEEDED, order)[-1]["supply"] == f"{lot.number}: refused, kept apart"


def test_an_inspection_takes_no_negative_and_no_endless_time(gate):
    for days in (-1, 366):
        with pytest.raises(Exception, match="between 0 and 365 days"):
            gate.plan(days=days)
    assert gate.all(QualityPlan) == []


def test_what_inspections_refuse_counts_against_the_supplier(company):
    from dougong_purchasing.scores.models import Score
    from dougong_purchasing.scores.service import measure

    gate = Gate(company("base", "crm", "inventory", "production", "purchasing"))
    gate.plan()
    buy(gate, 10)
    (lot,) = gate.all(Inspection)

    def score(uow):
        one = Score(
            supplier_id=lot.supplier_id, starts_on=DAY - dt.timedelta(days=30), ends_on=DAY,
            service=D(100),
        )  # fmt: skip
        measure(uow, [one])
        return one.quality

    assert gate.do(score) == 100
    gate.do(lambda uow: accept_in_part(uow, [lot.id], D(7), "Three are torn", on=DAY))
    assert gate.do(score) == 70

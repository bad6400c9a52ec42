"""Quality from end to end: an operation that is held up, a final inspection, a report and its effect."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from dougong import Actor, Refused
from dougong.people.users.models import User
from dougong_production.inspections.models import Inspection, Result
from dougong_production.inspections.service import (
    cancel_inspections,
    decide_inspections,
    release_lots,
)
from dougong_production.ncrs.models import Ncr, NcrAction
from dougong_production.ncrs.service import (
    check_effect,
    close,
    contain,
    start_correction,
)
from dougong_production.orders.models import Order
from dougong_production.orders.output import finish_orders
from dougong_production.orders.service import create_orders, release_orders
from dougong_production.quality_plans.models import Characteristic, QualityPlan
from dougong_production.work_orders.models import WorkOrder
from dougong_production.work_orders.service import complete_work, report_quantity, start_work

D = Decimal
DAY = dt.date(2026, 3, 2)


class Works:
    """Shafts are turned, then ground; both are looked at, and the whole shaft at the end."""

    def __init__(self, shop):
        self.shop, self.run, self.all = shop, shop.run, shop.all
        for code, cost in (("SHAFT", "0"), ("ROD", "5")):
            shop.product(code, cost)
        lathe, grinder = shop.centre("LATHE"), shop.centre("GRINDER")
        shop.bom(
            "SHAFT", ("ROD", "1"),
            operations=[(10, lathe, "0", "3"), (20, grinder, "0", "2")],
        )  # fmt: skip

    def plan(self, stage, **facts):
        def act(uow):
            plan = QualityPlan(
                code=f"{stage}-{facts.get('operation', '')}", name=stage, stage=stage,
                product_id=self.shop.products["SHAFT"], sampling="number", number=2, **facts,
                characteristics=[Characteristic(name="Diameter", lower=D("9.9"), upper=D("10.1"))],
            )  # fmt: skip
            uow.add(plan)

        self.run(act)

    def order(self, quantity="5"):
        def act(uow):
            order = Order(product_id=self.shop.products["SHAFT"], quantity=D(quantity))
            create_orders(uow, [order])
            release_orders(uow, [order.id], on=DAY)
            return order.id

        return self.run(act)

    def work(self, sequence):
        return next(one for one in self.all(WorkOrder) if one.sequence == sequence)

    def measure(self, values):
        one = self.all(Inspection)[-1]

        def act(uow):
            (line,) = uow.get(Inspection, one.id, Inspection.results).results
            uow.get(Result, line.id).values = values

        self.run(act)
        self.run(lambda uow: decide_inspections(uow, [one.id], on=DAY))
        return one.id

    def person(self, name):
        def act(uow):
            user = User(login=name, name=name, email=f"{name}@example.com", password="-")
            uow.add(user)
            return user.id

        rights = Actor.system().rights
        return Actor(self.run(act), name, rights, companies=(1,), company_id=1)


@pytest.fixture
def works(shop):
    return Works(shop)


def test_pieces_that_wait_hold_up_the_next_operation_and_the_order(works):
    works.plan("operation", operation="Step 10")
    order = works.order()
    turning, grinding = works.work(10).id, works.work(20).id
    works.run(lambda uow: complete_work(uow, [turning]))
    (found,) = works.all(Inspection)
    assert (found.stage, found.quantity, found.sample_size) == ("operation", 5, 2)

    for act in (
        lambda uow: start_work(uow, [grinding]),
        lambda uow: complete_work(uow, [grinding]),
        lambda uow: finish_orders(uow, [order], on=DAY),
    ):
        with pytest.raises(Refused, match="QI-2026-00001 after 10 Step 10 is still open"):
            works.run(act)
    assert works.work(20).state == "ready"

    works.measure("10 10")
    works.run(lambda uow: start_work(uow, [grinding]))
    works.run(lambda uow: complete_work(uow, [grinding]))
    works.run(lambda uow: finish_orders(uow, [order], on=DAY))
    assert works.all(Order)[0].state == "done"


def test_work_goes_on_where_the_plan_does_not_make_it_wait(works):
    works.plan("operation", operation="Step 10", holds=False)
    works.order()
    works.run(lambda uow: complete_work(uow, [works.work(10).id]))
    works.run(lambda uow: start_work(uow, [works.work(20).id]))
    assert works.all(Inspection)[0].state == "open"


def test_other_orders_and_operations_before_are_not_held_up(works):
    works.plan("operation", operation="Step 20")
    works.order()
    works.order()
    ids = [one.id for one in works.all(WorkOrder)]
    works.run(lambda uow: complete_work(uow, [ids[1]]))
    works.run(lambda uow: start_work(uow, [ids[0]]))
    works.run(lambda uow: complete_work(uow, ids[2:]))
    assert len(works.all(Inspection)) == 2


def test_from_a_failed_operation_to_a_report_whose_effect_a_colleague_approves(works):
    works.plan("operation", operation="Step 10")
    works.plan("final")
    order = works.order()
    ada, bob, eve = (works.person(name) for name in ("ada", "bob", "eve"))
    works.run(lambda uow: report_quantity(uow, works.work(10).id, D(1), scrapped="machine"))
    works.run(lambda uow: complete_work(uow, [works.work(10).id]))

    # Two of the four pieces are measured, one is too thick: the lot fails and is reported.
    one = works.all(Inspection)[-1]
    works.run(
        lambda uow: setattr(uow.get(Inspection, one.id, Inspection.results), "note", "Seen by Ada")
    )
    failed = works.measure("10.0 10.3")
    (report,) = works.all(Ncr)
    assert (report.origin, report.quantity, report.number) == ("inspection", 4, "NC-2026-00001")
    with pytest.raises(Refused, match=r"has failed\. Somebody who may must release it first"):
        works.run(lambda uow: start_work(uow, [works.work(20).id]))

    # Reworked and released by a second person, the order goes on to its final inspection.
    works.run(lambda uow: release_lots(uow, [failed], "Ground down", on=DAY))
    works.run(lambda uow: complete_work(uow, [works.work(20).id]))
    works.run(lambda uow: finish_orders(uow, [order], D(4), on=DAY))
    works.measure("9.95 10.05")
    assert [(x.stage, x.state) for x in works.all(Inspection)] == [
        ("operation", "conditional"), ("final", "passed"),
    ]  # fmt: skip

    # The cause is found, Ada changes the tool; Bob, not Ada, says that it has helped.
    def explain(uow):
        found = uow.get(Ncr, report.id)
        found.containment, found.cause = "Lot blocked", "Worn tool"
        action = NcrAction(
            ncr_id=report.id, text="Change the tool", responsible_id=ada.user_id, due_on=DAY
        )
        uow.add(action)

    works.run(explain)
    works.run(lambda uow: contain(uow, [report.id]))
    works.run(lambda uow: start_correction(uow, [report.id]))
    (action,) = works.all(NcrAction)
    works.run(lambda uow: setattr(uow.get(NcrAction, action.id), "done_on", DAY))
    works.run(lambda uow: setattr(uow.get(NcrAction, action.id), "done_by_id", eve.user_id))
    works.run(lambda uow: check_effect(uow, [report.id], due=DAY))
    for worker in (ada, eve):
        with pytest.raises(Refused, match="does not approve its effect"):
            works.shop.house.run(worker, lambda uow: close(uow, [report.id], "Helped"))
    works.shop.house.run(bob, lambda uow: close(uow, [report.id], "Forty lots without a fault"))
    (report,) = works.all(Ncr)
    assert (report.state, report.closed_by_id) == ("closed", bob.user_id)


def test_each_part_that_is_taken_in_has_a_final_inspection_of_its_own(works):
    works.plan("final")
    order = works.order()
    for many in (3, 2):
        works.run(lambda uow, n=many: finish_orders(uow, [order], D(n), on=DAY))
    assert [one.quantity for one in works.all(Inspection)] == [3, 2]


def test_work_that_nobody_clocked_is_looked_at_too_and_holds_the_rest_of_the_order(works):
    works.plan("operation", operation="Step 10")
    order = works.order()
    works.run(lambda uow: finish_orders(uow, [order], on=DAY))
    (found,) = works.all(Inspection)
    assert (found.quantity, found.state) == (5, "open")
    works.run(lambda uow: cancel_inspections(uow, [found.id]))
    assert works.all(Inspection)[0].state == "cancelled"


def test_faults_are_counted_beyond_the_number_of_pieces(works):
    works.plan("final")

    def counted(uow):
        plan = uow.session.scalars(select(QualityPlan)).one()
        plan.accept = 3
        uow.add(Characteristic(plan_id=plan.id, name="Scratches", kind="count", position=1))

    works.run(counted)
    order = works.order()
    works.run(lambda uow: finish_orders(uow, [order], on=DAY))

    def enter(uow):
        one = uow.session.scalars(select(Inspection)).one()
        lines = uow.get(Inspection, one.id, Inspection.results).results
        lines[0].values, lines[1].nonconforming = "10 10", 5
        return one.id

    id = works.run(enter)
    works.run(lambda uow: decide_inspections(uow, [id], on=DAY))
    found = works.all(Inspection)[0]
    assert (found.bad, found.accept, found.state) == (5, 3, "failed")

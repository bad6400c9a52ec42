"""Who agrees to requests and orders: the rules of approval, from the question to the release."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from dougong import Actor, DocumentRef, Refused
from dougong.actors import EVERYTHING
from dougong.approvals import queries, service
from dougong.approvals.guarding import NeedsApproval
from dougong.approvals.models import Approval, ApprovalRule
from dougong.approvals.taking import take
from dougong.jobs.models import QueuedJob
from dougong.people.roles.service import give_role
from dougong.web.app import create_app
from dougong_base import CurrencyRate
from dougong_base.events import RequestedSupply, SupplyRequested
from dougong_purchasing.orders.changes import change_orders
from dougong_purchasing.orders.models import Order
from dougong_purchasing.orders.service import confirm_orders, settle_orders
from dougong_purchasing.requests.models import Request, RequestLine
from dougong_purchasing.requests.service import submit_requests

D = Decimal
SYSTEM = Actor.system()
DAY = dt.date(2026, 3, 2)
SOON = dt.date(2099, 3, 9)


class Office:
    """Ann buys, Ben is the purchasing manager."""

    def __init__(self, desk, users):
        self.desk, (self.ann, self.ben) = desk, users
        desk.run(SYSTEM, lambda uow: give_role(uow, self.ben, "purchasing.manager", 1))

    def actor(self, user):
        return Actor(user, "x", EVERYTHING, (1,), 1)

    def does(self, user, act):
        return self.desk.run(self.actor(user), act)

    def limit(self, least, **more):
        """Switch the proposed rule for orders on, from another amount."""

        def act(uow):
            id = uow.session.scalar(
                select(ApprovalRule.id).where(ApprovalRule.resource == "purchasing.orders")
            )
            rule = uow.get(ApprovalRule, id)
            rule.active, rule.least = True, D(least)
            for name, value in more.items():
                setattr(rule, name, value)

        self.desk.run(SYSTEM, act)

    def confirm(self, key, user=None):
        self.does(user or self.ann, lambda uow: confirm_orders(uow, [key], on=DAY) and None)

    def waits_for(self, user):
        with self.desk.look_in(self.actor(user)) as uow:
            return [one.id for one in queries.waiting_for_me(uow)]

    def work(self):
        """What a worker does next, on behalf of whoever asked, or of the house."""
        with self.desk.read(SYSTEM) as session:
            job = session.scalars(select(QueuedJob).order_by(QueuedJob.id.desc())).first()
        actor = self.actor(job.user_id) if job.user_id else SYSTEM
        take(SimpleNamespace(do=lambda act: self.desk.run(actor, act)), **job.arguments)


@pytest.fixture
def office(desk, house_users):
    desk.look_in = desk.house.look
    return Office(desk, house_users)


def test_a_new_company_begins_with_rules_that_it_may_change(desk):
    found = [(r.label, r.resource, r.step, r.least, r.active) for r in desk.all(ApprovalRule)]
    assert found == [
        ("Requests of people", "purchasing.requests", "submit", None, True),
        ("Large purchase orders", "purchasing.orders", "confirm", 10_000, False),
    ]


def test_a_large_order_waits_in_the_manager_s_inbox_and_is_released_there(office, desk, runtime):
    office.limit(50)
    small, large = desk.order(desk.line(quantity="9")), desk.order(desk.line())
    office.confirm(small)
    with pytest.raises(NeedsApproval, match="needs the approval of Purchasing manager first"):
        office.confirm(large)

    def visit(user):
        settings = {"TESTING": True, "SECRET_KEY": "x" * 32, "ACT_AS": office.actor(user)}
        return create_app(runtime, settings).test_client()

    pressed = visit(office.ann).post(f"/purchasing/orders/{large}/steps/confirm")
    assert pressed.location == f"/purchasing/orders/{large}?asked=1"
    assert (
        "Waits for the approval of Purchasing manager"
        in visit(office.ann).get(pressed.location).text
    )
    inbox = visit(office.ben).get("/core/inbox").text
    assert f"/purchasing/orders/{large}" in inbox
    assert "50.00" in inbox
    (asked,) = office.waits_for(office.ben)
    assert office.waits_for(office.ann) == []
    assert visit(office.ben).post(f"/core/inbox/{asked}/approve").status_code == 303
    office.work()
    order, _lines = desk.look(large)
    assert (order.state, order.number is not None) == ("confirmed", True)


def test_an_order_in_another_currency_is_measured_in_ours(office, desk):
    rate = CurrencyRate(currency="USD", against="EUR", on=DAY, rate=D("0.5"))
    desk.run(SYSTEM, lambda uow: uow.add(rate))
    office.limit(50)
    below = desk.order(desk.line(quantity="18"), currency="USD")
    above = desk.order(desk.line(quantity="20"), currency="USD")
    assert [desk.look(key)[0].worth for key in (below, above)] == [45, 50]
    office.confirm(below)
    with pytest.raises(NeedsApproval):
        office.confirm(above)


def test_an_order_whose_worth_nobody_knows_slips_by_no_rule(office, desk):
    office.limit(50)
    key = desk.order(desk.line(quantity="900"), currency="USD")
    assert desk.look(key)[0].worth is None
    rate = CurrencyRate(currency="USD", against="EUR", on=DAY, rate=D("0.5"))
    desk.run(SYSTEM, lambda uow: uow.add(rate))
    with pytest.raises(Refused, match="Save it again"):
        office.confirm(key)
    desk.run(SYSTEM, lambda uow: settle_orders(uow, uow.load(Order, [key], Order.lines)))
    with pytest.raises(NeedsApproval):
        office.confirm(key)


def test_a_confirmed_order_does_not_grow_into_a_rule_without_whom_it_asks(office, desk):
    office.limit(60)
    key = desk.order(desk.line())
    office.confirm(key)

    def grow(user, quantity):
        office.does(user, lambda uow: change_orders(uow, [key], quantity=D(quantity)) and None)

    with pytest.raises(Refused, match=r"needs the approval of Purchasing manager: Large"):
        grow(office.ann, 13)
    assert desk.look(key)[0].untaxed == 50
    grow(office.ann, 11)
    grow(office.ben, 13)
    assert desk.look(key)[0].untaxed == 65
    with pytest.raises(Refused, match="needs the approval of Purchasing manager"):
        grow(office.ben, 14)


def request(desk, requester=None, quantity=9):
    draft = Request(
        needed_on=SOON, requester_id=requester,
        lines=[RequestLine(product_id=desk.known["tea"], quantity=D(quantity))],
    )  # fmt: skip
    desk.run(SYSTEM, lambda uow: uow.add(draft))
    return draft.id


def test_what_somebody_asks_for_waits_until_another_agrees(office, desk):
    key = request(desk, office.ann)
    with pytest.raises(NeedsApproval, match="Requests of people"):
        office.does(office.ann, lambda uow: submit_requests(uow, [key]) and None)
    asked = office.does(
        office.ann, lambda uow: service.ask(uow, "purchasing.requests", key, "submit").id
    )
    office.does(office.ben, lambda uow: service.approve(uow, [asked]) and None)
    office.work()
    (found,) = desk.all(Request)
    assert (found.state, found.number, found.worth) == ("approved", "RQ-2026-00001", 45)


def test_a_manager_does_not_approve_what_he_asked_for(office, desk):
    key = request(desk, office.ben)
    asked = office.does(
        office.ben, lambda uow: service.ask(uow, "purchasing.requests", key, "submit").id
    )
    with pytest.raises(Refused, match="somebody else approves it"):
        office.does(office.ben, lambda uow: service.approve(uow, [asked]) and None)


def test_a_plan_s_request_is_asked_for_by_the_house_where_a_rule_speaks_of_it(office, desk):
    def supply(source):
        line = RequestedSupply(product_id=desk.known["tea"], quantity=D(9), needed_on=SOON)
        event = SupplyRequested(
            source=DocumentRef("production.plans", source), number="MRP-1", company_id=1, on=DAY,
            lines=(line,),
        )  # fmt: skip
        # A planner has no rights in purchasing.
        planner = Actor(office.ann, "x", frozenset(), (1,), 1)
        desk.run(planner, lambda uow: uow.publish(event))
        return desk.all(Request)[-1]

    assert supply(1).state == "approved"
    office.desk.run(SYSTEM, lambda uow: uow.add(ApprovalRule(
        label="Plans", resource="purchasing.requests", step="submit", field="worth", least=D(40),
        role_id=desk.all(ApprovalRule)[0].role_id,
    )))  # fmt: skip
    assert supply(2).state == "draft"
    (asked,) = desk.all(Approval)
    assert (asked.asked_by_id, asked.amount) == (None, 45)
    office.does(office.ben, lambda uow: service.approve(uow, [asked.id]) and None)
    office.work()
    assert {x.state for x in desk.all(Request)} == {"approved"}

"""Orders that purchasing makes by itself: when it is time, from whom, and what stays behind."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from dougong import Actor
from dougong.approvals.models import Approval, ApprovalRule
from dougong.companies.service import open_company
from dougong.jobs.acting import of_company
from dougong_base import Party
from dougong_purchasing import commands
from dougong_purchasing.jobs import JOBS
from dougong_purchasing.orders.models import Order
from dougong_purchasing.requests.automatic import due_requests, order_daily, order_due
from dougong_purchasing.requests.models import Request, RequestLine
from dougong_purchasing.requests.service import submit_requests
from dougong_purchasing.terms.models import SupplierList, SupplierPrice

D = Decimal
SYSTEM = Actor.system()


@pytest.fixture
def priced(desk):
    """Bob sells tea, and needs seven days; nobody sells cups."""

    def act(uow):
        uow.add(
            SupplierList(
                supplier_id=desk.known["bob"], name="Bob", currency="EUR",
                prices=[
                    SupplierPrice(
                        product_id=desk.known["tea"], minimum=D(0), price=D(5), lead_days=7
                    )
                ],
            )
        )  # fmt: skip

    desk.run(SYSTEM, act)
    return desk


def ask(desk, product, quantity, days):
    def act(uow):
        day = uow.today + dt.timedelta(days=days)
        lines = [RequestLine(product_id=desk.known[product], quantity=D(quantity))]
        request = Request(needed_on=day, lines=lines)
        uow.add(request)
        uow.flush()
        submit_requests(uow, [request.id])
        return request.id

    return desk.run(SYSTEM, act)


def test_a_request_is_due_when_it_would_come_too_late_tomorrow(priced):
    soon, _later = ask(priced, "tea", 2, 8), ask(priced, "tea", 3, 9)
    assert priced.run(SYSTEM, due_requests) == [soon]


def test_what_is_bundled_by_the_week_is_ordered_a_week_ahead(priced, monkeypatch):
    priced.set(monkeypatch, bundle="week")
    keys = [ask(priced, "tea", 2, 8), ask(priced, "tea", 3, 14)]
    ask(priced, "tea", 3, 15)
    assert priced.run(SYSTEM, due_requests) == keys


@pytest.mark.parametrize(
    ("wanted", "states"), [("never", []), ("draft", ["draft"]), ("confirm", ["confirmed"])]
)
def test_every_day_it_is_ordered_as_the_company_wants(priced, monkeypatch, wanted, states):
    priced.set(monkeypatch, auto_order=wanted)
    ask(priced, "tea", 2, 8)
    for _again in range(2):
        priced.do(order_daily)
    assert [order.state for order in priced.all(Order)] == states


def test_what_nobody_sells_stays_behind_and_holds_nothing_up(priced):
    ask(priced, "tea", 2, 1)
    ask(priced, "cup", 2, 1)
    outcome = priced.run(SYSTEM, lambda uow: order_due(uow, confirm=True))
    assert len(outcome.confirmed) == 1
    assert [(what, "Nobody is known who sells Cup" in str(why)) for what, why in outcome.left] == [
        ("RQ-2026-00002", True)
    ]
    assert {r.state for r in priced.all(Request)} == {"ordered", "approved"}


def test_a_large_order_is_not_confirmed_by_itself_but_asked_for(priced):
    def act(uow):
        rules = select(ApprovalRule.id).where(ApprovalRule.resource == "purchasing.orders")
        rule = uow.get(ApprovalRule, uow.session.scalar(rules))
        rule.active, rule.least = True, D(50)

    priced.run(SYSTEM, act)
    ask(priced, "tea", 10, 1)
    outcome = priced.run(SYSTEM, lambda uow: order_due(uow, confirm=True))
    assert (outcome.confirmed, outcome.asked) == ([], outcome.orders)
    assert [order.state for order in priced.all(Order)] == ["draft"]
    assert [approval.document_id for approval in priced.all(Approval)] == outcome.orders


def test_each_company_orders_by_its_own_settings(priced, monkeypatch):
    other = priced.run(SYSTEM, lambda uow: open_company(uow, "SUB", "Subsidiary", "USD").id)
    there = Actor.system(other)

    def act(uow):
        carl = Party(code="CARL", name="Carl", is_supplier=True)
        uow.add(carl)
        request = Request(
            company_id=other, needed_on=uow.today, supplier_id=carl.id,
            lines=[RequestLine(product_id=priced.known["tea"], quantity=D(1))],
        )  # fmt: skip
        uow.add(request)
        uow.flush()
        submit_requests(uow, [request.id])

    priced.run(there, act)
    ask(priced, "tea", 2, 1)
    real = priced.house.setting
    monkeypatch.setattr(
        priced.house, "setting",
        lambda uow, key: (
            ("draft" if uow.company_id == other else "never")
            if key == "purchasing.auto_order" else real(uow, key)
        ),
    )  # fmt: skip
    job = next(job for job in JOBS if job.name == "purchasing.orders")
    assert job.each_company
    for company in (1, other):
        priced.house.run(of_company(priced.house, company), job.act)
    with priced.read(there) as session:
        assert [order.company_id for order in session.scalars(select(Order))] == [other]
    assert priced.all(Order) == []


def test_the_command_says_what_it_would_do_and_does_it(priced, runtime, monkeypatch):
    monkeypatch.setattr(commands, "open_runtime", lambda: runtime)
    monkeypatch.setattr(runtime, "close", lambda: None)
    ask(priced, "tea", 2, 1)

    def say(*words):
        return CliRunner().invoke(commands.reorder, words, obj={})

    looked = say("--dry-run", "--json")
    assert looked.exit_code == 0
    assert json.loads(looked.stdout)["orders"][0]["supplier"] == "Bob"
    assert priced.all(Order) == []
    done = say("--yes", "--confirm")
    assert (done.exit_code, "1 order made" in done.stdout) == (0, True)
    assert [order.state for order in priced.all(Order)] == ["confirmed"]
    ask(priced, "cup", 2, 1)
    assert say("--yes").exit_code == 1
    assert say("--yes", "--company", "NONE").exit_code != 0

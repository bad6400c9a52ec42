"""Reports of non-conformance go their way; machines are looked after, and that is measured."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from dougong import Actor, Invalid, Refused
from dougong.people.users.models import User
from dougong_production.maintenance.models import Equipment, MaintenanceOrder, MaintenancePlan
from dougong_production.maintenance.reliability import NegativeTime, effectiveness, reliability
from dougong_production.maintenance.reports import OEE, RELIABILITY
from dougong_production.maintenance.service import ask_for_due, finish_orders, start_orders
from dougong_production.ncrs.models import Ncr, NcrAction
from dougong_production.ncrs.service import (
    check_effect,
    close,
    contain,
    correct_again,
    start_correction,
)
from dougong_production.quality.demo import run_the_laboratory
from dougong_production.quality.widgets import machines_due, overdue, to_inspect

D = Decimal
DAY = dt.date(2026, 3, 2)


@pytest.fixture
def house(make_house):
    return make_house("base", "production")


@pytest.fixture
def run(house):
    return lambda act: house.run(Actor.system(), act)


@pytest.fixture
def person(run):
    def act(uow):
        user = uow.session.scalar(select(User.id).limit(1))
        if user is None:
            made = User(login="q", name="Q", email="q@example.com", password="-")
            uow.add(made)
            user = made.id
        return user

    return run(act)


def test_a_report_goes_from_containment_to_a_checked_effect(run, person):
    def start(uow):
        report = Ncr(title="Scratches", origin="complaint", found_on=DAY, actions=[], state="open")
        uow.add(report)
        return report.id

    id = run(start)
    with pytest.raises(Refused, match="say first how the goods concerned were contained"):
        run(lambda uow: contain(uow, [id]))
    run(lambda uow: setattr(uow.get(Ncr, id), "containment", "All lots blocked"))
    run(lambda uow: contain(uow, [id]))
    with pytest.raises(Refused, match="say first what the cause is"):
        run(lambda uow: start_correction(uow, [id]))
    run(lambda uow: setattr(uow.get(Ncr, id), "cause", "Worn tool"))
    with pytest.raises(Refused, match="enter what is to be done"):
        run(lambda uow: start_correction(uow, [id]))

    def act(uow, **facts):
        report = uow.get(Ncr, id, Ncr.actions)
        if report.actions:
            for name, value in facts.items():
                setattr(report.actions[0], name, value)
        else:
            uow.add(NcrAction(ncr_id=id, text="Change the tool every week", **facts))

    run(act)
    with pytest.raises(Refused, match="every action needs somebody responsible and a day"):
        run(lambda uow: start_correction(uow, [id]))
    run(lambda uow: act(uow, responsible_id=person, due_on=DAY))
    run(lambda uow: start_correction(uow, [id]))
    with pytest.raises(Refused, match="not every action is done yet"):
        run(lambda uow: check_effect(uow, [id]))
    assert run(lambda uow: overdue(uow.session, Actor.system())) == [
        ("Scratches", DAY, f"/production/ncrs/{id}")
    ]
    run(lambda uow: act(uow, done_on=DAY))
    run(lambda uow: check_effect(uow, [id], due=DAY))
    run(lambda uow: correct_again(uow, [id], "Still scratched"))
    run(lambda uow: check_effect(uow, [id]))
    run(lambda uow: close(uow, [id], "No complaints since"))
    report = run(lambda uow: uow.get(Ncr, id))
    assert (report.state, report.finding) == ("closed", "No complaints since")
    assert run(lambda uow: overdue(uow.session, Actor.system())) == []


@pytest.fixture
def lathe(run):
    def act(uow):
        machine = Equipment(code="L1", name="Lathe", hours_used=D(500))
        uow.add(machine)
        return machine.id

    return run(act)


def test_what_is_due_by_days_or_hours_is_asked_for_once_and_counts_anew_when_done(run, lathe):
    def act(uow):
        uow.add(
            MaintenancePlan(
                name="Oil", equipment_id=lathe, every_days=30,
                last_on=uow.today - dt.timedelta(days=29),
            ),
            MaintenancePlan(
                name="Belt", equipment_id=lathe, every_hours=D(400), last_hours=D(100)
            ),
        )  # fmt: skip

    run(act)
    first = run(lambda uow: [one.title for one in ask_for_due(uow)])
    again = run(lambda uow: [one.title for one in ask_for_due(uow)])
    assert (first, again) == (["Belt"], [])
    assert run(lambda uow: machines_due(uow.session, Actor.system())) == 1
    id = run(lambda uow: uow.session.scalar(select(MaintenanceOrder.id)))
    run(lambda uow: start_orders(uow, [id]))
    run(lambda uow: finish_orders(uow, [id], downtime=D(2)))
    assert run(lambda uow: ask_for_due(uow)) == []
    run(lambda uow: setattr(uow.get(Equipment, lathe), "hours_used", D(900)))
    assert len(run(lambda uow: ask_for_due(uow))) == 1


def test_what_ends_before_it_began_is_refused(run, lathe):
    def act(uow):
        order = MaintenanceOrder(
            state="running", kind="breakdown", equipment_id=lathe, title="Smoke",
            reported_on=DAY, started_on=DAY,
        )  # fmt: skip
        uow.add(order)
        return order.id

    id = run(act)
    with pytest.raises(NegativeTime, match="never negative"):
        run(lambda uow: finish_orders(uow, [id], on=DAY - dt.timedelta(days=1)))
    with pytest.raises(NegativeTime):
        run(lambda uow: finish_orders(uow, [id], on=DAY, downtime=D(-1)))
    assert run(lambda uow: uow.get(MaintenanceOrder, id).state) == "running"
    run(lambda uow: finish_orders(uow, [id], on=DAY, downtime=D(5)))
    (line,) = run(
        lambda uow: list(RELIABILITY.ask(uow.session, Actor.system(), start=DAY, end=DAY))
    )
    assert (line.values["failures"], line.values["mttr"], line.values["mtbf"]) == (1, 5, 19)
    with pytest.raises(Refused, match="last day is not before the first"):
        run(lambda uow: list(OEE.ask(uow.session, Actor.system(), start=DAY, end=dt.date.min)))


def test_a_plan_without_an_interval_is_refused(run, lathe):
    with pytest.raises((Refused, Invalid), match="more than 0"):
        run(lambda uow: uow.add(MaintenancePlan(name="Never", equipment_id=lathe)))


def test_reliability_and_effectiveness_as_in_the_books():
    found = reliability(D(1000), [D(10), D(30)])
    assert (found.failures, found.mtbf, found.mttr) == (2, 480, 20)
    assert reliability(D(1000), []).mtbf is None
    oee = effectiveness(D(373), D(47), D(314), D(1841), D(53))
    assert oee.availability == pytest.approx(D("0.888"), abs=D("0.001"))
    assert oee.oee == pytest.approx(D("0.727"), abs=D("0.001"))
    with pytest.raises(NegativeTime):
        effectiveness(D(-1), D(0), D(0), D(0), D(0))


def test_the_demo_company_inspects_and_one_lot_has_failed(house, run):
    from dougong_base import Product, Unit

    def goods(uow):
        unit = uow.session.scalar(select(Unit.id).limit(1))
        uow.add(Product(code="A", name="Axle", unit_id=unit))

    run(goods)
    for _again in range(2):
        run(run_the_laboratory)
    assert run(lambda uow: to_inspect(uow.session, Actor.system())) == 1
    assert run(lambda uow: len(uow.session.scalars(select(Ncr)).all())) >= 1
    assert run(lambda uow: machines_due(uow.session, Actor.system())) == 1

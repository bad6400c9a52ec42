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
from dougong_production.maintenance.service import (
    ask_for_due,
    finish_orders,
    report_breakdown,
    start_orders,
)
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
    return lambda act, actor=None: house.run(actor or Actor.system(), act)


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


@pytest.fixture
def colleague(run):
    def act(uow):
        made = User(login="c", name="C", email="c@example.com", password="-")
        uow.add(made)
        return made.id

    return run(act)


def someone(id):
    return Actor(
        user_id=id, name=f"u{id}", rights=Actor.system().rights, companies=(1,), company_id=1
    )


def test_an_action_that_is_late_is_shown_before_its_report_is(run, person):
    def act(uow):
        actions = [
            NcrAction(text="Now", responsible_id=person, due_on=DAY),
            NcrAction(text="Later", responsible_id=person, due_on=dt.date(2099, 1, 1)),
        ]
        report = Ncr(
            title="Dents", found_on=DAY, state="acting", due_on=dt.date(2099, 1, 1), actions=actions
        )
        uow.add(report)
        return report.id

    id = run(act)
    shown = run(lambda uow: overdue(uow.session, Actor.system()))
    assert shown == [("Dents", DAY, f"/production/ncrs/{id}")]


def test_a_report_goes_from_containment_to_a_checked_effect(run, person, colleague):
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
        ("NC-2026-00001 Scratches", DAY, f"/production/ncrs/{id}")
    ]
    run(lambda uow: act(uow, done_on=DAY))
    run(lambda uow: check_effect(uow, [id], due=DAY))
    run(lambda uow: correct_again(uow, [id], "Still scratched"))
    with pytest.raises(Refused, match=r"has not helped\. Enter what else is done"):
        run(lambda uow: check_effect(uow, [id]))
    more = {"responsible_id": person, "due_on": DAY, "done_on": DAY}
    run(lambda uow: uow.add(NcrAction(ncr_id=id, text="Change the coolant", **more)))
    run(lambda uow: check_effect(uow, [id]))
    with pytest.raises(Refused, match=r"does not approve its effect\. Ask a colleague"):
        run(lambda uow: close(uow, [id], "I did well"), someone(person))
    assert run(lambda uow: uow.get(Ncr, id).state) == "checking"
    run(lambda uow: close(uow, [id], "No complaints since"), someone(colleague))
    report = run(lambda uow: uow.get(Ncr, id))
    assert (report.state, report.finding) == ("closed", "No complaints since")
    assert (report.closed_by_id, report.closed_on) == (colleague, run(lambda uow: uow.today))
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
    # A shift of 480 minutes, 60 of breaks and 47 of stops; 19,271 pieces a second each, 423 bad.
    oee = effectiveness(D(373), D(47), D(19271) / 60, D(19271 - 423), D(423))
    found = (oee.availability, oee.performance, oee.quality, oee.oee)
    assert [round(part, 4) for part in found] == [
        D("0.8881"), D("0.8611"), D("0.9780"), D("0.7479"),
    ]  # fmt: skip
    with pytest.raises(NegativeTime):
        effectiveness(D(-1), D(0), D(0), D(0), D(0))


def test_the_report_of_effectiveness_counts_breakdowns_and_no_planned_work(run, lathe):
    """The same shift out of work orders and maintenance orders."""
    from dougong_base import Product, Unit
    from dougong_production.orders.models import Order
    from dougong_production.work_centres.models import WorkCentre
    from dougong_production.work_orders.models import WorkOrder

    def act(uow):
        centre = WorkCentre(code="LINE", name="Line")
        unit = uow.session.scalar(select(Unit.id).order_by(Unit.id).limit(1))
        product = Product(code="CAP", name="Cap", unit_id=unit)
        uow.add(centre, product)
        uow.get(Equipment, lathe).work_centre_id = centre.id
        many = D(19271)
        work = WorkOrder(
            sequence=10, name="Press", work_centre_id=centre.id, quantity=many, state="done",
            setup_minutes=D("0.012847"), run_minutes=D("0.016666"), done=many - 423,
            scrapped=D(423), minutes=D(373),
            ended_at=dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC),
        )  # fmt: skip
        uow.add(Order(product_id=product.id, quantity=many, work=[work]))
        for kind, hours in (("breakdown", D("0.783333")), ("preventive", D(5))):
            uow.add(
                MaintenanceOrder(
                    state="done", kind=kind, equipment_id=lathe, title=kind, reported_on=DAY,
                    ended_on=DAY, downtime=hours,
                )
            )  # fmt: skip

    run(act)
    (line,) = run(lambda uow: list(OEE.ask(uow.session, Actor.system(), start=DAY, end=DAY)))
    names = ("availability", "performance", "quality", "oee")
    assert [line.values[name] for name in names] == [
        D("88.81"), D("86.11"), D("97.80"), D("74.79"),
    ]  # fmt: skip


def test_a_machine_that_has_stopped_is_reported_once_and_the_clock_says_how_long_it_stood(
    run, lathe
):
    order = run(lambda uow: report_breakdown(uow, lathe, " ").id)
    with pytest.raises(Refused, match=r"MT-.* says already that Lathe has stopped"):
        run(lambda uow: report_breakdown(uow, lathe, "Again"))
    five_hours = dt.timedelta(hours=5)
    run(lambda uow: setattr(uow.get(MaintenanceOrder, order), "stopped_at", uow.now - five_hours))
    run(lambda uow: start_orders(uow, [order]))
    run(lambda uow: finish_orders(uow, [order]))
    done = run(lambda uow: uow.get(MaintenanceOrder, order))
    assert (done.title, done.downtime) == ("Has stopped", D(5))
    run(lambda uow: report_breakdown(uow, lathe, "Belt"))


def test_a_machine_does_not_run_again_before_it_has_stopped(run, lathe):
    moment = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
    facts = {"stopped_at": moment, "back_at": moment - dt.timedelta(minutes=1)}

    def act(uow):
        uow.add(
            MaintenanceOrder(
                kind="breakdown", equipment_id=lathe, title="?", reported_on=DAY, **facts
            )
        )

    with pytest.raises((Refused, Invalid), match="runs again after it has stopped"):
        run(act)


def test_the_demo_company_inspects_and_one_lot_has_failed(run, person):
    from dougong_base import Product, Unit

    def goods(uow):
        unit = uow.session.scalar(select(Unit.id).limit(1))
        uow.add(Product(code="A", name="Axle", unit_id=unit))

    run(goods)
    for _again in range(2):
        run(run_the_laboratory)
    # One lot waits in process and one at the end; those of suppliers come with their receipts.
    assert run(lambda uow: to_inspect(uow.session, Actor.system())) == 2
    (report,) = run(lambda uow: uow.session.scalars(select(Ncr)).all())
    assert report.state == "acting"
    shown = run(lambda uow: overdue(uow.session, Actor.system()))
    assert [name for name, _day, _to in shown] == [f"{report.number} {report.title}"]
    # The saw waits for oil, the press stands.
    assert run(lambda uow: machines_due(uow.session, Actor.system())) == 2

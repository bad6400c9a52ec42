"""The demo company buys."""

from sqlalchemy import func, select

from dougong import Actor
from dougong.demo_site import bring_to_life
from dougong_purchasing.checks import CHECKS
from dougong_purchasing.orders.models import Order, OrderLine
from dougong_purchasing.rfqs.models import Quote

SYSTEM = Actor.system()


def test_the_demo_company_buys_and_twice_is_once(make_runtime):
    runtime = make_runtime("base", "purchasing")
    for _again in range(2):
        for plugin in runtime.wiring.plugins.values():
            runtime.house.run(SYSTEM, plugin.demo)

    with runtime.house.read(SYSTEM) as session:
        count = select(func.count(Order.id))
        assert session.scalar(count) == 4
        assert session.scalar(count.where(Order.state == "confirmed")) == 3
        answered = select(func.count(Quote.id)).where(Quote.state == "answered")
        assert session.scalar(answered) == 2
        assert [list(check.run(session)) for check in CHECKS] == [[], [], []]


def test_what_the_demo_company_bought_comes_and_every_check_holds(make_runtime):
    runtime = make_runtime("base", "crm", "inventory", "finance", "purchasing")
    bring_to_life(runtime, SYSTEM, "en")

    with runtime.house.read(SYSTEM) as session:
        states = session.scalars(select(Order.receipt_state).order_by(Order.id)).all()
        assert states == ["full", "full", "open", "open"]
        wrong = [str(x) for check in runtime.wiring.checks for x in check.run(session)]
        assert wrong == []


def test_the_checks_find_what_is_wrong(desk):
    key = desk.order(desk.line())
    line = desk.look(key)[1][0].id
    desk.run(SYSTEM, lambda uow: setattr(uow.get(OrderLine, line), "amount", 1))
    with desk.read(SYSTEM) as session:
        assert [bool(list(check.run(session))) for check in CHECKS] == [True, False, False]

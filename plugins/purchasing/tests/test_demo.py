"""The demo company buys."""

import datetime as dt

import pytest
from sqlalchemy import func, select

from dougong import Actor
from dougong.demo_site import bring_to_life
from dougong_purchasing.blankets.models import Blanket
from dougong_purchasing.checks import CHECKS
from dougong_purchasing.landed.models import LandedCost
from dougong_purchasing.matches.models import Match
from dougong_purchasing.orders.models import Order, OrderLine
from dougong_purchasing.orders.revisions import Revision
from dougong_purchasing.reports import REPORTS
from dougong_purchasing.reports.spend import SPEND
from dougong_purchasing.requests.models import Request
from dougong_purchasing.returns.models import Return
from dougong_purchasing.rfqs.models import Quote, Rfq
from dougong_purchasing.scores.models import Score
from dougong_purchasing.widgets import WIDGETS

SYSTEM = Actor.system()


def counted(session, column):
    return dict(session.execute(select(column, func.count()).group_by(column)).all())


def test_the_demo_company_buys_and_again_is_no_more(make_runtime):
    runtime = make_runtime("base", "purchasing")
    for _again in range(2):
        bring_to_life(runtime, SYSTEM, "en")

    with runtime.house.read(SYSTEM) as session:
        assert counted(session, Order.state) == {"confirmed": 10, "draft": 5}
        assert counted(session, Quote.state) == {"answered": 4, "asked": 2}
        assert counted(session, Rfq.state) == {"sent": 1, "awarded": 1}
        assert counted(session, Request.state) == {"approved": 1, "draft": 2}
        assert counted(session, Blanket.state) == {"open": 1}
        assert [list(check.run(session)) for check in CHECKS] == [[]] * len(CHECKS)


def test_what_the_demo_company_bought_comes_and_every_check_holds(make_runtime):
    runtime = make_runtime("base", "crm", "inventory", "finance", "purchasing")
    bring_to_life(runtime, SYSTEM, "en")

    with runtime.house.read(SYSTEM) as session:
        assert counted(session, Order.receipt_state)["full"] >= 6
        assert counted(session, LandedCost.state) == {"allocated": 1, "draft": 1}
        assert counted(session, Return.state)["draft"] == 1
        assert counted(session, Score.state) == {"valid": 2, "draft": 1}
        assert len({score.grade for score in session.scalars(select(Score))}) > 1
        assert session.scalars(select(Match.why).where(Match.state == "held")).one()
        assert session.scalars(select(Revision)).first() is not None
        for report in REPORTS:
            asked = {p.name: None for p in report.parameters}
            asked |= {"start": dt.date(2000, 1, 1), "end": dt.date(2100, 1, 1), "by": "supplier"}
            facts = {p.name: asked[p.name] for p in report.parameters}
            assert list(report.ask(session, SYSTEM, **facts)), report.name
        for widget in WIDGETS:
            assert widget.ask(session, SYSTEM), widget.name
        wrong = [str(x) for check in runtime.wiring.checks for x in check.run(session)]
        assert wrong == []


@pytest.mark.parametrize("by", ["supplier", "product", "category", "month", "buyer"])
def test_spend_is_the_same_however_it_is_grouped(make_runtime, by):
    runtime = make_runtime("base", "purchasing")
    bring_to_life(runtime, SYSTEM, "en")
    with runtime.house.read(SYSTEM) as session:
        span = {"start": dt.date(2000, 1, 1), "end": dt.date(2100, 1, 1)}
        lines = list(SPEND.ask(session, SYSTEM, by=by, **span))
        whole = session.scalar(
            select(func.sum(Order.untaxed)).where(Order.state.in_(("confirmed", "done")))
        )
    assert sum(line.values["amount"] for line in lines) == whole
    assert round(sum(line.values["part"] for line in lines)) == 100


def test_the_checks_find_what_is_wrong(desk):
    key = desk.order(desk.line())
    line = desk.look(key)[1][0].id
    desk.run(SYSTEM, lambda uow: setattr(uow.get(OrderLine, line), "amount", 1))
    with desk.read(SYSTEM) as session:
        assert [bool(list(check.run(session))) for check in CHECKS][:3] == [True, False, False]

"""Whatever is wrong in the laboratory gets a sentence and the right status, and changes nothing."""

from __future__ import annotations

import pytest
from laboratory import DAY, Lab
from sqlalchemy import select

from dougong import Actor
from dougong.web.app import create_app
from dougong_production.inspections.models import Result
from dougong_production.inspections.service import refuse_lots
from dougong_production.ncrs.models import Ncr, NcrAction


class Desk:
    """A browser before a laboratory with one lot, and what it is answered."""

    def __init__(self, runtime, rights=None):
        self.lab = Lab(runtime.house)
        self.lab.plan()
        self.lab.receive()
        self.lot = self.lab.inspections()[0].id
        self.diameter, self.surface = self.lab.read(
            lambda s: s.scalars(select(Result.id).order_by(Result.position, Result.id)).all()
        )
        self.runtime = runtime
        self.client = self.as_(Actor.system())

    def as_(self, actor):
        config = {**self.runtime.config, "ACT_AS": actor, "WTF_CSRF_ENABLED": False}
        return create_app(self.runtime, config).test_client()

    def say(self, address, status, sentence, client=None, **data):
        answer = (client or self.client).post(f"/production/{address}", data=data)
        assert (answer.status_code, sentence in answer.text) == (status, True), answer.text[-3000:]

    def state(self):
        rows = self.lab.read(lambda s: s.scalars(select(Result).order_by(Result.id)).all())
        one = self.lab.inspections()[0]
        return one.state, one.version, [(row.values, row.nonconforming) for row in rows]


@pytest.fixture
def desk(make_runtime):
    return Desk(make_runtime("base", "production"))


def test_what_is_no_value_is_refused_and_nothing_is_stored(desk):
    before, lot, diameter = desk.state(), f"lab/{desk.lot}", desk.diameter
    desk.say(f"{lot}/{diameter}/add", 409, "“ten” is not a value of Diameter", value="ten")
    desk.say(f"{lot}/{diameter}/add", 409, "Enter a value", value=" ")
    desk.say(f"{lot}/{diameter}/add", 409, "only 3 more values", value="10 10 10 10")
    desk.say(f"{lot}/{desk.surface}/count", 409, "Enter a number.", value="some")
    desk.say(f"{lot}/{desk.surface}/count", 409, "lies between 0 and 3", value="4")
    desk.say(f"{lot}/{desk.surface}/count", 409, "Enter a number.", value="-1")
    desk.say(f"lab/{desk.lot}/{desk.lot}/add", 404, "There is no", value="10")
    desk.say(f"lab/1/{diameter}/add", 404, "There is no", value="10")
    desk.say(f"{lot}/{diameter}/explode", 404, "There is no", value="10")
    assert desk.state() == before


def test_a_verdict_comes_after_all_values_and_once(desk):
    before = desk.state()
    for address in (f"lab/{desk.lot}/decide", f"inspections/{desk.lot}/steps/decide"):
        desk.say(address, 409, "Diameter needs 3 results and has 0")
    assert desk.state() == before

    desk.lab.enter("10 10 10")
    desk.say(f"lab/{desk.lot}/decide", 303, "")
    decided = desk.state()
    assert decided[0] == "passed"
    desk.say(f"lab/{desk.lot}/decide", 409, "Passed")
    desk.say(f"lab/{desk.lot}/{desk.diameter}/add", 409, "is decided: Passed", value="10")
    desk.say(f"lab/{desk.lot}/{desk.diameter}/back", 409, "is decided: Passed")
    desk.say(f"inspections/{desk.lot}/steps/refuse", 409, "Passed", reason="Late")
    assert desk.state() == decided


def test_who_may_only_read_decides_and_enters_nothing(desk):
    before = desk.state()
    reader = desk.as_(
        Actor(
            user_id=None, name="r", rights=frozenset({"production.inspection.read"}),
            companies=(1,), company_id=1,
        )
    )  # fmt: skip
    for address in ("decide", f"{desk.diameter}/add", "values"):
        desk.say(f"lab/{desk.lot}/{address}", 403, "You need the right", reader, value="10")
    assert desk.state() == before


def test_a_report_is_not_closed_before_something_was_done_and_has_helped(desk):
    desk.lab.run(lambda uow: refuse_lots(uow, [desk.lot], "Rust", on=DAY))
    (report,) = desk.lab.read(lambda s: s.scalars(select(Ncr)).all())

    def state():
        return desk.lab.read(lambda s: s.get(Ncr, report.id).state)

    def fill(**facts):
        def act(uow):
            found = uow.get(Ncr, report.id)
            for name, value in facts.items():
                setattr(found, name, value)

        desk.lab.run(act)

    steps = f"ncrs/{report.id}/steps"
    desk.say(f"{steps}/close", 409, "Open", finding="Fine")
    desk.say(f"{steps}/contain", 409, "say first how the goods concerned were contained")
    assert state() == "open"
    fill(containment="Blocked")
    desk.say(f"{steps}/contain", 303, "")
    desk.say(f"{steps}/act", 409, "say first what the cause is")
    fill(cause="Sea air")
    desk.say(f"{steps}/act", 409, "enter what is to be done")
    desk.say(f"{steps}/close", 409, "Contained", finding="Fine")
    assert state() == "contained"

    desk.lab.run(lambda uow: uow.add(NcrAction(ncr_id=report.id, text="Oil the shafts")))
    desk.say(f"{steps}/act", 409, "every action needs somebody responsible and a day")
    assert state() == "contained"


def test_a_lot_of_nothing_and_an_unknown_plan_are_marked_on_the_form(desk):
    count = len(desk.lab.inspections())
    form = {"quantity": "0", "plan": "1", "product": str(desk.lab.shaft)}
    answer = desk.client.post("/production/inspections/new", data=form)
    assert answer.status_code in (409, 422)
    assert len(desk.lab.inspections()) == count

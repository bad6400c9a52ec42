"""What a company enters first is shown until its data are there, to those who may enter it."""

from __future__ import annotations

import dataclasses

import pytest

from dougong import FirstStep
from dougong.actors import Actor
from dougong.first_steps.queries import progress
from dougong.people.users.models import User
from dougong.printing.letterheads.models import Letterhead
from dougong.web.app import create_app

ME = Actor.system(name="Ana")


@pytest.fixture
def runtime(make_runtime):
    return make_runtime()


@pytest.fixture
def browser(runtime):
    def make(actor):
        config = {"TESTING": True, "PROPAGATE_EXCEPTIONS": False, "ACT_AS": actor}
        return create_app(runtime, config).test_client()

    return make


@pytest.fixture
def ana(runtime):
    def enter(uow):
        user = User(login="ana", name="Ana")
        uow.add(user)
        return user.id

    key = runtime.house.run(ME, enter)
    return dataclasses.replace(ME, user_id=key)


def steps(runtime, actor=ME):
    with runtime.house.read(actor) as session:
        found = progress(session, runtime.wiring.first_steps, runtime.nouns, actor)
        return {step.key: done for one in found for step, done in one.steps}


def test_a_step_is_done_when_its_data_are_there(runtime):
    assert steps(runtime)["core.letterhead"] is False

    runtime.house.run(ME, lambda uow: uow.add(Letterhead(name="Acme")))

    assert steps(runtime)["core.letterhead"] is True


def test_only_steps_that_a_person_may_take_are_shown(runtime):
    clerk = dataclasses.replace(ME, rights=frozenset({"core.letterhead.create"}))

    assert set(steps(runtime, clerk)) == {"core.letterhead"}


def test_a_step_whose_question_fails_is_left_out(runtime):
    def broken(session, actor):
        raise ZeroDivisionError

    step = FirstStep("core.broken", "Broken", "Never shown.", "core.users", broken)
    runtime.wiring.first_steps.append(step)

    assert "core.broken" not in steps(runtime)


def test_the_home_page_shows_what_waits_until_it_is_put_away(runtime, browser, ana):
    visitor = browser(ana)
    assert 'hx-get="/core/first-steps"' in visitor.get("/").text
    part = visitor.get("/core/first-steps", headers={"HX-Request": "true"}).text
    assert "Enter your letterhead" in part
    assert "<progress" in part

    assert visitor.post("/core/first-steps/core/away", data={"home": "1"}).status_code == 303
    assert visitor.post("/core/first-steps/core/away").status_code == 303
    part = visitor.get("/core/first-steps", headers={"HX-Request": "true"}).text
    assert "Enter your letterhead" not in part
    assert "Enter your letterhead" in visitor.get("/core/first-steps").text

    visitor.post("/core/first-steps/core/again")
    part = visitor.get("/core/first-steps", headers={"HX-Request": "true"}).text
    assert "Enter your letterhead" in part


def test_what_cannot_be_put_away_is_told(browser, ana):
    assert browser(ana).post("/core/first-steps/nothing/away").status_code == 404
    assert browser(ME).post("/core/first-steps/core/away").status_code == 409
    reader = dataclasses.replace(ana, rights=frozenset())
    assert browser(reader).post("/core/first-steps/core/away").status_code == 404
    assert 'hx-get="/core/first-steps"' not in browser(reader).get("/").text


def test_every_module_of_the_house_says_what_comes_first(make_runtime, plugins):
    runtime = make_runtime(*plugins)
    found = {}
    for step in runtime.wiring.first_steps:
        found.setdefault(step.module, []).append(step)
        assert step.needs or runtime.nouns.get(step.to) is not None, step.key

    assert {
        name: 3 <= len(found.get(name, ())) <= 6 for name in ("core", *plugins)
    } == dict.fromkeys(("core", *plugins), True)
    assert "crm.customer" in steps(runtime)

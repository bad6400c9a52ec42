"""What goes wrong is written down: once for each way, without a word that anybody entered."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re

import pytest
from flask import Blueprint
from sqlalchemy import select, update

from dougong import Event, Forbidden, Job, Reaction, Refused
from dougong.actors import Actor
from dougong.jobs.models import QueuedJob
from dougong.jobs.worker import Worker
from dougong.operations.tidy import tidy
from dougong.outbox import sending
from dougong.outbox.models import OutboxMessage
from dougong.problems.models import Problem, ProblemCase
from dougong.problems.recording import record_error
from dougong.problems.service import lay_aside, try_again
from dougong.web.app import create_app
from dougong.web.rights import public

ME = Actor.system(name="Ana Ruiz")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rang(Event):
    """The till rang."""

    number: int


@pytest.fixture
def runtime(make_runtime):
    return make_runtime()


@pytest.fixture
def browser(runtime):
    pages = Blueprint("broken", __name__)

    @pages.get("/broken/<name>")
    @public
    def broken(name):
        raise ValueError(f"{name} has the password hush")

    app = create_app(runtime, {"TESTING": True, "PROPAGATE_EXCEPTIONS": False, "ACT_AS": ME})
    app.register_blueprint(pages)
    return app.test_client()


def problems(runtime):
    with runtime.house.read(ME) as session:
        found = session.scalars(select(Problem).order_by(Problem.id)).all()
        session.expunge_all()
        return found


def cases(runtime):
    with runtime.house.read(ME) as session:
        return [(c.who, c.page, c.request_id) for c in session.scalars(select(ProblemCase))]


def test_a_page_that_crashed_is_written_down_once_with_its_cases(runtime, browser):
    for name in ("anna", "bela"):
        answer = browser.get(
            f"/broken/{name}?q=secret", headers={"X-Request-Id": f"case-of-{name}"}
        )
        assert answer.status_code == 500

    (one,) = problems(runtime)
    assert (one.kind, one.title, one.subject) == ("page", "ValueError", "GET /broken/<name>")
    assert (one.times, one.state, one.module) == (2, "open", "core")
    assert "test_problems.py" in one.place
    assert sorted(cases(runtime)) == [
        ("Ana Ruiz", "/broken/anna", "case-of-anna"),
        ("Ana Ruiz", "/broken/bela", "case-of-bela"),
    ]
    page = browser.get(f"/core/problems/{one.id}").text
    assert "hush" not in page + one.place + one.title
    assert "secret" not in page
    assert "case-of-bela" in page


def test_a_job_that_was_given_up_is_tried_again_from_its_problem(runtime):
    broken = [True]

    def act(uow):
        if broken[0]:
            raise Refused("The printer of Anna is off.")

    runtime.wiring.jobs["core.print-it"] = Job("core.print-it", act, tries=1)
    runtime.house.run(ME, lambda uow: uow.enqueue("core.print-it"))
    worker = Worker(runtime.house, runtime.wiring)
    worker.work()

    (one,) = [p for p in problems(runtime) if p.subject == "core.print-it"]
    assert (one.kind, one.title, one.times) == ("job", "Refused", 1)
    assert one.job_id is not None
    broken[0] = False
    runtime.house.run(ME, lambda uow: try_again(uow, [one.id]))
    worker.work()
    with runtime.house.read(ME) as session:
        assert session.get(QueuedJob, one.job_id).state == "done"
        assert session.get(Problem, one.id).state == "done"


def test_a_letter_that_nobody_takes_is_written_down(runtime, monkeypatch):
    monkeypatch.setattr(sending, "TRIES", 1)

    def post(uow, events):
        raise OSError("no route to mail.example")

    reaction = Reaction(Rang, post, "after_commit")
    runtime.house.reactions = {Rang: [reaction]}
    runtime.house.run(ME, lambda uow: uow.publish([Rang(number=1)]))
    Worker(runtime.house, runtime.wiring).work()

    (one,) = [p for p in problems(runtime) if p.kind == "letter"]
    assert (one.title, one.subject) == ("OSError", reaction.name)
    with runtime.house.read(ME) as session:
        assert session.get(OutboxMessage, one.letter_id).state == "dead"
    runtime.house.run(ME, lambda uow: try_again(uow, [one.id]))
    with runtime.house.read(ME) as session:
        assert session.get(OutboxMessage, one.letter_id).state == "waiting"


def test_a_reaction_that_failed_apart_is_written_down_and_the_act_stands(runtime):
    def react(uow, events):
        raise KeyError("shelf")

    runtime.house.reactions = {Rang: [Reaction(Rang, react, "isolated")]}
    runtime.house.run(ME, lambda uow: uow.publish([Rang(number=1)]))

    (one,) = problems(runtime)
    assert (one.kind, one.title) == ("reaction", "KeyError")
    with pytest.raises(Refused, match="whoever met it"):
        runtime.house.run(ME, lambda uow: try_again(uow, [one.id]))


def test_what_is_done_opens_by_itself_when_it_comes_again(runtime, browser):
    browser.get("/broken/x")
    (one,) = problems(runtime)
    runtime.house.run(ME, lambda uow: lay_aside(uow, [one.id]))
    (one,) = problems(runtime)
    assert (one.state, one.done_by) == ("done", "Ana Ruiz")

    browser.get("/broken/y")

    (one,) = problems(runtime)
    assert (one.state, one.done_by, one.times) == ("open", None, 2)


def test_only_who_may_lays_a_problem_aside(runtime, browser):
    browser.get("/broken/x")
    (one,) = problems(runtime)
    reader = dataclasses.replace(ME, rights=frozenset({"core.problem.read"}))

    with pytest.raises(Forbidden):
        runtime.house.run(reader, lambda uow: lay_aside(uow, [one.id]))
    with pytest.raises(Forbidden):
        runtime.house.run(reader, lambda uow: try_again(uow, [one.id]))


def test_of_a_problem_that_comes_again_and_again_the_latest_cases_are_kept(
    runtime, browser, monkeypatch
):
    monkeypatch.setattr("dougong.problems.recording.CASES", 3)
    for n in range(5):
        browser.get(f"/broken/{n}")

    (one,) = problems(runtime)
    assert one.times == 5
    assert sorted(page for _who, page, _id in cases(runtime)) == [
        "/broken/2", "/broken/3", "/broken/4",
    ]  # fmt: skip


def test_old_problems_are_swept_out(runtime, browser):
    browser.get("/broken/x")
    with runtime.house.engine.begin() as connection:
        old = dt.datetime.now(dt.UTC) - dt.timedelta(days=91)
        connection.execute(update(Problem).values(last_at=old))

    runtime.house.run(ME, tidy)

    assert problems(runtime) == []
    assert cases(runtime) == []


def test_what_cannot_be_written_down_makes_nothing_worse(runtime, browser, monkeypatch):
    def full(*_given):
        raise OSError("disk is full")

    monkeypatch.setattr("dougong.problems.recording._note", full)

    assert browser.get("/broken/x").status_code == 500
    assert problems(runtime) == []


class TestHealth:
    def test_the_state_of_the_house_names_what_needs_somebody(self, runtime, browser):
        assert "All is well." in browser.get("/core/health").text
        runtime.failed["till"] = "It has no head."
        browser.get("/broken/x")

        page = browser.get("/core/health").text

        assert "2 things need you." in page
        assert "It has no head." in page
        assert "1 problem is open." in page

    def test_parts_that_were_left_out_are_told_to_people_and_to_machines(self, runtime, browser):
        runtime.nouns.reports.append(("till", "till.drawers: there is no field amuont."))

        assert "there is no field amuont" in browser.get("/core/health").text
        assert browser.get("/readyz").get_json()["left_out"] == {"till": 1}


def test_the_history_of_a_problem_tells_when_it_was_met(runtime, browser):
    record_error(runtime.house, RuntimeError(), "job", "core.tidy")
    with runtime.house.read(ME) as session:
        id = session.scalars(select(Problem.id)).one()

    page = browser.get(f"/core/problems/{id}/history")

    assert (page.status_code, "Changed" in page.text) == (200, True)


def test_a_refusal_is_read_in_the_language_of_the_reader(runtime, browser):
    from dougong.i18n import _, learn

    learn("zh_Hans_CN", {"%(what)s of %(whose)s is off.": "%(whose)s的%(what)s已关闭。"})

    def act(uow):
        raise Refused(_("%(what)s of %(whose)s is off.", what="The printer", whose="Anna"))

    runtime.wiring.jobs["core.print-it"] = Job("core.print-it", act, tries=1)
    runtime.house.run(ME, lambda uow: uow.enqueue("core.print-it"))
    Worker(runtime.house, runtime.wiring).work()
    (one,) = [p for p in problems(runtime) if p.subject == "core.print-it"]
    assert one.title == "… of … is off."

    browser.set_cookie("language", "zh_Hans_CN")
    for address in ("/core/problems", f"/core/problems/{one.id}"):
        page = browser.get(address).text
        assert "…的…已关闭。" in page
        assert "is off" not in re.sub(r'value="[^"]*"', "", page)
        assert "Anna" not in page

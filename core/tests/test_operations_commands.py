"""What an administrator does at a terminal: jobs, letters, settings, reports, backups."""

from __future__ import annotations

import json
import threading
import time
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select, update

from dougong.actors import Actor
from dougong.cli import main
from dougong.jobs.claiming import Leases
from dougong.jobs.following import EmbeddedWorker, Follower
from dougong.jobs.models import QueuedJob
from dougong.jobs.worker import Worker

ME = Actor.system()


@pytest.fixture
def runtime(make_runtime):
    return make_runtime()


@pytest.fixture
def say(monkeypatch, runtime):
    """Say words to ``dougong``; what it answers, and how it ended."""
    monkeypatch.setenv("DOUGONG_DATABASE_URL", runtime.url)

    def run(*words):
        return CliRunner().invoke(main, words)

    return run


def state_of(runtime, key):
    with runtime.house.read(ME) as session:
        return session.scalar(select(QueuedJob.state).where(QueuedJob.id == key))


def wait_for(true):
    for _time in range(200):
        if true():
            return
        time.sleep(0.05)
    pytest.fail("it never came true")


def test_a_job_is_done_at_once(say, runtime):
    told = json.loads(say("job", "run", "core.tidy", "--json").output)

    assert told["state"] == "done"
    assert state_of(runtime, told["id"]) == "done"


def test_a_job_that_a_server_took_first_is_waited_for(say, monkeypatch):
    turns = []

    def work(worker):
        """The first time a server's worker is quicker; the second time it is ready."""
        turns.append(worker)
        if len(turns) == 1:
            server = Leases(worker.house.engine, "a server")
            assert server.take(QueuedJob, "running", QueuedJob.name, ["core.tidy"])
        else:
            with worker.house.engine.begin() as connection:
                connection.execute(update(QueuedJob).values(state="done"))

    monkeypatch.setattr(Worker, "work", work)

    told = say("job", "run", "core.tidy")

    assert (told.exit_code, len(turns)) == (0, 2)
    assert "is done" in told.output


def test_a_job_is_done_in_the_company_that_is_named(say, runtime):
    assert say("job", "run", "core.tidy", "--company", "MAIN").exit_code == 0
    refused = say("job", "run", "core.tidy", "--company", "NONE")

    assert refused.exit_code == 1
    with runtime.house.read(ME) as session:
        places = session.scalars(select(QueuedJob.company_id).where(QueuedJob.key.is_(None)))
        assert places.all() == [1]


def test_a_job_that_fails_ends_with_its_sentence(say):
    told = say("job", "run", "core.tidy", "-a", "colour=red")

    assert told.exit_code == 1
    assert "colour" in told.output


def test_jobs_are_listed_cancelled_and_tried_again(say, runtime):
    key = runtime.house.run(ME, lambda uow: uow.enqueue("core.tidy")).id

    assert say("job", "cancel", str(key)).exit_code == 0
    listed = json.loads(say("job", "list", "--state", "cancelled", "--json").output)
    assert [job["id"] for job in listed] == [key]
    assert say("job", "retry", str(key)).exit_code == 0
    assert state_of(runtime, key) == "waiting"
    assert say("job", "work", "--once").exit_code == 0
    assert state_of(runtime, key) == "done"
    refused = say("job", "cancel", str(key))
    assert (refused.exit_code, "Traceback" in refused.output) == (1, False)


def test_a_worker_must_know_how_long_to_work(say):
    assert say("job", "work").exit_code == 2


def test_the_outbox_is_empty_and_says_so(say):
    assert json.loads(say("outbox", "list", "--json").output) == []
    assert say("outbox", "retry", "77").exit_code == 1


def test_a_setting_that_is_not_there_is_not_shown(say):
    told = say("config", "get", "core.nothing")

    assert (told.exit_code, "core.nothing" in told.output) == (1, True)


def test_a_setting_is_chosen_read_and_given_up(say, runtime):
    listed = json.loads(say("config", "list", "--json").output)
    key = next(k for k, v in listed.items() if isinstance(v, int))

    assert say("config", "set", key, "3").exit_code == 0
    assert say("config", "get", key).output.strip() == "3"
    assert say("config", "set", key, "--default").exit_code == 0
    assert say("config", "get", key).output.strip() == str(listed[key])
    assert say("config", "set", key, "many").exit_code == 1


def test_views_are_described_as_the_database_has_them(say):
    told = say("config", "views", "--markdown").output

    assert "## `v_audit`" in told
    assert "| `document_id` | whole number |" in told


def test_reports_are_listed_and_an_unknown_one_is_refused(say):
    assert json.loads(say("report", "--format", "json").output) == []
    assert "no.such" in say("report", "no.such").output


def test_a_backup_is_made_and_verified(say, tmp_path):
    path = str(tmp_path / "house.backup")

    assert say("backup", "create", path).exit_code == 0
    assert json.loads(say("backup", "verify", path, "--json").output)["ok"] is True
    assert say("backup", "restore", path).exit_code == 1  # this house is not empty
    assert say("backup", "verify", str(tmp_path / "none")).exit_code == 1


def test_a_worker_beside_the_pages_does_what_is_put_off_and_stops(runtime):
    worker = EmbeddedWorker(lambda: runtime).start()
    key = runtime.house.run(ME, lambda uow: uow.enqueue("core.tidy")).id

    wait_for(lambda: state_of(runtime, key) == "done")
    worker.stop()

    assert not worker._thread.is_alive()


def test_a_worker_goes_on_with_the_house_as_it_is_built_now(runtime):
    houses = [None, SimpleNamespace(house=runtime.house, wiring=runtime.wiring), runtime]
    follower, seen = Follower(lambda: houses[0]), []

    while houses:
        follower._step()
        seen.append(follower._runtime)
        houses.pop(0)

    assert seen[0] is None
    assert seen[2] is runtime


def test_a_worker_survives_a_house_that_cannot_be_asked(runtime):
    def broken():
        stop.set()
        raise RuntimeError("no house")

    stop = threading.Event()

    Follower(broken).run(stop)

    with runtime.house.read(ME) as session:
        assert session.scalar(select(func.count()).select_from(QueuedJob)) == 0

"""The pages and the API of those who look after the house, and what machines ask it."""

from __future__ import annotations

import dataclasses
import logging

import pytest
import structlog
from sqlalchemy import select
from structlog.testing import capture_logs

from dougong import Plugin, Setting
from dougong.actors import Actor
from dougong.approvals.events import ApprovalAsked
from dougong.companies.models import Company
from dougong.events import Event, said
from dougong.jobs.models import QueuedJob
from dougong.jobs.worker import Worker
from dougong.operations import health
from dougong.operations.logs import configure, configure_quietly, mask_secrets
from dougong.outbox.models import OutboxMessage
from dougong.settings.service import Settings
from dougong.web.app import create_app

ME = Actor.system()


class Till(Plugin):
    """A plugin with settings."""


DECLARED = [
    Setting("till.most", "Most lines", 20, "number", help="Of one receipt."),
    Setting("till.paper", "Paper", "roll", "choice", {"roll": "Roll", "a4": "A4"}),
    Setting("till.token", "Token", "", "secret"),
]


@pytest.fixture
def runtime(make_runtime):
    made = make_runtime()
    made.wiring.plugins["till"] = Till()
    made.wiring.settings |= {s.key: s for s in DECLARED}
    made.house.read_setting = Settings(made.wiring.settings, "a key of this house only")
    return made


@pytest.fixture
def browser(runtime):
    def make(actor=ME, **config):
        if isinstance(actor, str):
            actor = dataclasses.replace(ME, rights=frozenset(actor.split()))
        config = {"TESTING": True, "PROPAGATE_EXCEPTIONS": False, "ACT_AS": actor, **config}
        return create_app(runtime, config).test_client()

    return make


class TestHealth:
    def test_a_process_that_answers_is_alive(self, browser):
        assert browser(actor=None).get("/healthz").get_json() == {"status": "ok"}

    def test_a_house_in_order_is_ready_and_names_the_plugins_that_failed(self, browser, runtime):
        runtime.failed["crm"] = "It has no head."

        told = browser(actor=None).get("/readyz")

        assert told.status_code == 200
        assert told.get_json() == {
            "ready": True,
            "checks": {"database": "ok", "migrations": "ok", "disk": "ok"},
            "failed_plugins": ["crm"],
            "left_out": {},
        }

    def test_a_full_disk_sends_nobody_here(self, browser, monkeypatch):
        monkeypatch.setattr(health, "LEAST_FREE", 2**62)

        told = browser(actor=None).get("/readyz")

        assert (told.status_code, told.headers["Retry-After"]) == (503, "5")
        assert "MB are free" in told.get_json()["checks"]["disk"]

    def test_a_database_behind_its_package_sends_nobody_here(self, browser, runtime):
        with runtime.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE alembic_version_core SET version_num = 'core_0000'")

        told = browser(actor=None).get("/readyz")

        assert told.status_code == 503
        assert told.get_json()["checks"]["migrations"] != "ok"

    def test_a_database_that_is_away_is_said_so(self, browser, runtime, monkeypatch):
        client = browser(actor=None)
        monkeypatch.setattr(health, "database_problem", lambda engine: "Away.")

        assert client.get("/readyz").status_code == 503
        assert client.get("/healthz").status_code == 200


class TestFigures:
    def test_figures_are_told_to_nobody_without_a_token(self, browser):
        assert browser(actor=None).get("/metrics").status_code == 404

    def test_figures_are_told_to_whoever_knows_the_token(self, browser, runtime):
        runtime.house.run(ME, lambda uow: uow.enqueue("core.tidy"))
        client = browser(actor=None, METRICS_TOKEN="hush")
        client.get("/healthz")

        told = client.get("/metrics", headers={"Authorization": "Bearer hush"})

        text = told.get_data(as_text=True)
        assert 'dougong_requests_total{endpoint="healthz",status="2xx"} 1.0' in text
        assert 'dougong_jobs{state="waiting"} 1.0' in text
        assert client.get("/metrics", headers={"Authorization": "Bearer x"}).status_code == 404


def test_what_is_only_read_takes_steps_but_no_changes(browser):
    client = browser()

    for method, path in (("PATCH", "/1"), ("DELETE", "/1"), ("POST", ""), ("PATCH", "")):
        answer = client.open(f"/api/v1/core/jobs{path}", method=method, json={})
        assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")
    assert client.post("/api/v1/core/jobs/1/retry", json={}).status_code == 404


class TestLog:
    def test_each_request_leaves_a_line_without_what_was_searched(self, browser):
        with capture_logs() as lines:
            browser().get("/core/settings?q=private", headers={"X-Request-Id": "abcdefgh-1"})

        (line,) = [told for told in lines if told["event"] == "request"]
        assert (line["path"], line["status"]) == ("/core/settings", 200)
        assert "private" not in str(line)

    def test_secrets_are_masked_at_any_depth(self):
        told = mask_secrets(
            None,
            "info",
            {
                "event": "connected postgresql://me:hush@host/db",
                "password": "hush",
                "headers": {"Authorization": "Bearer abcdefghijkl"},
                "words": ["sent Bearer abcdefghijkl"],
            },
        )

        assert "hush" not in str(told)
        assert "abcdefghijkl" not in str(told)

    def test_a_line_is_one_json_object(self, capfd):
        configure()
        try:
            structlog.get_logger().info("two\nlines", token="hush")
            logging.getLogger("library").warning("its own\nwords")
        finally:
            structlog.reset_defaults()
            logging.basicConfig(force=True, handlers=[logging.NullHandler()])

        first, second = capfd.readouterr().err.strip().splitlines()
        assert '"token":"***"' in first
        assert "its own" in second

    @pytest.mark.parametrize("set_up", [configure_quietly, lambda: configure(as_json=False)])
    def test_a_traceback_tells_no_variable(self, capfd, set_up):
        structlog.reset_defaults()
        set_up()
        try:
            log_in("hush" * 3)
        except ZeroDivisionError:
            structlog.get_logger().exception("crashed")
        finally:
            structlog.reset_defaults()
            logging.basicConfig(force=True, handlers=[logging.NullHandler()])

        told = capfd.readouterr().err
        assert "ZeroDivisionError" in told
        assert "hushhush" not in told


def log_in(password):
    """Fail while a password is at hand."""
    return len(password) // 0


class TestSettings:
    def test_every_setting_stands_on_one_page_and_is_found(self, browser):
        everything = browser().get("/core/settings").get_data(as_text=True)
        found = browser().get("/core/settings?q=receipt").get_data(as_text=True)

        assert "till.most" in everything
        assert "till.paper" in everything
        assert "till.most" in found
        assert "till.paper" not in found

    def test_what_was_changed_is_saved(self, browser, runtime):
        client = browser()

        client.post(
            "/core/settings", data={"till.most": "30", "till.paper": "a4", "till.token": ""}
        )

        assert runtime.house.run(ME, lambda uow: uow.setting("till.most")) == 30
        assert runtime.house.run(ME, lambda uow: uow.setting("till.token")) == ""
        client.post("/core/settings", data={"reset": "till.most"})
        assert runtime.house.run(ME, lambda uow: uow.setting("till.most")) == 20

    def test_what_was_changed_is_marked_and_its_history_is_told(self, browser):
        client = browser()
        client.post("/core/settings", data={"till.most": "30"})

        page = client.get("/core/settings?changed=1").get_data(as_text=True)
        history = client.get("/core/settings/history?key=till.most").get_data(as_text=True)

        assert "till.most" in page
        assert "till.paper" not in page
        assert "Default: 20" in page
        assert "<td>by default</td><td>30</td>" in history
        assert client.get("/core/settings/history?key=till.none").status_code == 404

    def test_a_wrong_value_is_shown_at_its_field_and_nothing_is_saved(self, browser, runtime):
        page = browser().post("/core/settings", data={"till.most": "many", "till.paper": "a4"})

        assert page.status_code == 422
        assert 'value="many"' in page.get_data(as_text=True)
        assert runtime.house.run(ME, lambda uow: uow.setting("till.paper")) == "roll"

    def test_a_program_reads_and_chooses(self, browser):
        client = browser()

        told = client.put("/api/v1/core/settings/till.most", json={"value": 7}).get_json()

        assert (told["value"], told["chosen"]) == (7, True)
        listed = client.get("/api/v1/core/settings").get_json()["items"]
        assert {one["key"] for one in listed} >= {"till.most", "till.token"}
        assert client.put("/api/v1/core/settings/no.such", json={"value": 7}).status_code == 404
        assert client.put("/api/v1/core/settings/till.most", json={"x": 7}).status_code == 422

    def test_a_secret_is_never_told(self, browser):
        client = browser()
        client.put("/api/v1/core/settings/till.token", json={"value": "hush"})

        assert "hush" not in client.get("/api/v1/core/settings").get_data(as_text=True)
        assert "hush" not in client.get("/core/settings").get_data(as_text=True)

    def test_who_may_only_read_cannot_change(self, browser):
        reader = browser("core.setting.read")

        assert reader.get("/core/settings").status_code == 200
        assert reader.post("/core/settings", data={"till.most": "1"}).status_code == 403
        assert browser("x.y.z").get("/core/settings").status_code == 403


class TestJobs:
    def test_a_job_is_put_into_the_queue_once(self, browser, runtime):
        client, sent = (
            browser(),
            {"json": {"name": "core.tidy"}, "headers": {"Idempotency-Key": "k"}},
        )

        first = client.post("/api/v1/core/jobs/run", **sent)
        second = client.post("/api/v1/core/jobs/run", **sent)

        assert first.status_code == 202
        assert first.get_json() == second.get_json()
        assert second.headers["Idempotent-Replay"] == "true"
        periodic = [job for job in runtime.wiring.jobs.values() if job.every]
        assert Worker(runtime.house, runtime.wiring).work() == 1 + len(periodic)

    @pytest.mark.parametrize(
        ("body", "status"), [({"name": "no.such"}, 404), ({"name": 7}, 422), ({"nam": "x"}, 422)]
    )
    def test_what_is_no_job_is_refused(self, browser, body, status):
        assert browser().post("/api/v1/core/jobs/run", json=body).status_code == status

    def test_jobs_are_listed_retried_and_cancelled_like_any_document(self, browser, runtime):
        key = runtime.house.run(ME, lambda uow: uow.enqueue("core.tidy")).id
        client = browser()

        listed = client.get("/api/v1/core/jobs").get_json()
        told = client.post(f"/api/v1/core/jobs/{key}/cancel", json={})

        assert key in [item["id"] for item in listed["items"]]
        assert told.status_code == 200, told.get_data(as_text=True)
        with runtime.house.read(ME) as session:
            assert session.scalar(select(QueuedJob.state).where(QueuedJob.id == key)) == "cancelled"


class TestDocuments:
    def test_a_document_has_notes_and_a_trail(self, browser, runtime):
        with runtime.house.read(ME) as session:
            assert session.get(Company, 1)
        key = runtime.house.run(ME, lambda uow: uow.enqueue("core.tidy")).id
        client = browser()

        made = client.post(f"/api/v1/core/jobs/{key}/notes", json={"text": "Look at this."})
        notes = client.get(f"/api/v1/core/jobs/{key}/notes").get_json()["items"]
        told = client.get(f"/api/v1/core/jobs/{key}/trail").get_json()

        assert made.status_code == 201
        assert [note["text"] for note in notes] == ["Look at this."]
        assert [stop["side"] for stop in told["documents"]] == ["here"]
        gone = client.delete(f"/api/v1/core/jobs/{key}/notes/{made.get_json()['id']}")
        assert gone.status_code == 204

    def test_without_the_right_to_the_document_nothing_is_told(self, browser, runtime):
        key = runtime.house.run(ME, lambda uow: uow.enqueue("core.tidy")).id

        for part in ("notes", "trail"):
            assert browser("x.y.z").get(f"/api/v1/core/jobs/{key}/{part}").status_code == 403
            assert browser().get(f"/api/v1/core/jobs/9/{part}").status_code == 404
            assert browser().get(f"/api/v1/core/nothing/9/{part}").status_code == 404


def write_letters(runtime, *events):
    def write(uow):
        letters = [
            OutboxMessage(
                reaction="till:mail", event=event, payload={}, written_at=uow.now, due_at=uow.now
            )
            for event in events
        ]
        uow.add(*letters)
        return [letter.id for letter in letters]

    return runtime.house.run(ME, write)


class TestLetters:
    ASKED, GONE = "dougong.approvals.events:ApprovalAsked", "dougong_gone.events:TreeFelled"

    @pytest.mark.parametrize(
        ("language", "words"), [("en", "Approval asked for"), ("zh_Hans_CN", "已提交审批")]
    )
    def test_the_outbox_says_what_happened_with_the_name_of_programs_below(
        self, browser, runtime, language, words
    ):
        asked, gone = write_letters(runtime, self.ASKED, self.GONE)
        client = browser(dataclasses.replace(ME, language=language))
        client.set_cookie("language", language)

        listed = client.get("/core/outbox").text
        one = client.get(f"/core/outbox/{asked}").text

        told = f'{words}<small class="d-block text-secondary">{self.ASKED}</small>'
        assert told in listed
        assert told in one
        # Nobody in this house knows what a tree is.
        assert self.GONE in listed
        assert f"</small>{self.GONE}" not in listed
        assert client.get(f"/core/outbox/{gone}").status_code == 200

    def test_letters_are_chosen_by_what_happened_and_programs_keep_the_name(self, browser, runtime):
        asked, _gone = write_letters(runtime, self.ASKED, self.GONE)
        client = browser()

        found = client.get(f"/api/v1/core/outbox?event={self.ASKED}").get_json()["items"]

        assert [(one["id"], one["event"]) for one in found] == [(asked, self.ASKED)]
        page = client.get(f"/core/outbox?event={self.ASKED}").text
        assert self.ASKED in page
        assert self.GONE not in page


class TestWhatAnEventSays:
    def test_its_label_else_the_first_sentence_of_its_docstring_else_nothing(self):
        @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
        class Sawn(Event):
            """A log was sawn: stack the boards. They are wet."""

            boards: int

        @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
        class Planed(Event):
            boards: int

        assert str(said(ApprovalAsked)) == "Approval asked for"
        assert said(Sawn) == "A log was sawn"
        assert said(Planed) == ""


class TestAccount:
    @pytest.mark.parametrize("path", ["", "/password", "/second-factor"])
    def test_a_program_of_the_house_has_no_account_and_is_told_so(self, browser, path):
        answer = browser().get(f"/account{path}")

        assert answer.status_code == 404
        assert "Only people who log in have an account." in answer.text

    def test_nor_does_it_keep_anything_there(self, browser):
        for path in ("preferences", "password", "second-factor", "tokens"):
            assert browser().post(f"/account/{path}", data={}).status_code == 404

    def test_who_is_not_logged_in_is_sent_to_the_entrance(self, browser):
        assert browser(actor=None).get("/account").status_code in (302, 303)

"""Lifecycle commands take effect in running processes, without a lost request."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from authoring import author as author
from sqlalchemy import select, text

from dougong import clock
from dougong.plugins.discovery import discover
from dougong.plugins.drain import wait_for_workers
from dougong.plugins.lifecycle import Lifecycle
from dougong.plugins.models import Worker
from dougong.web.live import LiveApp

PAGE = """
def pages(self):
    from flask import Blueprint
    from dougong.web.rights import public
    page = Blueprint("plum", __name__)
    page.add_url_rule("/plum/tree", "tree", public(lambda: "plums"))
    return [page]
"""


@pytest.fixture
def life(author, databases):
    author.write("plum", PAGE.replace("/plum/tree", "/tree"))
    url = databases.copy([])
    life = Lifecycle(url, discover())
    life.install(["plum"])
    yield life
    life.close()
    databases.drop(url)


@pytest.fixture
def live(life):
    """An application that looks at the registry at each request."""
    recycled = []
    app = LiveApp(
        life.url,
        {"SECRET_KEY": "for tests only " * 3, "SECURITY_PASSWORD_SALT": "salt " * 8},
        look=0.0,
        recycle=lambda: recycled.append(True),
    )
    app.recycled = recycled
    yield app
    app.close()


def get(app, path="/plum/tree"):
    from werkzeug.test import Client

    return Client(app).get(path)


def test_a_plugin_appears_and_disappears_with_the_next_request(life, live):
    # Somebody not signed in is led to the door; only a plugin's page that is open answers.
    before = get(live).status_code
    life.enable(["plum"])
    shown = get(live)
    life.disable(["plum"])
    after = get(live).status_code

    assert (shown.status_code, shown.text) == (200, "plums")
    assert before == after != 200


def test_nothing_is_rebuilt_while_the_generation_stands(life, live):
    get(live)
    standing = live.app
    get(live)
    assert live.app is standing


def test_a_process_ends_once_when_tables_have_changed(life, live):
    get(live)
    life.uninstall("plum", purge=True)
    get(live)
    get(live)

    assert live.recycled == [True]


def test_a_house_that_does_not_fit_its_packages_answers_503_until_it_does(life, live):
    with life.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version_core SET version_num = 'core_9999'"))
    life._raise_generation()
    refused = get(live)
    with life.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version_core SET version_num = 'core_0001'"))
    again = get(live)

    assert refused.status_code == 503
    assert "The database is newer than the package" in refused.text
    assert refused.headers["Retry-After"]
    assert again.status_code != 503


def test_a_serving_process_is_in_the_list_until_it_ends(life, live):
    question = select(Worker.kind, Worker.failed)
    with life.engine.connect() as connection:
        assert connection.execute(question).all() == [("web", {})]
    live.close()
    with life.engine.connect() as connection:
        assert connection.execute(question).all() == []


def test_tables_wait_for_living_processes_of_an_older_generation_only(life, live):
    life._raise_generation(restart=True)
    assert wait_for_workers(life.engine, patience=0.0) == 1

    with clock.at(clock.now() + dt.timedelta(minutes=1)):
        assert wait_for_workers(life.engine, patience=0.0) == 0


def test_a_house_that_is_not_whole_is_not_said_to_be_open(monkeypatch):
    from dougong.commands import common
    from dougong.errors import PluginProblem
    from dougong.web.serving import serve

    def refuse(*, strict):
        raise PluginProblem("sick cannot be imported.")

    monkeypatch.setattr(common, "open_runtime", refuse)
    monkeypatch.setattr(
        "dougong.site.find_site", lambda: SimpleNamespace(require_secrets=lambda: None)
    )
    said = []

    with pytest.raises(PluginProblem, match="sick"):
        serve("127.0.0.1", 0, 1, strict=True, ready=said.append)

    assert said == []

"""A house in which somebody can come in, and the way in."""

from __future__ import annotations

import re

import pytest
from flask import jsonify

from dougong import Actor
from dougong.people.roles.service import give_role
from dougong.people.users.service import add_user
from dougong.web.app import create_app
from dougong.web.rights import needs, signed_in

HOUSE = Actor.system()
PASSWORD = "correct horse battery"


@pytest.fixture
def office(make_runtime):
    """A running house whose application shows who is there."""
    runtime = make_runtime()

    def boss(uow):
        user, _ = add_user(uow, "boss", "Boss", companies=[1], password=PASSWORD)
        uow.flush()
        give_role(uow, user.id, "administrator")

    runtime.house.run(HOUSE, boss)
    return runtime


@pytest.fixture
def app(office):
    from flask import g

    app = create_app(office, {"TESTING": True, "SECRET_KEY": "a key of this test house only"})
    app.config["PROPAGATE_EXCEPTIONS"] = False

    @app.get("/who")
    @signed_in
    def who():
        return jsonify(name=g.actor.name, company=g.actor.company_id)

    @app.get("/api/v1/who", endpoint="api_who")
    @signed_in
    def api_who():
        return jsonify(name=g.actor.name, company=g.actor.company_id)

    @app.post("/api/v1/orders", endpoint="api_orders")
    @needs("crm.order.create")
    def api_orders():
        return jsonify(done=True)

    return app


@pytest.fixture
def ann(office):
    """Somebody who reads."""

    def act(uow):
        user, _ = add_user(uow, "ann@example.com", "Ann", companies=[1], password=PASSWORD)
        uow.flush()
        give_role(uow, user.id, "reader")
        return user.id

    return office.house.run(HOUSE, act)


@pytest.fixture
def browser(app):
    return app.test_client()


def word_in(page) -> str:
    return re.search(r'name="csrf_token" value="([^"]+)"', page.get_data(as_text=True))[1]


def log_in(browser, name="ann@example.com", password=PASSWORD, next="/who"):
    word = word_in(browser.get("/login"))
    form = {"login": name, "password": password, "next": next, "csrf_token": word}
    return browser.post("/login", data=form)

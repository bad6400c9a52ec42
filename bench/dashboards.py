"""A dashboard of eight cards over some thousand orders: the page, a card of each kind, all of it."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from flask import current_app, g, render_template

from bench.lists import PASSWORD
from bench.meter import Result, repeat
from bench.site import Site
from dougong.dashboards.queries import board_for
from dougong.dashboards.web import figure_of
from dougong.people.roles.service import give_role
from dougong.people.users.service import add_user
from dougong.web.app import create_app
from dougong.web.rights import signed_in
from dougong_crm.orders.models import Order

ORDERS = 5_000
BOARD = "/core/dashboards/crm.sales"


def _fill(site: Site) -> None:
    today = site.actor.today

    def act(uow: object) -> None:
        uow.add(
            *(
                Order(
                    customer_id=site.customer,
                    currency="EUR",
                    state="confirmed",
                    confirmed_on=today,
                    number=f"D-{n:06}",
                    ordered_on=today - dt.timedelta(days=n % 300),
                    promised_on=today - dt.timedelta(days=n % 300 - 20),
                    total=Decimal(n % 900),
                )
                for n in range(ORDERS)
            )
        )
        user, _secret = add_user(uow, "chief", "Chief", companies=[1], password=PASSWORD)
        uow.flush()
        give_role(uow, user.id, "administrator")

    site.runtime.house.run(site.actor, act)


@signed_in
def _at_once() -> str:
    """What all cards of the dashboard would cost in one request; only here."""
    runtime = current_app.extensions["dougong"]
    with runtime.house.read(g.actor) as session:
        board = board_for(session, runtime, g.actor, BOARD.rpartition("/")[2])
        return "".join(
            render_template("dashboards/_figure.html", shown=figure_of(session, card), card=card)
            for card in board.cards
        )


def run(site: Site) -> list[Result]:
    """Each request as it comes from a browser that is logged in."""
    _fill(site)
    app = create_app(site.runtime, site.runtime.config)
    app.add_url_rule(f"{BOARD}/at-once", view_func=_at_once)
    browser = app.test_client()
    token = re.search(r'name="csrf_token" value="([^"]+)"', browser.get("/login").text)
    given = {"login": "chief", "next": "/", "password": PASSWORD, "csrf_token": token[1]}
    browser.post("/login", data=given)

    def get(path: str) -> str:
        answer = browser.get(BOARD + path, headers={"HX-Request": "true"} if path else {})
        if answer.status_code != 200:
            raise AssertionError(f"{path}: {answer.status_code}")
        return answer.text

    cards = re.findall(r'data-figure="/core/dashboards/crm.sales(/cards/[a-z]+)"', get(""))

    def whole() -> None:
        get("")
        for card in cards:
            get(card)

    return [
        repeat("dashboard: the page", site.meter, 40, lambda: get(""), warm=5),
        repeat("dashboard: a number", site.meter, 40, lambda: get("/cards/sold"), warm=5),
        repeat("dashboard: a chart", site.meter, 40, lambda: get("/cards/months"), warm=5),
        repeat("dashboard: rows", site.meter, 40, lambda: get("/cards/next"), warm=5),
        repeat("dashboard: page and 8 cards", site.meter, 15, whole, warm=3),
        repeat("dashboard: 8 cards in one answer", site.meter, 15, lambda: get("/at-once"), warm=3),
    ]

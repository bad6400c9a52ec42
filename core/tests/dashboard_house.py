"""A shop with a report, a widget and a dashboard, and the people who look at them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from dougong import Dashboard, DashboardCard, Widget
from dougong.actors import Actor, Rights
from dougong.dashboards import service
from dougong.dashboards.models import Dashboard as Kept
from dougong.people.roles.models import Role
from dougong.people.users.models import User
from dougong.reports import Column, Line, Parameter, Report

READER = {"shop.order.read", "shop.customer.read", "shop.product.read"}
HTMX = {"HX-Request": "true"}


def sums(session, actor, **given):
    """A report of two lines."""
    yield Line({"what": "Beams", "amount": Decimal(30)}, drill="/shop/orders?total.ge=30")
    yield Line({"what": "Tenons", "amount": Decimal(12)})
    yield Line({"what": "All", "amount": Decimal(42)}, bold=True)


DESK = Dashboard(
    name="shop.desk",
    label="Shop desk",
    roles=["seller"],
    cards=[
        DashboardCard(name="open", label="Open orders", to="shop.orders?state=draft"),
        DashboardCard(name="limits", label="Customers", to="shop.customers", kind="rows", width=6),
        DashboardCard(name="gone", label="Cups", to="cups.cups"),
    ],
)


@pytest.fixture
def shop(shop):
    """The shop with a report, a widget and a dashboard of its own, two roles and a second person."""
    report = Report(
        "shop.sums", "Sums", "shop.order.read",
        [Column("what", "What"), Column("amount", "Amount", "amount", total=True)], sums,
        [Parameter("on", "On", default=dt.date(2026, 1, 1))],
    )  # fmt: skip
    shop.wiring.reports["shop.sums"] = report
    shop.wiring.widgets.append(Widget("shop.waiting", "Waiting", lambda s, a: 3, "shop.order.read"))
    shop.wiring.dashboards["shop.desk"] = DESK

    def fill(uow):
        uow.add(Role(name="seller", label="Seller"), Role(name="packer", label="Packer"))
        uow.add(User(id=8, login="ben", name="Ben"))

    shop.run(Actor.system(), fill)
    yield shop
    shop.wiring.dashboards.clear()


@pytest.fixture
def runtime(visit, shop):
    """What the services ask for sources."""
    return visit().application.extensions["dougong"]


def person(user=7, *roles, rights=("*",)):
    """Somebody who holds these roles."""
    return Actor(user, "Ana", Rights({*rights, *(f"@{r}" for r in roles)}), (1,), 1)


@pytest.fixture
def board(shop, stock, runtime):
    """Ana's dashboard with three cards; returns its id and those of the cards."""

    def act(uow):
        made = service.make_dashboard(uow, "Mine")
        uow.flush()
        cards = [
            {"kind": "number", "source": "list", "target": "shop.orders", "query": "state=draft",
             "measure": "total", "title": "To confirm"},
            {"kind": "chart", "source": "list", "target": "shop.orders", "query": "rows=state",
             "measure": "", "title": "By state"},
            {"kind": "rows", "source": "report", "target": "shop.sums", "query": "", "measure": "",
             "title": "Sums"},
        ]  # fmt: skip
        return made.id, [service.add_card(uow, made.id, values).id for values in cards]

    return shop.run(person(), act)


def at(shop, key):
    """The version of a dashboard as it is now."""
    with shop.read(Actor.system()) as session:
        return session.get(Kept, int(key)).version


def shown(client, board, card):
    return client.get(f"/core/dashboards/{board}/cards/{card}", headers=HTMX).text


def add(client, **values):
    given = {"source": "list", "target": "shop.orders", "kind": "number", "title": "It",
             "new": "Mine", "dashboard": "", "measure": "", **values}  # fmt: skip
    return client.post("/core/dashboards/add", data=given, headers=HTMX)

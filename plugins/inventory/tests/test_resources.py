"""Inventory is entered through its forms, its steps and its pages."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from dougong import Actor, Invalid, Refused
from dougong.actors import EVERYTHING
from dougong.people.roles.service import give_role
from dougong.people.users.service import add_user
from dougong.resources import documents, steps

D = Decimal
SYSTEM = Actor.system()


class Desk:
    """Enters and reads what the pages and the API enter and read."""

    def __init__(self, runtime):
        self.runtime, self.house, self.nouns = runtime, runtime.house, runtime.nouns
        self.enter("base.products", code="CHAIR", name="Chair", unit="pc", cost_price="40")
        self.enter("base.products", code="ADVICE", name="Advice", unit="pc", kind="service")
        self.enter("base.parties", code="ADA", name="Ada", is_customer=True)

    def enter(self, name, /, key=None, **payload):
        noun = self.nouns.get(name)
        sight = noun.sight(EVERYTHING)

        def act(uow):
            document = documents.load(uow, noun, sight, [key])[0] if key else None
            entry = documents.Entry(payload, document)
            documents.save_all(uow, noun, sight, [entry])
            if entry.errors:
                raise Invalid(entry.errors)
            uow.complete()
            return entry.document.id

        return self.house.run(SYSTEM, act)

    def look(self, name, key):
        noun = self.nouns.get(name)
        sight = noun.sight(EVERYTHING)

        def act(uow):
            (document,) = documents.load(uow, noun, sight, [key])
            return documents.plain_document(noun, sight, documents.read(noun, document, sight))

        return self.house.run(SYSTEM, act)

    def step(self, name, key, step, **asked):
        noun = self.nouns.get(name)
        sight = noun.sight(EVERYTHING)
        self.house.run(SYSTEM, lambda uow: steps.run_one(uow, noun, sight, step, key, **asked))


@pytest.fixture
def desk(make_runtime):
    return Desk(make_runtime("base", "inventory"))


def test_the_day_of_a_warehouse(desk):
    opening = desk.enter(
        "inventory.openings",
        warehouse="MAIN",
        opened_on="2026-01-01",
        lines=[{"product": "CHAIR", "quantity": "10", "unit_cost": "40"}],
    )
    desk.step("inventory.openings", opening, "open")
    delivery = desk.enter(
        "inventory.deliveries",
        warehouse="MAIN",
        party="ADA",
        lines=[{"product": "CHAIR", "quantity": "12"}],
    )
    desk.step("inventory.deliveries", delivery, "plan")
    assert desk.look("inventory.deliveries", delivery)["state"] == "partial"

    receipt = desk.enter(
        "inventory.receipts",
        warehouse="MAIN",
        lines=[{"product": "CHAIR", "quantity": "5"}],
    )
    assert D(desk.look("inventory.receipts", receipt)["lines"][0]["unit_cost"]) == 40
    desk.step("inventory.receipts", receipt, "receive", on=dt.date(2026, 1, 5))
    shown = desk.look("inventory.deliveries", delivery)
    assert shown["state"] == "ready"

    line = shown["lines"][0]
    desk.enter("inventory.deliveries", key=delivery, lines=[{"id": line["id"], "picked": "7"}])
    desk.step("inventory.deliveries", delivery, "ship", on=dt.date(2026, 1, 6))

    after = desk.look("inventory.deliveries", delivery)
    assert (after["state"], D(after["lines"][0]["shipped"])) == ("shipped", 7)


def test_services_and_foolish_quantities_are_refused_at_their_field(desk):
    with pytest.raises(Invalid) as refused:
        desk.enter(
            "inventory.deliveries",
            warehouse="MAIN",
            party="ADA",
            lines=[{"product": "ADVICE", "quantity": "1"}],
        )
    assert list(refused.value.errors) == ["lines.0.product"]


def test_what_is_put_aside_cannot_be_taken_out_of_a_delivery_by_editing(desk):
    opening = desk.enter(
        "inventory.openings",
        warehouse="MAIN",
        opened_on="2026-01-01",
        lines=[{"product": "CHAIR", "quantity": "10", "unit_cost": "40"}],
    )
    desk.step("inventory.openings", opening, "open")
    delivery = desk.enter(
        "inventory.deliveries",
        warehouse="MAIN",
        party="ADA",
        lines=[{"product": "CHAIR", "quantity": "2"}],
    )
    desk.step("inventory.deliveries", delivery, "plan")

    with pytest.raises((Refused, Invalid)):
        desk.enter("inventory.deliveries", key=delivery, lines=[])
    with pytest.raises((Refused, Invalid)):
        desk.enter("inventory.openings", key=opening, note="Changed")


def test_a_new_warehouse_has_its_places_at_once(desk):
    from sqlalchemy import select

    from dougong_inventory.warehouses.models import Location

    desk.enter("inventory.warehouses", code="NORTH", name="North")

    with desk.house.read(SYSTEM) as session:
        codes = session.scalars(select(Location.code).where(Location.code.like("NORTH/%"))).all()
    assert sorted(codes) == ["NORTH/INPUT", "NORTH/OUTPUT", "NORTH/QUARANTINE", "NORTH/STOCK"]


@pytest.mark.parametrize(("role", "value"), [("inventory.worker", 403), ("inventory.manager", 200)])
def test_every_page_answers_those_who_work_here(make_runtime, role, value):
    from dougong.web.app import create_app

    runtime = make_runtime("base", "inventory")
    desk = Desk(runtime)
    opening = desk.enter(
        "inventory.openings",
        warehouse="MAIN",
        opened_on="2026-01-01",
        lines=[{"product": "CHAIR", "quantity": "10", "unit_cost": "40"}],
    )
    desk.step("inventory.openings", opening, "open")
    delivery = desk.enter(
        "inventory.deliveries",
        warehouse="MAIN",
        party="ADA",
        lines=[{"product": "CHAIR", "quantity": "12"}],
    )
    desk.step("inventory.deliveries", delivery, "plan")
    client = logged_in(runtime, create_app(runtime, runtime.config), role)

    for noun in runtime.nouns:
        if noun.plugin == "inventory":
            answer = client.get(f"/inventory/{noun.slug}")
            assert answer.status_code in (200, 403), (noun.name, answer.status_code)
            answer = client.get(f"/inventory/{noun.slug}/new")
            assert answer.status_code in (200, 403, 404, 405), (noun.name, answer.status_code)
    assert client.get(f"/inventory/deliveries/{delivery}").status_code == 200
    assert client.get("/").status_code == 200
    assert client.get("/inventory/reports/valuation").status_code == value
    for report in ("stock", "stock-at?on=2026-01-01", "stock-card", "reorder"):
        assert client.get(f"/inventory/reports/{report}").status_code == 200, report


def logged_in(runtime, application, role):
    def act(uow):
        user, _ = add_user(uow, "wim", "Wim", companies=[1], password="correct horse 7")
        uow.flush()
        give_role(uow, user.id, role)

    runtime.house.run(SYSTEM, act)
    client = application.test_client()
    page = client.get("/login").get_data(as_text=True)
    word = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    form = {"login": "wim", "password": "correct horse 7", "csrf_token": word}
    assert client.post("/login", data=form).status_code == 303
    return client

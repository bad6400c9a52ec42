"""What is wrong is refused: the right status, one clear sentence, and nothing has changed."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import func, inspect, select

from dougong import Actor
from dougong.db import metadata
from dougong.resources.exchange import load, read_table

API = "/api/v1"
#: East of Greenwich the calendar ends earlier than in the database.
BOSS = replace(Actor.system(name="Boss"), timezone="Asia/Shanghai")
CUSTOMERS, ORDERS = f"{API}/crm/customers", f"{API}/crm/orders"


@pytest.fixture
def client(runtime):
    from dougong.web.app import create_app

    config = {**runtime.config, "ACT_AS": BOSS}
    return create_app(runtime, config).test_client()


@pytest.fixture
def order(client):
    customer = client.post(CUSTOMERS, json={"code": "C-LOU", "name": "Lou"}).json
    lamp = client.post(f"{API}/base/products", json={"code": "LAMP", "name": "Lamp"}).json
    line = {"product": lamp["id"], "quantity": "3"}
    answer = client.post(ORDERS, json={"customer": customer["id"], "lines": [line]})
    assert answer.status_code == 201, answer.text
    return answer.json


@pytest.fixture
def count(runtime):
    """How many rows every table of the modules has."""

    def rows():
        with runtime.engine.connect() as connection:
            there = inspect(connection).get_table_names()  # other tests declare tables of their own
            names = [n for n in metadata.tables if n in there and not n.startswith("core_")]
            return {
                n: connection.scalar(select(func.count()).select_from(metadata.tables[n]))
                for n in names
            }

    return rows


def said(answer, status):
    """The sentence of a refusal; what a person reads has no traces of the machine."""
    assert answer.status_code == status, answer.text
    assert "Traceback" not in answer.text
    assert "sqlalchemy" not in answer.text
    if answer.is_json:
        assert answer.json["status"] == status
        assert answer.json["detail"].strip()
        return answer.json
    return answer.text


WRONG = {
    "no customer": ({"lines": []}, "customer"),
    "a customer that is not there": ({"customer": 999_999}, "customer"),
    "a date that is none": ({"ordered_on": "2026-02-30"}, "ordered_on"),
    "a quantity below zero": ({"lines": [{"quantity": "-3"}]}, "lines.0.quantity"),
    "a quantity that is no number": ({"lines": [{"quantity": "a few"}]}, "lines.0.quantity"),
    "a field nobody knows": ({"colour": "red"}, "colour"),
    "a field only the house writes": ({"number": "SO-1"}, "number"),
}


@pytest.mark.parametrize("change", WRONG)
def test_a_wrong_order_is_refused_at_its_field(client, order, count, change):
    body, field = WRONG[change]
    good = {"customer": order["customer"], "lines": [{"product": order["lines"][0]["product"]}]}
    whole = body if change == "no customer" else {**good, **body}
    if "lines" in body:
        whole["lines"] = [{**good["lines"][0], **line} for line in body["lines"]]
    before = count()

    answer = client.post(ORDERS, json=whole)

    assert answer.status_code in (409, 422), answer.text
    told = said(answer, answer.status_code)
    assert field in told["errors"], told
    assert count() == before


def test_what_cannot_be_read_is_400(client, count):
    before = count()

    said(client.post(ORDERS, data="{not json", content_type="application/json"), 400)

    assert count() == before


def test_an_old_version_changes_nothing(client, order):
    at = f"{ORDERS}/{order['id']}"
    client.patch(at, json={"reference": "first"}, headers={"If-Match": '"1"'})

    told = client.patch(at, json={"reference": "second"}, headers={"If-Match": '"1"'})

    assert told.status_code in (409, 412), told.text
    assert client.get(at).json["reference"] == "first"


@pytest.mark.parametrize(
    "path", ["/crm/orders/999999", "/crm/nonsense", "/nowhere", "/finance/reports/nothing"]
)
def test_a_wrong_address_is_404_as_page_and_api(client, path):
    assert "<h1" in said(client.get(path), 404)
    said(client.get(API + path), 404)


def test_a_step_that_is_not_possible_now_says_so(client, order):
    at = f"{ORDERS}/{order['id']}"
    assert client.post(f"{at}/confirm", json={}).status_code == 200

    said(client.post(f"{at}/confirm", json={}), 409)
    said(client.post(f"{at}/fly", json={}), 404)
    said(client.post(f"{at}/confirm", json={"on": "soon"}), 422)


BEYOND = "9" * 30
#: Well-formed addresses of what no house has: beyond the ids and the calendar of any database.
NOWHERE = {
    f"{ORDERS}/{BEYOND}/trail": 404,
    f"{ORDERS}/{BEYOND}/notes": 404,
    f"/core/people/{BEYOND}/disable": 404,
    "/crm/orders?board=calendar&month=9999-12": 200,
    "/crm/orders?board=calendar&month=0001-01": 200,
    f"{API}/core/tokens?created_at.ge=0001-01-01T00:00:00%2B10:00": 422,
    f"{API}/finance/reports/balance-sheet?at=0001-01-01": 422,
    f"{API}/finance/reports/trial-balance?start=0001-01-01&end=9999-12-31": 422,
    "/core/audit?since=0001-01-01": 422,
    "/core/audit?document=a%00b": 200,
}


@pytest.mark.parametrize("path", NOWHERE)
def test_what_lies_beyond_every_database_is_answered_like_anything_else(client, path):
    answer = client.open(path, method="POST" if path.endswith("disable") else "GET")

    assert answer.status_code == NOWHERE[path], answer.text
    if answer.status_code >= 400:
        said(answer, answer.status_code)


def test_words_that_were_searched_cannot_break_the_way_back(client):
    answer = client.post("/core/settings", query_string={"q": "a\r\nb&saved=2"}, data={})

    assert answer.status_code == 303
    assert answer.location == "/core/settings?saved=1&q=a%0D%0Ab%26saved%3D2"


@pytest.mark.parametrize("key", [10**30, "9" * 5000, [1], {"id": 1}, True])
@pytest.mark.parametrize("name", ["id", "code"])
def test_a_file_whose_key_can_be_none_is_refused_with_its_line(runtime, count, name, key):
    table = read_table("x.json", json.dumps([{name: key, "name": "Nobody"}]).encode())
    before = count()

    report = load(runtime.house, Actor.system(), runtime.nouns.get("crm.customers"), table)

    assert not report.saved
    assert [mistake.line for mistake in report.errors][:1] == [1]
    assert count() == before


@pytest.fixture
def entry(client):
    """Enter an entry of two lines by API."""
    journal = client.get(f"{API}/finance/journals").json["items"][0]["id"]
    accounts = [a["id"] for a in client.get(f"{API}/finance/accounts").json["items"][:2]]

    def enter(debit, credit, on):
        lines = [
            {"account": accounts[0], "debit": debit, "credit": "0"},
            {"account": accounts[1], "debit": "0", "credit": credit},
        ]
        body = {"journal": journal, "dated_on": on, "lines": lines}
        return client.post(f"{API}/finance/entries", json=body)

    return enter


def test_an_entry_that_does_not_balance_is_refused(entry, count):
    before = count()

    told = said(entry("10", "9", "2026-01-15"), 409)

    assert told["errors"]
    assert count() == before


def test_a_page_shows_what_is_wrong_at_its_field_and_keeps_what_was_typed(client, count):
    before = count()

    answer = client.post("/crm/customers/new", data={"code": "", "name": "Nobody"})

    assert answer.status_code in (409, 422)
    assert 'id="e-code"' in answer.text
    assert "Nobody" in answer.text
    assert count() == before


def test_who_may_not_gets_403_and_a_sentence(runtime, count):
    from dougong.web.app import create_app

    clerk = Actor(9, "Clerk", frozenset({"crm.customer.read"}), (1,), 1)
    client = create_app(runtime, {**runtime.config, "ACT_AS": clerk}).test_client()
    before = count()

    said(client.post(CUSTOMERS, json={"code": "X", "name": "X"}), 403)

    assert count() == before

"""From an empty house to a paid invoice, by API: what a shop that talks to it from outside does."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import count

import pytest

from dougong import Actor
from dougong.people.roles.service import give_role
from dougong.people.tokens.service import create_token
from dougong.people.users.service import add_user

API = "/api/v1"


@pytest.fixture
def call(app, runtime):
    """Call the API as a program with an administrator's token, each write under a key of its own."""

    def token(uow):
        user, _password = add_user(uow, "shop", "Web shop", companies=[1])
        uow.flush()
        give_role(uow, user.id, "administrator")
        uow.flush()
        return create_token(uow, "story", ["*"], user_id=user.id, company_id=1)[1]

    word = runtime.house.run(Actor.system(), token)
    client, keys = app.test_client(), count()

    def send(method, path, body=None, *, status, key="", **headers):
        given = {"Authorization": f"Bearer {word}"}
        if method != "GET":
            given["Idempotency-Key"] = key or f"newcomer-{next(keys)}"
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        answer = client.open(API + path, method=method, json=body, headers=given)
        assert answer.status_code == status, (method, path, answer.status_code, answer.text)
        return answer

    return send


def rows(call, path):
    return call("GET", path, status=200).json["items"]


@pytest.fixture
def sold(call):
    """An order for three of twenty lamps, confirmed."""
    customer = call(
        "POST", "/crm/customers", {"code": "C-LOU", "name": "Lou Lindner"}, status=201
    ).json
    lamp = call(
        "POST",
        "/base/products",
        {"code": "LAMP", "name": "Desk lamp", "sales_price": "40", "cost_price": "15"},
        status=201,
    ).json
    line = {"product": lamp["id"], "quantity": "20", "unit_cost": "15"}
    opening = call("POST", "/inventory/openings", {"lines": [line]}, status=201).json
    call("POST", f"/inventory/openings/{opening['id']}/open", {}, status=200)
    body = {"customer": customer["id"], "lines": [{"product": lamp["id"], "quantity": "3"}]}
    order = call("POST", "/crm/orders", body, status=201).json
    call("POST", f"/crm/orders/{order['id']}/confirm", {}, status=200)
    return order["id"]


def test_from_nothing_to_a_paid_invoice(call, sold):
    (delivery,) = rows(call, "/inventory/deliveries")
    assert delivery["state"] == "ready"
    call("POST", f"/inventory/deliveries/{delivery['id']}/ship", {}, status=200)

    (invoice,) = rows(call, "/finance/customer-invoices")
    assert invoice["state"] == "draft"
    call("POST", f"/finance/customer-invoices/{invoice['id']}/post", {}, status=200)
    call("POST", f"/finance/customer-invoices/{invoice['id']}/pay", {}, status=200)

    paid = call("GET", f"/finance/customer-invoices/{invoice['id']}", status=200).json
    assert (paid["state"], Decimal(paid["open"])) == ("paid", 0)
    assert call("GET", f"/crm/orders/{sold}", status=200).json["state"] == "done"
    assert balance(call) == 0


def balance(call):
    year = dt.date.today().year
    path = f"/finance/reports/trial-balance?start={year}-01-01&end={year}-12-31"
    answer = call("GET", path, status=200).json
    figures = [Decimal(str(line["closing"])) for line in answer["lines"]]
    assert any(figures)
    return sum(figures)


def test_a_part_is_paid_and_the_rest_stays_open(call, sold):
    (delivery,) = rows(call, "/inventory/deliveries")
    call("POST", f"/inventory/deliveries/{delivery['id']}/ship", {}, status=200)
    (invoice,) = rows(call, "/finance/customer-invoices")
    at = f"/finance/customer-invoices/{invoice['id']}"
    call("POST", f"{at}/post", {}, status=200)

    call("POST", f"{at}/pay", {"amount": "20"}, status=200)
    call("POST", f"{at}/pay", {"amount": "9999"}, status=409)
    call("POST", f"{at}/pay", {"amount": "-1"}, status=409)

    left = call("GET", at, status=200).json
    assert left["state"] == "partly"
    assert Decimal(left["open"]) == Decimal(left["total"]) - 20
    assert len(rows(call, "/finance/payments")) == 1


def test_what_is_sent_again_acts_once(call, sold):
    (delivery,) = rows(call, "/inventory/deliveries")
    ship = f"/inventory/deliveries/{delivery['id']}/ship"
    call("POST", ship, {}, status=200, key="ship-once")
    call("POST", ship, {}, status=200, key="ship-once")
    (invoice,) = rows(call, "/finance/customer-invoices")
    at = f"/finance/customer-invoices/{invoice['id']}"
    call("POST", f"{at}/post", {}, status=200)
    body = {"amount": "20"}

    first = call("POST", f"{at}/pay", body, status=200, key="pay-once")
    again = call("POST", f"{at}/pay", body, status=200, key="pay-once")

    assert first.json == again.json
    assert [Decimal(p["amount"]) for p in rows(call, "/finance/payments")] == [20]

"""The API: one set of rules for every noun."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from shop import Customer, Order
from shop_stock import stock as stock
from sqlalchemy import func, select

from dougong import Actor
from dougong.actors import EVERYTHING
from dougong.resources.exchange import load, read_table
from dougong.web.app import create_app

ORDERS = "/api/v1/shop/orders"


@pytest.fixture
def calling(shop):
    """Call the API as somebody."""
    runtime = SimpleNamespace(house=shop, wiring=shop.wiring, nouns=shop.nouns, failed={})
    who = [Actor.system()]
    app = create_app(runtime, {"TESTING": True, "ACT_AS": lambda: who[0], "SECRET_KEY": "x" * 32})
    client = app.test_client()

    def call(method, path, body=None, actor=None, **headers):
        who[0] = actor or Actor.system()
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.open(path, method=method, json=body, headers=given)

    call.app = app
    return call


@pytest.fixture
def order(calling, stock):
    body = {"customer": stock["ACME"], "lines": [{"product": stock["P2"], "quantity": "3"}]}
    return calling("POST", ORDERS, body).json


def clerk(*rights, **more):
    return Actor(9, "clerk", frozenset(rights), (1,), 1, **more)


def test_an_order_is_created_read_changed_and_deleted(calling, stock):
    body = {"customer": stock["ACME"], "lines": [{"product": stock["P2"], "quantity": "3"}]}

    created = calling("POST", ORDERS, body)
    where = created.headers["Location"]
    changed = calling("PATCH", where, {"note": "soon"}, If_Match='"1"')
    read = calling("GET", where)
    deleted = calling("DELETE", where)

    assert (created.status_code, created.json["total"]) == (201, "6.00")
    assert (changed.status_code, changed.json["version"], changed.headers["ETag"]) == (
        200,
        2,
        '"2"',
    )
    assert read.json["note"] == "soon"
    assert deleted.status_code == 204
    assert calling("GET", where).status_code == 404


def test_an_answer_tells_the_number_that_a_step_drew(calling, order):
    answer = calling("POST", f"{ORDERS}/{order['id']}/confirm", {"on": "2025-02-03"})

    assert answer.status_code == 200
    assert answer.json["number"] == "S-2025-00001"
    assert (answer.json["state"], answer.json["version"]) == ("confirmed", 2)


def test_a_step_out_of_place_is_refused_with_a_sentence(calling, order):
    calling("POST", f"{ORDERS}/{order['id']}/cancel")

    answer = calling("POST", f"{ORDERS}/{order['id']}/confirm")

    assert answer.status_code == 409
    assert answer.json["detail"] == "It is Cancelled."
    assert answer.content_type == "application/problem+json"


def test_a_step_is_asked_only_what_it_wants_to_know(calling, order):
    wrong = calling("POST", f"{ORDERS}/{order['id']}/confirm", {"on": "someday", "why": "x"})

    assert wrong.status_code == 422
    assert set(wrong.json["errors"]) == {"on", "why"}


def test_a_stale_change_is_shown_both_versions(calling, order):
    where = f"{ORDERS}/{order['id']}"
    calling("PATCH", where, {"note": "theirs"})

    answer = calling("PATCH", where, {"note": "mine", "version": 1})

    assert answer.status_code == 409
    assert (answer.json["mine"]["note"], answer.json["theirs"]["note"]) == ("mine", "theirs")
    assert answer.json["version"] == 2


def test_the_same_key_acts_once(calling, shop, me, stock):
    body = {"customer": stock["ACME"]}

    first = calling("POST", ORDERS, body, Idempotency_Key="k1")
    again = calling("POST", ORDERS, body, Idempotency_Key="k1")
    other = calling("POST", ORDERS, {"customer": stock["BOLT"]}, Idempotency_Key="k1")

    assert (again.status_code, again.json) == (201, first.json)
    assert again.headers["Idempotent-Replay"] == "true"
    assert "Idempotent-Replay" not in first.headers
    assert other.status_code == 409
    with shop.read(me) as session:
        assert session.scalar(select(func.count()).select_from(Order)) == 1


def test_a_program_with_a_token_must_promise_to_act_once(calling, stock):
    answer = calling("POST", ORDERS, {"customer": stock["ACME"]}, Authorization="Bearer x")

    assert answer.status_code == 400
    assert "Idempotency-Key" in answer.json["detail"]


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"{", 400),
        (b'{"note": 1, "note": 2}', 400),
        (b'{"note": NaN}', 400),
        (b"[" * 50 + b"]" * 50, 400),
        (b"[" * 100_000, 400),
        (b'{"note": "a\\u0000b"}', 422),
        (b'{"customer": 99999999999999999999}', 422),
        (b'{"customer": "ACME"}', 422),
        (b'{"customer": true}', 422),
        (b'"hello"', 422),
    ],
)
def test_what_could_be_misread_is_not_read(calling, shop, data, status):
    client = create_app(
        SimpleNamespace(house=shop, wiring=shop.wiring, nouns=shop.nouns, failed={}),
        {"TESTING": True, "ACT_AS": Actor.system(), "SECRET_KEY": "x" * 32},
    ).test_client()

    answer = client.post(ORDERS, data=data, content_type="application/json")

    assert answer.status_code == status
    assert client.post(ORDERS, data=b"{}", content_type="text/plain").status_code == 415


def test_many_are_created_and_changed_or_none(calling, shop, me, stock):
    good, bad = {"customer": stock["ACME"]}, {"customer": 999}

    refused = calling("POST", ORDERS, [good, bad])
    created = calling("POST", ORDERS, [good, good])
    ids = [item["id"] for item in created.json["items"]]
    changed = calling("PATCH", ORDERS, [{"id": i, "note": "all"} for i in ids])

    assert refused.status_code == 409
    assert set(refused.json["errors"]) == {"1.customer"}
    assert created.status_code == 201
    assert [item["note"] for item in changed.json["items"]] == ["all", "all"]
    with shop.read(me) as session:
        assert session.scalar(select(func.count()).select_from(Order)) == 2


def test_many_take_a_step_and_each_is_answered_for(calling, stock):
    lines = [{"product": stock["P2"]}]
    body = [{"customer": stock["ACME"], "lines": lines}, {"customer": stock["BOLT"]}]
    first, empty = (item["id"] for item in calling("POST", ORDERS, body).json["items"])
    drafts = {"field": "state", "op": "eq", "value": "draft"}

    answer = calling("POST", f"{ORDERS}/steps/confirm", {"filter": drafts, "with": {}})

    assert answer.json == {
        "done": [first],
        "refused": [{"id": empty, "reason": "An order without lines binds nobody."}],
        "more": False,
    }


def test_what_is_linked_is_told_where_it_is_asked_for(calling, order, stock):
    where = f"{ORDERS}/{order['id']}"

    answer = calling("GET", f"{where}?expand=customer,lines.product").json

    assert answer["customer"]["city"] == "Kiel"
    assert answer["lines"][0]["product"]["code"] == "P2"
    assert calling("GET", f"{where}?expand=company").status_code == 422
    blind = clerk("shop.order.read")
    assert calling("GET", f"{where}?expand=customer", actor=blind).status_code == 422
    listed = calling("GET", f"{ORDERS}?expand=customer", actor=Actor.system()).json["items"]
    assert listed[0]["customer"]["name"] == "Acme"


def test_a_list_is_filtered_sorted_counted_and_summed(calling, order, stock):
    answer = calling("GET", f"{ORDERS}?count=true&customer={stock['ACME']}&sort=-total").json

    assert [item["total"] for item in answer["items"]] == ["6.00"]
    assert answer["items"][0]["customer"] == {"id": stock["ACME"], "label": "Acme"}
    assert (answer["count"], answer["sums"]["total"]) == (1, "6.00")


@pytest.mark.parametrize(
    "query", ["colour=red", "sort=colour", "total.has=1", "size=900", "after=x"]
)
def test_a_question_about_what_is_not_there_is_not_answered(calling, order, query):
    answer = calling("GET", f"{ORDERS}?{query}")

    assert answer.status_code == 422
    assert answer.json["detail"]


def test_rights_decide_what_is_there(calling, order):
    where = f"{ORDERS}/{order['id']}"
    reader = clerk("shop.order.read")

    seen = calling("GET", where, actor=reader).json
    assert "margin" not in seen
    assert calling("GET", f"{ORDERS}?margin.ge=1", actor=reader).status_code == 422
    assert calling("PATCH", where, {"note": "x"}, actor=reader).status_code == 403
    assert calling("PATCH", where, actor=reader).status_code == 403  # before the body is read
    assert calling("DELETE", where, actor=reader).status_code == 403
    assert calling("POST", f"{where}/confirm", actor=reader).status_code == 403
    assert calling("GET", ORDERS, actor=clerk("shop.product.read")).status_code == 403
    assert calling("GET", "/api/v1/shop/nothing").status_code == 404
    assert calling("GET", f"{ORDERS}/12x").status_code == 404


def test_the_description_says_only_what_the_reader_may_do(calling):
    everything = calling("GET", "/api/v1/openapi.json").json
    reader = calling("GET", "/api/v1/openapi.json", actor=clerk("shop.order.read")).json

    assert "/api/v1/shop/orders/{id}/confirm" in everything["paths"]
    assert "margin" in everything["components"]["schemas"]["ShopOrdersOut"]["properties"]
    one = "/api/v1/shop/orders/{id}"
    papers = {f"{one}/prints", f"{one}/prints/{{print}}", "/api/v1/shop/orders/prints/{print}"}
    own = {path for path in reader["paths"] if path.startswith("/api/v1/shop/")}
    assert own == {"/api/v1/shop/orders", one, *papers}
    assert "/api/v1/core/settings/{key}" in everything["paths"]
    assert "/api/v1/core/settings/{key}" not in reader["paths"]
    assert set(reader["paths"]["/api/v1/shop/orders"]) == {"get"}
    assert "margin" not in str(reader)
    assert everything["components"]["schemas"]["ShopOrdersIn"]["additionalProperties"] is False


def test_every_address_for_programs_is_described_once(calling):
    said = calling("GET", "/api/v1/openapi.json").json["paths"]
    operations = [op for item in said.values() for verb, op in item.items() if verb != "parameters"]
    names = [op["operationId"] for op in operations]
    rules = {
        re.sub(r"<(?:int:)?(\w+)>", r"{\1}", rule.rule)
        for rule in calling.app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/") and not rule.endpoint.startswith("api.")
    }

    # Papers are described noun by noun.
    assert {rule for rule in rules if "/prints" not in rule} <= set(said)
    assert sorted(set(names)) == sorted(names)


def test_a_body_of_another_shape_is_refused_at_each_name(calling, order):
    notes = f"{ORDERS}/{order['id']}/notes"

    wrong = calling("POST", notes, {"text": 7, "loud": True})

    assert wrong.status_code == 422
    assert wrong.json["errors"] == {"text": "Enter a text.", "loud": "There is no such field."}
    assert calling("GET", notes).json["items"] == []
    said = calling("GET", "/api/v1/openapi.json").json
    shape = said["paths"]["/api/v1/{plugin}/{slug}/{key}/notes"]["post"]["requestBody"]["content"]
    assert shape["application/json"]["schema"]["$ref"].endswith("/NewNote")
    assert said["components"]["schemas"]["NewNote"]["additionalProperties"] is False


def test_an_import_is_listed_and_undone_by_programs(calling, shop):
    noun = shop.nouns.get("shop.customers")
    file = read_table("new.csv", b"code,name\nRIGA,Riga Rope\n")
    run = load(shop, Actor.system(), noun, file, None, file="new.csv").run
    imports = "/api/v1/shop/customers/imports"

    (one,) = calling("GET", imports).json["items"]
    assert (one["id"], one["file"], one["created"], one["undone_at"]) == (run, "new.csv", 1, None)
    reader = clerk("shop.customer.read")
    assert calling("POST", f"{imports}/{run}/undo", actor=reader).status_code == 403
    assert calling("POST", f"/api/v1/shop/orders/imports/{run}/undo").status_code == 404

    assert calling("POST", f"{imports}/{run}/undo").json["undone_by"]
    assert calling("GET", "/api/v1/shop/customers?code=RIGA").json["items"] == []
    assert calling("POST", f"{imports}/{run}/undo").status_code == 409


def test_a_program_is_told_that_every_change_is_made_once_and_which_answer_is_meant(calling):
    paths = calling("GET", "/api/v1/openapi.json").json["paths"]

    create = paths["/api/v1/shop/orders"]["post"]
    (once,) = [p for p in create["parameters"] if p["name"] == "Idempotency-Key"]
    one, many = create["responses"]["201"]["content"]["application/json"]["schema"]["oneOf"]
    assert once["required"] is True
    assert "$ref" in one
    # Else one document would be an answer about many, too.
    assert many["required"] == ["items"]


def test_another_company_and_other_peoples_documents_are_not_there(calling, order, stock):
    elsewhere = Actor(3, "ann", EVERYTHING, (2,), 2)
    rules = {Customer: (lambda m, a: m.city == "Jena",)}
    jena = Actor(4, "ben", EVERYTHING, (1,), 1, rules=rules)
    where = f"{ORDERS}/{order['id']}"

    assert calling("GET", where, actor=elsewhere).status_code == 404
    assert calling("GET", ORDERS, actor=elsewhere).json["items"] == []
    assert calling("PATCH", where, {"note": "x"}, actor=elsewhere).status_code == 404
    bulk = calling("POST", f"{ORDERS}/steps/cancel", {"ids": [order["id"]]}, actor=elsewhere)
    assert bulk.json["refused"] == [{"id": order["id"], "reason": "It is not there."}]
    assert calling("POST", ORDERS, {"customer": stock["ACME"]}, actor=jena).status_code == 409
    listed = calling("GET", "/api/v1/shop/customers", actor=jena).json["items"]
    assert [item["code"] for item in listed] == ["BOLT"]
    crossed = calling("GET", f"{ORDERS}?customer.city=Kiel", actor=jena).json["items"]
    assert crossed == []


def test_what_is_not_unique_is_told_at_its_field(calling, stock):
    answer = calling("POST", "/api/v1/shop/customers", {"code": "ACME", "name": "Again"})

    assert answer.status_code == 409
    assert set(answer.json["errors"]) == {"code"}


def test_one_search_finds_documents_of_every_noun_two_chinese_characters_too(calling, order):
    calling("POST", "/api/v1/shop/customers", {"code": "C9", "name": "上海钢铁集团"})
    sales = clerk("shop.customer.read")

    found = calling("GET", "/api/v1/search?q=钢铁").json["items"]
    everywhere = calling("GET", "/api/v1/search?q=P2").json["items"]

    assert [item["label"] for item in found] == ["上海钢铁集团"]
    assert {item["resource"] for item in everywhere} == {"shop.products", "shop.orders"}
    assert calling("GET", "/api/v1/search?q=P2", actor=sales).json["items"] == []

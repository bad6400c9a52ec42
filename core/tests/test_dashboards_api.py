"""Dashboards for programs: the same rights, services and refusals as on the pages."""

from __future__ import annotations

from decimal import Decimal
from itertools import count

import pytest
from dashboard_house import READER, board, person, runtime, shop

from dougong.actors import Actor, Rights

__all__ = ["board", "runtime", "shop"]
ROOT = "/api/v1/core/dashboards"
COUNT = {"source": "list", "target": "shop.orders", "kind": "number", "query": "state=draft"}


@pytest.fixture
def call(shop, stock, runtime):
    """A call by somebody; Ana, who may everything, unless another one is named."""
    from dougong.web.app import create_app

    def calling(method, path="", body=None, actor=None, **headers):
        settings = {"TESTING": True, "SECRET_KEY": "x" * 32, "ACT_AS": actor or person()}
        client = create_app(runtime, settings).test_client()
        more = {"json": body} if body is not None else {}
        return client.open(ROOT + path, method=method, headers=headers, **more)

    return calling


def ben(*roles):
    """A colleague who may read orders."""
    marks = {f"@{role}" for role in roles}
    return Actor(8, "Ben", Rights({*READER, *marks}), (1,), 1)


def test_a_list_tells_what_one_may_see(call, board):
    mine = {one["title"]: one for one in call("GET").json["items"]}
    others = [one["title"] for one in call("GET", actor=ben()).json["items"]]

    assert mine["Mine"] | {"key": ""} == {
        "key": "", "title": "Mine", "version": mine["Mine"]["version"], "mine": True, "owner": "",
        "shipped": "", "sharing": "private", "roles": [], "may_change": True, "cards": 3,
    }  # fmt: skip
    assert others == ["Shop desk"]


def test_one_is_read_with_the_figure_of_each_card(call, board):
    key, _cards = board
    answer = call("GET", f"/{key}")
    number, chart, rows = [card["figure"] for card in answer.json["cards"]]

    assert answer.headers["ETag"] == f'"{answer.json["version"]}"'
    assert (number["kind"], Decimal(number["value"])) == ("number", Decimal(48))
    assert chart["labels"] == ["Draft"]
    assert [Decimal(v) for v in chart["series"][0]["values"]] == [1]
    assert rows["heads"] == ["What", "Amount"]
    assert rows["rows"][0][0] == "Beams"
    assert answer.json["cards"][0]["url"].startswith("/shop/orders?")
    assert "figure" not in call("GET", f"/{key}?figures=false").json["cards"][0]
    assert call("GET", f"/{key}?figures=perhaps").status_code == 422


def test_what_a_module_ships_is_read_by_its_name(call):
    told = call("GET", "/shop.desk").json
    assert told["cards"][0]["figure"]["value"] == 1
    assert "off" in told["cards"][2]["figure"]["sentence"]


def test_a_card_without_the_right_says_so_and_tells_nothing(call, board, shop):
    key, _cards = board
    version = call("GET", f"/{key}").json["version"]
    shared = {"sharing": "everybody", "version": version}
    assert call("PUT", f"/{key}/sharing", shared).status_code == 200
    blind = Actor(8, "Ben", Rights({"shop.customer.read"}), (1,), 1)

    cards = call("GET", f"/{key}", actor=blind).json["cards"]

    assert {card["figure"]["kind"] for card in cards} == {"sentence"}
    assert {card["url"] for card in cards} == {""}


def test_one_is_made_with_its_cards_and_dropped(call):
    body = {"name": "By call", "cards": [COUNT, COUNT | {"measure": "total", "title": "Sum"}]}
    made = call("POST", "", body)
    assert made.status_code == 201
    assert [card["title"] for card in made.json["cards"]] == ["Orders", "Sum"]

    added = call("POST", f"/{made.json['key']}/cards", COUNT | {"kind": "rows"})
    assert (added.status_code, len(added.json["cards"])) == (201, 3)
    copied = call("POST", f"/{made.json['key']}/copy", {"name": "Again"})
    assert (copied.status_code, len(copied.json["cards"])) == (201, 3)
    assert call("DELETE", f"/{made.json['key']}").status_code == 204
    assert call("GET", f"/{made.json['key']}").status_code == 404


def test_cards_are_arranged_and_what_is_left_out_goes(call, board):
    key, cards = board
    version = call("GET", f"/{key}").json["version"]
    wanted = [
        {"id": str(cards[2]), "width": 12},
        {"id": str(cards[0]), "title": "Open", "alert": "above", "threshold": "40"},
    ]

    answer = call(
        "PATCH", f"/{key}", {"name": "Ours", "cards": wanted}, **{"If-Match": f'"{version}"'}
    )

    assert answer.status_code == 200
    told = call("GET", f"/{key}").json
    assert told["title"] == "Ours"
    assert [(c["title"], c["width"]) for c in told["cards"]] == [("Sums", 12), ("Open", 3)]
    assert told["cards"][1]["figure"]["mark"] == "red"
    stale = call("PATCH", f"/{key}", {"name": "Late", "version": version})
    assert stale.status_code == 409
    renamed = call("PATCH", f"/{key}", {"name": "Kept", "version": told["version"]})
    assert [c["id"] for c in renamed.json["cards"]] == [c["id"] for c in told["cards"]]


def test_shared_with_a_role_its_holders_see_it_and_others_do_not(call, board):
    key, _cards = board
    body = {"sharing": "roles", "roles": ["seller"]}
    body["version"] = call("GET", f"/{key}").json["version"]

    assert call("PUT", f"/{key}/sharing", body).json["roles"] == ["seller"]

    assert call("GET", f"/{key}", actor=ben("seller")).status_code == 200
    assert call("GET", f"/{key}", actor=ben("packer")).status_code == 404


def test_others_dashboards_are_not_there_and_shared_ones_not_theirs_to_change(call, board):
    key, _cards = board
    for method, path, body in (
        ("GET", "", None), ("DELETE", "", None), ("POST", "/cards", COUNT),
        ("POST", "/copy", {"name": "Mine now"}), ("PATCH", "", {"name": "Mine now", "version": 1}),
    ):  # fmt: skip
        assert call(method, f"/{key}{path}", body, ben()).status_code == 404, (method, path)
    version = call("GET", f"/{key}").json["version"]
    call("PUT", f"/{key}/sharing", {"sharing": "everybody", "version": version})

    assert call("GET", f"/{key}", actor=ben()).status_code == 200
    for method, path, body in (
        ("DELETE", "", None), ("PATCH", "", {"name": "Mine now", "version": version + 1}),
        ("PUT", "/sharing", {"sharing": "private", "version": version + 1}),
    ):  # fmt: skip
        assert call(method, f"/{key}{path}", body, ben()).status_code == 403, (method, path)


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ({}, "name"), ({"name": 3}, "name"), ({"name": " "}, "name"), ({"name": "x" * 81}, "name"),
        ({"name": "A", "colour": "red"}, "colour"), ({"name": "A", "cards": {}}, "cards"),
        ({"name": "A", "cards": ["list"]}, "cards.0"),
        ({"name": "A", "cards": [{"source": "list"}]}, "cards.0.target"),
        ({"name": "A", "cards": [COUNT | {"width": 3}]}, "cards.0.width"),
        ({"name": "A", "cards": [COUNT | {"kind": "cake"}]}, "kind"),
        ({"name": "A", "cards": [COUNT | {"measure": "salaries"}]}, None),
        ({"name": "A", "cards": [COUNT | {"query": "nothing=1"}]}, None),
    ],
)  # fmt: skip
def test_bad_input_is_named_by_its_place_and_makes_nothing(call, body, at):
    before = len(call("GET").json["items"])

    answer = call("POST", "", body)

    assert answer.status_code == 422, answer.json
    if at:
        assert at in answer.json["errors"]
    assert len(call("GET").json["items"]) == before


def test_what_is_not_there_or_not_for_one_is_refused(call, board):
    key, cards = board
    version = call("GET", f"/{key}").json["version"]
    assert (
        call("POST", "", {"name": "A", "cards": [COUNT | {"target": "no.where"}]}).status_code
        == 404
    )
    assert call("GET", "/9999999").status_code == 404
    assert call("GET", "/no.such").status_code == 404
    strange = {"version": version, "cards": [{"id": "77"}]}
    assert call("PATCH", f"/{key}", strange).status_code == 404
    blind = Actor(7, "Ana", Rights({"shop.customer.read"}), (1,), 1)
    assert call("POST", f"/{key}/cards", COUNT, blind).status_code == 403
    assert call("PATCH", f"/{key}", {"name": "A"}).status_code == 422
    for card in (
        {"id": str(cards[0]), "width": 13},
        {"id": str(cards[0]), "alert": "sideways"},
        {"id": str(cards[0]), "alert": "above", "threshold": "many"},
        {"id": str(cards[0]), "alert": "above", "threshold": "NaN"},
        {"id": str(cards[0]), "alert": "above"},
    ):
        answer = call("PATCH", f"/{key}", {"version": version, "cards": [card]})
        assert answer.status_code == 422, (card, answer.json)
    for body, status in (
        ({"sharing": "roles"}, 422), ({"sharing": "world"}, 422), ({"sharing": "roles", "roles": [1]}, 422),
        ({"sharing": "roles", "roles": ["pirate"]}, 404), ({}, 422),
    ):  # fmt: skip
        assert call("PUT", f"/{key}/sharing", {**body, "version": version}).status_code == status
    assert call("GET", f"/{key}").json["version"] == version


def test_the_same_call_twice_makes_one(call):
    key = {"Idempotency-Key": "once"}
    first = call("POST", "", {"name": "Once"}, **key)
    second = call("POST", "", {"name": "Once"}, **key)

    assert second.headers["Idempotent-Replay"] == "true"
    assert first.json["key"] == second.json["key"]
    assert [one["title"] for one in call("GET").json["items"]].count("Once") == 1


def test_too_many_are_refused(call):
    numbers = count()
    answers = [call("POST", "", {"name": f"D{next(numbers)}"}).status_code for _n in range(41)]

    assert answers == [201] * 40 + [409]


def test_the_description_names_every_path(visit):
    paths = visit().get("/api/v1/openapi.json").json["paths"]
    found = {path: set(said) - {"parameters"} for path, said in paths.items() if ROOT in path}

    assert found == {
        ROOT: {"get", "post"}, f"{ROOT}/{{key}}": {"get", "patch", "delete"},
        f"{ROOT}/{{key}}/cards": {"post"}, f"{ROOT}/{{key}}/copy": {"post"},
        f"{ROOT}/{{key}}/sharing": {"put"},
    }  # fmt: skip

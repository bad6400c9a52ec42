"""The frame of every page, what it promises about safety, and how it says no."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Blueprint
from jinja2 import ChoiceLoader, DictLoader
from sqlalchemy import func, select

from dougong.actors import Actor
from dougong.companies.models import Company
from dougong.errors import Invalid, Refused
from dougong.plugin import Fill, MenuItem, Plugin, Widget
from dougong.web.app import create_app
from dougong.web.rights import needs, public
from dougong.wiring import collect


class Shop(Plugin):
    """A plugin with a few pages of its own."""

    def pages(self) -> list[Blueprint]:
        pages = Blueprint("shop", __name__)

        @pages.get("/open")
        @public
        def window() -> str:
            return "open"

        @pages.get("/till")
        @needs("shop.till.read")
        def till() -> str:
            return "till"

        @pages.get("/refuses")
        @public
        def refuses() -> str:
            raise Refused("The till is closed; open it first.")

        @pages.get("/invalid")
        @public
        def invalid() -> str:
            raise Invalid({"lines.0.debit": "Enter a number."})

        @pages.get("/crashes")
        @public
        def crashes() -> str:
            raise RuntimeError("secret detail")

        return [pages]

    def menus(self) -> list[MenuItem]:
        return [
            MenuItem(key="shop", label="Shop", icon="building-store"),
            MenuItem(
                key="shop.till", label="Till", to="shop.till", parent="shop", needs="shop.till.read"
            ),
            MenuItem(key="shop.window", label="Window", to="shop.window", parent="shop"),
        ]

    def widgets(self) -> list[Widget]:
        def fails(_session: Any, _actor: Any) -> Any:
            raise RuntimeError("no figure today")

        return [
            Widget("shop.sold", "Sold today", lambda _s, _a: 1234),
            Widget("shop.broken", "Broken", fails),
        ]

    def fills(self) -> list[Fill]:
        return [Fill("core.home", "shop/nowhere.html")]


class Reading(Plugin):
    """A plugin whose fill reads, as whoever looks."""

    def fills(self) -> list[Fill]:
        def facts(session: Any, actor: Any, **given: Any) -> dict[str, Any]:
            return {"found": session.scalar(select(func.count(Company.id))), "who": actor.name}

        return [Fill("core.home", "shop/reading.html", facts)]


class Careless(Plugin):
    """A plugin that forgot to say who may open its page."""

    def pages(self) -> list[Blueprint]:
        pages = Blueprint("careless", __name__)
        pages.get("/secret")(lambda: "everything")
        return [pages]


@pytest.fixture
def make_client(make_house: Any) -> Any:
    house = make_house()

    def make(*plugins: tuple[str, Plugin], actor: Actor | None = None) -> Any:
        wiring = collect(plugins or [("shop", Shop())])
        runtime = SimpleNamespace(house=house, wiring=wiring, nouns=None, failed={})
        app = create_app(
            runtime,
            {
                "TESTING": True,
                "PROPAGATE_EXCEPTIONS": False,
                "ACT_AS": actor,
                "SECRET_KEY": "x" * 32,
            },
        )
        client = app.test_client()
        client.runtime = runtime
        return client

    return make


def till_keeper() -> Actor:
    return Actor(7, "Ana", frozenset({"shop.till.read"}), (1,), 1)


def test_a_view_that_says_nothing_of_rights_is_not_there(make_client: Any) -> None:
    client = make_client(("shop", Shop()), ("careless", Careless()), actor=till_keeper())

    assert client.get("/careless/secret").status_code == 404
    assert "careless.<lambda>" in str(client.runtime.failed["careless"])
    assert client.get("/shop/till").status_code == 200


def test_a_page_opens_to_those_with_its_right_only(make_client: Any) -> None:
    assert make_client(actor=till_keeper()).get("/shop/till").status_code == 200
    stranger = Actor(8, "Bo", frozenset(), (1,), 1)
    assert make_client(actor=stranger).get("/shop/till").status_code == 403
    assert make_client().get("/shop/till").status_code in (303, 401)
    assert make_client().get("/shop/open").status_code == 200


def test_pages_tell_the_browser_to_trust_nothing_but_us(make_client: Any) -> None:
    headers = make_client(actor=till_keeper()).get("/").headers

    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Request-Id"]


def test_files_are_named_by_their_content_and_kept(make_client: Any) -> None:
    client = make_client(actor=till_keeper())
    address = re.search(r'href="(/static/[0-9a-f]{12}/app\.css)"', client.get("/").text)
    assert address is not None

    answer = client.get(address[1])

    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert client.get("/static/000000000000/app.css").status_code == 404


def test_a_refusal_is_a_sentence_on_a_page_in_a_fragment_and_in_json(make_client: Any) -> None:
    client = make_client(actor=till_keeper())

    page = client.get("/shop/refuses")
    fragment = client.get("/shop/refuses", headers={"HX-Request": "true"})

    assert page.status_code == fragment.status_code == 409
    assert "The till is closed; open it first." in page.text
    assert "<html" in page.text
    assert "<html" not in fragment.text
    assert fragment.headers["HX-Retarget"] == "#toasts"
    missing = client.get("/api/v1/shop/nothing")
    assert missing.status_code == 404
    assert missing.content_type == "application/problem+json"
    assert missing.json["request_id"] == missing.headers["X-Request-Id"]


def test_wrong_fields_answer_with_their_status(make_client: Any) -> None:
    answer = make_client(actor=till_keeper()).get("/shop/invalid")

    assert answer.status_code == 422
    assert "Enter a number." in answer.text


def test_a_crash_tells_a_number_and_no_detail(make_client: Any) -> None:
    answer = make_client(actor=till_keeper()).get("/shop/crashes")

    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert answer.headers["X-Request-Id"] in answer.text


def test_an_address_answers_only_to_its_own_methods(make_client: Any) -> None:
    answer = make_client(actor=till_keeper()).post("/shop/open")

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_the_language_is_the_browsers_then_the_persons_then_the_one_chosen(
    make_client: Any,
) -> None:
    nobody_said = {"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"}
    assert 'lang="zh-CN"' in make_client().get("/nowhere", headers=nobody_said).text
    chinese = Actor(7, "Ana", frozenset(), (1,), 1, language="zh_Hans_CN")
    assert 'lang="zh-CN"' in make_client(actor=chinese).get("/").text
    client = make_client(actor=chinese)
    client.set_cookie("language", "en")
    assert 'lang="en"' in client.get("/").text


def test_home_shows_what_may_be_opened_and_survives_a_broken_card(make_client: Any) -> None:
    stranger = Actor(8, "Bo", frozenset(), (1,), 1)

    client = make_client(actor=stranger)
    page, cards = client.get("/").text, "/core/dashboards/overview/cards/"

    assert "Sold today" in page
    assert "1,234" in client.get(f"{cards}shop.sold").text
    assert "could not be worked out" in client.get(f"{cards}shop.broken").text
    assert 'href="/shop/open"' in page
    assert 'href="/shop/till"' not in page


def test_the_palette_finds_pages_by_what_is_typed(make_client: Any) -> None:
    found = make_client(actor=till_keeper()).get("/palette?q=win").text

    assert "/shop/open" in found
    assert "/shop/till" not in found


def test_a_fill_that_asks_for_a_session_reads_as_whoever_looks(make_client: Any) -> None:
    client = make_client(("shop", Reading()), actor=till_keeper())
    pages = client.application.jinja_env
    own = DictLoader({"shop/reading.html": "{{ who }} sees {{ found }}"})
    pages.loader = ChoiceLoader([own, pages.loader])

    assert "Ana sees 1" in client.get("/").text

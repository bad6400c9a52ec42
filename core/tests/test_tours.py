"""A tour is offered once to each person on the pages it leads over, and started again at any time."""

from __future__ import annotations

import dataclasses

import pytest

from dougong import Tour
from dougong.actors import Actor
from dougong.guiding.tours import tours_at
from dougong.people.users.models import User
from dougong.web.app import create_app

ME = Actor.system(name="Ana")
PART = {"HX-Request": "true"}


@pytest.fixture
def runtime(make_runtime):
    return make_runtime()


@pytest.fixture
def browser(runtime):
    """A browser of a new person."""

    def make(login):
        def enter(uow):
            user = User(login=login, name=login)
            uow.add(user)
            return user.id

        actor = dataclasses.replace(ME, user_id=runtime.house.run(ME, enter))
        config = {"TESTING": True, "PROPAGATE_EXCEPTIONS": False, "ACT_AS": actor}
        return create_app(runtime, config).test_client()

    return make


def test_a_list_names_the_tours_over_it(browser):
    page = browser("ana").get("/core/users").text

    assert 'data-tours="core.users.list" data-tour-keys="core.list"' in page
    assert "tours.js" in page
    assert 'data-tour="search"' in page


def test_a_page_without_tours_loads_nothing_for_them(browser):
    page = browser("ana").get("/core/settings").text

    assert "tours.js" not in page
    assert "data-tours" not in page


def test_a_tour_is_offered_until_it_was_seen_by_that_person(browser):
    ana, ben = browser("ana"), browser("ben")
    at = "/core/tours?at=core.users.list"
    assert 'data-tour-start="core.list"' in ana.get(at).text

    for _time in range(2):
        assert ana.post("/core/tours/core.list/seen").status_code == 204

    assert ana.get(at).text == ""
    assert 'data-tour-start="core.list"' in ben.get(at).text
    assert "core.form" in ana.get("/core/tours?at=core.users.form").text


def test_a_tour_that_was_seen_is_started_from_the_sheet_of_keys(browser):
    ana = browser("ana")
    ana.post("/core/tours/core.list/seen")

    sheet = ana.get("/shortcuts?at=core.users.list", headers=PART).text
    assert 'data-tour-start="core.list"' in sheet
    assert 'data-at="search"' in ana.get("/core/tours/core.list").text
    assert "data-tour-start" not in ana.get("/shortcuts", headers=PART).text


def test_a_tour_that_is_not_there_is_not_found(browser):
    ana = browser("ana")

    assert ana.get("/core/tours/core.nothing").status_code == 404
    assert ana.post("/core/tours/core.nothing/seen").status_code == 404
    assert ana.get("/core/tours?at=nowhere").text == ""


def test_a_page_of_its_own_comes_before_that_of_all():
    own, every = Tour("shop.orders", "Own", "shop.orders.list", ()), Tour("a.b", "All", "list", ())
    page = Tour("shop.desk", "Desk", "/shop/desk", ())

    assert tours_at([every, own, page], "shop.orders.list") == [own, every]
    assert tours_at([every, own, page], "shop.products.list") == [every]
    assert tours_at([every, own, page], "/shop/desk") == [page]
    assert tours_at([every, own, page], "/shop/list") == []


def test_every_step_of_the_core_leads_to_a_place_that_pages_mark(runtime):
    from pathlib import Path

    import dougong

    templates = Path(dougong.__file__).parent / "templates"
    marked = "".join(path.read_text("utf-8") for path in templates.rglob("*.html"))
    for tour in runtime.wiring.tours:
        for place, _sentence in tour.steps:
            assert f'data-tour="{place}"' in marked, (tour.key, place)

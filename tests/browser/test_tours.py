"""Somebody new is shown round by a tour, by keyboard, once; and again from the sheet of keys."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from corners import Corner
from hands import settled

Opened, Looked, Said = Callable[..., Any], Callable[[Any], None], Callable[..., str]


@pytest.fixture
def somebody(server: Any) -> Iterator[Callable[..., None]]:
    """Be a new person."""
    from dougong.people.users.models import User

    before = server.app.config["ACT_AS"]

    def be(login: str, **more: Any) -> None:
        def enter(uow: Any) -> int:
            user = User(login=login, name=login.title())
            uow.add(user)
            return user.id

        key = server.runtime.house.run(before, enter)
        server.app.config["ACT_AS"] = dataclasses.replace(before, user_id=key, **more)

    yield be
    server.app.config["ACT_AS"] = before


def step(page: Any) -> str:
    """The sentence of the tour that is read now."""
    return str(page.locator("#tour li:not([hidden])").inner_text())


def on_screen(box: Any, corner: Corner) -> bool:
    """Whether a box stands wholly in the window."""
    at, size = box.bounding_box(), corner.size
    return bool(
        0 <= at["x"] <= at["x"] + at["width"] <= size["width"]
        and 0 <= at["y"] <= at["y"] + at["height"] <= size["height"]
    )


def test_a_tour_is_offered_once_and_walked_by_keyboard(
    server: Any, somebody: Any, open_page: Opened, look: Looked, say: Said, corner: Corner
) -> None:
    somebody("nora", language=corner.language)
    page = open_page("/crm/orders")
    page.locator("#tour-offer").wait_for()
    look(page)
    page.get_by_role("button", name=say("Show me")).press("Enter")
    tour = page.locator("#tour")
    tour.wait_for()
    first = step(page)
    assert page.locator(".search.tour-here").count() == 1
    look(page)

    page.keyboard.press("ArrowRight")
    assert step(page) != first
    page.keyboard.press("ArrowLeft")
    assert step(page) == first
    for _step in range(page.locator("#tour [data-at]").count()):
        assert on_screen(tour, corner)
        page.keyboard.press("Enter")
    tour.wait_for(state="detached")
    assert page.locator(".tour-here").count() == 0

    # It is not offered again, on no list; but the sheet of keys has it.
    page.goto(f"{server.url}/base/products")
    settled(page)
    assert page.locator("#tour-offer").count() == 0
    page.keyboard.press("?")
    page.get_by_role("button", name=say("How lists work")).press("Enter")
    tour.wait_for()
    page.keyboard.press("Escape")
    tour.wait_for(state="detached")


def test_an_order_has_a_tour_of_its_own(
    somebody: Any, open_page: Opened, look: Looked, say: Said, corner: Corner
) -> None:
    somebody("wei", language=corner.language)
    page = open_page("/crm/orders/new")
    page.locator("#tour-offer").wait_for()
    look(page)
    page.locator("[data-tour-start]").click()
    tour = page.locator("#tour")
    tour.wait_for()
    assert say("Customer").lower() in step(page).lower()
    seen = 0
    while tour.count():
        seen += 1
        assert on_screen(tour, corner)
        look(page)
        page.keyboard.press("ArrowDown")
    assert seen >= 3

    # What is general comes after it, and goes when nobody wants it.
    page.reload()
    page.locator("[data-tour-no='core.form']").click()
    page.reload()
    settled(page)
    assert page.locator("#tour-offer").count() == 0
    # A telephone has no question mark: the sheet opens from the account.
    page.locator("summary.avatar-button").click()
    page.locator("[data-keys]").click()
    page.locator("[data-tour-start='crm.orders']").wait_for()
    look(page)


def test_what_is_new_is_marked_at_the_bell_until_it_was_read(
    server: Any, somebody: Any, open_page: Opened, look: Looked, say: Said, corner: Corner
) -> None:
    somebody("mei", language=corner.language)
    page = open_page("/core/notices")
    page.locator(".bell-news").wait_for(state="attached")
    look(page)
    news = say("What is new")
    page.locator("main").get_by_role("link", name=news).press("Enter")
    page.get_by_role("heading", name=news).wait_for()
    look(page)
    if corner.language != "en":
        assert page.get_by_text("导览讲解列表").count()
    page.goto(f"{server.url}/core/notices")
    settled(page)
    assert page.locator(".bell-news").count() == 0

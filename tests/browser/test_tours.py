"""Somebody new is shown round by a tour, by keyboard, once; and again from the sheet of keys."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hands import fits, snap

PHONE = {"width": 390, "height": 844}


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


def test_a_tour_is_offered_once_and_walked_by_keyboard(
    server: Any, somebody: Any, open_page: Callable[..., Any], axe: Callable[[Any], list[str]]
) -> None:
    somebody("nora")
    page = open_page("/crm/orders")
    page.locator("#tour-offer").wait_for()
    assert axe(page) == []
    snap(page, "tour-offer")
    page.get_by_role("button", name="Show me").press("Enter")
    page.locator("#tour").wait_for()
    assert "Type here to find" in step(page)
    assert page.locator(".search.tour-here").count() == 1
    assert axe(page) == []
    snap(page, "tour-list")

    page.keyboard.press("ArrowRight")
    assert "narrow the list" in step(page)
    page.keyboard.press("ArrowLeft")
    assert "Type here to find" in step(page)
    for _step in range(page.locator("#tour [data-at]").count()):
        shown = page.locator("#tour").bounding_box()
        assert shown["x"] >= 0
        assert shown["y"] >= 0
        assert shown["y"] + shown["height"] <= 900
        page.keyboard.press("Enter")
    page.locator("#tour").wait_for(state="detached")
    assert page.locator(".tour-here").count() == 0

    # It is not offered again, on no list; but the sheet of keys has it.
    page.goto(f"{server.url}/base/products")
    page.wait_for_load_state("networkidle")
    assert page.locator("#tour-offer").count() == 0
    page.keyboard.press("?")
    page.get_by_role("button", name="How lists work").press("Enter")
    page.locator("#tour").wait_for()
    page.keyboard.press("Escape")
    page.locator("#tour").wait_for(state="detached")


def test_an_order_has_a_tour_of_its_own_on_a_phone_in_chinese(
    server: Any, somebody: Any, open_page: Callable[..., Any], axe: Callable[[Any], list[str]]
) -> None:
    somebody("wei", language="zh_Hans_CN")
    page = open_page("/crm/orders/new", language="zh_Hans_CN", theme="dark", size=PHONE)
    page.locator("#tour-offer").wait_for()
    assert fits(page)
    snap(page, "tour-offer-phone")
    page.locator("[data-tour-start]").click()
    page.locator("#tour").wait_for()
    assert "客户" in step(page)
    seen = 0
    while page.locator("#tour").count():
        seen += 1
        shown = page.locator("#tour").bounding_box()
        assert shown["x"] >= 0
        assert shown["x"] + shown["width"] <= 390
        assert shown["y"] >= 0
        assert shown["y"] + shown["height"] <= 844
        assert axe(page) == []
        if seen == 2:
            snap(page, "tour-order-phone")
        page.keyboard.press("ArrowDown")
    assert seen >= 3

    # What is general comes after it, and goes when nobody wants it.
    page.reload()
    page.locator("[data-tour-no='core.form']").click()
    page.reload()
    page.wait_for_load_state("networkidle")
    assert page.locator("#tour-offer").count() == 0
    # A telephone has no question mark: the sheet opens from the account.
    page.locator("summary.avatar-button").click()
    page.locator("[data-keys]").click()
    page.locator("[data-tour-start='crm.orders']").wait_for()
    assert axe(page) == []


def test_what_is_new_is_marked_at_the_bell_until_it_was_read(
    server: Any, somebody: Any, open_page: Callable[..., Any], axe: Callable[[Any], list[str]]
) -> None:
    somebody("mei")
    page = open_page("/core/notices")
    page.locator(".bell-news").wait_for(state="attached")
    assert axe(page) == []
    snap(page, "news-mark")
    page.locator("main").get_by_role("link", name="What is new").press("Enter")
    page.get_by_role("heading", name="What is new").wait_for()
    page.wait_for_load_state("networkidle")
    assert axe(page) == []
    snap(page, "news")
    page.goto(f"{server.url}/core/notices")
    page.wait_for_load_state("networkidle")
    assert page.locator(".bell-news").count() == 0

    somebody("lan", language="zh_Hans_CN")
    phone = open_page("/core/news", language="zh_Hans_CN", theme="dark", size=PHONE)
    phone.get_by_text("导览讲解列表").wait_for()
    assert axe(phone) == []
    assert fits(phone)
    snap(phone, "news-phone")

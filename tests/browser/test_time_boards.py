"""Bars, days and branches by mouse and keyboard; a graph of a list; the sheet of shortcuts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from dougong.actors import Actor

PHONE = {"width": 390, "height": 844}
TODAY = dt.date.today()


@pytest.fixture(scope="module")
def planned(server: Any) -> int:
    """A quote of work: an order of production over five days, and a category below another."""
    from dougong_base import Category, Product
    from dougong_production.orders.models import Order

    def act(uow: Any) -> int:
        product = uow.session.get(Product, server.ids["beam"])
        order = Order(product_id=product.id, quantity=5,
                                starts_on=TODAY, due_on=TODAY + dt.timedelta(days=4))  # fmt: skip
        top = Category(name="Timber")
        uow.add(order, top)
        uow.add(Category(name="Beams of oak", parent_id=top.id))
        return order.id

    found: int = server.runtime.house.run(Actor.system(), act)
    return found


@pytest.mark.parametrize(
    ("language", "theme", "size"),
    [("en", "light", None), ("zh_Hans_CN", "dark", PHONE)],
    ids=["wide", "phone"],
)
def test_a_bar_is_moved_by_keyboard_and_taken_back(
    open_page: Callable[..., Any],
    axe: Callable[[Any], list[str]],
    planned: int,
    language: str,
    theme: str,
    size: Any,
) -> None:
    more = {"size": size} if size else {}
    page = open_page(
        "/production/orders?board=gantt&zoom=day", language=language, theme=theme, **more
    )
    bar = page.locator(f"[data-bar='{planned}']")
    before = bar.get_attribute("aria-label")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]

    bar.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_selector(".toast-card button")
    assert bar.get_attribute("aria-label") != before
    page.locator(".toast-card button").first.click()

    page.wait_for_function(
        f"() => document.querySelector('[data-bar=\"{planned}\"]')?.getAttribute('aria-label')"
        f" === {before!r}"
    )


def test_an_entry_of_the_calendar_goes_to_another_day_with_the_mouse(
    open_page: Callable[..., Any], axe: Callable[[Any], list[str]], planned: int
) -> None:
    page = open_page(
        f"/production/orders?board=calendar&zoom=week&when={TODAY + dt.timedelta(days=4)}"
    )
    entry = page.locator(f"[data-entry='{planned}']")
    here = entry.evaluate("e => e.closest('td').dataset.day")
    days = page.locator("[data-day]").evaluate_all("all => all.map(td => td.dataset.day)")
    later = days[-1] if here != days[-1] else days[-2]
    assert axe(page) == []

    entry.drag_to(page.locator(f"[data-day='{later}']"))

    page.wait_for_selector(f"[data-day='{later}'] [data-entry='{planned}']")
    page.wait_for_selector(".toast-card")


def test_a_tree_is_walked_with_the_arrow_keys(
    open_page: Callable[..., Any], axe: Callable[[Any], list[str]], planned: int
) -> None:
    page = open_page("/base/categories?board=tree")
    branch = page.locator("[data-tree] tr[aria-expanded]").first
    assert axe(page) == []

    branch.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("[data-tree] tr[aria-level='2']")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.ariaLevel") == "2"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert page.locator("[data-tree] tr[aria-level='2']:visible").count() == 0


def test_a_list_is_drawn_and_the_keys_are_told(
    open_page: Callable[..., Any], axe: Callable[[Any], list[str]]
) -> None:
    page = open_page("/base/products?board=graph&show=pie")
    page.wait_for_selector("[data-chart] svg")
    assert axe(page) == []

    page.keyboard.press("?")
    page.wait_for_selector("#ask .keys")
    assert axe(page) == []

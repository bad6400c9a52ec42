"""Bars, days and branches by mouse and keyboard; a graph of a list; the sheet of shortcuts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from corners import Corner
from hands import save

from dougong.actors import Actor

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


def test_a_bar_is_moved_by_keyboard_and_taken_back(
    open_page: Callable[..., Any], look: Callable[[Any], None], planned: int
) -> None:
    page = open_page("/production/orders?board=gantt&zoom=day")
    bar = page.locator(f"[data-bar='{planned}']")
    before = bar.get_attribute("aria-label")
    look(page)

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


def test_an_entry_of_the_calendar_goes_to_another_day(
    open_page: Callable[..., Any], look: Callable[[Any], None], planned: int, corner: Corner
) -> None:
    week = f"/production/orders?board=calendar&zoom=week&when={TODAY + dt.timedelta(days=4)}"
    page = open_page(week)
    entry = page.locator(f"[data-entry='{planned}']")
    here = entry.evaluate("e => e.closest('td').dataset.day")
    days = page.locator("[data-day]").evaluate_all("all => all.map(td => td.dataset.day)")
    later = days[-1] if here != days[-1] else days[-2]
    look(page)

    # With the mouse it is drawn over; a finger opens the order, and the day is chosen there.
    if corner.phone:
        calendar = page.url
        entry.tap()
        page.locator("#f-due_on").fill(later)
        save(page)
        page.wait_for_selector("[data-saved]")
        look(page)
        page.goto(calendar)
    else:
        entry.drag_to(page.locator(f"[data-day='{later}']"))
        page.wait_for_selector(".toast-card")

    page.wait_for_selector(f"[data-day='{later}'] [data-entry='{planned}']")


def test_a_tree_is_walked_with_the_arrow_keys(
    open_page: Callable[..., Any], look: Callable[[Any], None], planned: int
) -> None:
    page = open_page("/base/categories?board=tree")
    branch = page.locator("[data-tree] tr[aria-expanded]").first
    look(page)

    branch.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("[data-tree] tr[aria-level='2']")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.ariaLevel") == "2"
    look(page)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert page.locator("[data-tree] tr[aria-level='2']:visible").count() == 0


def test_a_list_is_drawn_and_the_keys_are_told(
    open_page: Callable[..., Any], look: Callable[[Any], None]
) -> None:
    page = open_page("/base/products?board=graph&show=pie")
    page.wait_for_selector("[data-chart] svg")
    look(page)

    page.keyboard.press("?")
    page.wait_for_selector("#ask .keys")
    look(page)

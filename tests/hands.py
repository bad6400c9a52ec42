"""Hands on a page: wait, choose in a link field, enter an order, as the stories in the browser need it."""

from __future__ import annotations

from typing import Any


def until(page: Any, expression: str) -> None:
    """Wait for something to be true; the page's own policy forbids to evaluate words in it."""
    for _try in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {expression}")


def choose(page: Any, selector: str, typed: str) -> None:
    """Type into a link field and take the first thing it offers."""
    page.locator(selector).press_sequentially(typed, delay=15)
    page.wait_for_selector(f"{selector} ~ [role=listbox] [role=option]")
    page.keyboard.press("Enter")
    until(page, f"document.querySelector(`{selector}`).previousElementSibling.value !== ''")


def settled(page: Any) -> None:
    """Wait until no request is under way."""
    page.wait_for_load_state("networkidle")


def enter_order(page: Any) -> None:
    choose(page, "[name='customer.text']", "Acme")
    settled(page)
    page.locator("[name=_do][value='add:lines']").click()
    page.wait_for_selector("[name='lines.n0.product.text']:focus")
    choose(page, "[name='lines.n0.product.text']", "TENON")
    until(page, "document.querySelector(`[name='lines.n0.price']`).value !== ''")

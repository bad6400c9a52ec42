"""A day at the desk: an order entered by keyboard, confirmed, and what the page says meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hands import enter_order, settled, until

PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize(
    ("language", "theme"), [("en", "light"), ("zh_Hans_CN", "dark")], ids=["english", "chinese"]
)
def test_an_order_is_entered_without_a_mouse_and_confirmed(
    open_page: Callable[..., Any], axe: Callable[[Any], list[str]], language: str, theme: str
) -> None:
    page = open_page("/crm/orders/new", language=language, theme=theme)
    enter_order(page)

    # Tab leads on, Enter adds a line, rows of a spreadsheet can be pasted.
    page.locator("[name='lines.n0.quantity']").fill("7")
    page.keyboard.press("Tab")
    settled(page)
    assert page.evaluate("document.activeElement.closest('tr')?.id") == "l-lines-n0"
    page.keyboard.press("Enter")
    page.wait_for_selector("[name='lines.n1.product.text']:focus")
    page.evaluate(
        """() => {
            const cell = document.querySelector("[name='lines.n1.product.text']");
            const data = new DataTransfer();
            data.setData("text", "BEAM\\nPANEL\\n");
            const how = {clipboardData: data, bubbles: true, cancelable: true};
            cell.dispatchEvent(new ClipboardEvent("paste", how));
        }"""
    )
    until(page, "document.querySelectorAll('[data-lines=lines] tbody tr').length === 3")
    assert axe(page) == []

    # It is saved, then confirmed, and its number stands in the heading.
    page.keyboard.press("Control+s")
    page.wait_for_url(lambda url: "/crm/orders/new" not in url)
    page.locator("button[value=confirm], [data-ask=ask-confirm]").click()
    if page.locator("#ask[open]").count():
        page.locator("#ask .btn-primary").click()
    page.wait_for_selector(".states [aria-current]:not(:first-child)")
    assert axe(page) == []
    assert "#" not in page.locator("h1").inner_text()


def test_on_a_phone_lines_are_cards_and_nothing_is_cut_off(open_page: Callable[..., Any]) -> None:
    page = open_page("/crm/orders/new", size=PHONE)
    enter_order(page)

    width = page.evaluate("document.documentElement.scrollWidth")
    row = page.locator("#l-lines-n0").bounding_box()

    assert width <= PHONE["width"]
    assert row["width"] <= PHONE["width"]
    assert row["height"] > 100


def test_what_cannot_be_read_is_told_at_its_field(open_page: Callable[..., Any], axe: Any) -> None:
    page = open_page("/crm/orders/new")
    enter_order(page)

    page.locator("[name='lines.n0.quantity']").fill("a few")
    page.keyboard.press("Tab")

    page.wait_for_selector("[id='e-lines.n0.quantity']")
    assert page.locator("[name='lines.n0.quantity']").input_value() == "a few"
    assert axe(page) == []


def test_the_palette_leads_anywhere_by_keyboard(open_page: Callable[..., Any], axe: Any) -> None:
    page = open_page("/")

    page.keyboard.press("Control+k")
    page.keyboard.type("currenc")
    page.wait_for_selector("#palette-list a[href='/base/currencies'][aria-selected=true]")
    assert axe(page) == []
    page.keyboard.press("Enter")

    page.wait_for_url("**/base/currencies")


def test_a_list_is_searched_while_typing_and_selected_in_bulk(
    open_page: Callable[..., Any],
) -> None:
    page = open_page("/base/products")

    page.locator("#q").press_sequentially("tenon", delay=20)
    page.wait_for_url("**q=tenon**")
    assert page.locator("[data-label] a").all_inner_texts() == ["TENON"]
    # Suggestions lie over the first rows until they are put away.
    page.locator("#q").press("Escape")
    page.locator("[data-all]").check()

    assert page.locator("[data-count]").inner_text() == "1"


def test_a_language_is_switched_where_one_is(open_page: Callable[..., Any]) -> None:
    page = open_page("/base/currencies")

    page.locator("[data-menu] summary").nth(0).click()
    page.locator("[data-language=zh_Hans_CN]").click()
    until(page, "document.documentElement?.lang === 'zh-CN'")

    assert page.url.endswith("/base/currencies")

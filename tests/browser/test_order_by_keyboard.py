"""A day at the desk: an order entered by keyboard, confirmed, and what the page says meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from corners import Corner
from hands import enter_order, settled, snap, until


def test_an_order_is_entered_without_a_mouse_and_confirmed(
    open_page: Callable[..., Any], look: Callable[[Any], None]
) -> None:
    page = open_page("/crm/orders/new")
    look(page)
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
    look(page)

    # It is saved, then confirmed, and its number stands in the heading.
    page.keyboard.press("Control+s")
    page.wait_for_url(lambda url: "/crm/orders/new" not in url)
    page.locator("button[value=confirm], [data-ask=ask-confirm]").click()
    if page.locator("#ask[open]").count():
        page.locator("#ask .btn-primary").click()
    page.wait_for_selector(".states [aria-current]:not(:first-child)")
    look(page)
    assert "#" not in page.locator("h1").inner_text()


def test_lines_are_rows_where_there_is_room_and_cards_on_a_phone(
    open_page: Callable[..., Any], look: Callable[[Any], None], corner: Corner
) -> None:
    page = open_page("/crm/orders/new")
    enter_order(page)

    row = page.locator("#l-lines-n0").bounding_box()

    assert row["width"] <= corner.size["width"]
    assert (row["height"] > 100) is corner.phone
    look(page)


def test_what_cannot_be_read_is_told_at_its_field(
    open_page: Callable[..., Any], look: Callable[[Any], None]
) -> None:
    page = open_page("/crm/orders/new")
    enter_order(page)

    page.locator("[name='lines.n0.quantity']").fill("a few")
    page.keyboard.press("Tab")

    page.wait_for_selector("[id='e-lines.n0.quantity']")
    assert page.locator("[name='lines.n0.quantity']").input_value() == "a few"
    look(page)


def test_the_palette_leads_anywhere_by_keyboard(
    open_page: Callable[..., Any], look: Callable[[Any], None], say: Callable[..., str]
) -> None:
    page = open_page("/")

    page.keyboard.press("Control+k")
    page.keyboard.insert_text(say("Currencies"))
    page.wait_for_selector("#palette-list a[href='/base/currencies'][aria-selected=true]")
    look(page)
    page.keyboard.press("Enter")

    page.wait_for_url("**/base/currencies")


def test_a_list_is_searched_while_typing_and_selected_in_bulk(
    open_page: Callable[..., Any], look: Callable[[Any], None]
) -> None:
    page = open_page("/base/products")

    page.locator("#q").press_sequentially("tenon", delay=20)
    page.wait_for_url("**q=tenon**")
    assert page.locator("[data-label] a").all_inner_texts() == ["TENON"]
    # Suggestions lie over the first rows until they are put away.
    snap(page, "list-suggested")
    page.locator("#q").press("Escape")
    page.locator("[data-all]").check()

    assert page.locator("[data-count]").inner_text() == "1"
    look(page)


def test_a_language_is_switched_where_one_is(open_page: Callable[..., Any], corner: Corner) -> None:
    other, tag = ("zh_Hans_CN", "zh-CN") if corner.language == "en" else ("en", "en")
    page = open_page("/base/currencies")

    page.locator("[data-menu] summary").nth(0).click()
    snap(page, "languages")
    page.locator(f"[data-language={other}]").click()
    until(page, f"document.documentElement?.lang === '{tag}'")

    assert page.url.endswith("/base/currencies")

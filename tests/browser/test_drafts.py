"""What was typed is not lost: a draft in the browser, a network that is away, mistakes one is led to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hands import save, settled

Look = Callable[[Any], None]


def type_a_party(page: Any, code: str) -> None:
    page.locator("#f-code").fill(code)
    page.locator("#f-name").fill("Willow & Reed")
    page.keyboard.press("Tab")
    page.wait_for_selector("#draft-state:not([hidden])")
    settled(page)


def test_a_page_that_was_left_offers_what_was_typed(
    open_page: Callable[..., Any], look: Look
) -> None:
    page = open_page("/base/parties/new")
    page.on("dialog", lambda dialog: dialog.accept())
    type_a_party(page, "D-LEFT")
    look(page)

    # Undo leads back to the empty form; the draft can still be brought back.
    page.locator("[data-draft=undo]").press("Enter")
    page.wait_for_selector("#draft:not([hidden])")
    assert page.locator("#f-name").input_value() == ""
    look(page)
    page.locator("[data-draft=take]").press("Enter")
    page.wait_for_selector("#draft", state="hidden")
    assert page.locator("#f-name").input_value() == "Willow & Reed"

    # Once it is saved nothing is kept.
    save(page)
    page.wait_for_selector("[data-saved]")
    drafts = "() => Object.keys(localStorage).filter(key => key.startsWith('draft:')).length"
    assert page.evaluate(drafts) == 0


def test_a_lost_network_keeps_the_draft(open_page: Callable[..., Any], look: Look) -> None:
    page = open_page("/base/parties/new")
    type_a_party(page, "D-NET")

    page.context.set_offline(True)
    save(page)
    page.wait_for_selector(".toast-bad")
    assert page.locator("#f-name").input_value() == "Willow & Reed"
    look(page)
    page.context.set_offline(False)
    page.complaints.clear()
    save(page)

    page.wait_for_selector("[data-saved]")
    assert "Willow & Reed" in page.locator("h1").inner_text()


def test_what_is_wrong_is_listed_and_the_first_field_has_the_focus(
    open_page: Callable[..., Any], look: Look
) -> None:
    page = open_page("/base/products/new")
    page.locator("#f-name").fill("Dovetail")
    page.locator("#f-sales_price").fill("dear")
    page.keyboard.press("Tab")
    settled(page)
    save(page)
    page.wait_for_selector("#f-code:focus")

    assert page.locator("#f-name").input_value() == "Dovetail"
    page.locator(".summary a[data-to=f-sales_price]").press("Enter")
    assert page.evaluate("document.activeElement.id") == "f-sales_price"
    look(page)

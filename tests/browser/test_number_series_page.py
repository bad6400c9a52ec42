"""An administrator looks at the number series and changes one for the future, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def test_a_pattern_is_changed_after_a_look_at_the_next_numbers(
    open_page: Callable[..., Any], look: Callable[[Any], None], say: Callable[..., str]
) -> None:
    page = open_page("/core/series")
    look(page)
    page.get_by_role("link", name=say("Sales orders"), exact=True).click()
    page.wait_for_url("**/core/series/sales-order")

    pattern = page.get_by_label(say("Pattern"), exact=True)
    pattern.fill("SO{year}")
    page.get_by_text(
        say("The running number {number} must stand in it once: without it all would be alike.")
    ).wait_for()
    pattern.fill("AB{year}-{number}")
    page.locator("#ahead strong").nth(2).wait_for()
    assert page.locator("#ahead").inner_text().endswith("-00003")
    look(page)

    pattern.press("Enter")
    page.get_by_role("status").filter(has_text=say("Saved.")).wait_for()
    assert "AB" in page.locator("dl.facts").inner_text()
    shipped = page.locator("tbody", has_text=say("as shipped"))
    assert shipped.inner_text().count("{number}") == 2
    look(page)


def test_the_numbers_of_invoices_have_no_gaps(
    open_page: Callable[..., Any], look: Callable[[Any], None], say: Callable[..., str]
) -> None:
    page = open_page("/core/series/finance-invoice")
    page.get_by_role("heading", name=say("Register of gaps")).wait_for()
    look(page)

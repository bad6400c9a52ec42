"""An administrator looks at the number series and changes one for the future, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PHONE = {"width": 390, "height": 844}


def test_a_pattern_is_changed_after_a_look_at_the_next_numbers(
    open_page: Callable[..., Any], axe: Callable[..., list[str]]
) -> None:
    page = open_page("/core/series")
    assert axe(page) == []
    page.get_by_role("link", name="Sales orders", exact=True).click()
    page.wait_for_url("**/core/series/sales-order")

    page.get_by_label("Pattern", exact=True).fill("SO{year}")
    page.get_by_text("must stand in it once").wait_for()
    page.get_by_label("Pattern", exact=True).fill("AB{year}-{number}")
    page.locator("#ahead strong").nth(2).wait_for()
    assert page.locator("#ahead").inner_text().endswith("-00003")
    assert axe(page) == []

    page.get_by_label("Pattern", exact=True).press("Enter")
    page.get_by_role("status").filter(has_text="Saved.").wait_for()
    assert "AB" in page.locator("dl.facts").inner_text()
    assert page.locator("tbody", has_text="as shipped").inner_text().count("{number}") == 2


def test_an_invoice_series_fits_a_telephone_in_chinese_and_in_the_dark(
    open_page: Callable[..., Any], axe: Callable[..., list[str]]
) -> None:
    for address in ("/core/series", "/core/series/finance-invoice"):
        page = open_page(address, language="zh_Hans_CN", theme="dark", size=PHONE)
        assert "编号" in page.locator("h1, .crumbs").first.inner_text()
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

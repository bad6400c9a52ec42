"""An administrator arranges a paper, looks at a real document first, and goes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytest.importorskip("typst")
PHONE = {"width": 390, "height": 844}


def test_a_paper_is_changed_after_a_look_at_a_real_document(
    open_page: Callable[..., Any], axe: Callable[..., list[str]]
) -> None:
    page = open_page("/core/papers")
    assert axe(page) == []
    page.goto(page.url + "/base/products/form")
    page.get_by_label("Before the first part").fill("Dear {nobody}")
    page.get_by_label("Before the first part").press("Tab")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("There is no field {nobody}.").wait_for()
    assert axe(page) == []

    page.get_by_label("Before the first part").fill("About {name}")
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_alt_text("Page 1 of the preview").wait_for()
    assert axe(page) == []
    page.get_by_role("button", name="Save").click()
    page.get_by_role("status").filter(has_text="Saved.").wait_for()
    page.get_by_role("button", name="Return to the shipped paper").click()
    page.locator(".timeline strong", has_text="As shipped").wait_for()


def test_the_pages_of_papers_fit_a_telephone_in_chinese_and_in_the_dark(
    open_page: Callable[..., Any], axe: Callable[..., list[str]]
) -> None:
    for address in ("/core/papers", "/core/papers/crm/orders/confirmation"):
        page = open_page(address, language="zh_Hans_CN", theme="dark", size=PHONE)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

"""A newcomer's home page says what to enter first, and an empty list says what belongs there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

PHONE = {"width": 390, "height": 844}


def test_the_home_page_leads_to_what_is_missing(
    open_page: Callable[..., Any], axe: Callable[..., list[str]]
) -> None:
    page = open_page("/")
    page.get_by_role("link", name="Set up a work centre").wait_for()
    assert axe(page) == []
    assert "of 4 done" in page.get_by_role("region", name="First steps: Sales").inner_text()

    page.get_by_role("link", name="Set up a work centre").press("Enter")
    page.wait_for_url("**/production/work_centres")
    page.goto(page.url.replace("work_centres", "boms"))
    page.get_by_text("What a product is made of and how").wait_for()
    page.get_by_role("link", name="Import a file").wait_for()
    assert axe(page) == []


def test_first_steps_fit_a_telephone_in_chinese_and_in_the_dark(
    open_page: Callable[..., Any], axe: Callable[..., list[str]]
) -> None:
    page = open_page("/core/first-steps", language="zh_Hans_CN", theme="dark", size=PHONE)
    page.get_by_role("link", name="录入信头").wait_for()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

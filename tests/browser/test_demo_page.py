"""An administrator reads what removing the demo means, and that a real house stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import update

from dougong.companies.models import Company

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def marked(server: Any) -> Iterator[None]:
    """The company is a demo for a moment."""
    for demo in (True, False):
        with server.runtime.house.engine.begin() as connection:
            connection.execute(update(Company).values(demo=demo))
        if demo:
            yield


def test_a_house_that_is_no_demo_stays(
    open_page: Callable[..., Any], axe: Callable[..., list[str]]
) -> None:
    page = open_page("/core/demo")
    page.get_by_text("was not made as a demo").wait_for()
    assert axe(page) == []


def test_the_name_must_be_typed(
    open_page: Callable[..., Any], axe: Callable[..., list[str]], marked: None
) -> None:
    page = open_page("/core/health")
    page.get_by_role("link", name="Remove the demo").press("Enter")
    page.get_by_label("Name", exact=True).fill("Acme Timber")
    page.get_by_label("to say that you mean it").fill("something else")
    assert axe(page) == []
    page.get_by_role("button", name="Remove the demo").click()
    page.locator("#wrong-typed").wait_for()
    assert axe(page) == []

    phone = open_page("/core/demo", language="zh_Hans_CN", theme="dark", size=PHONE)
    assert axe(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

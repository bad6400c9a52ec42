"""An administrator looks at the state of the house and lays a problem aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dougong.problems.recording import record
from dougong.problems.telling import Told

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def met(server: Any) -> str:
    """Somebody has met a problem."""
    title = "IntegrityError: UniqueViolation"
    record(
        server.runtime.house,
        Told("page", title, "POST /crm/orders", "crm", "dougong_crm/orders/service.py:55 confirm",
             request_id="abcdef0123456789", who="Jonas Berg", page="/crm/orders"),
    )  # fmt: skip
    return title


def test_a_problem_is_found_from_the_state_of_the_house_and_laid_aside(
    open_page: Callable[..., Any], axe: Callable[..., list[str]], met: str
) -> None:
    page = open_page("/core/health")
    assert axe(page) == []
    page.get_by_role("link", name="Look at it: Nobody met a problem").click()
    page.get_by_role("link", name=met).first.click()
    page.get_by_text("abcdef0123456789").first.wait_for()
    assert axe(page) == []

    page.get_by_role("button", name="Mark as done").click()
    page.locator("h1 .badge", has_text="Done").wait_for()


def test_problems_fit_a_telephone_in_chinese_and_in_the_dark(
    open_page: Callable[..., Any], axe: Callable[..., list[str]], met: str
) -> None:
    for address in ("/core/problems", "/core/health"):
        page = open_page(address, language="zh_Hans_CN", theme="dark", size=PHONE)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

"""An administrator switches a department off and on again from the page of the modules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dougong.modules.apart import Here

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def at_once(server: Any) -> Any:
    """Changes are carried out while the page waits."""
    server.app.config["APART"] = Here
    yield
    del server.app.config["APART"]


def test_a_department_is_disabled_after_a_look_ahead_and_enabled_again(
    open_page: Callable[..., Any], axe: Callable[..., list[str]], at_once: None
) -> None:
    page = open_page("/core/modules")
    assert axe(page) == []
    page.locator(".module a[href$='/hr/disable']").click()
    page.wait_for_url("**/core/modules/hr/disable")
    assert "Employees" in page.locator(".parts").inner_text()
    assert axe(page) == []

    page.get_by_role("button", name="Disable Human resources").click()
    page.wait_for_url("**/core/modules/errands/*")
    page.get_by_text("Done: hr.").wait_for()
    assert axe(page) == []

    page.goto(page.url.split("/core/")[0] + "/core/modules/hr")
    assert "Disabled" in page.locator("h1").inner_text()
    page.get_by_role("link", name="Enable").click()
    page.get_by_role("button", name="Enable Human resources").click()
    page.get_by_text("Done: hr.").wait_for()


def test_the_page_of_a_module_fits_a_telephone_in_chinese_and_in_the_dark(
    open_page: Callable[..., Any], axe: Callable[..., list[str]]
) -> None:
    page = open_page("/core/modules/base", language="zh_Hans_CN", theme="dark", size=PHONE)

    assert "数据" in page.locator("main").inner_text()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

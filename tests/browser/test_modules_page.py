"""A department is closed from the page of its modules, after a look ahead, and opened again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dougong.modules.apart import Here


@pytest.fixture
def at_once(server: Any) -> Any:
    """Changes are carried out while the page waits."""
    server.app.config["APART"] = Here
    yield
    del server.app.config["APART"]


def test_a_department_is_disabled_after_a_look_ahead_and_enabled_again(
    server: Any,
    open_page: Callable[..., Any],
    look: Callable[[Any], None],
    say: Callable[..., str],
    at_once: None,
) -> None:
    page = open_page("/core/modules")
    look(page)
    page.locator(".module a[href$='/hr/disable']").click()
    page.wait_for_url("**/core/modules/hr/disable")
    assert say("Employees") in page.locator(".parts").inner_text()
    look(page)

    people = say("Human resources")
    page.get_by_role("button", name=say("Disable %(name)s", name=people)).click()
    page.wait_for_url("**/core/modules/errands/*")
    done = page.get_by_text(say("Done: %(names)s.", names="hr"))
    done.wait_for()
    look(page)

    page.goto(f"{server.url}/core/modules/hr")
    assert say("Disabled") in page.locator("h1").inner_text()
    look(page)
    page.get_by_role("link", name=say("Enable")).click()
    page.get_by_role("button", name=say("Enable %(name)s", name=people)).click()
    done.wait_for()

"""An administrator looks at the state of the house and lays a problem aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dougong.problems.recording import record
from dougong.problems.telling import Told


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
    open_page: Callable[..., Any],
    look: Callable[[Any], None],
    say: Callable[..., str],
    server: Any,
    met: str,
) -> None:
    page = open_page("/core/health")
    look(page)
    asked = say("Nobody met a problem")
    page.get_by_role("link", name=say("Look at it: %(what)s", what=asked)).click()
    page.get_by_role("link", name=met).first.click()
    page.get_by_text("abcdef0123456789").first.wait_for()
    look(page)

    page.get_by_role("button", name=say("Mark as done")).click()
    page.locator("h1 .badge", has_text=say("Done", "problem")).wait_for()
    page.goto(f"{server.url}/core/problems")
    look(page)

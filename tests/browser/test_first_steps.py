"""A newcomer's home page says what to enter first, and an empty list says what belongs there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Look = Callable[[Any], None]
Say = Callable[..., str]


def test_the_home_page_leads_to_what_is_missing(
    open_page: Callable[..., Any], server: Any, look: Look, say: Say
) -> None:
    page = open_page("/")
    step = page.get_by_role("link", name=say("Set up a work centre"))
    step.wait_for()
    look(page)
    sales = page.get_by_role("region", name=say("First steps: %(module)s", module=say("Sales")))
    done = sales.locator("li.done").count()
    assert say("%(done)s of %(all)s done", done=done, all=4) in sales.inner_text()

    step.press("Enter")
    page.wait_for_url("**/production/work_centres")
    page.goto(f"{server.url}/production/boms")
    page.get_by_text(say("What a product is made of and how, operation by operation.")).wait_for()
    page.get_by_role("link", name=say("Import a file")).wait_for()
    look(page)


def test_all_first_steps_stand_on_one_page(
    open_page: Callable[..., Any], look: Look, say: Say
) -> None:
    page = open_page("/core/first-steps")
    page.get_by_role("link", name=say("Enter your letterhead")).wait_for()
    look(page)

"""An administrator reads what removing the demo means, and that a real house stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import update

from dougong.companies.models import Company

Look = Callable[[Any], None]
Say = Callable[..., str]


@pytest.fixture
def marked(server: Any) -> Iterator[None]:
    """The company is a demo for a moment."""
    for demo in (True, False):
        with server.runtime.house.engine.begin() as connection:
            connection.execute(update(Company).values(demo=demo))
        if demo:
            yield


def test_a_house_that_is_no_demo_stays(open_page: Callable[..., Any], look: Look, say: Say) -> None:
    page = open_page("/core/demo")
    stays = "This site was not made as a demo; what was entered here is real."
    page.get_by_text(say(stays)).wait_for()
    look(page)


def test_the_name_must_be_typed(
    open_page: Callable[..., Any], server: Any, look: Look, say: Say, marked: None
) -> None:
    page = open_page("/core/health")
    page.get_by_role("link", name=say("Remove the demo")).press("Enter")
    page.get_by_label(say("Name"), exact=True).fill("Acme Timber")
    page.locator("#typed").fill("something else")
    look(page)
    page.get_by_role("button", name=say("Remove the demo")).click()
    page.locator("#wrong-typed").wait_for()
    look(page)

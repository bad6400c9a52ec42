"""From a narrowed list through its documents and back, with the mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hands import settled

from dougong.actors import Actor


@pytest.fixture(scope="module")
def villagers(server: Any) -> list[int]:
    """Five people of one village."""
    from dougong_base import Party

    def act(uow: Any) -> list[int]:
        people = [Party(code=f"V{n}", name=f"Villager {n}", kind="person") for n in range(5)]
        uow.add(*people)
        return [person.id for person in people]

    found: list[int] = server.runtime.house.run(Actor.system(), act)
    return found


def test_a_form_leads_to_the_next_of_the_list_it_was_opened_from(
    open_page: Callable[..., Any], look: Callable[[Any], None], villagers: list[int]
) -> None:
    page = open_page("/base/parties?q=Villager&sort=-code")
    look(page)
    page.locator("tbody a.fw-medium").nth(1).press("Enter")
    page.wait_for_selector("#pager .tabular")
    assert "2" in page.locator("#pager").inner_text()
    assert "5" in page.locator("#pager").inner_text()
    look(page)

    page.keyboard.press("Alt+PageDown")
    page.wait_for_url(f"**/{villagers[2]}")
    # A field that was changed is drawn anew with its form; the pager stays.
    page.wait_for_selector("#pager [data-leaf=next]")
    page.locator("#f-name").fill("Villager of the mill")
    page.locator("#f-name").blur()
    settled(page)
    assert page.locator("#pager [data-leaf=next]").count() == 1
    page.keyboard.press("Control+s")
    page.wait_for_selector("[data-saved]")

    page.locator("#pager [data-leaf=next]").click()
    page.wait_for_url(f"**/{villagers[1]}")
    page.locator("[data-crumb]").click()
    page.wait_for_selector("#bulk")
    assert "q=Villager" in page.url
    assert "sort=-code" in page.url


def test_without_a_list_there_is_no_pager(
    open_page: Callable[..., Any], villagers: list[int]
) -> None:
    page = open_page(f"/base/parties/{villagers[0]}")
    settled(page)

    assert page.locator("#pager a").count() == 0

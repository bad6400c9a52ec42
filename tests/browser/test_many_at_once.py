"""Many documents at once by mouse and keyboard: all that match, one field for all, cells in the list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from dougong.actors import Actor


@pytest.fixture(scope="module")
def crowd(server: Any) -> int:
    """A hundred and fifty people more."""
    from dougong_base import Party

    def act(uow: Any) -> None:
        uow.add(*(Party(code=f"X{n:03}", name=f"Guest {n:03}", kind="person") for n in range(150)))

    server.runtime.house.run(Actor.system(), act)
    return 150


def websites(server: Any) -> list[str]:
    from dougong_base import Party

    with server.runtime.house.read(Actor.system()) as session:
        question = select(Party.website).where(Party.code.startswith("X"))
        return [site for site in session.scalars(question) if site]


def test_all_that_match_get_a_value_in_portions(
    open_page: Callable[..., Any], look: Callable[[Any], None], server: Any, crowd: int
) -> None:
    page = open_page("/base/parties?q=Guest")
    page.locator("[data-all]").check()
    page.locator("[data-every]").click()
    page.wait_for_function("() => document.querySelector('[data-count]').textContent === '150'")

    page.locator("[data-dialog$=bulk-edit][data-chosen]").click()
    page.locator("#bulk-field").select_option("website")
    page.locator("#f-website").fill("https://guests.example")
    look(page)
    page.keyboard.press("Enter")

    page.wait_for_selector(".toast-good")
    assert "150" in page.locator(".toast-good strong").inner_text()
    assert websites(server) == ["https://guests.example"] * crowd
    look(page)


def test_a_list_is_gone_through_cell_by_cell(
    open_page: Callable[..., Any], look: Callable[[Any], None]
) -> None:
    page = open_page("/base/products?q=PANEL")
    page.locator("[data-edit-mode]").press("Enter")
    page.locator("#bulk tbody td[tabindex]").nth(1).press("Enter")
    page.wait_for_selector("[data-cell] input:focus")
    look(page)

    # Tab stores the cell and opens the next; what cannot be stored says so and stays.
    page.keyboard.type("Cedar panel, planed")
    page.keyboard.press("Tab")
    page.wait_for_selector("[data-cell] select:focus")
    page.keyboard.press("Escape")
    price = page.locator("th[data-edit=sales_price]").evaluate("head => head.cellIndex")
    page.locator(f"#bulk tbody tr td:nth-child({price + 1})").press("F2")
    page.wait_for_selector("[data-cell] input:focus")
    page.keyboard.type("dear")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-cell] .wrong:not(:empty)")
    look(page)
    page.locator("[data-cell] input:focus").fill("35")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-cell]", state="detached")

    row = page.locator("#bulk tbody tr").first.inner_text()
    assert "Cedar panel, planed" in row
    assert "35.00" in row

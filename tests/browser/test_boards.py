"""Boards: a pivot is turned round and leads to its documents; a card begins in its lane."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hands import settled

Look = Callable[[Any], None]


def test_axes_are_chosen_and_a_figure_leads_to_its_documents(
    open_page: Callable[..., Any], look: Look
) -> None:
    page = open_page("/base/products?board=pivot")
    before = page.locator("thead th").first.inner_text()
    look(page)

    # Rows and columns change places; the filter of the list stays and narrows the figures.
    page.locator("#pivot-rows").select_option("category")
    page.wait_for_function("() => location.search.includes('rows=category')")
    page.locator("#q").fill("Oak")
    page.wait_for_function("() => location.search.includes('q=Oak')")
    settled(page)
    assert page.locator("thead th").first.inner_text() != before
    assert page.locator("tfoot td").last.inner_text() == "1"
    assert page.locator(".rail").count() == 1
    look(page)

    page.locator(".pivot-bar a[href*='show=chart']").press("Enter")
    page.wait_for_selector("[data-chart] svg")
    look(page)

    page.locator("tbody th a").first.press("Enter")
    page.wait_for_selector("#bulk")
    assert "q=Oak" in page.url
    assert page.locator("#bulk tbody tr").count() == 1


def test_a_card_begins_in_the_lane_where_it_was_asked_for(
    open_page: Callable[..., Any], server: Any, look: Look
) -> None:
    page = open_page("/crm/opportunities?board=kanban")
    lane = page.locator(".lane h2 .badge").nth(1).inner_text()
    look(page)

    page.locator(".lane-new").nth(1).press("Enter")
    inside = page.frame_locator("dialog.maker iframe")
    inside.locator("#doc").wait_for()
    assert inside.locator("[name='stage.text']").input_value() == lane
    look(page)

    # A state is reached by a step, never by beginning in it.
    page.goto(f"{server.url}/crm/orders?board=kanban")
    assert page.locator(".lane").count() > 1
    assert page.locator(".lane-new").count() == 0

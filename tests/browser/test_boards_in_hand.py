"""Boards in the hand: lanes fold, a card begins with its name, a pivot is put together by dragging."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from corners import Corner
from hands import draft_order, settled

Look = Callable[[Any], None]
Say = Callable[..., str]


def test_lanes_fold_and_a_card_begins_with_its_name(
    open_page: Callable[..., Any], look: Look
) -> None:
    page = open_page("/crm/opportunities?board=kanban")
    quick = page.locator("[data-lane-quick] input").first
    quick.fill("A roof of cedar")
    quick.press("Enter")
    card = page.locator(".lane").first.locator("li", has_text="A roof of cedar")
    card.wait_for()
    assert page.evaluate("document.activeElement.closest('[data-lane-quick]') !== null")
    look(page)

    # It goes on to the next lane, and is still there after a reload.
    card.locator("[data-next]").press("Enter")
    settled(page)
    page.reload()
    page.locator(".lane").nth(1).locator("li", has_text="A roof of cedar").wait_for()

    page.locator("[data-fold-lane]").first.press("Enter")
    assert "folded" in page.locator(".lane").first.get_attribute("class")
    look(page)
    page.reload()
    assert page.locator("[data-fold-lane]").first.get_attribute("aria-expanded") == "false"
    page.locator("[data-fold-lane]").first.click()
    assert page.locator("[data-fold-lane]").first.get_attribute("aria-expanded") == "true"


def put_together(page: Any, corner: Corner) -> None:
    """Rows by state, summed by records: fields are dragged at a desk, and chosen on a phone."""
    if corner.phone:
        assert not page.locator("[data-chip]").first.is_visible()
        page.locator("#pivot-rows").select_option("state")
        page.wait_for_url("**rows=state**")
        page.locator("#pivot-sums > summary").tap()
        page.locator("#pivot-sums [value=records]").check()
    else:
        page.locator("[data-chip='state']").drag_to(page.locator("[data-zone=rows]"))
        page.wait_for_url("**rows=state**")
        page.locator(".chip-sum[data-chip='records']").drag_to(page.locator("[data-zone=sum]"))
    page.wait_for_url("**sum=records**")


def test_a_pivot_is_put_together_by_dragging_expanded_and_taken_along(
    server: Any, open_page: Callable[..., Any], corner: Corner, look: Look, say: Say
) -> None:
    draft_order(server, "PIVOT-1")
    page = open_page("/crm/orders?board=pivot")
    put_together(page, corner)
    look(page)
    page.keyboard.press("Escape")
    page.locator("#pivot-deeper").select_option("customer")
    page.wait_for_url("**rows=customer**")
    fold = page.locator("[data-fold]").first
    fold.press("Enter")
    assert fold.get_attribute("aria-expanded") == "false"
    look(page)

    with page.expect_download() as waiting:
        page.locator("a[href*='pivot.xlsx']").click()
    assert waiting.value.suggested_filename == "orders-pivot.xlsx"

    # A figure of a graph leads to its documents.
    page.goto(f"{server.url}/crm/orders?board=graph&rows=state&sum=records")
    page.locator("[data-chart] svg").wait_for()
    look(page)
    page.locator("tbody th a", has_text=say("Draft")).click()
    page.wait_for_url("**state=draft**")
    assert page.locator("#bulk tbody tr").count() >= 1

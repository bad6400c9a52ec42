"""A list as one likes it: columns, kept views, narrow rows, colours; an answer for each of many."""

from __future__ import annotations

import csv
from collections.abc import Callable
from typing import Any

from corners import Corner
from hands import draft_order, fits, snap, until


def test_columns_are_chosen_kept_as_a_view_and_begun_with(
    server: Any, open_page: Callable[..., Any], look: Callable[[Any], None]
) -> None:
    page = open_page("/base/products")
    heads = page.locator("#bulk thead th").count()
    page.locator("#list-columns > summary").press("Enter")
    page.locator("[data-columns] input:not(:checked)").first.press("Space")
    until(page, f"document.querySelectorAll('#bulk thead th').length === {heads + 1}")
    assert page.locator("#list-columns").get_attribute("open") is not None
    look(page)

    page.locator("#list-views > summary").click()
    page.locator("[data-ask=ask-view]").click()
    page.locator("#view-name").fill("With one more")
    page.locator("#ask [name=shared]").check()
    look(page)
    page.locator("#ask .btn-primary").click()
    page.locator("#list-views > summary", has_text="With one more").wait_for()

    # Everybody finds it; one's own list begins with it.
    page.locator("#list-views > summary").click()
    page.locator("[data-post$='/prefer']").click()
    page.wait_for_selector("[data-post$='/prefer'][aria-pressed=true]", state="attached")
    page.wait_for_load_state()
    page.goto(f"{server.url}/base/products")
    assert page.locator("#bulk thead th").count() == heads + 1
    page.locator("#list-views > summary").click()
    page.locator("[data-post$='/drop']").click()
    page.wait_for_selector("[data-post$='/drop']", state="detached")
    page.wait_for_load_state()
    page.goto(f"{server.url}/base/products")
    assert page.locator("#bulk thead th").count() == heads


def test_what_is_exported_is_what_is_seen(
    open_page: Callable[..., Any], look: Callable[[Any], None], say: Callable[..., str]
) -> None:
    page = open_page("/base/products")
    page.locator("#q").fill("cedar")
    page.keyboard.press("Enter")
    until(page, "location.search.includes('q=')")
    page.locator("#list-columns > summary").click()
    shown = page.locator("#bulk thead th:has(a)").count()
    page.locator("[data-columns] input:not(:checked)").first.press("Space")
    page.locator(f"#bulk thead th:has(a) >> nth={shown}").wait_for(state="attached")
    page.keyboard.press("Escape")
    rows = page.locator("#bulk tbody tr").count()
    heads = page.locator("#bulk thead th:has(a)").evaluate_all(
        "all => all.map(one => one.textContent.trim())"
    )
    assert rows >= 1

    page.locator("#list-more > summary").click()
    look(page)
    with page.expect_download() as waiting:
        page.get_by_role("link", name=say("Export to CSV")).click()
    told = list(csv.reader(waiting.value.path().read_text("utf-8-sig").splitlines()))

    assert len(told) == rows + 1
    assert told[0] == heads
    assert [row[1] for row in told[1:]] == ["Cedar panel"]

    # Another board shows the same rows.
    page.keyboard.press("Escape")
    page.locator("#list-ways a[href*='board=graph']").click()
    page.wait_for_url("**board=graph**")
    assert "q=cedar" in page.url


def test_rows_become_narrow_and_colours_change_and_stay_so(
    open_page: Callable[..., Any], axe: Callable[[Any], list[str]], corner: Corner
) -> None:
    page = open_page("/base/products")
    before = page.locator("#bulk tbody tr").first.bounding_box()["height"]
    page.locator("summary.avatar-button").press("Enter")
    page.locator("[data-dense-switch]").press("Enter")
    page.keyboard.press("Escape")
    page.locator("[data-theme-switch]").click()
    page.reload()

    assert page.locator("#bulk tbody tr").first.bounding_box()["height"] < before
    assert page.locator("html").get_attribute("data-bs-theme") != corner.theme
    assert axe(page) == []
    assert fits(page)
    snap(page, "dense")


def test_many_are_confirmed_with_a_reason_for_each_that_is_not_and_taken_back(
    server: Any, open_page: Callable[..., Any], look: Callable[[Any], None], say: Callable[..., str]
) -> None:
    whole, empty = draft_order(server, "MANY-1"), draft_order(server, "MANY-2", lines=0)
    page = open_page("/crm/orders?q=MANY-")
    page.locator("[data-all]").check()
    look(page)
    page.locator("[data-ask=bulk-confirm]").click()
    page.locator("#ask .btn-primary").click()
    told = page.locator(".toast-bad")
    told.wait_for()
    assert told.locator("strong").inner_text() == say("%(n)s done, %(others)s not", n=1, others=1)
    assert told.locator(f"li a[href='/crm/orders/{empty}']").count() == 1
    look(page)
    told.locator("[data-close]").click()

    # The one that is left is given up, and brought back from the answer.
    page.locator("#bulk [type=reset]").click()
    page.locator(f"#bulk [name=id][value='{empty}']").check()
    page.locator("[data-ask=bulk-cancel]").click()
    page.locator("#ask .btn-primary").click()
    state = page.locator(f"tr:has([value='{empty}']) .badge").first
    row = page.locator(f"tr:has([value='{empty}']) .badge")
    row.filter(has_text=say("Cancelled")).wait_for()
    page.locator(".toast-good button", has_text=say("Undo")).click()
    row.filter(has_text=say("Draft")).first.wait_for()
    assert state.inner_text() == say("Draft")
    assert whole != empty

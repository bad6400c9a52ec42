"""Finding in a list: the search box, conditions of one's own, groups in levels, the view one begins with."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from hands import open_menu, until

Look = Callable[[Any], None]


def test_the_search_box_suggests_and_what_narrows_is_taken_away_again(
    open_page: Callable[..., Any], look: Look, say: Callable[..., str]
) -> None:
    page = open_page("/base/parties")

    # By keyboard: type, go down to the suggestion that its name has these words, take it.
    page.locator("#q").press_sequentially("acme", delay=20)
    page.wait_for_selector("#suggest [role=option]")
    look(page)
    taken = page.locator("#suggest [aria-selected=true]", has_text=f"{say('Name')} ")
    for _down in range(page.locator("#suggest [role=option]").count()):
        page.keyboard.press("ArrowDown")
        if taken.count():
            break
    page.keyboard.press("Enter")
    page.wait_for_selector(".facet")

    assert "acme" in page.locator(".facet").inner_text().casefold()
    assert page.locator("#bulk tbody tr").count() == 1
    assert "Acme Timber" in page.locator("#bulk tbody tr").inner_text()
    look(page)

    # Backspace in the empty box takes the condition away.
    page.locator("#q").press("Backspace")
    page.wait_for_selector(".facet", state="detached")
    page.locator("#bulk tbody tr").nth(1).wait_for()


def put_together_a_filter(page: Any, look: Look) -> None:
    """Cedar by its name or dear by its price; what cannot be read is said at its row and stays."""
    page.locator("[data-dialog*='/filter']").first.click()
    page.locator("#r-0-field").select_option("name")
    page.locator("#r-0-value").fill("Cedar")
    page.locator("[name=_do][value='add:0']").click()
    page.locator("#r-1-field").select_option("sales_price")
    page.locator("#r-1-value").fill("lots")
    page.locator("[name=match]").select_option("any")
    look(page)
    page.locator("#r-1-value").press("Enter")
    page.wait_for_selector("#r-1-wrong")
    assert page.locator("#r-0-value").input_value() == "Cedar"
    look(page)
    page.locator("#r-1-value").fill("100")
    page.locator("#r-1-value").press("Enter")
    page.wait_for_url(re.compile("filter="))


def test_a_filter_of_ones_own_is_put_together_kept_and_begun_with(
    open_page: Callable[..., Any], look: Look
) -> None:
    page = open_page("/base/products")
    put_together_a_filter(page, look)
    assert sorted(page.locator("tbody tr td:nth-child(2)").all_inner_texts()) == ["BEAM", "PANEL"]
    look(page)

    # It is kept under a name, and the list begins with it from now on.
    page.locator("#list-views summary").click()
    look(page)
    page.locator("[data-ask=ask-view]").click()
    page.locator("#view-name").fill("Cedar or dear")
    look(page)
    page.locator("#ask [type=submit]").click()
    page.wait_for_url(re.compile("view="))
    page.locator("#list-views summary").click()
    page.locator("[data-post$='/prefer']").first.click()
    page.wait_for_selector("[data-post$='/prefer'][aria-pressed=true]", state="attached")
    page.goto(re.sub(r"\?.*", "", page.url))
    assert page.locator(".facet").count() == 1

    page.locator("#list-views summary").click()
    page.locator("[data-post$='/drop']").first.click()
    page.wait_for_selector(".facet", state="detached")


def test_groups_in_two_levels_fold_and_add_up(open_page: Callable[..., Any], look: Look) -> None:
    page = open_page("/base/products")

    page.locator("#list-group summary").click()
    page.locator("#group-0").select_option("kind")
    page.wait_for_selector("#group-1")
    second = page.locator("#group-1 option").nth(1).get_attribute("value")
    page.locator("#group-1").select_option(second)
    page.wait_for_selector("[data-fold]")
    look(page)
    page.keyboard.press("Escape")
    inner = page.locator("tbody tr:visible").count()
    look(page)

    page.locator("[data-fold]").first.press("Enter")

    assert page.locator("tbody tr:visible").count() < inner
    assert page.locator("tfoot th").count() == 1
    look(page)


def test_the_menu_keeps_what_was_folded_and_shows_where_one_is(
    open_page: Callable[..., Any], server: Any, look: Look
) -> None:
    page = open_page("/crm/orders")
    open_menu(page)
    assert page.locator(".rail-part[open]").count() == 1
    assert page.locator(".rail [aria-current=page]").is_visible()
    look(page)

    page.locator("[data-part=finance] summary").press("Enter")
    page.wait_for_selector("[data-part=finance][open]")
    until(page, "document.cookie.includes('closed=')")
    page.goto(f"{server.url}/base/products")

    open_menu(page)
    assert page.locator("[data-part=finance][open]").count() == 1
    assert page.locator(".rail [aria-current=page]").is_visible()
    look(page)

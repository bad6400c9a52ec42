"""An order through its life: asked for, compared, copied, sent on, given up with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hands import draft_order, snap


def test_a_document_is_confirmed_compared_and_given_up_with_a_reason(
    server: Any, open_page: Callable[..., Any], look: Callable[[Any], None], say: Callable[..., str]
) -> None:
    order = draft_order(server, "LIFE-1")
    page = open_page(f"/crm/orders/{order}")

    # A step that asks takes along what has just been entered.
    page.locator("#f-reference").fill("LIFE-2")
    page.locator("[data-ask=ask-confirm]").click()
    page.locator("#ask[open]").wait_for()
    assert page.locator("#f-reference").input_value() == "LIFE-2"
    look(page)
    page.locator("#ask .btn-primary").click()
    page.wait_for_selector(".states li.past", state="attached")

    # It is given up with a reason; the reason stands where it is locked.
    page.locator("[data-ask=ask-cancel]").click()
    page.locator("#ask-reason").fill("Bought elsewhere")
    snap(page, "reason")
    page.keyboard.press("Enter")
    page.locator(".locked .why", has_text="Bought elsewhere").wait_for()
    assert page.locator("#save").count() == 0
    look(page)

    # Two versions are compared side by side.
    page.goto(f"{server.url}/crm/orders/{order}/history")
    page.locator("#v-before").select_option(index=page.locator("#v-before option").count() - 1)
    page.get_by_role("button", name=say("Compare", "history")).press("Enter")
    page.locator(".versus .unlike", has_text="LIFE-2").wait_for()
    assert "LIFE-1" in page.locator(".versus .unlike", has_text="LIFE-2").inner_text()
    look(page)
    snap(page, "versions")


def test_a_document_is_copied_and_its_address_sent_on(
    server: Any, open_page: Callable[..., Any]
) -> None:
    order = draft_order(server, "COPY-1")
    page = open_page(f"/crm/orders/{order}")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    more = page.locator("details.drop:has([data-copy]) > summary")

    more.click()
    page.locator("[data-copy]").click()
    page.locator(".toast-good").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{server.url}/crm/orders/{order}"

    more.press("Enter")
    page.locator("a[href*='copy=']").press("Enter")
    page.wait_for_url("**/crm/orders/new?copy=*")
    assert page.locator("[name='customer.text']").input_value() == "Acme Timber"
    assert page.locator("[name='lines.n0.product.text']").input_value() == "Oak beam 200×80"


def test_two_who_change_one_order_see_both_versions_and_choose(
    server: Any, open_page: Callable[..., Any], look: Callable[[Any], None], say: Callable[..., str]
) -> None:
    order = draft_order(server, "BOTH-1")
    mine = open_page(f"/crm/orders/{order}")
    theirs = open_page(f"/crm/orders/{order}")
    theirs.locator("#f-reference").fill("THEIRS")
    theirs.keyboard.press("Control+s")
    theirs.wait_for_selector("[data-saved]")

    mine.locator("#f-reference").fill("MINE")
    mine.locator("#f-note").fill("Call before noon")
    mine.keyboard.press("Control+s")
    differing = mine.locator(".both-one", has_text=say("Their reference"))
    differing.wait_for()
    assert "MINE" in mine.locator(".both").inner_text()
    look(mine)
    snap(mine, "both")
    differing.locator("[value=theirs]").check()
    mine.locator("button[name=_do][value=take]").press("Enter")
    mine.get_by_text(say("Both versions are put together below. Save to keep it.")).wait_for()
    assert mine.locator("#f-reference").input_value() == "THEIRS"
    mine.keyboard.press("Control+s")

    mine.wait_for_selector("[data-saved]")
    assert mine.locator("#f-reference").input_value() == "THEIRS"
    assert mine.locator("#f-note").input_value() == "Call before noon"

"""An administrator's forms: a setting that cannot be, an approval rule made of words instead of names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from corners import Corner
from hands import choose, until

Look = Callable[[Any], None]
Say = Callable[..., str]


def test_a_setting_is_found_a_wrong_value_is_told_at_its_field_and_nothing_is_lost(
    open_page: Callable[..., Any], server: Any, corner: Corner, look: Look, say: Say
) -> None:
    discount = say("Highest discount in percent")
    page = open_page("/core/settings")
    page.locator("main input[type=search]").fill("最高折扣" if corner.chinese else "discount")
    page.keyboard.press("Enter")
    page.wait_for_url("**/core/settings?q=*")
    field = page.get_by_label(discount)
    field.wait_for()
    assert page.locator("main .f").count() == 1
    look(page)

    page.goto(f"{server.url}/core/settings")
    page.get_by_label(say("Days a quote is valid")).fill("45")
    field.fill("plenty")
    field.press("Enter")
    page.locator(".alert-danger .summary a").wait_for()
    # Said above and at its field, which has the focus; what was right is still there.
    assert page.locator(".alert-danger .summary a").all_inner_texts() == [discount]
    until(page, "document.activeElement.getAttribute('aria-invalid') === 'true'")
    assert field.input_value() == "plenty"
    assert page.get_by_label(say("Days a quote is valid")).input_value() == "45"
    look(page)

    field.fill("30")
    field.press("Enter")
    page.locator(".alert-success").wait_for()
    assert page.get_by_label(say("Days a quote is valid")).input_value() == "45"


def test_a_test_letter_says_what_is_missing(
    open_page: Callable[..., Any], look: Look, say: Say
) -> None:
    page = open_page("/core/settings?q=mail")
    page.get_by_role("button", name=say("Send me a test letter")).press("Enter")
    missing = "Nobody entered an e-mail address for you: enter it under People, then try again."
    page.locator(".alert-danger", has_text=say(missing)).wait_for()
    assert page.locator("h1").inner_text() == say("Settings")
    look(page)


def test_an_approval_rule_is_made_of_words_from_the_step_that_it_is_for(
    open_page: Callable[..., Any], server: Any, look: Look, say: Say
) -> None:
    page = open_page("/core/workflows")
    page.locator("summary", has_text=say("Sales orders")).press("Enter")
    ways = page.get_by_role("region", name=say("Sales orders"), exact=True)
    look(page)
    asking = say("Ask for approval before “%(step)s”", step=say("Confirm"))
    ways.get_by_role("link", name=asking).press("Enter")
    page.wait_for_url("**/core/approval-rules/new?**")
    page.get_by_label(say("Name")).fill("Large orders")
    assert page.get_by_label(say("Kind of document")).input_value() == "crm.orders"
    assert page.get_by_label(say("Step")).input_value() == "confirm"
    page.get_by_label(say("Amount field")).select_option(label=say("Total"))
    page.get_by_label(say("From this amount")).fill("1000")
    choose(page, "[name='role.text']", say("Sales manager"))
    page.keyboard.press("Control+s")
    page.locator("[data-saved]").wait_for()
    look(page)

    # The list and the page of all workflows tell the rule in words as well.
    page.goto(f"{server.url}/core/approval-rules?resource=crm.orders")
    row = page.locator("#bulk tbody tr", has_text="Large orders").inner_text()
    assert say("Sales orders") in row
    assert "crm.orders" not in row
    assert say("Total") in row
    look(page)
    page.goto(f"{server.url}/core/workflows")
    page.locator("summary", has_text=say("Sales orders")).click()
    assert page.get_by_role("link", name="Large orders").is_visible()
    look(page)

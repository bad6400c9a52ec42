"""An administrator's forms: a setting that cannot be, an approval rule made of words instead of names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hands import fits, snap, until

PHONE = {"width": 390, "height": 844}


def test_a_setting_is_found_a_wrong_value_is_told_at_its_field_and_nothing_is_lost(
    open_page: Callable[..., Any], server: Any, axe: Callable[[Any], list[str]]
) -> None:
    page = open_page("/core/settings")
    page.locator("main input[type=search]").fill("discount")
    page.keyboard.press("Enter")
    field = page.get_by_label("Highest discount in percent")
    field.wait_for()
    assert page.locator("main .f").count() == 1

    page.goto(f"{server.url}/core/settings")
    page.get_by_label("Days a quote is valid").fill("45")
    field.fill("plenty")
    field.press("Enter")
    page.locator(".alert-danger .summary a").wait_for()
    # Said above and at its field, which has the focus; what was right is still there.
    assert page.locator(".alert-danger .summary a").all_inner_texts() == [
        "Highest discount in percent"
    ]
    until(page, "document.activeElement.getAttribute('aria-invalid') === 'true'")
    assert field.input_value() == "plenty"
    assert page.get_by_label("Days a quote is valid").input_value() == "45"
    assert axe(page) == []
    snap(page, "setting-wrong")

    field.fill("30")
    field.press("Enter")
    page.locator(".alert-success").wait_for()
    assert page.get_by_label("Days a quote is valid").input_value() == "45"

    phone = open_page("/core/settings", language="zh_Hans_CN", theme="dark", size=PHONE)
    assert axe(phone) == []
    assert fits(phone)


def test_a_test_letter_says_what_is_missing(
    open_page: Callable[..., Any], axe: Callable[[Any], list[str]]
) -> None:
    page = open_page("/core/settings?q=mail")
    page.get_by_role("button", name="Send me a test letter").press("Enter")
    page.locator(".alert-danger", has_text="enter it under People").wait_for()
    assert page.locator("h1").inner_text() == "Settings"
    assert axe(page) == []


def test_an_approval_rule_is_made_of_words_from_the_step_that_it_is_for(
    open_page: Callable[..., Any], server: Any, axe: Callable[[Any], list[str]]
) -> None:
    page = open_page("/core/workflows")
    page.locator("summary", has_text="Sales orders").press("Enter")
    ways = page.get_by_role("region", name="Sales orders", exact=True)
    assert axe(page) == []
    snap(page, "workflows")
    ways.get_by_role("link", name="Ask for approval before “Confirm”").press("Enter")
    page.wait_for_url("**/core/approval-rules/new?**")
    page.get_by_label("Name").fill("Large orders")
    assert page.get_by_label("Kind of document").input_value() == "crm.orders"
    assert page.get_by_label("Step").input_value() == "confirm"
    page.get_by_label("Amount field").select_option(label="Total")
    page.get_by_label("From this amount").fill("1000")
    page.locator("[name='role.text']").press_sequentially("Sales manager", delay=15)
    page.wait_for_selector("[name='role.text'] ~ [role=listbox] [role=option]")
    page.keyboard.press("Enter")
    until(page, "document.querySelector(`[name='role']`).value !== ''")
    page.keyboard.press("Control+s")
    page.locator("[data-saved]").wait_for()
    assert axe(page) == []
    snap(page, "approval-rule")

    chinese = open_page(
        "/core/approval-rules?resource=crm.orders", language="zh_Hans_CN", theme="dark", size=PHONE
    )
    row = chinese.locator("#bulk tbody tr", has_text="Large orders")
    assert "销售订单" in row.inner_text()
    assert "crm.orders" not in row.inner_text()
    assert "合计" in row.inner_text()
    assert axe(chinese) == []
    assert fits(chinese)
    chinese.goto(f"{server.url}/core/workflows")
    chinese.locator("summary", has_text="销售订单").click()
    assert chinese.get_by_role("link", name="Large orders").is_visible()
    assert axe(chinese) == []
    assert fits(chinese)
    snap(chinese, "workflows-phone")

"""A link field leads to what it needs: found, opened, or entered in a dialog while the form waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hands import settled, until


def begin(page: Any, name: str) -> Any:
    """An order with a reference, and a customer typed who is not there yet; the dialog's form."""
    page.locator("[name='reference']").fill("REF-77")
    customer = page.locator("[name='customer.text']")
    customer.click()
    customer.press_sequentially(name, delay=20)
    # The options of the whole name, not those of its first letters.
    page.locator(".options:not([hidden])", has_text=name).wait_for()
    page.wait_for_selector(".options:not([hidden]) [data-full]")
    page.keyboard.press("ArrowUp")  # from the first option round to the last
    page.keyboard.press("Enter")
    inside = page.frame_locator("dialog.maker iframe")
    inside.locator("#f-code").wait_for()
    return inside


def test_a_new_customer_is_entered_in_full_and_returns_into_the_order(
    open_page: Callable[..., Any], look: Callable[[Any], None]
) -> None:
    page = open_page("/crm/orders/new")
    name = "Birkenhof"
    inside = begin(page, name)
    assert inside.locator("#f-name").input_value() == name
    assert inside.locator(".rail").count() == 0
    look(page)

    # What is missing is said in the dialog; nothing of it leaves.
    inside.locator("#f-name").press("Control+s")
    inside.locator("[aria-invalid=true]").first.wait_for()
    inside.locator("#f-code").fill("BIRK")
    inside.locator("#f-code").press("Control+s")

    page.wait_for_selector("dialog.maker", state="detached")
    customer = page.locator("[name='customer.text']")
    assert customer.input_value() == name
    assert page.locator("#doc input[name='customer']").input_value().isdecimal()
    assert page.locator("[name='reference']").input_value() == "REF-77"
    page.wait_for_function("() => document.activeElement.name === 'customer.text'")

    # The record opens beside the form by keyboard.
    page.wait_for_function("() => !document.querySelector('.htmx-request')")
    with page.context.expect_page() as opened:
        customer.press("Alt+Enter")
    opened.value.wait_for_selector("#doc")
    assert opened.value.locator("h1").inner_text().startswith(name)


def test_escape_leaves_the_dialog_and_the_form_is_as_it_was(open_page: Callable[..., Any]) -> None:
    page = open_page("/crm/orders/new")
    inside = begin(page, "Nobody Yet")

    inside.locator("#f-code").press("Escape")
    page.wait_for_selector("dialog.maker", state="detached")

    assert page.locator("[name='customer.text']").input_value() == "Nobody Yet"
    assert page.locator("[name='reference']").input_value() == "REF-77"


def test_a_scanned_code_names_the_product_of_a_line(
    open_page: Callable[..., Any], server: Any
) -> None:
    from dougong.actors import Actor
    from dougong_base import Product
    from dougong_base.products.models import Barcode

    def act(uow: Any) -> None:
        (beam,) = uow.load(Product, [server.ids["beam"]])
        beam.barcode = "4006381333931"
        uow.add(Barcode(product_id=beam.id, code="4006381333948", quantity=10))

    server.runtime.house.run(Actor.system(), act)
    page = open_page("/crm/orders/new")
    page.locator("[name=_do][value='add:lines']").click()
    product = page.locator("[data-lines=lines] tbody tr:last-child [role=combobox]").first
    product.wait_for()

    product.press_sequentially("4006381333948")
    page.keyboard.press("Enter")

    page.wait_for_function(
        "() => [...document.querySelectorAll('[data-lines=lines] [role=combobox]')]"
        ".some(input => input.value === 'Oak beam 200×80')"
    )


def test_a_scanner_is_heard_without_a_field_that_has_the_focus(
    open_page: Callable[..., Any],
) -> None:
    # In an order each code is a line, one after the other.
    page = open_page("/crm/orders/new")
    page.locator("h1").click()
    page.keyboard.type("BEAM\n")
    page.keyboard.type("TENON\n")
    until(page, "document.querySelectorAll('[data-lines=lines] tbody tr').length === 2")
    settled(page)
    names = page.locator("[data-lines=lines] [name$='.product.text']")
    assert [names.nth(n).input_value() for n in range(2)] == ["Oak beam 200×80", "Tenon set"]
    page.on("dialog", lambda dialog: dialog.accept())

    # In a list the code is searched for; elsewhere the palette looks for it.
    page.goto(page.url.partition("/crm/")[0] + "/base/products")
    page.keyboard.type("PANEL\n")
    page.wait_for_url("**q=PANEL**")
    page.goto(page.url.partition("/base/")[0] + "/")
    page.keyboard.type("TENON\n")
    page.wait_for_selector("#palette[open] [role=option]:has-text('Tenon set')")


def test_a_supplier_made_from_an_order_can_supply(
    open_page: Callable[..., Any], server: Any
) -> None:
    page = open_page("/purchasing/orders/new")
    page.locator("[name='supplier.text']").press_sequentially("Birch & Sons", delay=15)
    page.locator("[role=option][data-quick]").wait_for()
    page.keyboard.press("Enter")
    until(
        page, "document.querySelector(`[name='supplier.text']`).previousElementSibling.value !== ''"
    )
    settled(page)

    assert page.locator("#e-supplier").count() == 0

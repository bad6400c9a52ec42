"""Finding one's way: two Chinese characters, the palette, one's other company, other eyes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hands import draft_order, fits, snap, until

from dougong.actors import Actor

PASSWORD = "seven wooden brackets"
PHONE = {"width": 390, "height": 844}


def test_two_characters_find_and_a_document_is_begun_from_anywhere(
    open_page: Callable[..., Any], axe: Callable[[Any], list[str]]
) -> None:
    page = open_page("/", language="zh_Hans_CN", theme="dark", size=PHONE)
    page.locator("[data-palette]").click()
    page.keyboard.insert_text("木作")
    page.locator("#palette-list a", has_text="北京木作有限公司").first.wait_for()
    assert axe(page) == []
    assert fits(page)
    page.keyboard.press("Escape")

    wide = open_page("/base/currencies")
    wide.keyboard.press("Control+k")
    wide.keyboard.type("new: sales order")
    wide.locator("#palette-list a[href='/crm/orders/new'][aria-selected=true]").wait_for()
    snap(wide, "palette-actions")
    wide.keyboard.press("Enter")
    wide.wait_for_url("**/crm/orders/new")


def test_the_palette_presses_what_the_page_itself_offers(
    open_page: Callable[..., Any], server: Any, axe: Callable[[Any], list[str]]
) -> None:
    page = open_page(f"/crm/orders/{draft_order(server, reference='PO-1')}")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Control+k")
    page.keyboard.type("dark")
    page.locator("[data-press][aria-selected=true]", has_text="light and dark").wait_for()
    assert axe(page) == []
    snap(page, "palette-here")
    page.keyboard.press("Enter")
    until(page, "document.documentElement.dataset.bsTheme === 'dark'")

    # Quicker than the answer: what was typed is meant, not what stood there before.
    page.keyboard.press("Control+k")
    page.keyboard.type("duplic")
    page.keyboard.press("Enter")
    page.wait_for_url("**/crm/orders/new?copy=*")


def test_a_record_leads_to_the_documents_that_name_it(
    open_page: Callable[..., Any], server: Any, axe: Callable[[Any], list[str]]
) -> None:
    draft_order(server, reference="PO-2")
    page = open_page(f"/crm/customers/{server.ids['acme']}")
    button = page.locator(".related a", has_text="Sales orders")
    told = int(button.locator("b").inner_text())
    assert told >= 1
    assert axe(page) == []
    snap(page, "named-by")
    button.press("Enter")
    page.wait_for_url(f"**/crm/orders?customer={server.ids['acme']}")
    assert page.locator("#bulk tbody tr").count() == told
    # From one of them the way above its title leads back to the list, and to the customer.
    page.locator("#bulk tbody a").first.click()
    crumbs = page.locator(".crumbs a")
    page.locator("[data-hop]").wait_for()
    assert crumbs.all_inner_texts() == ["Acme Timber", "Sales orders"]
    assert crumbs.last.get_attribute("href").endswith(f"?customer={server.ids['acme']}")
    assert axe(page) == []
    crumbs.first.press("Enter")
    page.locator(".related a", has_text="Sales orders").wait_for()
    assert crumbs.all_inner_texts() == ["Customers"]

    phone = open_page(
        f"/base/products/{server.ids['beam']}", language="zh_Hans_CN", theme="dark", size=PHONE
    )
    assert phone.locator(".related a", has_text="销售订单").count() == 1
    assert axe(phone) == []
    assert fits(phone)


def test_a_sheet_stays_within_the_window(open_page: Callable[..., Any]) -> None:
    page = open_page("/crm/orders")
    page.locator("#list-columns > summary").press("Enter")
    sheet = page.locator("#list-columns .sheet")
    until(page, "document.querySelector('#list-columns .sheet').matches('.sheet-end')")
    page.locator("[data-columns] input:not(:checked)").first.press("Space")
    page.locator("#bulk thead th").nth(11).wait_for(state="attached")
    box = sheet.bounding_box()
    assert box["x"] + box["width"] <= 1440


def test_an_administrator_changes_company_and_sees_with_a_sellers_eyes(
    open_page: Callable[..., Any], axe: Callable[[Any], list[str]], server: Any
) -> None:
    from dougong.companies.models import Company
    from dougong.people.roles.service import give_role
    from dougong.people.users.service import add_user

    def people(uow: Any) -> int:
        first = uow.session.get(Company, 1)
        second = Company(code="NORD", name="Nordhaus", currency=first.currency)
        uow.add(second)
        uow.flush()
        boss, _initial = add_user(
            uow, "chief", "Chief", companies=[1, second.id], password=PASSWORD
        )
        seller, _initial = add_user(uow, "mia", "Mia", companies=[1], password=PASSWORD)
        uow.flush()
        give_role(uow, boss.id, "administrator")
        give_role(uow, seller.id, "crm.salesperson")
        return int(seller.id)

    seller = server.runtime.house.run(Actor.system(), people)
    server.app.config["ACT_AS"] = None
    try:
        page = open_page("/base/parties")
        page.locator("#login").fill("chief")
        page.locator("#password").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/base/parties")

        # The other company, and back.
        page.locator("summary.avatar-button").click()
        page.locator(".companies button", has_text="Nordhaus").click()
        page.wait_for_url(server.url + "/")
        page.locator("summary.avatar-button").click()
        assert "Nordhaus" in page.locator(".companies [aria-current]").inner_text()
        page.locator(".companies button").first.click()
        page.wait_for_load_state()

        # With Mia's eyes: what she does not see is not there, and nothing can be changed.
        page.goto(f"{server.url}/core/people/{seller}/see-as")
        assert axe(page) == []
        if page.locator("#proof-password").count():
            page.locator("#proof-password").fill(PASSWORD)
        page.get_by_role("button", name="Begin").click()
        page.locator(".seeing", has_text="Mia").wait_for()
        assert axe(page) == []
        snap(page, "see-as")
        assert page.locator("a[href='/core/users']").count() == 0
        page.goto(f"{server.url}/crm/orders")
        assert page.locator(".seeing").count() == 1
        page.set_viewport_size(PHONE)
        assert fits(page)
        page.get_by_role("button", name="Back to yourself").click()
        page.wait_for_url(f"**/core/users/{seller}/access")
        assert page.locator(".seeing").count() == 0
    finally:
        server.app.config["ACT_AS"] = Actor.system(name="Ana Ruiz")

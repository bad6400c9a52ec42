"""Finding one's way: two Chinese characters, the palette, one's other company, other eyes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from corners import Corner
from hands import draft_order, open_palette, settled, until

from dougong.actors import Actor

PASSWORD = "seven wooden brackets"
Look = Callable[[Any], None]
Say = Callable[..., str]


def test_two_characters_find_and_a_document_is_begun_from_anywhere(
    open_page: Callable[..., Any], corner: Corner, look: Look
) -> None:
    page = open_page("/base/currencies")
    open_palette(page)
    page.keyboard.insert_text("木作")
    page.locator("#palette-list a", has_text="北京木作有限公司").first.wait_for()
    look(page)

    page.locator("#palette input").fill("")
    page.keyboard.insert_text("新建销售订单" if corner.chinese else "new: sales order")
    page.locator("#palette-list a[href='/crm/orders/new'][aria-selected=true]").wait_for()
    look(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/crm/orders/new")


def test_the_palette_presses_what_the_page_itself_offers(
    open_page: Callable[..., Any], server: Any, corner: Corner, look: Look, say: Say
) -> None:
    page = open_page(f"/crm/orders/{draft_order(server, reference='PO-1')}")
    settled(page)
    open_palette(page)
    page.keyboard.insert_text("深色" if corner.chinese else "dark")
    switch = say("Switch between light and dark")
    page.locator("[data-press][aria-selected=true]", has_text=switch).wait_for()
    look(page)
    page.keyboard.press("Enter")
    until(page, f"document.documentElement.dataset.bsTheme !== '{corner.theme}'")

    # Quicker than the answer: what was typed is meant, not what stood there before.
    open_palette(page)
    page.keyboard.insert_text(say("Duplicate")[:6])
    page.keyboard.press("Enter")
    page.wait_for_url("**/crm/orders/new?copy=*")


def test_a_record_leads_to_the_documents_that_name_it(
    open_page: Callable[..., Any], server: Any, look: Look, say: Say
) -> None:
    draft_order(server, reference="PO-2")
    page = open_page(f"/crm/customers/{server.ids['acme']}")
    button = page.locator(".related a", has_text=say("Sales orders"))
    told = int(button.locator("b").inner_text())
    assert told >= 1
    look(page)
    button.press("Enter")
    page.wait_for_url(f"**/crm/orders?customer={server.ids['acme']}")
    assert page.locator("#bulk tbody tr").count() == told
    # From one of them the way above its title leads back to the list, and to the customer.
    page.locator("#bulk tbody a").first.click()
    crumbs = page.locator(".crumbs a")
    page.locator("[data-hop]").wait_for()
    assert crumbs.all_inner_texts() == ["Acme Timber", say("Sales orders")]
    assert crumbs.last.get_attribute("href").endswith(f"?customer={server.ids['acme']}")
    look(page)
    crumbs.first.press("Enter")
    page.locator(".related a", has_text=say("Sales orders")).wait_for()
    assert crumbs.all_inner_texts() == [say("Customers")]

    page.goto(f"{server.url}/base/products/{server.ids['beam']}")
    assert page.locator(".related a", has_text=say("Sales orders")).count() == 1
    look(page)


def test_a_sheet_stays_within_the_window(open_page: Callable[..., Any], look: Look) -> None:
    page = open_page("/crm/orders")
    page.locator("#list-columns > summary").press("Enter")
    sheet = page.locator("#list-columns .sheet")
    sheet.wait_for()
    look(page)
    before = page.locator("#bulk thead th").count()
    page.locator("[data-columns] input:not(:checked)").first.press("Space")
    page.locator("#bulk thead th").nth(before).wait_for(state="attached")
    box = sheet.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]


@pytest.fixture
def seller(server: Any) -> Iterator[int]:
    """A house of two companies with Chief, who may do all, and Mia, who sells; nobody is logged in."""
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
        mia, _initial = add_user(uow, "mia", "Mia", companies=[1], password=PASSWORD)
        uow.flush()
        give_role(uow, boss.id, "administrator")
        give_role(uow, mia.id, "crm.salesperson")
        return int(mia.id)

    found = server.runtime.house.run(Actor.system(), people)
    server.app.config["ACT_AS"] = None
    yield found
    server.app.config["ACT_AS"] = Actor.system(name="Ana Ruiz")


def test_an_administrator_changes_company_and_sees_with_a_sellers_eyes(
    open_page: Callable[..., Any], server: Any, seller: int, look: Look, say: Say
) -> None:
    page = open_page("/base/parties")
    look(page)
    page.locator("#login").fill("chief")
    page.locator("#password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/base/parties")

    # The other company, and back.
    page.locator("summary.avatar-button").click()
    look(page)
    page.locator(".companies button", has_text="Nordhaus").click()
    page.wait_for_url(server.url + "/")
    page.locator("summary.avatar-button").click()
    assert "Nordhaus" in page.locator(".companies [aria-current]").inner_text()
    page.locator(".companies button").first.click()
    page.wait_for_load_state()

    # With Mia's eyes: what she does not see is not there, and nothing can be changed.
    page.goto(f"{server.url}/core/people/{seller}/see-as")
    look(page)
    if page.locator("#proof-password").count():
        page.locator("#proof-password").fill(PASSWORD)
    page.get_by_role("button", name=say("Begin")).click()
    page.locator(".seeing", has_text="Mia").wait_for()
    look(page)
    assert page.locator("a[href='/core/users']").count() == 0
    page.goto(f"{server.url}/crm/orders")
    assert page.locator(".seeing").count() == 1
    look(page)
    page.get_by_role("button", name=say("Back to yourself")).click()
    page.wait_for_url(f"**/core/users/{seller}/access")
    assert page.locator(".seeing").count() == 0

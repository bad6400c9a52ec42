"""Finding one's way: two Chinese characters, the palette, one's other company, other eyes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hands import fits, snap

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

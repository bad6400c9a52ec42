"""A quote comes by letter, the customer accepts on the telephone, and the order stands in the office."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hands import broken_dates
from portal_house import Customers

from dougong.jobs.claiming import Leases
from dougong.outbox.sending import send_due
from dougong.settings.service import write
from dougong_base import Party
from dougong_base.portal import letters
from dougong_crm.orders.models import Order

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
WIDTH = "document.documentElement.scrollWidth"
#: Where pictures go that somebody wants to look at.
PICTURES = os.environ.get("PORTAL_PICTURES", "")


@pytest.fixture(scope="module")
def customers(server: Any) -> Customers:
    """Ada has a quote to answer, an order and an invoice; the office reads as Ana."""
    found = Customers(server.runtime)
    found.quotes = [found.quote(quantity=n) for n in (2, 3, 4)]  # type: ignore[attr-defined]
    found.order(), found.invoice(), found.quote("bob")

    def prepare(uow: Any) -> None:
        uow.get(Party, found.ids["ada"]).language = "zh_Hans_CN"
        for key, value in (
            ("core.mail_server", "127.0.0.1:1"), ("core.mail_from", "post@crane.example"),
            ("core.address", server.url),
        ):  # fmt: skip
            write(uow, key, value)

    found.do(prepare)
    return found


def picture(page: Any, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def test_a_quote_that_came_by_letter_is_accepted_on_the_telephone_and_stands_in_the_office(
    open_page: Callable[..., Any],
    axe: Callable[[Any], list[str]],
    server: Any,
    customers: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(letters, "send_mail", lambda uow, given: sent.extend(given))
    quote = customers.quotes[0]
    office = open_page(f"/crm/quotes/{quote}/share")
    office.get_by_role("button", name="Send by e-mail").click()
    office.wait_for_selector(".alert-success")
    assert axe(office) == []
    picture(office, "share-wide")
    send_due(server.runtime.house, Leases(server.runtime.house.engine, "test"))
    (letter,) = sent
    assert (letter["To"], "SQ-" in letter["Subject"]) == ("ada@ada.example", True)
    link = re.search(r"http://\S+", letter.get_content())[0]  # type: ignore[index]

    phone = open_page(link.removeprefix(server.url), language="", size=PHONE)
    assert phone.evaluate("document.documentElement.lang") == "zh-CN"
    assert axe(phone) == []
    assert phone.evaluate(WIDTH) <= PHONE["width"]
    picture(phone, "shared-phone")
    phone.get_by_role("button", name="接受此报价").click()
    assert phone.locator("#accept-name").evaluate("e => e.validity.valueMissing")
    phone.locator("#accept-name").fill("爱达")
    phone.get_by_role("button", name="接受此报价").click()
    phone.wait_for_selector(".alert-success")
    assert phone.get_by_role("button", name="接受此报价").count() == 0
    picture(phone, "accepted-phone")

    (order,) = customers.all(Order, Order.quote_id == quote)
    office = open_page(f"/crm/orders/{order.id}")
    assert "Confirmed" in office.locator("h1").inner_text()
    history = open_page(f"/crm/quotes/{quote}/history")
    assert "爱达" in history.locator("main").inner_text()
    assert "Ada Ltd (portal)" in history.locator("main").inner_text()


@pytest.mark.parametrize(
    ("language", "theme", "size"),
    [("en", "light", WIDE), ("zh_Hans_CN", "dark", PHONE)],
    ids=["wide", "phone"],
)
def test_every_page_of_the_portal_is_readable_by_everyone(
    open_page: Callable[..., Any],
    axe: Callable[[Any], list[str]],
    customers: Any,
    language: str,
    theme: str,
    size: Any,
) -> None:
    name = "wide" if size is WIDE else "phone"
    page = open_page(customers.link(), language=language, theme=theme, size=size)
    page.wait_for_url("**/portal")
    nav = page.locator("nav.tabs a")
    pages = [nav.nth(n).get_attribute("href") for n in range(nav.count())]
    pages.append(f"/portal/crm/quotes/{customers.quotes[1]}")
    for n, address in enumerate(pages):
        page.goto(page.url.partition("/portal")[0] + address)
        assert axe(page) == [], address
        assert page.evaluate(WIDTH) <= size["width"], address
        assert page.locator("h1").count() == 1
        assert broken_dates(page) == [], address
        picture(page, f"portal-{n}-{name}")
    first = page.url.partition("/portal")[0]
    for path in ("/portal/finance/customer-invoices", "/portal/crm/orders"):
        page.goto(first + path)
        page.locator("td.lead a").first.click()
        assert axe(page) == []
        assert page.evaluate(WIDTH) <= size["width"]
        picture(page, f"portal-{path.split('/')[-1]}-one-{name}")


def test_a_customer_who_declines_too_late_reads_why(
    open_page: Callable[..., Any], axe: Callable[[Any], list[str]], customers: Any
) -> None:
    from dougong_crm.quotes.service import reject_quotes

    page = open_page(customers.link_to("crm.quotes", customers.quotes[2]), size=PHONE)
    page.locator("#decline-words").fill("Too dear")
    page.locator("#decline-name").fill("Ann")
    customers.do(lambda uow: reject_quotes(uow, [customers.quotes[2]]) and None)
    page.get_by_role("button", name="Decline this quote").click()

    page.wait_for_selector(".alert-danger")
    assert "You have declined this quote" in page.locator(".alert-danger").inner_text()
    assert axe(page) == []


def test_the_office_invites_and_renews_and_the_earlier_link_is_dead(
    open_page: Callable[..., Any], axe: Callable[[Any], list[str]], customers: Any
) -> None:
    earlier = customers.link()
    for language, theme, size in (("en", "light", WIDE), ("zh_Hans_CN", "dark", PHONE)):
        tab = open_page(
            f"/crm/customers/{customers.ids['ada']}/portal",
            language=language,
            theme=theme,
            size=size,
        )
        assert axe(tab) == []
        assert tab.evaluate(WIDTH) <= size["width"]
        picture(tab, f"tab-{'wide' if size is WIDE else 'phone'}")
    tab = open_page(f"/crm/customers/{customers.ids['ada']}/portal")
    tab.get_by_role("button", name="Renew link").click()
    tab.wait_for_selector(".alert-success")
    dead = open_page(earlier)
    assert "Not found" in dead.locator("h1").inner_text()
    assert axe(dead) == []
    alive = open_page(customers.link())
    assert "Your documents" in alive.title()


def test_somebody_who_is_given_a_log_in_chooses_a_password_and_is_in_the_portal(
    open_page: Callable[..., Any], axe: Callable[[Any], list[str]], server: Any, customers: Any
) -> None:
    tab = open_page(f"/crm/customers/{customers.ids['ada']}/portal")
    tab.locator("#portal-name").fill("Ann Ada")
    tab.get_by_role("button", name="Give a log-in").click()
    password = tab.locator("code").inner_text()
    assert axe(tab) == []
    acting, server.app.config["ACT_AS"] = server.app.config["ACT_AS"], None
    try:
        page = open_page("/login", size=PHONE)
        page.locator("#login").fill("ada@ada.example")
        page.locator("#password").fill(password)
        page.keyboard.press("Enter")
        page.wait_for_url("**/account/password")
        page.locator("#old").fill(password)
        for field in ("#password", "#again"):
            page.locator(field).fill("seven wooden brackets")
        page.keyboard.press("Enter")
        page.wait_for_url("**/account?done=password")
        assert axe(page) == []
        assert page.evaluate(WIDTH) <= PHONE["width"]
        picture(page, "account-phone")
        page.locator(".brand").click()
        page.wait_for_url("**/portal")
        assert "Ann Ada" in page.locator("h1").inner_text()
        page.goto(f"{server.url}/crm/orders")
        assert "Not allowed" in page.locator("h1").inner_text()
        assert axe(page) == []
        picture(page, "forbidden-phone")
    finally:
        server.app.config["ACT_AS"] = acting

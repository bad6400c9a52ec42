"""A quote comes by letter, the customer accepts on the telephone, and the order stands in the office."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from corners import Corner
from hands import broken_dates
from portal_house import Customers

from dougong.jobs.claiming import Leases
from dougong.outbox.sending import send_due
from dougong.settings.service import write
from dougong_base import Party
from dougong_base.portal import letters
from dougong_crm.orders.models import Order

Opened, Looked, Said = Callable[..., Any], Callable[[Any], None], Callable[..., str]


@pytest.fixture(scope="module")
def customers(server: Any, corner: Corner) -> Customers:
    """Ada has a quote to answer, an order and an invoice, and reads as this corner does."""
    found = Customers(server.runtime)
    found.quotes = [found.quote(quantity=n) for n in (2, 3, 4)]  # type: ignore[attr-defined]
    found.order(), found.invoice(), found.quote("bob")

    def prepare(uow: Any) -> None:
        uow.get(Party, found.ids["ada"]).language = corner.language
        for key, value in (
            ("core.mail_server", "127.0.0.1:1"), ("core.mail_from", "post@crane.example"),
            ("core.address", server.url),
        ):  # fmt: skip
            write(uow, key, value)

    found.do(prepare)
    return found


def sent_link(
    server: Any, open_page: Opened, look: Looked, say: Said, quote: int, sent: list[Any]
) -> str:
    """The office sends a quote by letter; the address that stands in it."""
    office = open_page(f"/crm/quotes/{quote}/share")
    look(office)
    office.get_by_role("button", name=say("Send by e-mail")).click()
    office.wait_for_selector(".alert-success")
    look(office)
    send_due(server.runtime.house, Leases(server.runtime.house.engine, "test"))
    (letter,) = sent
    assert (letter["To"], "SQ-" in letter["Subject"]) == ("ada@ada.example", True)
    return str(re.search(r"http://\S+", letter.get_content())[0])  # type: ignore[index]


def test_a_quote_that_came_by_letter_is_accepted_and_stands_in_the_office(
    open_page: Opened,
    look: Looked,
    say: Said,
    server: Any,
    customers: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(letters, "send_mail", lambda uow, given: sent.extend(given))
    quote = customers.quotes[0]
    link = sent_link(server, open_page, look, say, quote, sent)

    # Nobody has chosen a language: the page speaks that of the customer.
    page = open_page(link.removeprefix(server.url), language="")
    look(page)
    accept = page.get_by_role("button", name=say("Accept this quote"))
    accept.click()
    assert page.locator("#accept-name").evaluate("e => e.validity.valueMissing")
    page.locator("#accept-name").fill("爱达")
    accept.click()
    page.wait_for_selector(".alert-success")
    assert accept.count() == 0
    look(page)

    (order,) = customers.all(Order, Order.quote_id == quote)
    office = open_page(f"/crm/orders/{order.id}")
    assert say("Confirmed") in office.locator("h1").inner_text()
    office.goto(f"{server.url}/crm/quotes/{quote}/history")
    assert "爱达" in office.locator("main").inner_text()
    assert "Ada Ltd (portal)" in office.locator("main").inner_text()
    look(office)


def test_every_page_of_the_portal_is_readable_by_everyone(
    open_page: Opened, look: Looked, customers: Any
) -> None:
    page = open_page(customers.link())
    page.wait_for_url("**/portal")
    nav = page.locator("nav.tabs a")
    pages = [nav.nth(n).get_attribute("href") for n in range(nav.count())]
    pages.append(f"/portal/crm/quotes/{customers.quotes[1]}")
    first = page.url.partition("/portal")[0]
    for address in pages:
        page.goto(first + address)
        look(page)
        assert page.locator("h1").count() == 1
        assert broken_dates(page) == [], address
    for path in ("/portal/finance/customer-invoices", "/portal/crm/orders"):
        page.goto(first + path)
        page.locator("td.lead a").first.click()
        look(page)


def test_a_customer_who_declines_too_late_reads_why(
    open_page: Opened, look: Looked, say: Said, customers: Any
) -> None:
    from dougong_crm.quotes.service import reject_quotes

    page = open_page(customers.link_to("crm.quotes", customers.quotes[2]))
    page.locator("#decline-words").fill("Too dear")
    page.locator("#decline-name").fill("Ann")
    customers.do(lambda uow: reject_quotes(uow, [customers.quotes[2]]) and None)
    page.get_by_role("button", name=say("Decline this quote")).click()

    page.wait_for_selector(".alert-danger")
    assert say("You have declined this quote.") in page.locator(".alert-danger").inner_text()
    look(page)


def test_the_office_invites_and_renews_and_the_earlier_link_is_dead(
    open_page: Opened, look: Looked, say: Said, customers: Any
) -> None:
    earlier = customers.link()
    tab = open_page(f"/crm/customers/{customers.ids['ada']}/portal")
    look(tab)
    tab.get_by_role("button", name=say("Renew link")).click()
    tab.wait_for_selector(".alert-success")
    look(tab)
    dead = open_page(earlier)
    assert say("Not found") in dead.locator("h1").inner_text()
    look(dead)
    alive = open_page(customers.link())
    assert say("Your documents") in alive.title()


def test_somebody_who_is_given_a_log_in_chooses_a_password_and_is_in_the_portal(
    open_page: Opened, look: Looked, say: Said, server: Any, customers: Any
) -> None:
    tab = open_page(f"/crm/customers/{customers.ids['ada']}/portal")
    tab.locator("#portal-name").fill("Ann Ada")
    tab.get_by_role("button", name=say("Give a log-in")).click()
    password = tab.locator("code").inner_text()
    look(tab)
    acting, server.app.config["ACT_AS"] = server.app.config["ACT_AS"], None
    try:
        page = open_page("/login")
        page.locator("#login").fill("ada@ada.example")
        page.locator("#password").fill(password)
        page.keyboard.press("Enter")
        page.wait_for_url("**/account/password")
        look(page)
        page.locator("#old").fill(password)
        for field in ("#password", "#again"):
            page.locator(field).fill("seven wooden brackets")
        page.keyboard.press("Enter")
        page.wait_for_url("**/account?done=password")
        look(page)
        page.locator(".brand").click()
        page.wait_for_url("**/portal")
        assert "Ann Ada" in page.locator("h1").inner_text()
        page.goto(f"{server.url}/crm/orders")
        assert say("Not allowed") in page.locator("h1").inner_text()
        look(page)
    finally:
        server.app.config["ACT_AS"] = acting

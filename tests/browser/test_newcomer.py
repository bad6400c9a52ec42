"""Somebody new, before an empty house: from the log-in to a paid invoice, as the pages lead."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from waitress.server import create_server

from dougong.actors import Actor

PASSWORD = "seven wooden brackets"
WIDE = {"width": 1440, "height": 900}


def settled(page: Any) -> None:
    """Wait until no request is under way."""
    page.wait_for_load_state("networkidle")


def choose(page: Any, selector: str, typed: str) -> None:
    """Type into a link field and take the first thing it offers."""
    page.locator(selector).press_sequentially(typed, delay=15)
    page.wait_for_selector(f"{selector} ~ [role=listbox] [role=option]")
    page.keyboard.press("Enter")
    for _try in range(100):
        if page.evaluate(f"document.querySelector(`{selector}`).previousElementSibling.value"):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"nothing was chosen for {typed}")


@pytest.fixture
def server(databases: Any) -> Iterator[SimpleNamespace]:
    """A house with its modules and one administrator; no customer, no product, nothing."""
    from dougong.people.roles.service import give_role
    from dougong.people.users.service import add_user
    from dougong.plugins.registry import Runtime
    from dougong.testing import SHIPPED
    from dougong.web.app import create_app

    url = databases.copy(SHIPPED, seeded=True)
    runtime = Runtime(url, {"TESTING": True, "SECRET_KEY": "for tests only " * 3})

    def boss(uow: Any) -> None:
        user, _initial = add_user(uow, "boss", "Boss", companies=[1], password=PASSWORD)
        uow.flush()
        give_role(uow, user.id, "administrator")

    runtime.house.run(Actor.system(), boss)
    app = create_app(runtime, runtime.config)
    serving = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=serving.run, daemon=True)
    thread.start()
    yield SimpleNamespace(url=f"http://127.0.0.1:{serving.effective_port}", runtime=runtime)
    serving.close()
    thread.join(5)
    runtime.close()
    databases.drop(url)


class Desk:
    """The newcomer's browser, with the rules of accessibility asked at every page."""

    def __init__(self, page: Any, axe: Callable[[Any], list[str]], url: str) -> None:
        self.page, self.axe, self.url = page, axe, url

    def open(self, address: str) -> None:
        self.page.goto(self.url + address)
        self.look()

    def look(self) -> None:
        settled(self.page)
        assert self.axe(self.page) == [], self.page.url
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.page.viewport_size["width"], self.page.url

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            self.page.locator(f"#f-{name}").fill(value)

    def add_line(self, product: str, **values: str) -> None:
        row = "lines.n0"
        if not self.page.locator(f"[name='{row}.product.text']").count():
            self.page.locator("[name=_do][value='add:lines']").click()
            self.page.wait_for_selector(f"[name='{row}.product.text']")
            settled(self.page)
        choose(self.page, f"[name='{row}.product.text']", product)
        settled(self.page)
        for name, value in values.items():
            self.page.locator(f"[name='{row}.{name}']").fill(value)
            self.page.keyboard.press("Tab")
            settled(self.page)

    def save(self) -> None:
        self.page.keyboard.press("Control+s")
        self.page.wait_for_selector("[data-saved]")
        self.look()

    def take(self, step: str, lands: str) -> None:
        """Press the step's button, say yes where it asks, and see the state."""
        self.page.locator(f"button[value={step}], [data-ask=ask-{step}]").first.click()
        self.page.wait_for_timeout(100)
        if self.page.locator("#ask[open]").count():
            self.page.locator("#ask .btn-primary").click()
        self.page.wait_for_selector(f".states [aria-current]:text-is('{lands}')")
        self.look()

    def follow(self, kind: str) -> None:
        """From a document to the one that came of it, by the trail."""
        self.page.locator(".tabs a[href$='/trail']").click()
        self.page.wait_for_url("**/trail")
        self.look()
        self.page.locator(f".trail a[href*='{kind}/']").first.click()
        self.page.wait_for_url(f"**{kind}/*")
        self.look()


ENGLISH = ("Done", "Confirmed", "Shipped", "Posted", "Paid")


@pytest.mark.parametrize(
    ("language", "theme", "size", "states"),
    [("en", "light", WIDE, ENGLISH)],
    ids=["english-wide-light"],
)
def test_from_an_empty_house_to_a_paid_invoice(
    open_page: Callable[..., Any], axe: Any, server: Any,
    language: str, theme: str, size: Any, states: tuple[str, ...],
) -> None:  # fmt: skip
    taken, confirmed, shipped, posted, paid = states
    page = open_page("/", language=language, theme=theme, size=size)
    desk = Desk(page, axe, server.url)
    desk.look()
    page.locator("#login").fill("boss")
    page.locator("#password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(server.url + "/")
    desk.look()
    for empty in ("/crm/customers", "/crm/orders", "/finance/customer-invoices"):
        desk.open(empty)

    desk.open("/crm/customers/new")
    desk.fill(code="C-LOU", name="Lou Lindner")
    desk.save()
    desk.open("/base/products/new")
    desk.fill(code="LAMP", name="Desk lamp", sales_price="40", cost_price="15")
    desk.save()
    desk.open("/inventory/openings/new")
    desk.add_line("LAMP", quantity="20")
    desk.save()
    desk.take("open", taken)

    desk.open("/crm/orders/new")
    choose(page, "[name='customer.text']", "Lou")
    settled(page)
    desk.add_line("LAMP", quantity="3")
    desk.save()
    order = page.url.partition("?")[0]
    desk.take("confirm", confirmed)

    desk.follow("/inventory/deliveries")
    desk.take("ship", shipped)
    page.goto(order)
    desk.follow("/finance/invoices")
    desk.take("post", posted)
    desk.take("pay", paid)

    page.goto(order)
    desk.look()
    assert page.locator(".states [aria-current]").inner_text() == taken
    for kind in ("/inventory/deliveries/", "/finance/invoices/", "/finance/payments/"):
        desk.open(f"{order.removeprefix(server.url)}/trail")
        assert page.locator(f"main a[href*='{kind}']").count(), kind
    desk.open("/finance/reports/trial-balance")

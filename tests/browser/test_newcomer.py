"""Somebody new, before an empty house: from the log-in to a paid invoice, as the pages lead."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from babel.messages.pofile import read_po
from corners import Corner
from hands import choose, settled
from waitress.server import create_server

from dougong.actors import Actor
from dougong.plugins.founding import Founding

PASSWORD = "seven wooden brackets"
ROOT = Path(__file__).parents[2]
LITERAL = re.compile(r"%\(\w+\)[sd]")


EUROPE = Founding(code="MAIN", name="Blue Crane Trading", currency="EUR", country="DE")
CHINA = Founding(
    code="MAIN", name="蓝鹤贸易有限公司", currency="CNY", country="CN", language="zh_Hans_CN"
)


@pytest.fixture
def server(databases: Any, corner: Corner) -> Iterator[SimpleNamespace]:
    """A house with its modules and one administrator; no customer, no product, nothing."""
    from dougong.people.roles.service import give_role
    from dougong.people.users.service import add_user
    from dougong.plugins.registry import Runtime
    from dougong.testing import SHIPPED
    from dougong.web.app import create_app

    url = databases.copy(SHIPPED, seeded=True, company=EUROPE if corner.language == "en" else CHINA)
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


@pytest.fixture(scope="session")
def english() -> tuple[frozenset[str], re.Pattern[str]]:
    """What the house says in English and can say in Chinese: whole, and pieces around a name."""
    whole, pieces = set(), set()
    for catalogue in sorted(ROOT.glob("**/zh_Hans_CN/LC_MESSAGES/messages.po")):
        if {".venv", "node_modules", "build"} & set(catalogue.parts):
            continue
        with catalogue.open("rb") as file:
            for message in read_po(file):
                source = message.id if isinstance(message.id, str) else ""
                if not source or not message.string or source == message.string:
                    continue
                whole.add(source)
                parts = [part.strip(" .,:;“”()") for part in LITERAL.split(source)]
                pieces |= {p for p in parts if len(p) > 12 and p.count(" ") > 1 and p.isascii()}
    longest = sorted(pieces, key=len, reverse=True)
    return frozenset(whole), re.compile("|".join(map(re.escape, longest)))


class Desk:
    """The newcomer's browser; at every page the rules that no page may break are asked."""

    def __init__(
        self, page: Any, look: Callable[[Any], None], url: str, corner: Corner, english: Any
    ) -> None:
        self.page, self.rules, self.url = page, look, url
        self.corner, self.english = corner, english

    def open(self, address: str) -> None:
        self.page.goto(self.url + address)
        self.look()

    def look(self) -> None:
        self.rules(self.page)
        if self.corner.language != "en":
            assert self.english_said() == [], self.page.url

    def english_said(self) -> list[str]:
        """What a Chinese reader is told in English although the catalogue knows better."""
        whole, pieces = self.english
        said = self.page.evaluate(
            """() => {
              const texts = document.body.innerText.split(/[\\n\\t]+/);
              for (const node of document.querySelectorAll('[aria-label],[placeholder],[title]'))
                texts.push(...['aria-label', 'placeholder', 'title'].map(a => node.getAttribute(a) ?? ''));
              return [document.title.split(' · ')[0], ...texts].map(t => t.trim()).filter(Boolean);
            }"""
        )
        return sorted({text for text in said if text in whole or pieces.search(text)})

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

    def take(self, step: str, lands: str, **asked: str) -> None:
        """Press the step's button, answer and say yes where it asks, and see the state."""
        self.ask(step)
        if self.page.locator("#ask[open]").count():
            for name, value in asked.items():
                self.page.locator(f"#ask-{name}").fill(value)
            self.page.locator("#ask .btn-primary").click()
        said = self.corner.say(lands)
        self.page.wait_for_selector(f".states [aria-current]:text-is('{said}')")
        self.look()

    def ask(self, step: str) -> None:
        self.page.locator(f"button[value={step}], [data-ask=ask-{step}]").first.click()
        self.page.locator("#ask[open], [data-saved]").first.wait_for()

    def follow(self, kind: str) -> None:
        """From a document to the one that came of it, by the button that leads there."""
        self.page.locator(f".related a[href*='{kind}/']").first.click()
        self.page.wait_for_url(f"**{kind}/*")
        self.look()


def come_in(desk: Desk) -> None:
    """Choose language and light at the door, and sign in."""
    page, corner = desk.page, desk.corner
    settled(page)
    if corner.theme == "dark":
        page.locator("[data-theme-switch]").click()
    if corner.language != "en":
        page.locator("summary:has(+ * [data-language])").click()
        with page.expect_navigation():
            page.locator(f"[data-language={corner.language}]").click()
    desk.look()
    page.locator("#login").fill("boss")
    page.locator("#password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(desk.url + "/")
    desk.look()
    for empty in ("/crm/customers", "/crm/orders", "/finance/customer-invoices"):
        desk.open(empty)


def enter_masters(desk: Desk) -> None:
    """A customer, a product, and twenty of it in the store."""
    desk.open("/crm/customers/new")
    desk.fill(code="C-LOU", name="Lou Lindner")
    desk.save()
    desk.open("/base/products/new")
    desk.fill(code="LAMP", name="Desk lamp", sales_price="40", cost_price="15")
    desk.save()
    desk.open("/inventory/openings/new")
    desk.add_line("LAMP", quantity="20")
    desk.save()
    desk.take("open", "Done")


def sell(desk: Desk) -> str:
    """Three lamps to Lou, delivered and invoiced; the order's address."""
    page = desk.page
    desk.open("/crm/orders/new")
    choose(page, "[name='customer.text']", "Lou")
    settled(page)
    desk.add_line("LAMP", quantity="3")
    desk.save()
    order: str = page.url.partition("?")[0]
    desk.take("confirm", "Confirmed")
    desk.follow("/inventory/deliveries")
    desk.take("ship", "Shipped")
    desk.follow("/crm/orders")
    desk.follow("/finance/invoices")
    desk.take("post", "Posted")
    return order


def be_paid(desk: Desk) -> None:
    """Too much is refused; then it is paid in two parts."""
    page = desk.page
    desk.ask("pay")
    open_amount = page.locator("#ask-amount").input_value()
    assert float(open_amount) >= 120, "the dialog begins with what is open"
    page.locator("#ask-amount").fill("1000000")
    page.locator("#ask .btn-primary").click()
    page.wait_for_selector(".ask-wrong:not(:empty)")
    desk.look()
    page.locator("#ask [data-cancel]").click()
    desk.take("pay", "Partly paid", amount="20")
    desk.take("pay", "Paid")
    assert page.locator(".related a[href*='/finance/payments?related=']").count() == 1


def test_from_an_empty_house_to_a_paid_invoice(
    open_page: Callable[..., Any],
    look: Callable[[Any], None],
    server: Any,
    corner: Corner,
    english: Any,
) -> None:
    page = open_page("/", language="", theme="")
    desk = Desk(page, look, server.url, corner, english)
    come_in(desk)
    enter_masters(desk)
    order = sell(desk)
    be_paid(desk)

    desk.follow("/crm/orders")
    assert page.url == order
    assert page.locator(".states [aria-current]").inner_text() == corner.say("Done")
    page.locator(".related a[href*='/finance/payments?related=']").click()
    page.wait_for_url("**/finance/payments?related=*")
    desk.look()
    assert page.locator("tbody tr").count() == 2
    desk.open(f"{order.removeprefix(server.url)}/notes")
    page.locator("#note-text").fill("Lou 3 ✓")
    page.locator(".note-new .btn-primary").click()
    page.wait_for_selector(".note-text")
    desk.look()
    desk.open(f"{order.removeprefix(server.url)}/trail")
    for kind in ("/inventory/deliveries/", "/finance/invoices/", "/finance/payments/"):
        assert page.locator(f"main a[href*='{kind}']").count(), kind
    desk.open(f"{order.removeprefix(server.url)}/history")
    desk.open("/finance/reports/trial-balance")

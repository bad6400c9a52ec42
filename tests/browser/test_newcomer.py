"""Somebody new, before an empty house: from the log-in to a paid invoice, as the pages lead.

The same story in English and in Chinese, on a desk and on a phone, by day and by night.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from babel.messages.pofile import read_po
from waitress.server import create_server

from dougong.actors import Actor
from dougong.plugins.founding import Founding

PASSWORD = "seven wooden brackets"
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
ROOT = Path(__file__).parents[2]
LITERAL = re.compile(r"%\(\w+\)[sd]")


@dataclass(frozen=True)
class Telling:
    """One way of telling the story: who reads it, on what, and what the states are called."""

    language: str
    tag: str
    theme: str
    size: dict[str, int]
    company: Founding
    #: What opening stock, an order, a delivery and an invoice are when done.
    taken: str
    confirmed: str
    shipped: str
    posted: str
    partly: str
    paid: str


EUROPE = Founding(code="MAIN", name="Blue Crane Trading", currency="EUR", country="DE")
CHINA = Founding(
    code="MAIN", name="蓝鹤贸易有限公司", currency="CNY", country="CN", language="zh_Hans_CN"
)
ENGLISH = ("Done", "Confirmed", "Shipped", "Posted", "Partly paid", "Paid")
CHINESE = ("已完成", "已确认", "已发货", "已过账", "部分付款", "已付清")
TELLINGS = {
    "english-wide-light": Telling("en", "en", "light", WIDE, EUROPE, *ENGLISH),
    "chinese-wide-dark": Telling("zh_Hans_CN", "zh-CN", "dark", WIDE, CHINA, *CHINESE),
    "chinese-phone-light": Telling("zh_Hans_CN", "zh-CN", "light", PHONE, CHINA, *CHINESE),
    "english-phone-dark": Telling("en", "en", "dark", PHONE, EUROPE, *ENGLISH),
}


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


@pytest.fixture(params=list(TELLINGS.values()), ids=list(TELLINGS))
def telling(request: pytest.FixtureRequest) -> Telling:
    """One after the other."""
    found: Telling = request.param
    return found


@pytest.fixture
def server(databases: Any, telling: Telling) -> Iterator[SimpleNamespace]:
    """A house with its modules and one administrator; no customer, no product, nothing."""
    from dougong.people.roles.service import give_role
    from dougong.people.users.service import add_user
    from dougong.plugins.registry import Runtime
    from dougong.testing import SHIPPED
    from dougong.web.app import create_app

    url = databases.copy(SHIPPED, seeded=True, company=telling.company)
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
        self, page: Any, axe: Callable[[Any], list[str]], url: str, telling: Telling, english: Any
    ) -> None:
        self.page, self.axe, self.url = page, axe, url
        self.telling, self.english = telling, english

    def open(self, address: str) -> None:
        self.page.goto(self.url + address)
        self.look()

    def look(self) -> None:
        settled(self.page)
        assert self.axe(self.page) == [], self.page.url
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= self.page.viewport_size["width"], self.page.url
        html = self.page.locator("html")
        assert html.get_attribute("lang") == self.telling.tag
        assert html.get_attribute("data-bs-theme") == self.telling.theme
        if self.telling.tag != "en":
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
        self.page.wait_for_selector(f".states [aria-current]:text-is('{lands}')")
        self.look()

    def ask(self, step: str) -> None:
        self.page.locator(f"button[value={step}], [data-ask=ask-{step}]").first.click()
        self.page.wait_for_timeout(100)

    def follow(self, kind: str) -> None:
        """From a document to the one that came of it, by the button that leads there."""
        self.page.locator(f".related a[href*='{kind}/']").first.click()
        self.page.wait_for_url(f"**{kind}/*")
        self.look()


def test_from_an_empty_house_to_a_paid_invoice(
    open_page: Callable[..., Any], axe: Any, server: Any, telling: Telling, english: Any
) -> None:
    page = open_page("/", language="", theme="", size=telling.size)
    desk = Desk(page, axe, server.url, telling, english)
    settled(page)
    if telling.theme == "dark":
        page.locator("[data-theme-switch]").click()
    if telling.language != "en":
        page.locator("summary:has(+ * [data-language])").click()
        with page.expect_navigation():
            page.locator(f"[data-language={telling.language}]").click()
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
    desk.take("open", telling.taken)

    desk.open("/crm/orders/new")
    choose(page, "[name='customer.text']", "Lou")
    settled(page)
    desk.add_line("LAMP", quantity="3")
    desk.save()
    order = page.url.partition("?")[0]
    desk.take("confirm", telling.confirmed)

    desk.follow("/inventory/deliveries")
    desk.take("ship", telling.shipped)
    desk.follow("/crm/orders")
    desk.follow("/finance/invoices")
    desk.take("post", telling.posted)
    desk.ask("pay")
    open_amount = page.locator("#ask-amount").input_value()
    assert float(open_amount) >= 120, "the dialog begins with what is open"
    page.locator("#ask-amount").fill("1000000")
    page.locator("#ask .btn-primary").click()
    page.wait_for_selector(".ask-wrong:not(:empty)")
    desk.look()
    page.locator("#ask [data-cancel]").click()
    desk.take("pay", telling.partly, amount="20")
    desk.take("pay", telling.paid)
    assert page.locator(".related a[href*='/finance/payments?related=']").count() == 1

    desk.follow("/crm/orders")
    assert page.url == order
    assert page.locator(".states [aria-current]").inner_text() == telling.taken
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

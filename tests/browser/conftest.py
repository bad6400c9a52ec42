"""A real browser before a real server with a small company: what people see, tried as they would."""

from __future__ import annotations

import re
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from corners import Corner, told_in
from hands import broken_dates, fits, settled, snap, watch
from waitress.server import create_server

from dougong.actors import Actor

pytest.importorskip("playwright", reason="playwright is not installed")
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@dataclass
class Server:
    """A house that answers at an address."""

    url: str
    runtime: Any
    app: Any
    ids: dict[str, int]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    path = next(
        (p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), ""
    )
    if not path:
        pytest.skip("no Chromium on this machine; run tools/chromium.sh")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module", params=told_in(), ids=lambda corner: corner.name)
def corner(request: pytest.FixtureRequest) -> Corner:
    """Who reads the pages of this story; each corner has a company of its own."""
    found: Corner = request.param
    return found


@pytest.fixture
def say(corner: Corner) -> Callable[..., str]:
    """What the house says in this corner: ``say("Confirm")``, ``say("Open", "invoice")``."""
    return corner.say


@pytest.fixture(scope="module")
def server(databases: Any, corner: Corner) -> Iterator[Server]:
    """A company with two customers and three products, served on this machine."""
    from dougong.plugins.registry import Runtime
    from dougong.testing import SHIPPED
    from dougong.web.app import create_app

    url = databases.copy(SHIPPED, seeded=True)
    ana = Actor.system(name="Ana Ruiz")
    runtime = Runtime(url, {"TESTING": True, "SECRET_KEY": "for tests only " * 3, "ACT_AS": ana})
    assert not runtime.failed
    ids = runtime.house.run(ana, stock)
    app = create_app(runtime, runtime.config)
    serving = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=serving.run, daemon=True)
    thread.start()
    yield Server(f"http://127.0.0.1:{serving.effective_port}", runtime, app, ids)
    serving.close()
    thread.join(5)
    runtime.close()
    databases.drop(url)


def stock(uow: Any) -> dict[str, int]:
    """What the stories are about."""
    from sqlalchemy import select

    from dougong_base import Category, Party, Product, Unit

    unit = uow.session.scalars(select(Unit).order_by(Unit.id)).first()
    category = uow.session.scalars(select(Category).order_by(Category.id)).first()
    parties = [
        Party(code="C-ACME", name="Acme Timber", kind="organisation", is_customer=True),
        Party(code="C-BJ", name="北京木作有限公司", kind="organisation", is_customer=True),
    ]
    products = [
        Product(code=code, name=name, kind="goods", unit_id=unit.id, sales_price=Decimal(price),
                category_id=category.id if category else None)
        for code, name, price in (
            ("BEAM", "Oak beam 200×80", 120), ("TENON", "Tenon set", 24), ("PANEL", "Cedar panel", 31),
        )
    ]  # fmt: skip
    uow.add(*parties, *products)
    return {"acme": parties[0].id, "beijing": parties[1].id, "beam": products[0].id}


@pytest.fixture
def open_page(browser: Browser, server: Server, corner: Corner) -> Iterator[Callable[..., Page]]:
    """Open an address as this corner's reader does: ``open_page("/crm/orders")``.

    An error in the console, or anything the content policy forbids, fails the test.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_at(
        address: str,
        *,
        language: str = corner.language,
        theme: str = corner.theme,
        size: Any = corner.size,
    ) -> Page:
        context = browser.new_context(viewport=size, has_touch=corner.phone)
        contexts.append(context)
        context.set_default_timeout(10_000)
        cookies = [
            {"name": "language", "value": language, "url": server.url},
            {"name": "theme", "value": theme, "url": server.url},
        ]
        # Without a choice the page is as a newcomer's browser finds it.
        context.add_cookies([cookie for cookie in cookies if cookie["value"]])
        page = context.new_page()
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.complaints = complaints  # type: ignore[attr-defined]
        watch(page)
        page.goto(server.url + address)
        return page

    yield open_at
    for context in contexts:
        context.close()
    # A refusal (409, 422) is told by the browser as a failed load; that is no mistake of the page.
    assert [c for c in complaints if "the server responded with a status of 4" not in c] == []


@pytest.fixture(scope="session")
def axe_source() -> str:
    """The rules of accessibility, as a script."""
    module = pytest.importorskip("axe_core_python", reason="axe-core-python is not installed")
    return next(Path(module.__file__).parent.rglob("axe.min.js")).read_text("utf-8")


@pytest.fixture
def axe(axe_source: str) -> Callable[[Page], list[str]]:
    """What the rules of accessibility have against a page; empty is right."""

    def look(page: Page) -> list[str]:
        page.evaluate(axe_source)
        found = page.evaluate(
            "axe.run(document, {resultTypes: ['violations'],"
            " runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
        )
        return [
            f"{wrong['id']}: {node['target']} {node['failureSummary']}"
            for wrong in found["violations"]
            for node in wrong["nodes"]
        ]

    return look


@pytest.fixture
def look(
    axe: Callable[[Page], list[str]], corner: Corner, request: pytest.FixtureRequest
) -> Callable[[Page], None]:
    """See that a page keeps the rules of all pages: readable by everybody, in the window, in the language.

    A Chinese date stands on one line. Each look leaves a picture where pictures are kept; see
    `hands.snap`.
    """
    stops = count(1)

    def at(page: Page) -> None:
        settled(page)
        story = re.sub(
            r"\W+", "-", request.node.name.removeprefix("test_").replace(corner.name, "")
        )
        snap(page, f"{corner.name}.{story.strip('-')}.{next(stops)}")
        assert axe(page) == [], page.url
        assert fits(page), f"{page.url} is wider than the window"
        assert broken_dates(page) == [], f"{page.url} breaks dates"
        html = page.locator("html")
        assert html.get_attribute("lang") == corner.tag
        assert html.get_attribute("data-bs-theme") == corner.theme

    return at

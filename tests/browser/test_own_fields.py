"""An administrator adds a field and arranges a form; both are there a moment later, for everybody."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from corners import Corner
from hands import settled
from waitress.server import create_server

from dougong.actors import Actor
from dougong.web.live import LiveApp

#: Milliseconds; the house builds itself anew, which takes its time where much else is going on.
PATIENCE = 60_000


@pytest.fixture(scope="module")
def server(databases: Any, corner: Corner) -> Iterator[Any]:
    """A small house that builds itself anew when an administrator has changed it."""
    url = databases.copy(("base",), seeded=True)
    config = {"TESTING": True, "SECRET_KEY": "for tests only " * 3,
              "ACT_AS": Actor.system(name="Ana Ruiz")}  # fmt: skip
    app = LiveApp(url, config, look=0)
    serving = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=serving.run, daemon=True)
    thread.start()
    yield SimpleNamespace(url=f"http://127.0.0.1:{serving.effective_port}")
    serving.close()
    thread.join(5)
    app.close()
    databases.drop(url)


def test_a_field_of_ones_own_stands_in_form_list_and_filter(
    open_page: Callable[..., Any], look: Callable[[Any], None], server: Any, corner: Corner
) -> None:
    english = corner.language == "en"
    called, first = ("Wood grade", "Grade A") if english else ("木材等级", "一等")
    page = open_page("/core/custom-fields/new")
    page.set_default_timeout(PATIENCE)
    page.locator("#f-noun").select_option("base.products")
    for name, text in (("label", "Wood grade"), ("label_zh", "木材等级"), ("name", "wood_grade")):
        page.locator(f"#f-{name}").fill(text)
    page.locator("#f-kind").select_option("choice")
    page.locator("#f-choices").fill("a = Grade A = 一等\nb = Grade B = 二等")
    look(page)
    page.keyboard.press("Control+s")
    page.wait_for_selector("[data-saved]")

    page.goto(f"{server.url}/base/products/new")
    field = page.get_by_label(called)
    page.locator("#f-code").fill("OAK-A")
    page.locator("#f-name").fill("Oak, first grade")
    field.select_option(label=first)
    page.keyboard.press("Control+s")
    page.wait_for_selector("[data-saved]")
    look(page)

    page.goto(f"{server.url}/base/products")
    page.locator("#list-columns > summary").click()
    page.locator("[data-columns] label", has_text=called).locator("input").check()
    page.locator(f"#bulk td[data-label='{called}']", has_text=first).wait_for()
    look(page)


def test_a_form_is_arranged_and_put_back(
    open_page: Callable[..., Any], look: Callable[[Any], None], say: Callable[..., str], server: Any
) -> None:
    page = open_page("/core/forms/base.parties")
    page.set_default_timeout(PATIENCE)
    page.locator("[name='website.hidden']").check()
    for label in page.locator("[name^='email.label']").all():
        label.fill("Mail for orders")
    page.locator("[name='phone.needed']").check()
    look(page)
    page.get_by_role("button", name=say("Save")).click()
    page.locator(".alert-success").wait_for()
    look(page)

    page.goto(f"{server.url}/base/parties/new")
    assert page.locator("#f-website").count() == 0
    assert page.get_by_label("Mail for orders").count() == 1
    page.locator("#f-code").fill("ARR")
    page.locator("#f-name").fill("Arranged Ltd")
    page.keyboard.press("Control+s")
    page.wait_for_selector("#f-phone:focus")
    page.locator(".summary a[data-to=f-phone]").wait_for()
    look(page)
    page.on("dialog", lambda dialog: dialog.accept())

    page.goto(f"{server.url}/core/forms/base.parties")
    page.locator("[name=reset]").click()
    settled(page)
    page.goto(f"{server.url}/base/parties/new")
    assert page.locator("#f-website").count() == 1

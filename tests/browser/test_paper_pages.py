"""An administrator arranges a paper, looks at a real document first, and goes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytest.importorskip("typst")


def test_a_paper_is_changed_after_a_look_at_a_real_document(
    open_page: Callable[..., Any], look: Callable[[Any], None], say: Callable[..., str]
) -> None:
    page = open_page("/core/papers")
    look(page)
    page.goto(page.url + "/base/products/form")
    before = page.get_by_label(say("Before the first part"))
    save = page.get_by_role("button", name=say("Save"))
    before.fill("Dear {nobody}")
    before.press("Tab")
    save.click()
    wrong = say("There is no field %(name)s. There are: %(known)s.", name="{nobody}", known="")
    page.get_by_text(wrong.rstrip(".。")).wait_for()
    look(page)

    before.fill("About {name}")
    page.get_by_role("button", name=say("Look at it first")).click()
    page.get_by_alt_text(say("Page %(number)s of the preview", number=1)).wait_for()
    look(page)
    save.click()
    page.get_by_role("status").filter(has_text=say("Saved.")).wait_for()
    page.get_by_role("button", name=say("Return to the shipped paper")).click()
    page.locator(".timeline strong", has_text=say("As shipped")).wait_for()


def test_a_paper_with_lines_is_arranged(
    open_page: Callable[..., Any], look: Callable[[Any], None]
) -> None:
    page = open_page("/core/papers/crm/orders/confirmation")
    look(page)

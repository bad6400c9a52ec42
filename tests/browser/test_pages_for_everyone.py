"""Every kind of page, in both languages, light and dark, wide and narrow: readable by everyone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}

PAGES = [
    "/", "/crm/orders", "/crm/orders/new", "/crm/opportunities?board=kanban", "/base/parties",
    "/base/products", "/base/products/new", "/base/currencies?q=nothing-like-this",
    "/finance/accounts?group=kind", "/base/parties/import", "/nowhere", "/login",
    "/finance/reports/trial-balance", "/finance/reports", "/core/settings", "/core/inbox",
]  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(
    ("language", "theme", "size"),
    [("en", "light", WIDE), ("zh_Hans_CN", "dark", PHONE)],
    ids=["wide", "phone"],
)
def test_a_page_is_readable_by_everyone(
    open_page: Callable[..., Any],
    axe: Callable[[Any], list[str]],
    address: str,
    language: str,
    theme: str,
    size: Any,
) -> None:
    page = open_page(address, language=language, theme=theme, size=size)

    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.lang") == ("en" if language == "en" else "zh-CN")

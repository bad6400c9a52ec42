"""Hands on a page: wait, choose in a link field, enter an order, as the stories in the browser need it."""

from __future__ import annotations

from typing import Any


def until(page: Any, expression: str) -> None:
    """Wait for something to be true; the page's own policy forbids to evaluate words in it."""
    for _try in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {expression}")


def choose(page: Any, selector: str, typed: str) -> None:
    """Type into a link field and take the first thing it offers."""
    page.locator(selector).press_sequentially(typed, delay=15)
    page.wait_for_selector(f"{selector} ~ [role=listbox] [role=option]")
    page.keyboard.press("Enter")
    until(page, f"document.querySelector(`{selector}`).previousElementSibling.value !== ''")


def settled(page: Any) -> None:
    """Wait until no request is under way."""
    page.wait_for_load_state("networkidle")


def enter_order(page: Any) -> None:
    choose(page, "[name='customer.text']", "Acme")
    settled(page)
    page.locator("[name=_do][value='add:lines']").click()
    page.wait_for_selector("[name='lines.n0.product.text']:focus")
    choose(page, "[name='lines.n0.product.text']", "TENON")
    until(page, "document.querySelector(`[name='lines.n0.price']`).value !== ''")


def draft_order(server: Any, reference: str, *, lines: int = 1) -> int:
    """An order of the customer Acme, not confirmed yet."""
    import datetime as dt
    from decimal import Decimal

    from sqlalchemy import select

    from dougong.actors import Actor
    from dougong_base import Unit
    from dougong_crm.orders.models import Order, OrderLine
    from dougong_crm.orders.service import create_orders

    def act(uow: Any) -> int:
        unit = uow.session.scalar(select(Unit.id).where(Unit.code == "pc"))
        rows = [
            OrderLine(product_id=server.ids["beam"], quantity=Decimal(2), price=Decimal(120),
                      unit_id=unit)
            for _n in range(lines)
        ]  # fmt: skip
        order = Order(
            customer_id=server.ids["acme"], ordered_on=dt.date(2026, 3, 2), currency="EUR",
            reference=reference, lines=rows,
        )  # fmt: skip
        create_orders(uow, [order])
        return order.id

    found: int = server.runtime.house.run(Actor.system(name="Ana Ruiz"), act)
    return found


#: Nobody can scroll to what stands left of the page, so the browser does not call it too wide.
WHOLE = """() => [...document.querySelectorAll(".sheet, .options, dialog[open], .toast-card")]
  .filter(box => box.checkVisibility()).every(box => box.getBoundingClientRect().left >= 0)"""


def fits(page: Any) -> bool:
    """Whether nothing of the page stands beyond its right edge, and no menu or dialog beyond its left."""
    width = page.viewport_size["width"]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return bool(wide <= width and page.evaluate(WHOLE))


BROKEN_DATES = r"""() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  for (let node; (node = texts.nextNode());) {
    for (const date of node.data.matchAll(/\d{4}年\d{1,2}月\d{1,2}日/g)) {
      const range = document.createRange();
      range.setStart(node, date.index);
      range.setEnd(node, date.index + date[0].length);
      if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) found.push(date[0]);
    }
  }
  return found;
}"""


def broken_dates(page: Any) -> list[str]:
    """Chinese dates that stand on two lines."""
    found: list[str] = page.evaluate(BROKEN_DATES)
    return found


def snap(page: Any, name: str) -> None:
    """Keep a picture where somebody asked for pictures: ``DOUGONG_SHOTS=folder``."""
    import os
    from pathlib import Path

    if folder := os.environ.get("DOUGONG_SHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)

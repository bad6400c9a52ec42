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


#: Requests that a page waits for; the line on which the house tells news stays open.
WAITED_FOR = {"document", "xhr", "fetch", "stylesheet", "script"}
IN_HAND = (
    "document.readyState === 'complete' && !document.querySelector('.htmx-request,.htmx-swapping')"
)


def watch(page: Any) -> None:
    """Note what a page is waiting for, so that `settled` knows."""
    page.under_way = set()

    def begin(request: Any) -> None:
        if request.resource_type in WAITED_FOR:
            page.under_way.add(request)

    def end(request: Any) -> None:
        page.under_way.discard(request)

    page.on("request", begin)
    page.on("requestfinished", end)
    page.on("requestfailed", end)


def settled(page: Any) -> None:
    """Wait until no request is under way, and none begins for a moment.

    The browser's own word for it, `networkidle`, is true for good once it was true.
    """
    quiet = 0
    for _try in range(500):
        page.wait_for_timeout(30)
        quiet = quiet + 1 if _rests(page) else 0
        if quiet == 4:
            return
    raise AssertionError(f"never at rest: {[r.url for r in page.under_way]}")


def _rests(page: Any) -> bool:
    if page.under_way:
        return False
    try:
        return bool(page.evaluate(IN_HAND))
    except Exception as gone:
        # The page is being left for another one.
        if "Execution context was destroyed" in str(gone):
            return False
        raise


def in_hand(page: Any) -> bool:
    """Whether the page stands on a phone, which has no keys to hold down."""
    return bool(page.viewport_size["width"] < 600)


def save(page: Any) -> None:
    """Save a form: with the keys at a desk, with its button on a phone."""
    if in_hand(page):
        page.locator("#save").tap()
    else:
        page.keyboard.press("Control+s")


def open_palette(page: Any) -> None:
    """Open what finds everything: with the keys at a desk, with the glass on a phone."""
    if in_hand(page):
        page.locator("[data-palette]").tap()
    else:
        page.keyboard.press("Control+k")
    page.locator("#palette[open] input").wait_for()


def open_menu(page: Any) -> None:
    """See the main menu, which a phone folds away."""
    if in_hand(page):
        page.locator(".rail-open").tap()
    page.locator(".rail").wait_for()


def draw(page: Any, *points: tuple[float, float]) -> None:
    """Go from point to point, with the mouse held at a desk and with a finger on a phone."""
    if not in_hand(page):
        page.mouse.move(*points[0])
        page.mouse.down()
        for point in points[1:]:
            page.mouse.move(*point, steps=8)
        page.mouse.up()
        return
    finger = page.context.new_cdp_session(page)

    def touch(kind: str, *at: dict[str, float]) -> None:
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

    x, y = points[0]
    touch("touchStart", {"x": x, "y": y})
    for to_x, to_y in points[1:]:
        for step in range(1, 9):
            touch("touchMove", {"x": x + (to_x - x) * step / 8, "y": y + (to_y - y) * step / 8})
        x, y = to_x, to_y
    touch("touchEnd")


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

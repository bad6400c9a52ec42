"""Hands that are quicker than the house: what is entered, and saved, while an answer is on its way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hands import choose, enter_order, settled, until

from dougong_base import Party


class Slow:
    """A network on which the form's round trips take their time, until they are let go."""

    def __init__(self, page: Any) -> None:
        self.waiting: list[Any] = []
        self.page, self.open = page, False
        page.route("**/derive", lambda route: self._meet(route))

    def _meet(self, route: Any) -> None:
        if self.open:
            route.continue_()
        else:
            self.waiting.append(route)

    def until_asked(self, times: int = 1) -> None:
        for _try in range(100):
            if len(self.waiting) >= times:
                return
            self.page.wait_for_timeout(20)
        raise AssertionError("nothing went round")

    def let_go(self) -> None:
        """Let what waits be answered; what goes round from now on is answered at once."""
        self.open = True
        for route in self.waiting:
            route.continue_()
        self.waiting.clear()


def parties(server: Any, code: str) -> list[tuple[str, str | None, str | None]]:
    from sqlalchemy import select

    from dougong.actors import Actor

    with server.runtime.house.read(Actor.system()) as session:
        found = select(Party.name, Party.email, Party.phone).where(Party.code == code)
        return [tuple(row) for row in session.execute(found)]


def test_a_save_is_not_lost_however_many_fields_have_just_changed(
    open_page: Callable[..., Any], look: Callable[[Any], None], server: Any
) -> None:
    page = open_page("/base/parties/new")
    slow = Slow(page)
    page.locator("#f-code").fill("Q-SAVE")
    page.locator("#f-name").fill("Quick & Hand")
    page.keyboard.press("Tab")
    slow.until_asked()
    # A second change waits behind the first, and the save comes a moment after the third.
    page.locator("#f-email").fill("quick@example.com")
    page.keyboard.press("Tab")
    page.wait_for_timeout(100)
    page.locator("#f-phone").fill("+49 30 1")
    page.keyboard.press("Control+s")

    page.wait_for_selector("[data-saved]")
    assert parties(server, "Q-SAVE") == [("Quick & Hand", "quick@example.com", "+49 30 1")]
    look(page)


def test_enter_in_a_field_that_has_just_changed_saves(
    open_page: Callable[..., Any], server: Any
) -> None:
    page = open_page("/base/parties/new")
    slow = Slow(page)
    page.locator("#f-code").fill("Q-ENTER")
    page.locator("#f-name").fill("Reed")
    page.keyboard.press("Tab")
    slow.until_asked()
    page.locator("#f-email").fill("reed@example.com")
    page.keyboard.press("Enter")

    page.wait_for_selector("[data-saved]")
    assert parties(server, "Q-ENTER") == [("Reed", "reed@example.com", None)]


def test_what_is_entered_while_an_answer_is_on_its_way_stays(
    open_page: Callable[..., Any], look: Callable[[Any], None]
) -> None:
    page = open_page("/crm/orders/new")
    enter_order(page)
    page.locator("[name='lines.n0.quantity']").fill("5")
    page.keyboard.press("Tab")
    settled(page)
    slow = Slow(page)
    page.locator("[name='lines.n0.quantity']").fill("6")
    page.keyboard.press("Tab")
    slow.until_asked()

    # Corrected once more, another field is entered, and another customer is being looked for.
    page.locator("[name='lines.n0.quantity']").fill("7")
    page.locator("#f-reference").fill("PO 4711")
    page.locator("[name='customer.text']").fill("北京")
    page.wait_for_selector("[name='customer.text'] ~ [role=listbox] [role=option]")
    slow.let_go()
    settled(page)
    assert page.locator("[name='lines.n0.quantity']").input_value() == "7"
    assert page.locator("#f-reference").input_value() == "PO 4711"
    assert page.locator("[name='customer.text']").input_value() == "北京"
    page.keyboard.press("Enter")
    until(page, "document.querySelector(`[name='customer.text']`).value.includes('北京木作')")
    settled(page)

    # All of it is in the order, and the sums are those of seven.
    page.keyboard.press("Control+s")
    page.wait_for_selector("[data-saved]")
    assert "北京木作" in page.locator("[name='customer.text']").input_value()
    assert page.locator("#f-reference").input_value() == "PO 4711"
    assert "168" in page.locator(".sums").inner_text()
    look(page)


def test_lines_that_are_being_pasted_are_there_before_the_save(
    open_page: Callable[..., Any],
) -> None:
    page = open_page("/crm/orders/new")
    choose(page, "[name='customer.text']", "Acme")
    settled(page)
    page.locator("[name=_do][value='add:lines']").click()
    page.wait_for_selector("[name='lines.n0.product.text']:focus")
    slow = Slow(page)
    page.evaluate(
        """() => {
            const cell = document.querySelector("[name='lines.n0.product.text']");
            const data = new DataTransfer();
            data.setData("text", "BEAM\\nTENON\\nPANEL\\n");
            const how = {clipboardData: data, bubbles: true, cancelable: true};
            cell.dispatchEvent(new ClipboardEvent("paste", how));
        }"""
    )
    slow.until_asked()
    page.keyboard.press("Control+s")
    page.wait_for_timeout(150)
    slow.let_go()

    page.wait_for_selector("[data-saved]")
    assert page.locator("[data-lines=lines] tbody tr").count() == 3


def test_a_double_click_on_save_makes_one_document(
    open_page: Callable[..., Any], server: Any
) -> None:
    page = open_page("/base/parties/new")
    posts: list[str] = []
    page.on("request", lambda r: posts.append(r.url) if r.url.endswith("/parties/new") else None)
    page.locator("#f-code").fill("Q-TWICE")
    page.locator("#f-name").fill("Once")
    page.locator("#save").dblclick()

    page.wait_for_selector("[data-saved]")
    assert parties(server, "Q-TWICE") == [("Once", None, None)]
    assert len(posts) == 1


def test_lines_pasted_while_the_network_is_away_come_when_it_is_back(
    open_page: Callable[..., Any], look: Callable[[Any], None]
) -> None:
    page = open_page("/crm/orders/new")
    enter_order(page)
    settled(page)
    page.context.set_offline(True)
    page.locator("[name=_do][value='add:lines']").click()
    page.wait_for_selector(".toast-bad")
    page.keyboard.press("Control+s")
    page.wait_for_timeout(100)
    assert page.locator(".toast-bad").count() == 1
    look(page)
    assert page.locator("[name='lines.n0.product.text']").input_value().startswith("Tenon")

    page.context.set_offline(False)
    page.complaints.clear()
    page.keyboard.press("Control+s")
    page.wait_for_selector("[data-saved]")

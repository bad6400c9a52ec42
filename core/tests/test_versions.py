"""Two people at one document, and a document as it was: both versions side by side."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from reading_pages import hidden
from shop import Order


def form_of(stock, page, **typed):
    line = f"lines.{stock.line}"
    return {
        "_was": hidden(page, "_was"), "_first": hidden(page, "_first"), "version": hidden(page, "version"),
        "customer": str(stock.acme), "ordered_on": "2026-03-01", "wanted_on": "", f"{line}._": "1",
        f"{line}.product": str(stock.tenon), f"{line}.quantity": "2", f"{line}.price": "24", **typed,
    }  # fmt: skip


@pytest.fixture
def crossed(visit, shop, me, stock):
    """A form that was opened before somebody else changed note and wanted day of its order."""
    browser = visit()
    page = browser.get(f"/shop/orders/{stock.order}").text

    def theirs(uow):
        order = uow.get(Order, stock.order)
        order.note, order.wanted_on = "theirs", order.ordered_on

    shop.run(me, theirs)
    return browser, page


def test_each_field_offers_both_versions_and_prefers_who_touched_it(crossed, stock):
    browser, page = crossed

    seen = browser.post(
        f"/shop/orders/{stock.order}/derive", data=form_of(stock, page, note="mine")
    ).text
    answer = browser.post(f"/shop/orders/{stock.order}", data=form_of(stock, seen, note="mine"))

    assert answer.status_code == 409
    boxes = re.findall(r'name="_take\.(\w+)" value="(\w+)"( checked)?', answer.text)
    assert ("note", "mine", " checked") in boxes
    assert ("note", "theirs", "") in boxes
    assert ("wanted_on", "theirs", " checked") in boxes
    assert ("lines", "mine", "") not in boxes


def test_what_is_chosen_is_put_together_and_saved(crossed, shop, me, stock):
    browser, page = crossed
    stale = browser.post(
        f"/shop/orders/{stock.order}", data=form_of(stock, page, note="mine", wanted_on="")
    ).text
    typed = form_of(stock, stale, note="mine", wanted_on="")

    joined = browser.post(
        f"/shop/orders/{stock.order}/derive",
        data={**typed, "_do": "take", "_take.note": "mine", "_take.wanted_on": "theirs"},
    ).text
    assert "put together" in joined
    saved = browser.post(
        f"/shop/orders/{stock.order}",
        data=form_of(stock, joined, note="mine", wanted_on="2026-03-01"),
    )

    assert saved.status_code == 303
    order = shop.run(me, lambda uow: (o := uow.get(Order, stock.order)) and (o.note, o.wanted_on))
    assert order[0] == "mine"
    assert str(order[1]) == "2026-03-01"


def test_a_round_trip_of_the_form_does_not_hide_that_somebody_else_saved(crossed, stock):
    browser, page = crossed
    seen = browser.post(
        f"/shop/orders/{stock.order}/derive", data=form_of(stock, page, note="mine")
    ).text

    answer = browser.post(f"/shop/orders/{stock.order}", data=form_of(stock, seen, note="mine"))

    assert answer.status_code == 409


@pytest.fixture
def thrice(shop, me, stock):
    """An order that was changed twice: its note, then a line."""

    def note(uow):
        uow.get(Order, stock.order).note = "First note"

    def line(uow):
        (order,) = uow.load(Order, [stock.order], Order.lines)
        order.note, order.lines[0].quantity = "Second note", Decimal(7)

    shop.run(me, note)
    shop.run(me, line)


def compared(browser, stock, before, after):
    page = browser.get(f"/shop/orders/{stock.order}/history").text
    names = re.findall(r'<option value="([^"]+)"', page.partition("v-after")[0])
    return browser.get(
        f"/shop/orders/{stock.order}/history?before={names[before]}&after={names[after]}"
    ).text


def test_any_two_versions_stand_side_by_side(visit, stock, thrice):
    page = compared(visit(), stock, 1, 0)

    table = page.partition("versus")[2].partition("</table>")[0]
    assert "First note" in table
    assert "Second note" in table
    assert "Line changed: Tenon set" in table
    assert re.search(r"Quantity</th><td>2</td><td>7", table)


def test_the_first_version_knows_nothing_of_later_ones(visit, stock, thrice):
    table = compared(visit(), stock, 2, 1).partition("versus")[2].partition("</table>")[0]

    assert "First note" in table
    assert "Second note" not in table
    assert "Line changed" not in table


def test_a_hidden_field_is_in_no_version(visit, stock, thrice):
    reader = visit(frozenset({"shop.order.read", "shop.customer.read", "shop.product.read"}))

    assert "Margin" not in compared(reader, stock, 2, 0)


def test_a_version_that_is_not_there_is_refused(visit, stock, thrice):
    answer = visit().get(f"/shop/orders/{stock.order}/history?before=x.1&after=x.2")

    assert answer.status_code == 422

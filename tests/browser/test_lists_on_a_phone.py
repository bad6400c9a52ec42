"""A list in the hand: every figure and day says what it is, and the totals are there."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hands import settled

from dougong.actors import Actor
from dougong_crm.orders.models import Order, OrderLine
from dougong_crm.orders.service import create_orders

LABEL = "cell => getComputedStyle(cell, '::before').content.replaceAll('\"', '')"


@pytest.fixture
def order(server):
    """Two beams for Acme."""
    from sqlalchemy import select

    from dougong_base import Product, Tax

    def enter(uow):
        beam = uow.session.get(Product, server.ids["beam"])
        line = OrderLine(
            product_id=beam.id, quantity=Decimal(2), price=Decimal(120), unit_id=beam.unit_id,
            tax_id=uow.session.scalars(select(Tax.id).order_by(Tax.id)).first(),
        )  # fmt: skip
        day = dt.date(2026, 3, 2)
        create_orders(
            uow,
            [Order(customer_id=server.ids["acme"], ordered_on=day, currency="EUR", lines=[line])],
        )

    server.runtime.house.run(Actor.system(), enter)


def test_cells_are_labelled_and_the_totals_are_readable(order, open_page, look, say, corner):
    day, total = say("Ordered on"), say("Total")
    page = open_page("/crm/orders")
    look(page)

    cells = page.locator("#bulk tbody tr").first.locator("td[data-label]")
    told = [cell.evaluate(LABEL) for cell in cells.all()]
    foot = page.locator("#bulk tfoot")
    assert foot.is_visible()
    sums = [cell.evaluate(LABEL) for cell in foot.locator("td[data-label]").all()]
    if corner.phone:
        assert told[0] == "none"  # the lead speaks for itself
        assert day in told
        assert foot.inner_text().split("\n")[0] == total
        assert total in sums
    else:  # where there is room, the head of the column says it once
        assert {*told, *sums} == {"none"}
        heads = page.locator("#bulk thead th").all_inner_texts()
        assert day in [head.strip() for head in heads], heads
        assert total in [head.strip() for head in heads], heads


def test_a_list_is_sorted_by_what_stands_over_it(order, open_page, look, say):
    page = open_page("/base/products")
    heads = page.locator("#bulk thead")
    heads.get_by_role("link", name=say("Sales price")).click()
    page.wait_for_url("**sort=sales_price**")
    settled(page)
    cheapest = [lead.inner_text() for lead in page.locator("#bulk tbody a.fw-medium").all()]
    assert cheapest == ["TENON", "PANEL", "BEAM"]
    look(page)

    heads.get_by_role("link", name=say("Sales price")).click()
    page.wait_for_url("**sort=-sales_price**")
    settled(page)
    assert page.locator("#bulk tbody a.fw-medium").first.inner_text() == "BEAM"

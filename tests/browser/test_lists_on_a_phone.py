"""A list in the hand: every figure and day says what it is, and the totals are there."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hands import fits

from dougong.actors import Actor
from dougong_crm.orders.models import Order, OrderLine
from dougong_crm.orders.service import create_orders

PHONE = {"width": 390, "height": 844}
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


@pytest.mark.parametrize(
    ("language", "day", "total"),
    [("en", "Ordered on", "Total"), ("zh_Hans_CN", "订单日期", "合计")],
)
def test_cells_are_labelled_and_the_totals_are_readable(
    order, open_page, axe, language, day, total
):
    page = open_page("/crm/orders", language=language, theme="dark", size=PHONE)

    cells = page.locator("#bulk tbody tr").first.locator("td[data-label]")
    told = [(cell.evaluate(LABEL), cell.inner_text()) for cell in cells.all()]
    assert told[0][0] == "none"  # the lead speaks for itself
    assert day in [label for label, _text in told], told
    foot = page.locator("#bulk tfoot")
    assert foot.is_visible()
    assert foot.inner_text().split("\n")[0] == total
    sums = [cell.evaluate(LABEL) for cell in foot.locator("td[data-label]").all()]
    assert total in sums, sums
    assert axe(page) == []
    assert fits(page)

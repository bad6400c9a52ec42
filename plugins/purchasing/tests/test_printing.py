"""Purchase orders and requests for quotation on paper."""

from __future__ import annotations

import datetime as dt

import pytest

from dougong import Actor
from dougong_purchasing.rfqs.models import Quote, Rfq, RfqLine, RfqSupplier
from dougong_purchasing.rfqs.service import send_rfqs

SYSTEM = Actor.system()


def test_the_supplier_gets_an_order_in_his_language(desk, printed):
    order = desk.order(desk.line("tea", "12", "5.25"))
    desk.confirm(order)

    found = printed(desk.house, "purchasing.orders", order)

    assert "Purchase order PO-2026-00001" in found
    assert "Supplier number BOB" in found
    assert "5.25" in found
    assert "€63.00" in found
    assert "Please name our number PO-2026-00001" in found
    assert "采购订单" in printed(desk.house, "purchasing.orders", order, said="zh_Hans_CN")


@pytest.fixture
def rfq(desk):
    def act(uow):
        known = desk.known
        rfq = Rfq(
            name="Stock", answer_by=dt.date(2090, 4, 1),
            lines=[RfqLine(product_id=known["tea"], quantity=40)],
            suppliers=[RfqSupplier(supplier_id=known[name]) for name in ("bob", "eve")],
        )  # fmt: skip
        uow.add(rfq)
        return rfq.id

    return desk.house.run(SYSTEM, act)


def test_every_supplier_who_is_asked_gets_a_letter_of_his_own(desk, rfq, printed):
    pages = printed(desk.house, "purchasing.rfqs", rfq, "rfq", pages=True)

    assert len(pages) == 2
    assert "Bob" in pages[0]
    assert "Eve" not in pages[0]
    assert "Eve" in pages[1]
    assert all("by Apr 1, 2090" in page and "Page 1 of 1" in page for page in pages)


def test_one_letter_can_be_printed_alone(desk, rfq, printed):
    desk.house.run(SYSTEM, lambda uow: send_rfqs(uow, [rfq]))
    quote = desk.all(Quote)[0]

    found = printed(desk.house, "purchasing.quotes", quote.id)

    assert "Request for quotation" in found
    assert "Bob" in found
    assert "Eve" not in found

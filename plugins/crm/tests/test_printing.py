"""Quotes and order confirmations on paper, in the customer's language."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from dougong import Actor, Refused
from dougong.audit.models import AuditEntry
from dougong_base import Party
from dougong_crm.orders.models import Order
from dougong_crm.orders.service import confirm_orders, create_orders
from dougong_crm.quotes.models import Quote

SYSTEM = Actor.system()
DAY = dt.date(2026, 3, 2)


@pytest.fixture
def order(shop):
    def act(uow):
        order = Order(
            customer_id=shop.known["customer"], ordered_on=DAY, currency="EUR", reference="PO-7",
            lines=[shop.line(), shop.line("work", 2, "1234.5")],
        )  # fmt: skip
        create_orders(uow, [order])
        return order.id

    return shop.run(SYSTEM, act)


def confirm(shop, order):
    shop.run(SYSTEM, lambda uow: confirm_orders(uow, [order], on=DAY))


def test_only_a_confirmed_order_is_confirmed_on_paper(shop, order, printed):
    with pytest.raises(Refused, match="Order confirmation cannot be printed"):
        printed(shop.house, "crm.orders", order, "confirmation")
    confirm(shop, order)

    found = printed(shop.house, "crm.orders", order)

    assert "Order confirmation SO-2026-00001" in found
    assert "Acme" in found
    assert "PO-7" in found
    assert "2,469.00" in found
    assert "Total €" in found
    assert "Margin" not in found
    assert "Delivered" not in found


def test_the_customer_reads_it_in_their_language(shop, order, printed):
    def teach(uow):
        uow.get(Party, shop.known["customer"]).language = "zh_Hans_CN"

    shop.run(SYSTEM, teach)
    confirm(shop, order)

    found = printed(shop.house, "crm.orders", order)

    assert "订单确认书 SO-2026-00001" in found
    assert "2026年3月2日" in found
    assert "Order confirmation" in printed(shop.house, "crm.orders", order, said="en")


def test_what_was_sent_stands_in_the_history_of_the_order(shop, order, printed):
    confirm(shop, order)
    printed(shop.house, "crm.orders", order)

    with shop.house.read(SYSTEM) as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "print")).one()
    assert (entry.document, entry.document_id) == ("crm.orders", order)
    assert "crm.confirmation" in entry.changes


def test_a_quote_says_until_when_it_holds(shop, printed):
    def act(uow):
        quote = Quote(
            customer_id=shop.known["customer"], quoted_on=DAY, currency="EUR", number="SQ-1",
            valid_until=dt.date(2026, 4, 1), total=100,
        )  # fmt: skip
        uow.add(quote)
        return quote.id

    found = printed(shop.house, "crm.quotes", shop.run(SYSTEM, act), "quote")

    assert "Quote SQ-1 Draft" in found
    assert "This quote is valid until Apr 1, 2026." in found

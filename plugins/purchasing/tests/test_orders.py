"""A purchase order from draft to done."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from dougong import Actor, Refused
from dougong.actors import Rights
from dougong_base import CurrencyRate
from dougong_base.events import (
    InvoiceCancelled,
    PurchaseBillable,
    PurchaseOrderCancelled,
    PurchaseOrderChanged,
    PurchaseOrderConfirmed,
)
from dougong_purchasing.blankets.models import Blanket, BlanketLine
from dougong_purchasing.blankets.service import agree_blankets, start_call_offs
from dougong_purchasing.orders.changes import change_orders, cut_orders
from dougong_purchasing.orders.service import cancel_orders

D = Decimal
DAY = dt.date(2026, 3, 2)


def told(events, kind):
    return [event for event in events if isinstance(event, kind)]


def buyer(user_id, *rights):
    return replace(Actor.system(), user_id=user_id, rights=Rights(rights))


BUYS = ("purchasing.order.confirm", "base.*")


def test_a_confirmed_order_tells_what_a_unit_costs_in_our_currency(desk):
    desk.run(
        Actor.system(),
        lambda uow: uow.add(CurrencyRate(currency="USD", against="EUR", on=DAY, rate=D("0.9"))),
    )
    key = desk.order(desk.line(price="20"), currency="USD")
    (event,) = told(desk.confirm(key), PurchaseOrderConfirmed)
    assert [(x.quantity, x.amount, x.unit_cost) for x in event.lines] == [(10, 200, 18)]
    assert desk.look(key)[0].number == "PO-2026-00001"


def test_without_a_warehouse_everything_is_owed_at_confirmation(desk):
    key = desk.order(desk.line())
    (event,) = told(desk.confirm(key), PurchaseBillable)
    assert [(x.quantity, x.amount) for x in event.lines] == [(10, 50)]


def test_with_a_warehouse_goods_are_owed_as_they_come_and_services_at_once(desk):
    desk.with_warehouse()
    key = desk.order(desk.line(), desk.line("work", "1", "30"))
    (services,) = told(desk.confirm(key), PurchaseBillable)
    assert [(x.kind, x.amount) for x in services.lines] == [("service", 30)]
    (first,) = desk.receive(key, "4", on=dt.date(2026, 3, 5))
    assert [(x.quantity, x.amount) for x in first.lines] == [(4, 20)]
    assert (first.on, first.receipt.id) == (dt.date(2026, 3, 5), 1)
    order, _lines = desk.look(key)
    assert (order.receipt_state, order.bill_state) == ("partial", "open")


def test_billed_on_order_nothing_is_owed_again_on_receipt(desk):
    desk.with_warehouse()
    key = desk.order(desk.line(), bill_on="order")
    assert len(told(desk.confirm(key), PurchaseBillable)) == 1
    assert desk.receive(key, "10") == []


def test_the_same_receipt_is_counted_once(desk):
    desk.with_warehouse()
    key = desk.order(desk.line())
    desk.confirm(key)
    assert [len(desk.receive(key, "4")) for _again in range(2)] == [1, 0]
    assert desk.look(key)[1][0].received == 4


def test_an_order_that_has_come_was_billed_and_is_paid_is_done(desk):
    desk.with_warehouse()
    key = desk.order(desk.line())
    desk.confirm(key)
    (event,) = desk.receive(key, "10")
    desk.draft_bill(event)
    assert desk.look(key)[0].bill_state == "full"
    desk.pay(key)
    order, _lines = desk.look(key)
    assert (order.state, order.payment_state) == ("done", "full")


def test_a_cancelled_bill_is_open_again(desk):
    desk.with_warehouse()
    key = desk.order(desk.line())
    desk.confirm(key)
    (event,) = desk.receive(key, "10")
    desk.draft_bill(event)
    desk.draft_bill(event, event=InvoiceCancelled)
    assert (desk.look(key)[0].bill_state, desk.look(key)[1][0].billed) == ("open", 0)


def test_more_than_was_ordered_is_refused_beyond_the_tolerance(desk, monkeypatch):
    desk.with_warehouse()
    key = desk.order(desk.line())
    desk.confirm(key)
    with pytest.raises(Refused, match=r"12 of .tea. would have come, but only 10 were ordered"):
        desk.receive(key, "12")
    assert desk.look(key)[1][0].received == 0
    desk.set(monkeypatch, over_receipt=20)
    (event,) = desk.receive(key, "12")
    assert [(x.quantity, x.amount) for x in event.lines] == [(12, 60)]


def test_an_order_is_confirmed_once_and_only_with_lines(desk):
    empty = desk.order()
    with pytest.raises(Refused, match="has no lines"):
        desk.confirm(empty)
    key = desk.order(desk.line())
    desk.confirm(key)
    with pytest.raises(Refused, match="is Confirmed"):
        desk.confirm(key)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"quantity": "-1"}, "greater than zero"),
        ({"price": "-1"}, "not negative"),
        ({"discount": D(-1)}, "not negative"),
    ],
)
def test_negative_numbers_are_refused(desk, facts, sentence):
    with pytest.raises(Refused, match=sentence):
        desk.order(desk.line(**facts))


def test_a_discount_makes_it_cheaper_but_never_more_than_for_nothing(desk):
    key = desk.order(desk.line(discount=D(10)))
    (event,) = told(desk.confirm(key), PurchaseOrderConfirmed)
    assert [(x.amount, x.unit_cost) for x in event.lines] == [(45, D("4.5"))]
    with pytest.raises(Refused, match="at most 100 percent"):
        desk.confirm(desk.order(desk.line(discount=D(101))))


def test_a_changed_line_is_told_and_never_below_what_has_come(desk):
    desk.with_warehouse()
    key = desk.order(desk.line(), desk.line("cup", "3", "2"))
    desk.confirm(key)
    desk.receive(key, "4")
    tea = desk.look(key)[1][0].id
    (event,) = told(desk.do(change_orders, [key], line=tea, quantity=D(8)), PurchaseOrderChanged)
    assert [(x.quantity, x.amount) for x in event.lines] == [(8, 40), (3, 6)]
    with pytest.raises(Refused, match=r"4 of .tea. have come or are billed"):
        desk.do(change_orders, [key], line=tea, quantity=D(3))
    with pytest.raises(Refused, match="Say which line"):
        desk.do(change_orders, [key], quantity=D(3))


def test_the_rest_is_given_up(desk):
    desk.with_warehouse()
    key = desk.order(desk.line(), desk.line("cup", "3", "2"))
    desk.confirm(key)
    desk.receive(key, "4")
    (event,) = told(desk.do(cut_orders, [key]), PurchaseOrderChanged)
    assert [(x.product_id, x.quantity) for x in event.lines] == [(desk.known["tea"], 4)]
    assert desk.look(key)[0].receipt_state == "full"


def test_what_has_come_keeps_an_order_from_being_cancelled(desk):
    desk.with_warehouse()
    key, other = desk.order(desk.line()), desk.order(desk.line())
    desk.confirm(key)
    desk.confirm(other)
    desk.receive(key, "1")
    with pytest.raises(Refused, match="partly received"):
        desk.do(cancel_orders, [key])
    assert len(told(desk.do(cancel_orders, [other]), PurchaseOrderCancelled)) == 1


@pytest.fixture
def blanket(desk):
    def act(uow):
        agreed = Blanket(
            supplier_id=desk.known["bob"], currency="EUR", starts_on=dt.date(2026, 1, 1),
            ends_on=dt.date(2026, 12, 31),
            lines=[BlanketLine(product_id=desk.known["tea"], quantity=D(100), price=D(4))],
        )  # fmt: skip
        uow.add(agreed)
        agree_blankets(uow, [agreed.id])
        return agreed.id, agreed.lines[0].id

    return desk.run(Actor.system(), act)


def test_call_offs_count_an_agreement_down_and_a_cancelled_one_up_again(desk, blanket):
    _key, line = blanket
    order = desk.order(desk.line(quantity="60", price="4", blanket_line_id=line))
    desk.confirm(order)
    assert desk.all(BlanketLine)[0].called == 60
    with pytest.raises(Refused, match="50 are called off, but only 40 are left"):
        desk.confirm(desk.order(desk.line(quantity="50", blanket_line_id=line)))
    desk.do(cancel_orders, [order])
    assert desk.all(BlanketLine)[0].called == 0


def test_an_agreement_is_called_off_in_its_time_by_its_supplier(desk, blanket):
    key, line = blanket
    with pytest.raises(Refused, match="holds from 2026-01-01 to 2026-12-31"):
        desk.confirm(desk.order(desk.line(blanket_line_id=line)), on=dt.date(2027, 1, 4))
    with pytest.raises(Refused, match="with another supplier"):
        desk.confirm(desk.order(desk.line(blanket_line_id=line), supplier="eve"))
    (draft,) = desk.run(Actor.system(), lambda uow: [o.id for o in start_call_offs(uow, [key])])
    assert [(x.quantity, x.price) for x in desk.look(draft)[1]] == [(100, 4)]

"""Approved requests become orders: in whole lots, by quota, one for each time they are needed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from dougong import Actor, DocumentRef, Refused
from dougong.actors import Rights
from dougong_base import CurrencyRate, Party
from dougong_base.events import RequestedSupply, SupplyRequested
from dougong_base.ports import Offer
from dougong_purchasing.orders.models import Order
from dougong_purchasing.quotas.models import Quota, QuotaLine
from dougong_purchasing.requests.models import Request, RequestLine
from dougong_purchasing.requests.ordering import order_requests, start_of
from dougong_purchasing.requests.service import (
    reopen_requests,
    submit_requests,
)
from dougong_purchasing.terms.lots import Share, lot, share_out
from dougong_purchasing.terms.models import SupplierList, SupplierPrice

D = Decimal
SYSTEM = Actor.system()
MONDAY = dt.date(2099, 3, 9)
WEDNESDAY, NEXT = MONDAY + dt.timedelta(days=2), MONDAY + dt.timedelta(days=7)


def person(user_id, *rights):
    return replace(SYSTEM, user_id=user_id, rights=Rights(rights))


def listed(desk, who, *prices, currency="EUR", product="tea", **facts):
    """A price list: minimum, multiple, price."""

    def act(uow):
        uow.add(
            SupplierList(
                supplier_id=desk.known[who], name=who, currency=currency, **facts,
                prices=[
                    SupplierPrice(
                        product_id=desk.known[product], minimum=D(least), multiple=D(packs),
                        price=D(price), lead_days=7,
                    )
                    for least, packs, price in prices
                ],
            )
        )  # fmt: skip

    desk.run(SYSTEM, act)


def ask(desk, *lines, supplier=None):
    """An approved request; each line is a product, a quantity and the day of need."""

    def act(uow):
        request = Request(
            needed_on=NEXT, supplier_id=desk.known[supplier] if supplier else None,
            lines=[
                RequestLine(product_id=desk.known[product], quantity=D(quantity), needed_on=day)
                for product, quantity, day in lines
            ],
        )  # fmt: skip
        uow.add(request)
        uow.flush()
        submit_requests(uow, [request.id])
        return request.id

    return desk.run(SYSTEM, act)


def order(desk, *keys):
    desk.do(order_requests, list(keys))
    return [
        (
            o.supplier_id, o.currency, o.expected_on,
            [(x.description, x.quantity, x.price) for x in desk.look(o.id)[1]],
        )
        for o in desk.all(Order)
    ]  # fmt: skip


def test_what_is_needed_on_different_days_stands_on_different_orders(desk):
    listed(desk, "bob", (0, 0, "5"))
    bob = desk.known["bob"]
    found = order(
        desk, ask(desk, ("tea", 10, MONDAY), ("tea", 20, NEXT)), ask(desk, ("tea", 5, MONDAY))
    )
    assert found == [
        (bob, "EUR", MONDAY, [("Tea", 15, 5)]),
        (bob, "EUR", NEXT, [("Tea", 20, 5)]),
    ]


def test_a_week_of_needs_is_one_order_for_the_first_of_its_days(desk, monkeypatch):
    desk.set(monkeypatch, bundle="week")
    listed(desk, "bob", (0, 0, "5"))
    found = order(desk, ask(desk, ("tea", 10, WEDNESDAY), ("tea", 20, MONDAY), ("tea", 1, NEXT)))
    assert [(day, [q for _n, q, _p in lines]) for _s, _c, day, lines in found] == [
        (MONDAY, [30]),
        (NEXT, [1]),
    ]


def test_a_month_begins_on_its_first_day():
    assert start_of(WEDNESDAY, "month") == dt.date(2099, 3, 1)


def test_offers_in_two_currencies_are_two_orders_each_in_its_own(desk):
    desk.run(
        SYSTEM,
        lambda uow: uow.add(
            CurrencyRate(currency="USD", against="EUR", on=dt.date(2020, 1, 1), rate=D("0.5"))
        ),
    )
    listed(desk, "bob", (0, 0, "8"), currency="USD")
    listed(desk, "bob", (0, 0, "3"), product="cup")
    bob = desk.known["bob"]
    assert order(desk, ask(desk, ("tea", 1, MONDAY), ("cup", 2, MONDAY))) == [
        (bob, "USD", MONDAY, [("Tea", 1, 8)]),
        (bob, "EUR", MONDAY, [("Cup", 2, 3)]),
    ]


def test_it_is_ordered_in_whole_lots_and_at_least_the_minimum(desk):
    listed(desk, "bob", (20, 12, "5"))
    assert [x[3] for x in order(desk, ask(desk, ("tea", 3, MONDAY)))] == [[("Tea", 24, 5)]]


def test_a_whole_lot_that_reaches_a_better_price_gets_it(desk):
    listed(desk, "bob", (0, 50, "5"), (100, 50, "4"))
    assert [x[3] for x in order(desk, ask(desk, ("tea", 60, MONDAY)))] == [[("Tea", 100, 4)]]


def test_without_an_offer_the_cost_price_is_told_in_the_suppliers_currency(desk):
    def dollars(uow):
        uow.get(Party, desk.known["bob"]).currency = "USD"

    desk.run(SYSTEM, dollars)
    key = ask(desk, ("tea", 1, MONDAY), supplier="bob")
    with pytest.raises(Refused, match="USD"):
        order(desk, key)
    assert desk.all(Order) == []
    desk.run(
        SYSTEM,
        lambda uow: uow.add(
            CurrencyRate(currency="USD", against="EUR", on=dt.date(2020, 1, 1), rate=D("0.5"))
        ),
    )
    assert [x[1:4:2] for x in order(desk, key)] == [("USD", [("Tea", 1, 10)])]


# -- quotas ---------------------------------------------------------------------------------------


@pytest.fixture
def quota(desk):
    listed(desk, "bob", (0, 0, "5"))
    listed(desk, "eve", (0, 0, "6"))

    def act(uow):
        uow.add(
            Quota(
                product_id=desk.known["tea"], starts_on=dt.date(2020, 1, 1),
                lines=[
                    QuotaLine(supplier_id=desk.known["bob"], part=D(60)),
                    QuotaLine(supplier_id=desk.known["eve"], part=D(40)),
                ],
            )
        )  # fmt: skip

    desk.run(SYSTEM, act)


def test_a_quota_shares_a_quantity_though_one_supplier_is_dearer(desk, quota):
    bob, eve = desk.known["bob"], desk.known["eve"]
    found = order(desk, ask(desk, ("tea", 10, MONDAY)))
    assert [(s, lines) for s, _c, _d, lines in found] == [
        (bob, [("Tea", 6, 5)]),
        (eve, [("Tea", 4, 6)]),
    ]


def test_small_needs_keep_to_the_quota_over_time(desk, quota):
    for _again in range(5):
        order(desk, ask(desk, ("tea", 1, MONDAY)))
    suppliers = [o.supplier_id for o in desk.all(Order)]
    assert [suppliers.count(desk.known[name]) for name in ("bob", "eve")] == [3, 2]


def test_what_a_plan_asks_for_is_shared_by_quota_too(desk, quota):
    event = SupplyRequested(
        source=DocumentRef("production.plans", 5), number="MRP-1", company_id=1,
        on=dt.date(2026, 3, 2),
        lines=(
            RequestedSupply(product_id=desk.known["tea"], quantity=D(10), needed_on=MONDAY),
        ),
    )  # fmt: skip
    desk.do(lambda uow: uow.publish(event))
    (request,) = desk.all(Request)
    assert (request.supplier_id, request.worth) == (None, 50)
    assert len(order(desk, request.id)) == 2


@pytest.mark.parametrize(
    ("quantity", "minimum", "multiple", "ordered"),
    [("3", "0", "0", "3"), ("3", "5", "0", "5"), ("3", "5", "4", "8"), ("8", "0", "4", "8")],
)
def test_a_lot_is_the_least_that_is_enough(quantity, minimum, multiple, ordered):
    assert lot(D(quantity), D(minimum), D(multiple)) == D(ordered)


def test_shares_add_up_to_what_is_wanted_and_respect_lots():
    def share(part, had, multiple=0):
        return Share(D(part), D(had), Offer(1, D(1), "EUR", 0, D(0), D(multiple)))

    assert share_out(D(10), [share(50, 0), share(50, 0)]) == [5, 5]
    assert share_out(D(10), [share(50, 100), share(50, 0)]) == [0, 10]
    assert share_out(D(10), [share(70, 0, 12), share(30, 0)]) == [12, 0]
    assert sum(share_out(D("7.5"), [share(33, 0), share(67, 0)])) == D("7.5")


# -- back to draft -------------------------------------------------------------------------------------


def test_an_approved_request_may_be_made_a_draft_again(desk):
    def act(uow):
        request = Request(
            needed_on=NEXT, lines=[RequestLine(product_id=desk.known["tea"], quantity=D(9))]
        )
        uow.add(request)
        uow.flush()
        submit_requests(uow, [request.id])
        reopen_requests(uow, [request.id])
        return request.state

    assert desk.run(SYSTEM, act) == "draft"

"""What is needed is asked for, allowed, and ordered where it is best bought."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from dougong import Actor, DocumentRef, Refused
from dougong.actors import Rights
from dougong_base import SupplierItem
from dougong_base.events import RequestedSupply, SupplyRequested
from dougong_base.ports import PurchasesUnderway, SupplierOffers
from dougong_purchasing.orders.models import Order, OrderLine
from dougong_purchasing.requests.models import Request, RequestLine
from dougong_purchasing.requests.ordering import order_requests
from dougong_purchasing.requests.service import submit_requests
from dougong_purchasing.scores.models import Score
from dougong_purchasing.terms.models import SupplierList, SupplierPrice

D = Decimal
DAY = dt.date(2026, 3, 2)
SOON = dt.date(2099, 3, 9)


def person(user_id, *rights):
    return replace(Actor.system(), user_id=user_id, rights=Rights(rights))


@pytest.fixture
def prices(desk):
    """Bob asks 5, from a hundred on 4; Eve asks 4.50 from fifty on; cups only Eve has, on the product."""

    def act(uow):
        for who, *several in (
            ("bob", (0, "5", 7), (100, "4", 7)),
            ("eve", (50, "4.50", 3)),
        ):
            uow.add(
                SupplierList(
                    supplier_id=desk.known[who], name=who, currency="EUR", priority=10,
                    ends_on=dt.date(2099, 12, 31),
                    prices=[
                        SupplierPrice(
                            product_id=desk.known["tea"], minimum=D(minimum), price=D(price),
                            lead_days=days,
                        )
                        for minimum, price, days in several
                    ],
                )
            )  # fmt: skip
        uow.add(
            SupplierItem(
                product_id=desk.known["cup"], supplier_id=desk.known["eve"], price=D(2),
                minimum=D(6), lead_days=4,
            )
        )  # fmt: skip

    desk.run(Actor.system(), act)


def best(desk, product, quantity, on=DAY):
    def act(uow):
        found = uow.ask(SupplierOffers).best([(desk.known[product], D(quantity))], on=on)
        offer = found.get(desk.known[product])
        return offer and (offer.supplier_id, offer.price, offer.lead_days, offer.minimum)

    return desk.run(Actor.system(), act)


def test_the_best_offer_depends_on_quantity_and_day(desk, prices):
    bob, eve = desk.known["bob"], desk.known["eve"]
    assert best(desk, "tea", 10) == (bob, 5, 7, 0)
    assert best(desk, "tea", 60) == (eve, D("4.50"), 3, 50)
    assert best(desk, "tea", 100) == (bob, 4, 7, 100)
    assert best(desk, "cup", 1) == (eve, 2, 4, 6)
    assert best(desk, "tea", 10, on=dt.date(2100, 1, 1)) is None


def test_nobody_buys_from_a_supplier_whose_grade_is_too_bad(desk, prices, monkeypatch):
    desk.set(monkeypatch, block_grade="D")
    eve = desk.known["eve"]

    def act(uow):
        uow.add(
            Score(
                supplier_id=eve, starts_on=DAY, ends_on=DAY, state="valid", total=D(20), grade="D"
            )
        )

    desk.run(Actor.system(), act)
    assert best(desk, "tea", 60) == (desk.known["bob"], 5, 7, 0)
    key = desk.order(desk.line(), supplier="eve")
    with pytest.raises(Refused, match="Eve has the grade D"):
        desk.confirm(key)
    assert desk.look(key)[0].state == "draft"


def request(desk, *lines, **more):
    facts = {"requested_on": DAY, "needed_on": SOON} | more
    draft = Request(
        lines=[RequestLine(product_id=desk.known[p], quantity=D(q)) for p, q in lines], **facts
    )
    desk.run(Actor.system(), lambda uow: uow.add(draft))
    return draft.id


def test_an_empty_request_is_refused(desk):
    with pytest.raises(Refused, match="has no lines"):
        desk.do(submit_requests, [request(desk)])


def approved(desk, *lines, **more):
    key = request(desk, *lines, **more)
    desk.do(submit_requests, [key])
    return key


def test_approved_requests_become_one_order_a_supplier(desk, prices):
    keys = [approved(desk, ("tea", 10), ("cup", 2)), approved(desk, ("tea", 20))]
    desk.do(order_requests, keys)
    orders = desk.all(Order)
    bob, eve = (next(o for o in orders if o.supplier_id == desk.known[n]) for n in ("bob", "eve"))
    assert [(x.quantity, x.price) for x in desk.look(bob.id)[1]] == [(30, 5)]
    assert [(x.quantity, x.price) for x in desk.look(eve.id)[1]] == [(6, 2)]
    assert {r.state for r in desk.all(Request)} == {"ordered"}
    assert len(desk.all(RequestLine, order_line_id=None)) == 0
    with pytest.raises(Refused, match="is Ordered"):
        desk.do(order_requests, keys)
    assert len(desk.all(Order)) == 2


def test_what_nobody_sells_is_not_ordered(desk):
    key = approved(desk, ("cup", 2))
    with pytest.raises(Refused, match="Nobody is known who sells Cup"):
        desk.do(order_requests, [key])
    assert desk.all(Order) == []


def supply(desk, *lines, source=5, on=DAY):
    return SupplyRequested(
        source=DocumentRef("production.plans", source), number="MRP-1", company_id=1, on=on,
        lines=tuple(
            RequestedSupply(
                product_id=desk.known[product], quantity=D(quantity), needed_on=day,
                demand=DocumentRef("crm.orders", 77),
            )
            for product, quantity, day in lines
        ),
    )  # fmt: skip


def test_what_a_plan_asks_for_is_grouped_by_supplier_and_day_and_heard_once(desk, prices):
    event = supply(desk, ("tea", 10, SOON), ("tea", 20, SOON), ("cup", 2, SOON))
    for _again in range(2):
        desk.do(lambda uow: uow.publish(event))
    found = [(r.supplier_id, r.state, r.needed_on) for r in desk.all(Request)]
    assert found == [
        (desk.known["bob"], "approved", SOON),
        (desk.known["eve"], "approved", SOON),
    ]
    lines = desk.all(RequestLine)
    assert [(x.quantity, x.demand_kind, x.demand_id) for x in lines][:2] == [
        (10, "crm.orders", 77),
        (20, "crm.orders", 77),
    ]


def test_requests_and_drafts_are_underway_until_a_warehouse_expects_them(desk, prices):
    def underway():
        return desk.run(
            Actor.system(),
            lambda uow: [
                (m.quantity, m.document.kind)
                for m in uow.ask(PurchasesUnderway).between([desk.known["tea"]], DAY, SOON)
            ],
        )

    key = approved(desk, ("tea", 10))
    assert underway() == [(10, "purchasing.requests")]
    desk.do(order_requests, [key])
    assert underway() == [(10, "purchasing.orders")]
    (line,) = desk.all(OrderLine)
    desk.confirm(line.order_id)
    assert underway() == [(10, "purchasing.orders")]

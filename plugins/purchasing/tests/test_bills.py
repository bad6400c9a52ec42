"""Bills beside orders, landed costs, returns and scores."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest

from dougong import Actor, DocumentRef, Refused
from dougong_base import Product
from dougong_base.events import (
    GoodsReceived,
    GoodsShipped,
    LandedCostAllocated,
    MovedLine,
    PurchaseBillable,
    PurchaseReturned,
)
from dougong_purchasing.landed.models import LandedCost, LandedPart, LandedReceipt
from dougong_purchasing.landed.service import allocate_costs, cancel_costs
from dougong_purchasing.matches.compare import Agreed, Tolerance, difference
from dougong_purchasing.matches.models import Match
from dougong_purchasing.matches.service import hold_bills, release_matches
from dougong_purchasing.returns.models import Return
from dougong_purchasing.returns.service import confirm_returns, start_returns
from dougong_purchasing.scores.models import Score
from dougong_purchasing.scores.service import measure_scores, publish_scores

D = Decimal
DAY = dt.date(2026, 3, 2)
SYSTEM = Actor.system()


def told(events, kind):
    return [event for event in events if isinstance(event, kind)]


# -- three-way match ------------------------------------------------------------------------------

STRICT = Tolerance(D(0), D(0), D(0))


def agreed(**more):
    facts = {
        "name": "Tea", "ordered": D(10), "received": D(6), "elsewhere": D(0), "price": D(5),
        "discount": D(0),
    }  # fmt: skip
    return Agreed(**(facts | more))


@pytest.mark.parametrize(
    ("facts", "asked", "tolerance", "sentence"),
    [
        ({}, (6, 5), STRICT, None),
        ({}, (6, "4.99"), STRICT, None),
        ({}, (7, 5), STRICT, "only 6 have come"),
        ({"elsewhere": D(2)}, (5, 5), STRICT, "only 6 have come"),
        ({"received": None}, (11, 5), STRICT, "only 10 were ordered"),
        ({}, (6, "5.01"), STRICT, "asks 5.01 apiece"),
        ({}, ("6.3", 5), Tolerance(D("0.05"), D(0), D(0)), None),
        ({}, (6, "5.1"), Tolerance(D(0), D("0.02"), D(0)), None),
        ({}, (6, "5.11"), Tolerance(D(0), D("0.02"), D(0)), "apiece"),
        ({}, (6, "5.11"), Tolerance(D(0), D(0), D("0.66")), None),
        ({}, (6, "5.12"), Tolerance(D(0), D(0), D("0.66")), "apiece"),
    ],
)
def test_a_bill_may_differ_as_far_as_is_tolerated(facts, asked, tolerance, sentence):
    quantity, price = (D(x) for x in asked)
    found = difference(agreed(**facts), quantity, price, D(0), tolerance)
    assert found is None if sentence is None else sentence in str(found.sentence())


def bill(order_id, line, quantity, price, id=1):
    row = SimpleNamespace(
        source_line_id=line, quantity=D(quantity), price=D(price), discount=D(0), description="x"
    )
    return SimpleNamespace(
        id=id, source_kind="purchasing.orders", source_id=order_id, kind="supplier_bill",
        lines=[row], untaxed=D(quantity) * D(price),
    )  # fmt: skip


def test_a_released_bill_passes_up_to_what_was_released(desk):
    desk.with_warehouse()
    key = desk.order(desk.line())
    desk.confirm(key)
    (event,) = desk.receive(key, "6")
    desk.draft_bill(event)
    line = desk.look(key)[1][0].id

    def held(quantity, price):
        return desk.run(SYSTEM, lambda uow: hold_bills(uow, [bill(key, line, quantity, price)]))

    assert held("6", "5") is None
    assert "only 6 have come" in str(held("7", "5"))
    assert "was not ordered" in str(
        desk.run(SYSTEM, lambda uow: hold_bills(uow, [bill(key, 999, "1", "1")]))
    )
    (match,) = desk.all(Match)
    desk.do(release_matches, [match.id], reason="Agreed", most=D(36))
    assert held("6", "6") is None
    assert "asks 7 apiece" in str(held("6", "7"))
    assert desk.all(Match)[0].reason == "Agreed"


# -- landed costs ---------------------------------------------------------------------------------


@pytest.fixture
def came(desk):
    """Two lines of one order have come: tea over 50, cups over 6."""
    desk.with_warehouse()
    key = desk.order(desk.line(), desk.line("cup", "3", "2"))
    desk.confirm(key)
    _order, lines = desk.look(key)
    event = GoodsReceived(
        receipt=DocumentRef("inventory.receipts", 8), number="GR-8",
        source=DocumentRef("purchasing.orders", key), company_id=1, party_id=None, on=DAY,
        lines=tuple(
            MovedLine(
                source_line_id=x.id, product_id=x.product_id, quantity=x.quantity, cost=x.amount,
                line_id=800 + n,
            )
            for n, x in enumerate(lines)
        ),
    )  # fmt: skip
    desk.run(SYSTEM, lambda uow: uow.publish(event))
    return key


def landed(desk, order, method, *amounts, receipt=None, **more):
    def act(uow):
        cost = LandedCost(
            dated_on=DAY, method=method,
            parts=[LandedPart(kind="freight", amount=D(a)) for a in amounts],
            receipts=[LandedReceipt(order_id=order, receipt=receipt)], **more,
        )  # fmt: skip
        uow.add(cost)
        return cost.id

    return desk.run(SYSTEM, act)


@pytest.mark.parametrize(
    ("method", "shares"),
    [
        ("value", ["8.94", "1.07"]),
        ("weight", ["0", "10.01"]),
        ("volume", ["10.01", "0"]),
        ("quantity", ["7.70", "2.31"]),
        ("equal", ["5.00", "5.01"]),
    ],
)
def test_costs_are_shared_out_without_losing_a_cent(desk, came, method, shares):
    key = landed(desk, came, method, "7", "3.01")
    (event,) = told(desk.do(allocate_costs, [key]), LandedCostAllocated)
    values = {line.receipt_line_id: line.value for line in event.lines}
    assert [values.get(800, D(0)), values.get(801, D(0))] == [D(x) for x in shares]
    assert sum(values.values()) == D("10.01")


def test_costs_are_allocated_once_and_taken_back_by_their_opposite(desk, came):
    key = landed(desk, came, "equal", "10")
    desk.do(allocate_costs, [key])
    with pytest.raises(Refused, match="is Allocated"):
        desk.do(allocate_costs, [key])
    (event,) = told(desk.do(cancel_costs, [key]), LandedCostAllocated)
    assert [line.value for line in event.lines] == [-5, -5]
    assert event.source.id != key


def test_costs_of_nothing_are_refused(desk, came):
    with pytest.raises(Refused, match="has no costs"):
        desk.do(allocate_costs, [landed(desk, came, "equal")])
    with pytest.raises(Refused, match="has a volume"):
        desk.run(SYSTEM, lambda uow: setattr(uow.get(Product, desk.known["tea"]), "volume", None))
        desk.do(allocate_costs, [landed(desk, came, "volume", "1")])
    with pytest.raises(Refused, match="names no goods"):
        desk.do(allocate_costs, [landed(desk, came, "equal", "1", receipt="GR-9")])


# -- returns --------------------------------------------------------------------------------------


def left(desk, document, line, quantity, cost, delivery=1):
    event = GoodsShipped(
        delivery=DocumentRef("inventory.deliveries", delivery), number="D",
        source=DocumentRef("purchasing.returns", document), company_id=1, party_id=None, on=DAY,
        lines=(
            MovedLine(
                source_line_id=line, product_id=desk.known["tea"], quantity=D(quantity),
                cost=D(cost),
            ),
        ),
    )  # fmt: skip
    return told(desk.do(lambda uow: uow.publish(event)), PurchaseBillable)


def test_goods_that_left_are_credited_at_their_price_and_clear_what_they_were_worth(desk):
    desk.with_warehouse()
    key = desk.order(desk.line())
    desk.confirm(key)
    desk.receive(key, "10")
    document = desk.run(SYSTEM, lambda uow: start_returns(uow, [key])[0].id)
    (event,) = told(desk.do(confirm_returns, [document]), PurchaseReturned)
    assert [x.quantity for x in event.lines] == [10]
    line = desk.look(key)[1][0].id
    (credit,) = left(desk, document, line, "4", "24")
    assert [(x.quantity, x.amount, x.unit_cost) for x in credit.lines] == [(-4, -20, 6)]
    assert left(desk, document, line, "4", "24") == []
    assert desk.all(Return)[0].state == "confirmed"
    left(desk, document, line, "6", "36", delivery=2)
    assert desk.all(Return)[0].state == "done"


def test_no_more_goes_back_than_has_come(desk):
    desk.with_warehouse()
    key = desk.order(desk.line())
    desk.confirm(key)
    with pytest.raises(Refused, match="Nothing of PO-2026-00001 has come"):
        desk.do(start_returns, [key])
    desk.receive(key, "4")
    document = desk.run(SYSTEM, lambda uow: start_returns(uow, [key])[0].id)
    again = desk.run(SYSTEM, lambda uow: start_returns(uow, [key])[0].id)
    desk.do(confirm_returns, [document])
    with pytest.raises(Refused, match="only 0 of Tea"):
        desk.do(confirm_returns, [again])


# -- scores ---------------------------------------------------------------------------------------


def test_a_supplier_is_scored_by_what_happened(desk):
    desk.with_warehouse()
    late, good = (desk.order(desk.line(price=price, expected_on=DAY)) for price in ("5", "6"))
    desk.confirm(late, on=DAY)
    desk.confirm(good, on=DAY)
    desk.receive(late, "10", receipt=1, on=dt.date(2026, 3, 20))
    desk.receive(good, "10", receipt=2, on=DAY)
    document = desk.run(SYSTEM, lambda uow: start_returns(uow, [good])[0].id)
    desk.do(confirm_returns, [document], on=DAY)
    left(desk, document, desk.look(good)[1][0].id, "5", "30")

    def act(uow):
        score = Score(
            supplier_id=desk.known["bob"], starts_on=dt.date(2026, 3, 1),
            ends_on=dt.date(2026, 3, 31), service=D(80),
        )  # fmt: skip
        uow.add(score)
        return score.id

    key = desk.run(SYSTEM, act)
    desk.do(measure_scores, [key])
    (score,) = desk.all(Score)
    assert (score.quality, score.delivery, score.price) == (75, 50, 80)
    # 40 % of 75, 20 % of 80, 30 % of 50, 10 % of 80.
    assert (score.total, score.grade, score.state) == (69, "C", "draft")
    desk.do(publish_scores, [key])
    assert desk.all(Score)[0].state == "valid"

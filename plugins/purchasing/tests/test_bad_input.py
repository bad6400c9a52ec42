"""What purchasing does not accept: one sentence each, and nothing has changed afterwards."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from dougong import Actor, DougongError, Refused
from dougong.actors import EVERYTHING, Rights
from dougong.companies.service import open_company
from dougong.web.app import create_app
from dougong_base import Party
from dougong_purchasing.blankets.models import Blanket, BlanketLine
from dougong_purchasing.blankets.service import agree_blankets
from dougong_purchasing.landed.models import LandedCost, LandedPart
from dougong_purchasing.landed.service import allocate_costs
from dougong_purchasing.matches.models import Match
from dougong_purchasing.matches.service import hold_bills, release_matches
from dougong_purchasing.orders.models import Order
from dougong_purchasing.orders.service import cancel_orders, confirm_orders
from dougong_purchasing.requests.models import Request, RequestLine
from dougong_purchasing.requests.ordering import order_requests
from dougong_purchasing.requests.service import submit_requests
from dougong_purchasing.rfqs.awarding import award_rfqs
from dougong_purchasing.rfqs.models import Quote, QuoteLine, Rfq, RfqLine, RfqSupplier
from dougong_purchasing.rfqs.service import Answer, send_rfqs, take_answer

D = Decimal
SYSTEM = Actor.system()
DAY = dt.date(2026, 3, 2)
PAST, SOON = dt.date(2020, 1, 31), dt.date(2099, 1, 31)


# -- sentences ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tolerance", "came", "refused"), [(0, "10", False), (0, "11", True), (10, "12", True)]
)
def test_a_receipt_over_the_tolerance_is_refused(desk, monkeypatch, tolerance, came, refused):
    desk.with_warehouse()
    desk.set(monkeypatch, over_receipt=tolerance)
    key = desk.order(desk.line())
    desk.confirm(key)
    if refused:
        with pytest.raises(Refused, match=rf"{came} of .tea. would have come, but only 10"):
            desk.receive(key, came)
    else:
        desk.receive(key, came)
    assert desk.look(key)[1][0].received == (0 if refused else D(came))


def test_the_same_receipt_is_counted_and_owed_once(desk):
    desk.with_warehouse()
    key = desk.order(desk.line())
    desk.confirm(key)
    assert len(desk.receive(key, "6", receipt=1)) == 1
    assert desk.receive(key, "6", receipt=1) == []
    assert (desk.look(key)[1][0].received, desk.look(key)[1][0].asked) == (6, 6)


def test_the_same_receipt_is_not_billed_twice(desk):
    desk.with_warehouse()
    key = desk.order(desk.line())
    desk.confirm(key)
    (event,) = desk.receive(key, "6")
    for _again in range(2):
        desk.draft_bill(event, invoice=1)
    assert (desk.look(key)[1][0].billed, len(desk.all(Match))) == (6, 1)

    desk.draft_bill(event, invoice=2)
    (line,) = desk.look(key)[1]
    row = SimpleNamespace(
        source_line_id=line.id, quantity=D(6), price=D(5), discount=D(0), description="Tea"
    )
    second = SimpleNamespace(
        id=2, source_kind="purchasing.orders", source_id=key, kind="supplier_bill", lines=[row],
        untaxed=D(30),
    )  # fmt: skip
    why = desk.run(SYSTEM, lambda uow: str(hold_bills(uow, [second])))
    assert "12 are billed, but only 6 have come" in why


def test_an_order_takes_no_more_than_its_agreement_has_left(desk):
    def act(uow):
        agreed = Blanket(
            supplier_id=desk.known["bob"], currency="EUR", starts_on=dt.date(2026, 1, 1),
            ends_on=dt.date(2026, 12, 31),
            lines=[BlanketLine(product_id=desk.known["tea"], quantity=D(15), price=D(4))],
        )  # fmt: skip
        uow.add(agreed)
        agree_blankets(uow, [agreed.id])
        return agreed.lines[0].id

    line = desk.run(SYSTEM, act)
    desk.confirm(desk.order(desk.line(quantity="10", blanket_line_id=line)))
    over = desk.order(desk.line(quantity="6", blanket_line_id=line))
    with pytest.raises(Refused, match="6 are called off, but only 5 are left"):
        desk.confirm(over)
    assert (desk.look(over)[0].state, desk.all(BlanketLine)[0].called) == ("draft", 10)


@pytest.fixture
def asked(desk):
    """Both suppliers are asked for ten of tea."""

    def act(uow):
        rfq = Rfq(
            answer_by=SOON,
            lines=[RfqLine(product_id=desk.known["tea"], quantity=D(10))],
            suppliers=[RfqSupplier(supplier_id=desk.known[n]) for n in ("bob", "eve")],
        )
        uow.add(rfq)
        uow.flush()
        send_rfqs(uow, [rfq.id])
        return rfq.id

    return desk.run(SYSTEM, act)


def answer(desk, quote_id, **more):
    def act(uow):
        quote = uow.get(Quote, quote_id, Quote.lines, Quote.rfq)
        facts = {
            "prices": {line.id: D(4) for line in quote.lines}, "lead_days": {},
            "expected_on": None, "valid_until": None, "reference": "", "note": "",
        }  # fmt: skip
        take_answer(uow, quote, Answer(**(facts | more)))

    desk.do(act)


def test_an_answer_after_the_closing_day_or_after_the_award_is_refused(desk, asked):
    bob, eve = desk.all(Quote)
    answer(desk, bob.id)
    desk.run(SYSTEM, lambda uow: setattr(uow.get(Rfq, asked), "answer_by", PAST))
    with pytest.raises(Refused):
        answer(desk, eve.id)
    desk.run(SYSTEM, lambda uow: setattr(uow.get(Rfq, asked), "answer_by", SOON))
    desk.do(award_rfqs, [asked])
    with pytest.raises(Refused):
        answer(desk, eve.id)
    assert [quote.state for quote in desk.all(Quote)][1] in ("asked", "lost", "closed")
    assert [line.price for line in desk.all(QuoteLine)] == [4, None]


def test_nothing_is_awarded_where_nobody_offers_or_more_than_is_open(desk, asked):
    with pytest.raises(Refused):
        desk.do(award_rfqs, [asked])
    bob = desk.all(Quote)[0]
    answer(desk, bob.id)
    (line,) = desk.all(RfqLine)
    with pytest.raises(Refused):
        desk.do(award_rfqs, [asked], supplier=desk.known["bob"], line=line.id, quantity=D(11))
    assert desk.all(Order) == []


def test_landed_costs_without_costs_or_goods_are_refused(desk):
    def cost(*amounts):
        document = LandedCost(
            dated_on=DAY, method="value",
            parts=[LandedPart(kind="freight", amount=D(amount)) for amount in amounts],
        )  # fmt: skip
        desk.run(SYSTEM, lambda uow: uow.add(document))
        return document.id

    for key in (cost(), cost("5")):
        with pytest.raises(Refused):
            desk.do(allocate_costs, [key])
    assert {document.state for document in desk.all(LandedCost)} == {"draft"}


# -- pages and API: the right status --------------------------------------------------------------


@pytest.fixture
def api(runtime, desk):
    settings = {"TESTING": True, "SECRET_KEY": "x" * 32, "ACT_AS": SYSTEM}
    client = create_app(runtime, settings).test_client()

    def post(path, **data):
        return client.post(f"/api/v1/purchasing/{path}", json=data)

    return post


@pytest.mark.parametrize(
    ("path", "data", "field"),
    [
        ("orders", {"lines": []}, "supplier"),
        ("orders", {"supplier": 999_999, "lines": []}, "supplier"),
        ("orders", {"supplier": "BOB", "state": "confirmed", "lines": []}, "state"),
        ("orders", {"supplier": "BOB", "worth": "1", "lines": []}, "worth"),
        ("orders", {"supplier": "BOB", "currency": "XXX", "lines": []}, "currency"),
        (
            "orders",
            {"supplier": "BOB", "lines": [{"product": "TEA", "quantity": "-1"}]},
            "lines.0.quantity",
        ),
        (
            "orders",
            {"supplier": "BOB", "lines": [{"product": "TEA", "quantity": "1", "received": "1"}]},
            "lines.0.received",
        ),
        ("requests", {"lines": []}, "needed_on"),
        ("requests", {"needed_on": "2026-02-30", "lines": []}, "needed_on"),
        ("rfqs", {"answer_by": "soon", "lines": []}, "answer_by"),
        ("landed", {"dated_on": "2026-03-02", "method": "wish"}, "method"),
        ("landed", {"dated_on": "2026-03-02", "shares": [{"value": "1"}]}, "shares"),
        ("matches", {"order": 1}, None),
    ],
)
def test_what_the_api_does_not_accept_is_told_at_its_field(api, desk, path, data, field):
    before = len(desk.all(Order)) + len(desk.all(Request))
    found = api(path, **data)
    # 409: well formed, but there is no such supplier, or nobody enters these.
    assert found.status_code in ((409, 422) if field else (403, 404, 405))
    if field:
        assert field in str(found.json["errors"])
    assert len(desk.all(Order)) + len(desk.all(Request)) == before


def test_a_step_that_is_not_open_answers_409_and_one_nobody_knows_404(api, desk):
    key = desk.order()
    empty = api(f"orders/{key}/confirm")
    assert (empty.status_code, "has no lines" in str(empty.json)) == (409, True)
    assert api(f"orders/{key}/explode").status_code == 404
    assert desk.look(key)[0].state == "draft"


# -- other companies, fewer rights ----------------------------------------------------------------


@pytest.fixture
def elsewhere(desk):
    """A colleague of another company, who may do everything there."""
    other = desk.run(SYSTEM, lambda uow: open_company(uow, "SUB", "Subsidiary", "USD").id)
    return Actor(None, "x", EVERYTHING, (other,), other)


def documents(desk, asked):
    """One of each, of the first company."""

    def act(uow):
        request = Request(
            needed_on=SOON, lines=[RequestLine(product_id=desk.known["tea"], quantity=D(1))]
        )
        cost = LandedCost(dated_on=DAY, method="value")
        uow.add(request, cost)
        return request.id, cost.id

    request, cost = desk.run(SYSTEM, act)
    order = desk.order(desk.line())
    desk.confirm(order)
    return {
        "orders": order, "requests": request, "landed": cost, "rfqs": asked,
        "quotes": desk.all(Quote)[0].id,
    }  # fmt: skip


def test_another_company_s_documents_are_not_there(desk, asked, elsewhere, runtime):
    found = documents(desk, asked)
    settings = {"TESTING": True, "SECRET_KEY": "x" * 32, "ACT_AS": elsewhere}
    client = create_app(runtime, settings).test_client()
    for slug, key in found.items():
        assert client.get(f"/purchasing/{slug}/{key}").status_code == 404
        assert client.get(f"/api/v1/purchasing/{slug}/{key}").status_code == 404
        assert client.get(f"/api/v1/purchasing/{slug}").json["items"] == []
        assert client.post(f"/purchasing/{slug}/{key}/steps/cancel").status_code == 404
    for path in (
        f"/purchasing/rfqs/{asked}/comparison",
        f"/purchasing/quotes/{found['quotes']}/link",
    ):
        assert client.get(path).status_code == 404
    report = client.get(f"/api/v1/purchasing/reports/comparison?rfq={asked}")
    assert "Tea" not in report.text


@pytest.mark.parametrize(
    ("act", "slug"),
    [
        (confirm_orders, "orders"), (cancel_orders, "orders"), (submit_requests, "requests"),
        (order_requests, "requests"), (send_rfqs, "rfqs"), (award_rfqs, "rfqs"),
        (allocate_costs, "landed"),
    ],
)  # fmt: skip
def test_another_company_s_documents_are_not_moved(desk, asked, elsewhere, act, slug):
    found = documents(desk, asked)
    with pytest.raises(DougongError) as refusal:
        desk.do(act, [found[slug]], actor=elsewhere)
    assert refusal.value.status == 404


@pytest.mark.parametrize(
    ("act", "right"),
    [
        (confirm_orders, "purchasing.order.confirm"), (cancel_orders, "purchasing.order.cancel"),
        (submit_requests, "purchasing.request.submit"), (award_rfqs, "purchasing.rfq.award"),
        (order_requests, "purchasing.order.create"), (release_matches, "purchasing.match.release"),
        (allocate_costs, "purchasing.landed.allocate"),
    ],
)  # fmt: skip
def test_without_its_right_a_verb_does_nothing(desk, act, right):
    reader = Actor(None, "x", Rights(("purchasing.*.read",)), (1,), 1)
    with pytest.raises(DougongError) as refusal:
        desk.do(act, [1], actor=reader)
    assert (refusal.value.status, right in str(refusal.value)) == (403, True)


def test_who_asks_for_things_neither_orders_nor_sees_prices_of_others(desk, runtime):
    key = desk.order(desk.line())
    rights = Rights(("purchasing.request.*", "base.product.read", "base.party.read"))
    settings = {
        "TESTING": True, "SECRET_KEY": "x" * 32, "ACT_AS": Actor(None, "x", rights, (1,), 1),
    }  # fmt: skip
    client = create_app(runtime, settings).test_client()
    assert client.get("/purchasing/requests").status_code == 200
    for path in (f"/purchasing/orders/{key}", "/purchasing/terms", "/purchasing/matches"):
        assert client.get(path).status_code == 403
    with desk.read(SYSTEM) as session:
        assert session.scalars(select(Party.code)).all()

"""Several suppliers are asked, answer by themselves, and the best of them is chosen."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from dougong import Actor, Refused
from dougong.web.app import create_app
from dougong_purchasing.orders.models import Order
from dougong_purchasing.rfqs.awarding import award_rfqs
from dougong_purchasing.rfqs.compare import COMPARISON, comparison
from dougong_purchasing.rfqs.models import Quote, QuoteLine, Rfq, RfqLine, RfqSupplier
from dougong_purchasing.rfqs.portal import _signer
from dougong_purchasing.rfqs.service import note_answers, send_rfqs

D = Decimal
SYSTEM = Actor.system()
LATER = dt.date(2099, 1, 31)
PAST = dt.date(2020, 1, 31)


@pytest.fixture
def rfq(desk):
    def act(uow):
        asked = Rfq(
            name="Tea", answer_by=LATER,
            lines=[
                RfqLine(product_id=desk.known["tea"], quantity=D(10)),
                RfqLine(product_id=desk.known["cup"], quantity=D(4)),
            ],
            suppliers=[RfqSupplier(supplier_id=desk.known[n]) for n in ("bob", "eve")],
        )  # fmt: skip
        uow.add(asked)
        uow.flush()
        send_rfqs(uow, [asked.id])
        return asked.id

    return desk.run(SYSTEM, act)


def quote_of(desk, name):
    (quote,) = desk.all(Quote, supplier_id=desk.known[name])
    return quote


def answer(desk, name, tea, cup, **facts):
    key = quote_of(desk, name).id

    def act(uow):
        quote = uow.get(Quote, key, Quote.lines)
        for line, price in zip(quote.lines, (tea, cup), strict=True):
            line.price = None if price is None else D(price)
        for field, value in facts.items():
            setattr(quote, field, value)
        note_answers(uow, [key])

    desk.run(SYSTEM, act)


def test_each_line_goes_to_the_best_offer(desk, rfq):
    answer(desk, "bob", "5", "3")
    answer(desk, "eve", "6", "2")
    desk.do(award_rfqs, [rfq])
    won = {
        order.supplier_id: [(x.description, x.quantity, x.price) for x in desk.look(order.id)[1]]
        for order in desk.all(Order)
    }
    assert won == {
        desk.known["bob"]: [("Tea", 10, 5)],
        desk.known["eve"]: [("Cup", 4, 2)],
    }
    assert desk.all(Rfq)[0].state == "awarded"
    with pytest.raises(Refused):
        desk.do(award_rfqs, [rfq])


def test_all_goes_to_one_supplier_or_one_line_alone(desk, rfq):
    answer(desk, "bob", "5", "3")
    answer(desk, "eve", "6", "2")
    tea = desk.all(RfqLine)[0].id
    desk.do(award_rfqs, [rfq], supplier=desk.known["eve"], line=tea)
    assert desk.all(Rfq)[0].state == "sent"
    desk.do(award_rfqs, [rfq], supplier=desk.known["bob"])
    found = [(o.supplier_id, [x.description for x in desk.look(o.id)[1]]) for o in desk.all(Order)]
    assert found == [(desk.known["eve"], ["Tea"]), (desk.known["bob"], ["Cup"])]


def test_offers_that_no_longer_hold_win_nothing(desk, rfq):
    answer(desk, "bob", "5", "3", valid_until=PAST)
    with pytest.raises(Refused, match="no valid offer"):
        desk.do(award_rfqs, [rfq])
    answer(desk, "eve", "6", None)
    desk.do(award_rfqs, [rfq])
    assert [o.supplier_id for o in desk.all(Order)] == [desk.known["eve"]]


def test_offers_stand_side_by_side_with_the_best_of_each_line_marked(desk, rfq):
    answer(desk, "bob", "5", "3")
    answer(desk, "eve", "6", "2")
    with desk.read(SYSTEM) as session:
        report = [
            (x.values["product"], x.values["place"], x.values["supplier"])
            for x in COMPARISON.ask(session, SYSTEM, rfq=rfq)
        ]
        _template, facts = comparison(None, session, session.get(Rfq, rfq), SYSTEM)
    assert report == [
        ("Tea", 1, "Bob"), ("Tea", 2, "Eve"), ("Cup", 1, "Eve"), ("Cup", 2, "Bob"),
    ]  # fmt: skip
    assert facts["suppliers"] == ["Bob", "Eve"]
    assert [best.supplier for _p, _q, _offers, best in facts["rows"]] == ["Bob", "Eve"]


def test_nothing_is_asked_of_nobody_or_too_late(desk):
    def send(**more):
        def act(uow):
            asked = Rfq(
                lines=[RfqLine(product_id=desk.known["tea"], quantity=D(1))],
                **({"answer_by": LATER, "suppliers": []} | more),
            )
            uow.add(asked)
            uow.flush()
            send_rfqs(uow, [asked.id])

        desk.run(SYSTEM, act)

    with pytest.raises(Refused, match="suppliers to ask"):
        send()
    with pytest.raises(Refused, match="has passed"):
        send(answer_by=PAST, suppliers=[RfqSupplier(supplier_id=desk.known["bob"])])


@pytest.fixture
def portal(runtime, desk, rfq):
    """A supplier's browser, and his link."""
    app = create_app(runtime, {**runtime.config, "ACT_AS": None})
    browser = app.test_client()

    def link(name, key=None):
        quote = quote_of(desk, name)
        with app.app_context():
            return "/purchasing/offer/" + _signer().dumps([quote.id, key or quote.key])

    return browser, link


def test_a_supplier_answers_behind_his_link_and_sees_nothing_else(desk, rfq, portal):
    answer(desk, "eve", "6.1234", "2")
    browser, link = portal
    page = browser.get(link("bob")).text
    assert "Tea" in page
    assert "Eve" not in page
    assert "6.1234" not in page
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    tea, cup = (x.id for x in desk.all(QuoteLine, quote_id=quote_of(desk, "bob").id))
    said = {f"price-{tea}": "4.5", f"price-{cup}": "", "valid_until": "2099-02-01",
            "expected_on": "2099-01-20", "csrf_token": token}  # fmt: skip
    wrong = browser.post(link("bob"), data=said | {f"price-{tea}": "cheap"})
    assert (wrong.status_code, "is not a price" in wrong.text) == (409, True)
    assert browser.post(link("bob"), data=said | {f"price-{tea}": "-1"}).status_code == 409
    assert quote_of(desk, "bob").state == "asked"
    assert browser.post(link("bob"), data=said).status_code == 200
    quote = quote_of(desk, "bob")
    assert (quote.state, quote.valid_until) == ("answered", dt.date(2099, 2, 1))
    with desk.read(SYSTEM) as session:
        prices = session.scalars(select(QuoteLine.price).where(QuoteLine.quote_id == quote.id))
        assert prices.all() == [D("4.5"), None]


def test_a_link_that_is_forged_void_or_too_late_leads_nowhere(desk, rfq, portal):
    browser, link = portal
    good = link("bob")
    assert browser.get(good).status_code == 200
    assert browser.get(good[:-2]).status_code == 404
    assert browser.get(link("bob", key="another")).status_code == 404
    desk.run(SYSTEM, lambda uow: setattr(uow.get(Rfq, rfq), "answer_by", PAST))
    assert browser.get(good).status_code == 404


def test_a_supplier_s_page_opens_nothing_to_him(portal):
    browser, link = portal
    browser.get(link("bob"))
    assert browser.get("/purchasing/orders").status_code in (303, 401)
    assert browser.get("/api/v1/purchasing/quotes").status_code == 401

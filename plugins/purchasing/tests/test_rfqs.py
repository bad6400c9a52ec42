"""Several suppliers are asked, answer by themselves, and the best of them is chosen."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import islice

import pytest
from sqlalchemy import select

from dougong import Actor, Refused
from dougong.companies.service import open_company
from dougong.outbox.letters import unpack
from dougong.outbox.models import OutboxMessage
from dougong.settings import service as settings
from dougong.web.app import create_app
from dougong_base import Party
from dougong_purchasing.events import OfferAsked
from dougong_purchasing.orders.models import Order
from dougong_purchasing.rfqs import letters
from dougong_purchasing.rfqs.awarding import award_rfqs
from dougong_purchasing.rfqs.compare import COMPARISON, comparison
from dougong_purchasing.rfqs.letters import path_of
from dougong_purchasing.rfqs.models import Award, Quote, QuoteLine, Rfq, RfqLine, RfqSupplier
from dougong_purchasing.rfqs.service import note_answers, remind_suppliers, send_rfqs

D = Decimal
SYSTEM = Actor.system()
LATER = dt.date(2099, 1, 31)
PAST, SOON = dt.date(2020, 1, 31), dt.date(2099, 1, 31)


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


def test_a_line_is_split_between_two_suppliers(desk, rfq):
    answer(desk, "bob", "5", "3")
    answer(desk, "eve", "6", "2")
    tea = desk.all(RfqLine)[0].id
    desk.do(award_rfqs, [rfq], supplier=desk.known["eve"], line=tea, quantity=D(4))
    assert (desk.all(RfqLine)[0].awarded, desk.all(Rfq)[0].state) == (4, "sent")
    with pytest.raises(Refused, match=r"Of .Tea. 6 are open"):
        desk.do(award_rfqs, [rfq], supplier=desk.known["bob"], line=tea, quantity=D(7))
    with pytest.raises(Refused, match="Say which line is split"):
        desk.do(award_rfqs, [rfq], quantity=D(1))
    desk.do(award_rfqs, [rfq])
    found = [
        (o.supplier_id, [(x.description, x.quantity) for x in desk.look(o.id)[1]])
        for o in desk.all(Order)
    ]
    bob, eve = desk.known["bob"], desk.known["eve"]
    assert found == [(eve, [("Tea", 4)]), (bob, [("Tea", 6)]), (eve, [("Cup", 4)])]
    assert [(a.quantity, a.order_line_id is not None) for a in desk.all(Award)] == [
        (4, True), (6, True), (4, True),
    ]  # fmt: skip


def test_nobody_is_chosen_after_the_last_day(desk, rfq):
    answer(desk, "bob", "5", "3")

    def over(uow):
        asked = uow.get(Rfq, rfq)
        asked.answer_by = asked.award_by = PAST

    desk.run(SYSTEM, over)
    with pytest.raises(Refused, match="had to be chosen until 2020-01-31"):
        desk.do(award_rfqs, [rfq])
    assert desk.all(Order) == []
    assert desk.all(RfqLine)[0].awarded == 0


def test_an_order_is_expected_after_the_lead_time_of_the_offer(desk, rfq):
    key = quote_of(desk, "bob").id

    def act(uow):
        quote = uow.get(Quote, key, Quote.lines)
        for line in quote.lines:
            line.price, line.lead_days = D(5), 9
        note_answers(uow, [key])
        award_rfqs(uow, [rfq])
        return uow.today

    today = desk.run(SYSTEM, act)
    (order,) = desk.all(Order)
    assert order.expected_on == today + dt.timedelta(days=9)


def test_an_offer_in_a_currency_without_a_rate_is_shown_but_is_never_the_best(desk, rfq):
    answer(desk, "bob", "1", "1", currency="JPY")
    answer(desk, "eve", "6", "2")
    with desk.read(SYSTEM) as session:
        _template, facts = comparison(None, session, session.get(Rfq, rfq), SYSTEM)
    row = facts["rows"][0]
    assert [offer.own_price for offer in row.offers] == [None, 6]
    assert row.best.supplier == "Eve"


def test_offers_that_no_longer_hold_win_nothing(desk, rfq):
    answer(desk, "bob", "5", "3")
    key = quote_of(desk, "bob").id
    desk.run(SYSTEM, lambda uow: setattr(uow.get(Quote, key), "valid_until", PAST))
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
    assert [(b.name, b.total, b.complete) for b in facts["bidders"]] == [
        ("Bob", 62, True), ("Eve", 68, True),
    ]  # fmt: skip
    assert [row.best.supplier for row in facts["rows"]] == ["Bob", "Eve"]


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
    desk.run(SYSTEM, lambda uow: setattr(uow.get(Party, desk.known["eve"]), "is_supplier", False))
    with pytest.raises(Refused, match="Eve is not a supplier"):
        send(suppliers=[RfqSupplier(supplier_id=desk.known["eve"])])


def test_who_is_asked_gets_a_letter_with_the_link_and_another_until_he_answers(desk, monkeypatch):
    sent = []
    monkeypatch.setattr(letters, "send_mail", lambda uow, mails: sent.extend(mails))

    def prepare(uow):
        settings.write(uow, "core.mail_server", "mail.example")
        settings.write(uow, "core.mail_from", "us@house.example")
        settings.write(uow, "core.address", "https://erp.example")
        bob = uow.get(Party, desk.known["bob"])
        bob.email, bob.language = "bob@tea.example", "zh_Hans_CN"
        asked = Rfq(
            answer_by=LATER,
            lines=[RfqLine(product_id=desk.known["tea"], quantity=D(10))],
            suppliers=[RfqSupplier(supplier_id=desk.known[n]) for n in ("bob", "eve")],
        )
        uow.add(asked)
        uow.flush()
        send_rfqs(uow, [asked.id])
        return asked.id

    key = desk.run(SYSTEM, prepare)

    def post():
        waiting = [m for m in desk.all(OutboxMessage) if m.id not in told]
        told.update(m.id for m in waiting)
        events = [unpack(OfferAsked, m.payload) for m in waiting]
        desk.run(SYSTEM, lambda uow: letters.write_to_suppliers(uow, events))

    told = set()
    post()
    (mail,) = sent
    assert (mail["To"], "询价" in mail["Subject"]) == ("bob@tea.example", True)
    assert "https://erp.example/purchasing/offer/" in mail.get_content()
    assert quote_of(desk, "bob").mailed_on is not None
    assert quote_of(desk, "eve").mailed_on is None

    desk.do(remind_suppliers, [key])
    post()
    assert len(sent) == 2
    assert "提醒" in sent[1]["Subject"]
    for name in ("bob", "eve"):
        answer_one(desk, name)
    with pytest.raises(Refused, match="Everybody has answered"):
        desk.do(remind_suppliers, [key])


def answer_one(desk, name):
    key = quote_of(desk, name).id

    def act(uow):
        uow.get(Quote, key, Quote.lines).lines[0].price = D(5)
        note_answers(uow, [key])

    desk.run(SYSTEM, act)


def test_a_reminder_without_a_mail_server_says_what_to_set(desk, rfq):
    with pytest.raises(Refused, match="No mail server is set"):
        desk.do(remind_suppliers, [rfq])


@pytest.fixture
def portal(runtime, desk, rfq):
    """A supplier's browser, and his link."""
    app = create_app(runtime, {**runtime.config, "ACT_AS": None})
    browser = app.test_client()

    def link(name, key=None):
        quote = quote_of(desk, name)
        quote.key = key or quote.key
        return desk.run(SYSTEM, lambda uow: path_of(uow, quote))

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
    said = {f"price-{tea}": "4.5", f"price-{cup}": "", f"days-{tea}": "12", "valid_until": "2099-02-01",
            "expected_on": "2099-01-20", "csrf_token": token}  # fmt: skip
    wrong = browser.post(link("bob"), data=said | {f"price-{tea}": "cheap"})
    assert (wrong.status_code, "is not a price" in wrong.text) == (409, True)
    assert browser.post(link("bob"), data=said | {f"price-{tea}": "-1"}).status_code == 409
    for wrong, sentence in (
        ({f"days-{tea}": "-3"}, "not a number of days"),
        ({"valid_until": "2020-01-01"}, "at least until today"),
        ({"expected_on": "soon"}, "is not a date"),
    ):
        answer_page = browser.post(link("bob"), data=said | wrong)
        assert (answer_page.status_code, sentence in answer_page.text) == (409, True)
    assert quote_of(desk, "bob").state == "asked"
    assert browser.post(link("bob"), data=said).status_code == 200
    quote = quote_of(desk, "bob")
    assert (quote.state, quote.valid_until) == ("answered", dt.date(2099, 2, 1))
    with desk.read(SYSTEM) as session:
        prices = session.scalars(select(QuoteLine.price).where(QuoteLine.quote_id == quote.id))
        assert prices.all() == [D("4.5"), None]
        days = session.scalars(select(QuoteLine.lead_days).where(QuoteLine.quote_id == quote.id))
        assert days.all() == [12, None]


def test_a_supplier_who_does_not_offer_says_so_behind_his_link(desk, rfq, portal):
    browser, link = portal
    token = browser.get(link("eve")).text.split('name="csrf_token" value="')[1].split('"')[0]
    page = browser.post(link("eve"), data={"do": "decline", "csrf_token": token})
    assert "you do not offer this time" in page.text
    assert quote_of(desk, "eve").state == "declined"
    assert browser.post(link("eve"), data={"csrf_token": token}).status_code == 409


def test_a_link_that_is_forged_or_void_leads_nowhere_and_a_late_one_says_so(desk, rfq, portal):
    browser, link = portal
    good = link("bob")
    assert browser.get(good).status_code == 200
    assert browser.get(good[:-2]).status_code == 404
    assert browser.get(link("bob", key="another")).status_code == 404
    token = browser.get(good).text.split('name="csrf_token" value="')[1].split('"')[0]
    desk.run(SYSTEM, lambda uow: setattr(uow.get(Rfq, rfq), "answer_by", PAST))
    for late in (browser.get(good), browser.post(good, data={"csrf_token": token})):
        assert (late.status_code, "This request is closed" in late.text) == (410, True)
    assert quote_of(desk, "bob").state == "asked"


def test_a_supplier_s_page_opens_nothing_to_him(portal):
    browser, link = portal
    browser.get(link("bob"))
    assert browser.get("/purchasing/orders").status_code in (303, 401)
    assert browser.get("/api/v1/purchasing/quotes").status_code == 401


def test_who_tries_many_links_or_answers_again_and_again_has_to_wait(desk, rfq, portal):
    browser, link = portal
    good = link("bob")
    head, signature = good.rsplit(".", 1)
    forged = (
        f"{head}.{n:02d}{signature[2:]}" for n in range(50) if not signature.startswith(f"{n:02d}")
    )
    answers = [browser.get(link).status_code for link in islice(forged, 33)]
    assert (answers[0], answers[-1]) == (404, 429)
    assert browser.get(good).status_code == 200
    token = browser.get(good).text.split('name="csrf_token" value="')[1].split('"')[0]
    answers = [browser.post(good, data={"csrf_token": token}).status_code for _again in range(33)]
    assert (answers[0], answers[-1]) == (409, 429)


def test_a_supplier_of_another_company_answers_that_company_only(desk, runtime, portal):
    browser, _link = portal

    def act(uow):
        other = open_company(uow, "SUB", "Subsidiary", "USD").id
        carl = Party(code="CARL", name="Carl", is_supplier=True)
        uow.add(carl)
        rfq = Rfq(
            company_id=other, answer_by=SOON, lines=[RfqLine(product_id=desk.known["tea"], quantity=D(3))],
            suppliers=[RfqSupplier(supplier_id=carl.id)],
        )  # fmt: skip
        uow.add(rfq)
        return other, rfq.id

    other, key = desk.run(SYSTEM, act)
    there = Actor.system(other)
    desk.run(there, lambda uow: send_rfqs(uow, [key]) and None)
    with desk.read(there) as session:
        quote = session.scalars(select(Quote).where(Quote.rfq_id == key)).one()
        session.expunge_all()
    path = desk.run(there, lambda uow: path_of(uow, quote))
    page = browser.get(path)
    assert (page.status_code, "Subsidiary" in page.text) == (200, True)
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    with desk.read(there) as session:
        (line,) = session.scalars(select(QuoteLine.id).where(QuoteLine.quote_id == quote.id))
    said = {f"price-{line}": "4.5", "csrf_token": token}
    assert browser.post(path, data=said).status_code == 200
    with desk.read(SYSTEM) as session:
        assert session.scalars(select(Quote).where(Quote.id == quote.id)).all() == []
    with desk.read(there) as session:
        assert session.get(Quote, quote.id).state == "answered"

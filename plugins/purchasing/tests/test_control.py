"""What a company keeps in hand: limits, revisions, tolerances, grades, bills on hold."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from dougong import Actor, DocumentRef, Refused
from dougong.actors import Rights
from dougong.web.app import create_app
from dougong_base.events import InvoiceCancelled, InvoicePosted
from dougong_base.ports import BillLine, SupplierBill, SupplierBills
from dougong_purchasing.matches.models import Match
from dougong_purchasing.matches.service import (
    compare_matches,
    compare_open,
    hold_again,
    release_matches,
)
from dougong_purchasing.matches.tab import sides
from dougong_purchasing.orders.changes import change_orders, cut_orders
from dougong_purchasing.orders.models import Order
from dougong_purchasing.orders.revisions import Revision
from dougong_purchasing.orders.service import confirm_orders
from dougong_purchasing.rfqs.models import Rfq, RfqLine, RfqSupplier
from dougong_purchasing.rfqs.service import send_rfqs
from dougong_purchasing.scores.models import Score
from dougong_purchasing.scores.service import score_monthly, score_suppliers
from dougong_purchasing.tolerances.models import PartyTolerance, ProductTolerance
from dougong_purchasing.widgets import bills_on_hold, late_orders, spend_by_supplier

D = Decimal
DAY = dt.date(2026, 3, 2)
SYSTEM = Actor.system()
BUYS = ("purchasing.order.confirm", "purchasing.order.change", "base.*")


def person(user_id, *rights):
    return replace(SYSTEM, user_id=user_id, rights=Rights(rights))


# -- revisions ------------------------------------------------------------------------------------


def test_each_change_has_its_number_its_reason_and_what_it_was_before(desk, house_users):
    ann, _ben = house_users
    desk.with_warehouse()
    key = desk.order(desk.line(), desk.line("cup", "3", "2"))
    desk.confirm(key)
    tea, cup = (line.id for line in desk.look(key)[1])
    actor = person(ann, *BUYS)
    desk.do(
        change_orders, [key], line=tea, quantity=D(8), price=D("5.50"), reason="Less tea",
        actor=actor,
    )  # fmt: skip
    desk.do(change_orders, [key], line=cup, quantity=D(0), actor=actor)
    told = [(r.number, r.line_id, r.what, r.before, r.after, r.reason) for r in desk.all(Revision)]
    assert told == [
        (1, tea, "quantity", "10", "8", "Less tea"),
        (1, tea, "price", "5", "5.5", "Less tea"),
        (2, cup, "given_up", "3", None, None),
    ]
    assert {r.changed_by_id for r in desk.all(Revision)} == {ann}
    assert desk.look(key)[0].revision == 2


def test_a_change_of_nothing_is_refused_and_one_to_the_same_is_no_revision(desk):
    key = desk.order(desk.line())
    desk.confirm(key)
    with pytest.raises(Refused, match="Say what is to be changed"):
        desk.do(change_orders, [key])
    desk.do(change_orders, [key], quantity=D(10))
    assert (desk.look(key)[0].revision, desk.all(Revision)) == (0, [])
    with pytest.raises(Refused, match="before the day of the order"):
        desk.do(change_orders, [key], expected_on=dt.date(2026, 3, 1))


def test_the_rest_of_one_line_is_given_up_and_the_others_still_come(desk):
    desk.with_warehouse()
    key = desk.order(desk.line(), desk.line("cup", "3", "2"))
    desk.confirm(key)
    desk.receive(key, "4")
    tea = desk.look(key)[1][0].id
    desk.do(cut_orders, [key], line=tea, reason="Sold out")
    order, lines = desk.look(key)
    assert [(x.description, x.quantity) for x in lines] == [("tea", 4), ("cup", 3)]
    assert order.receipt_state == "partial"
    assert [(r.before, r.after, r.reason) for r in desk.all(Revision)] == [("10", "4", "Sold out")]


# -- tolerances -----------------------------------------------------------------------------------


def test_the_products_tolerance_counts_before_the_suppliers_and_that_before_the_companys(
    desk, monkeypatch
):
    desk.set(monkeypatch, over_receipt=50)
    desk.with_warehouse()
    key = desk.order(desk.line())
    desk.confirm(key)
    bob, tea = desk.known["bob"], desk.known["tea"]
    desk.run(SYSTEM, lambda uow: uow.add(PartyTolerance(party_id=bob, over_receipt=D(10))))
    with pytest.raises(Refused, match="only 10 were ordered"):
        desk.receive(key, "12")
    desk.run(
        SYSTEM,
        lambda uow: uow.add(ProductTolerance(product_id=tea, over_receipt=D(20))),
    )
    desk.receive(key, "12", receipt=2)
    assert desk.look(key)[1][0].received == 12
    with pytest.raises(Refused, match=r"13 of .tea."):
        desk.receive(key, "1", receipt=3)


# -- grades ---------------------------------------------------------------------------------------


def graded(desk, who, grade):
    def act(uow):
        uow.add(
            Score(
                supplier_id=desk.known[who], starts_on=DAY, ends_on=DAY, state="valid",
                total=D(50), grade=grade,
            )
        )  # fmt: skip

    desk.run(SYSTEM, act)


def inquiry(desk):
    def act(uow):
        rfq = Rfq(
            answer_by=dt.date(2099, 1, 1),
            lines=[RfqLine(product_id=desk.known["tea"], quantity=D(1))],
            suppliers=[RfqSupplier(supplier_id=desk.known[n]) for n in ("bob", "eve")],
        )
        uow.add(rfq)
        return rfq.id

    return desk.run(SYSTEM, act)


def test_a_doubtful_grade_is_shown_on_orders_and_requests_for_quotation(desk):
    graded(desk, "bob", "C")
    key = desk.order(desk.line())
    desk.confirm(key)
    assert (desk.look(key)[0].state, desk.look(key)[0].warned_grade) == ("confirmed", "C")
    desk.do(send_rfqs, [inquiry(desk)])
    assert [asked.warned_grade for asked in desk.all(RfqSupplier)] == ["C", None]


def test_a_blocked_supplier_gets_neither_order_nor_request_unless_somebody_may_override(
    desk, monkeypatch, house_users
):
    desk.set(monkeypatch, block_grade="D")
    graded(desk, "bob", "D")
    ann, ben = house_users
    key, rfq = desk.order(desk.line()), inquiry(desk)
    buys = (*BUYS, "purchasing.rfq.*")
    for act, what in ((confirm_orders, key), (send_rfqs, rfq)):
        with pytest.raises(Refused, match="Bob has the grade D"):
            desk.do(act, [what], actor=person(ann, *buys))
        desk.do(act, [what], actor=person(ben, *buys, "purchasing.order.override"))
    assert (desk.look(key)[0].state, desk.all(Rfq)[0].state) == ("confirmed", "sent")


def test_suppliers_are_scored_for_a_period_once_and_only_who_delivered(desk):
    desk.with_warehouse()
    key = desk.order(desk.line(expected_on=DAY))
    desk.confirm(key)
    desk.receive(key, "10", on=DAY)
    start, end = dt.date(2026, 1, 1), dt.date(2026, 3, 31)
    for _again in range(2):
        desk.do(score_suppliers, start, end)
    (score,) = desk.all(Score)
    assert (score.supplier_id, score.delivery, score.grade) == (desk.known["bob"], 100, "A")
    with pytest.raises(Refused, match="ends on or after"):
        desk.do(score_suppliers, end, start)


@pytest.mark.parametrize(
    ("choice", "states"), [("never", []), ("draft", ["draft"]), ("valid", ["valid"])]
)
def test_every_month_the_year_before_is_scored_where_the_company_wants_it(
    desk, monkeypatch, choice, states
):
    desk.set(monkeypatch, score_monthly=choice)
    today = desk.run(SYSTEM, lambda uow: uow.today)
    due = today.replace(day=1) - dt.timedelta(days=40)
    key = desk.order(desk.line(expected_on=due), ordered_on=due)
    desk.confirm(key, on=due)
    desk.do(score_monthly)
    desk.do(score_monthly)
    assert [score.state for score in desk.all(Score)] == states


# -- bills on hold --------------------------------------------------------------------------------


class Ledger:
    """Somebody keeps bills: one draft of seven pieces of the order's line at six."""

    def __init__(self, order, line):
        self.bill = SupplierBill(
            1, "supplier_bill", "draft", "", "B-77", "purchasing.orders", order, "EUR", D(42),
            (BillLine(line, "Tea", D(7), D(6), D(0)),),
        )  # fmt: skip

    def of(self, bill_ids):
        return {1: self.bill} if 1 in bill_ids else {}


@pytest.fixture
def billed(desk):
    """Six of ten came and are billed at five; then the bill was made dearer, and for one more."""
    desk.with_warehouse()
    key = desk.order(desk.line(), expected_on=DAY)
    desk.confirm(key)
    (event,) = desk.receive(key, "6")
    desk.draft_bill(event)
    ledger = Ledger(key, desk.look(key)[1][0].id)
    desk.house.providers = {**desk.house.providers, SupplierBills: lambda uow: ledger}
    return key, ledger


def test_a_bill_that_differs_is_held_with_its_reason_until_somebody_releases_it(desk, billed):
    (match,) = desk.all(Match)
    desk.do(compare_open)
    (held,) = desk.all(Match)
    assert (held.state, held.differs, held.why) == (
        "held",
        "received",
        {"code": "received", "line": "tea", "asked": "7", "limit": "6"},
    )
    with desk.read(SYSTEM) as session:
        assert [line[0] for line in bills_on_hold(session, SYSTEM)] == ["PO-2026-00001 Bob"]
    for reason, most, sentence in (("  ", None, "Say why"), ("OK", D(-1), "less than nothing")):
        with pytest.raises(Refused, match=sentence):
            desk.do(release_matches, [match.id], reason=reason, most=most)
    desk.do(release_matches, [match.id], reason="Agreed")
    desk.do(compare_open)
    assert (desk.all(Match)[0].state, desk.all(Match)[0].reason) == ("released", "Agreed")
    desk.do(hold_again, [match.id])
    assert (desk.all(Match)[0].state, desk.all(Match)[0].reason) == ("open", None)


def test_a_bill_that_was_corrected_is_held_no_more(desk, billed):
    _key, ledger = billed
    (match,) = desk.all(Match)
    desk.do(compare_matches, [match.id])
    ledger.bill = replace(
        ledger.bill, lines=(replace(ledger.bill.lines[0], quantity=D(6), price=D(5)),)
    )
    desk.do(compare_matches, [match.id])
    assert (desk.all(Match)[0].state, desk.all(Match)[0].why) == ("open", None)


def test_order_receipt_and_bill_stand_side_by_side(desk, billed):
    key, ledger = billed

    def act(uow):
        order = uow.get(Order, key, Order.lines)
        match = uow.get(Match, desk.all(Match)[0].id, Match.lines)
        return sides(uow, ledger.bill, order, match)

    (side,) = desk.run(SYSTEM, act)
    assert side[1:-1] == (10, 6, 0, 7, 5, 6, 7)
    assert str(side.why) == "More than came"


@pytest.mark.parametrize(("event", "state"), [(InvoicePosted, "done"), (InvoiceCancelled, "gone")])
def test_a_bill_that_is_posted_or_given_up_is_compared_no_more(desk, billed, event, state):
    key, _ledger = billed
    facts = {
        "invoice": DocumentRef("finance.invoices", 1), "company_id": 1, "lines": (),
        "source": DocumentRef("purchasing.orders", key),
    }  # fmt: skip
    if event is InvoicePosted:
        facts |= {
            "number": "B1", "kind": "supplier_bill", "party_id": 1, "on": DAY, "due_on": DAY,
            "currency": "EUR", "untaxed": D(30), "total": D(30),
        }  # fmt: skip
    desk.do(lambda uow: uow.publish(event(**facts)))
    desk.do(compare_open)
    assert desk.all(Match)[0].state == state


def test_the_home_page_tells_of_late_orders_and_of_who_gets_the_money(desk, billed):
    today = desk.run(SYSTEM, lambda uow: uow.today)
    desk.confirm(desk.order(desk.line(price="7"), supplier="eve", ordered_on=today), on=today)
    with desk.read(SYSTEM) as session:
        assert [line[0] for line in late_orders(session, SYSTEM)] == ["PO-2026-00001 Bob"]
        chart = spend_by_supplier(session, SYSTEM)
    spent = dict(zip(chart["labels"], chart["series"][0]["data"], strict=True))
    assert D(str(spent["Eve"])) == 70


def test_why_a_bill_is_held_is_said_in_the_reader_s_language(desk, billed, runtime):
    (match,) = desk.all(Match)
    desk.do(compare_matches, [match.id])

    def page(language):
        actor = replace(SYSTEM, user_id=None, language={"en": "en", "zh": "zh_Hans_CN"}[language])
        settings = {"TESTING": True, "SECRET_KEY": "x" * 32, "ACT_AS": actor}
        client = create_app(runtime, settings).test_client()
        return [client.get(f"/purchasing/matches{at}").text for at in ("", f"/{match.id}")]

    for text in page("en"):
        assert "7 are billed, but only 6 have come" in text
    for text in page("zh"):
        assert "only 6 have come" not in text
        assert "6" in text
        assert "“tea”：" in text or "“tea”" in text
    assert "PO-2026-00001 · Bob" in page("en")[1]

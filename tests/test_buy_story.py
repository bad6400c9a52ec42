"""Buying, stock and books together: from a request to a paid bill, a landed cost and a return."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import combinations
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from dougong import Actor, Refused
from dougong.settings import service as settings
from dougong_base import Party, Product, SupplierItem, Tax, Unit
from dougong_base.ports import StockAvailability
from dougong_finance.checks import CHECKS
from dougong_finance.invoices.models import Invoice
from dougong_finance.invoices.parts import InvoiceLine
from dougong_finance.invoices.posting import post_invoices
from dougong_finance.payments.models import Payment, PaymentLine
from dougong_finance.payments.service import register_payments
from dougong_finance.reports.trial_balance import trial_balance
from dougong_inventory.checks import all_checks
from dougong_inventory.deliveries.models import Delivery
from dougong_inventory.deliveries.service import ship_deliveries
from dougong_inventory.receipts.models import Receipt, ReceiptLine
from dougong_inventory.receipts.service import receive
from dougong_inventory.replenishment.models import ReorderRule
from dougong_inventory.replenishment.service import request_supply
from dougong_inventory.valuation.models import StockValue
from dougong_inventory.warehouses.models import Warehouse
from dougong_purchasing.landed.models import LandedCost, LandedPart, LandedReceipt
from dougong_purchasing.landed.service import allocate_costs, cancel_costs
from dougong_purchasing.matches.models import Match
from dougong_purchasing.matches.service import compare_open, release_matches
from dougong_purchasing.orders.changes import change_orders, cut_orders
from dougong_purchasing.orders.models import Order, OrderLine
from dougong_purchasing.orders.revisions import Revision
from dougong_purchasing.orders.service import confirm_orders, create_orders
from dougong_purchasing.requests.models import Request
from dougong_purchasing.requests.ordering import order_requests
from dougong_purchasing.returns.models import Return
from dougong_purchasing.returns.service import confirm_returns, start_returns
from dougong_purchasing.rfqs.awarding import award_rfqs
from dougong_purchasing.rfqs.models import Quote, Rfq, RfqLine, RfqSupplier
from dougong_purchasing.rfqs.service import Answer, send_rfqs, take_answer
from dougong_purchasing.scores.service import score_suppliers

D = Decimal
DAY = dt.date(2026, 3, 10)
LATE = dt.date(2026, 3, 25)
SYSTEM = Actor.system()


def stock_up(uow):
    tax = uow.session.scalar(select(Tax.id).where(Tax.code == "P19"))
    unit = uow.session.scalar(select(Unit.id).where(Unit.code == "pc"))
    bob = Party(code="BOB", name="Bob & Co", is_supplier=True)
    ship = Party(code="SHIP", name="Seaways", is_supplier=True)
    tea = Product(code="TEA", name="Green tea", unit_id=unit, purchase_tax_id=tax)
    freight = Product(code="FREIGHT", name="Freight", kind="service", unit_id=unit)
    uow.add(bob, ship, tea, freight)
    uow.add(SupplierItem(product_id=tea.id, supplier_id=bob.id, price=D(5)))
    return SimpleNamespace(
        bob=bob.id, ship=ship.id, tea=tea.id, freight=freight.id, tax=tax, unit=unit
    )


@pytest.fixture
def house(make_house):
    return make_house("base", "inventory", "finance", "purchasing")


@pytest.fixture
def shop(work):
    with work() as uow:
        return stock_up(uow)


def closing(read):
    """The trial balance; the books are sound, and stock is worth what they say."""
    with read() as session:
        year = {"start": dt.date(2026, 1, 1), "end": dt.date(2099, 12, 31)}
        lines = list(trial_balance.ask(session, SYSTEM, **year))
        for check in (*CHECKS, *all_checks()):
            assert list(check.run(session)) == [], check.name
        stock = sum(session.scalars(select(StockValue.value)), D(0))
    found = {li.values["code"]: li.values["closing"] for li in lines if li.values["closing"]}
    assert found.get("1200", 0) == stock
    return found


def one(uow, model, **where):
    return uow.session.scalars(select(model).filter_by(**where).order_by(model.id.desc())).first()


def test_from_what_runs_short_to_a_paid_bill_a_landed_cost_and_a_credit(work, read, shop):
    # Tea runs short: the reorder rule asks once, however often it is looked at.
    with work() as uow:
        warehouse = uow.session.scalars(select(Warehouse)).first()
        uow.add(
            ReorderRule(product_id=shop.tea, warehouse_id=warehouse.id, minimum=D(5), maximum=D(10))
        )
    for _again in range(2):
        with work() as uow:
            request_supply(uow)
    with read() as session:
        (request,) = session.scalars(select(Request)).all()
        assert (request.state, request.supplier_id) == ("approved", shop.bob)

    # The buyer orders it, and what is ordered is not asked for again.
    with work() as uow:
        (order,) = order_requests(uow, [request.id])
    with work() as uow:
        assert request_supply(uow) == []
        confirm_orders(uow, [order.id], on=DAY)
    with work() as uow:
        assert request_supply(uow) == []

    # Six of ten come, and are billed at what was agreed: the bill is posted.
    with work() as uow:
        receipt, line = one(uow, Receipt), one(uow, ReceiptLine)
        receive(uow, [receipt.id], on=DAY, quantities={line.id: D(6)})
    assert closing(read) == {"1200": 30, "2010": -30}
    with work() as uow:
        post_invoices(uow, [one(uow, Invoice).id], on=DAY)
    assert closing(read).get("2010", 0) == 0

    # The rest comes; the supplier asks 5.50, so the bill is held until somebody releases it.
    with work() as uow:
        receive(uow, [one(uow, Receipt, state="expected").id], on=DAY)
    with work() as uow:
        bill = one(uow, Invoice, state="draft")
        row = one(uow, InvoiceLine, invoice_id=bill.id)
        uow.get(InvoiceLine, row.id).price = D("5.50")
        uow.touch(uow.get(Invoice, bill.id))
    held = r"held\. .Green tea.: the bill asks 5\.5 apiece.*says 5"
    with pytest.raises(Refused, match=held), work() as uow:
        post_invoices(uow, [bill.id], on=DAY)
    with work() as uow:
        match = one(uow, Match, bill_id=bill.id)
        release_matches(uow, [match.id], reason="Agreed by phone", most=D(30))
    with work() as uow:
        post_invoices(uow, [bill.id], on=DAY)
    books = closing(read)
    assert (books.get("2010", 0), books["1200"], books["5120"]) == (0, 50, 2)

    # Both are paid, and the order is done.
    for total in (D("35.70"), D("26.18")):
        with work() as uow:
            owed = uow.session.scalars(select(Invoice).where(Invoice.total == total)).one()
            part = PaymentLine(invoice_id=owed.id, amount=total)
            register_payments(
                uow,
                [
                    Payment(
                        party_id=shop.bob, dated_on=DAY, amount=total, direction="out",
                        lines=[part],
                    )
                ],
            )  # fmt: skip
    with read() as session:
        done = session.get(Order, order.id)
        assert (done.state, done.receipt_state, done.bill_state) == ("done", "full", "full")

    # Freight makes the tea dearer; the carrier's bill clears what was accrued.
    with work() as uow:
        cost = LandedCost(
            dated_on=DAY, method="quantity", supplier_id=shop.ship,
            parts=[LandedPart(kind="freight", amount=D("10.01"), product_id=shop.freight)],
            receipts=[LandedReceipt(order_id=order.id)],
        )  # fmt: skip
        uow.add(cost)
    with work() as uow:
        allocate_costs(uow, [cost.id], on=DAY)
    with pytest.raises(Refused, match="is Allocated"), work() as uow:
        allocate_costs(uow, [cost.id], on=DAY)
    books = closing(read)
    assert (books["1200"], books["2015"]) == (D("60.01"), D("-10.01"))
    with work() as uow:
        post_invoices(uow, [one(uow, Invoice, state="draft").id], on=DAY)
    assert "2015" not in closing(read)

    # Two packets are spoilt and go back, at what they are worth now; the supplier credits the price.
    with work() as uow:
        (back,) = start_returns(uow, [order.id])
    with work() as uow:
        draft = uow.get(Return, back.id, Return.lines)
        draft.lines[0].quantity = D(2)
        confirm_returns(uow, [draft.id], on=DAY)
    with work() as uow:
        ship_deliveries(uow, [one(uow, Delivery).id], on=DAY)
    with work() as uow:
        credit = one(uow, Invoice, state="draft")
        assert (credit.kind, credit.untaxed) == ("supplier_credit", 10)
        post_invoices(uow, [credit.id], on=DAY)
    books = closing(read)
    assert books.get("2010", 0) == 0
    assert books["1200"] == D("48.01")


def test_landed_costs_are_taken_back_by_their_opposite(work, read, shop):
    with work() as uow:
        order = _order(shop)
        create_orders(uow, [order])
    with work() as uow:
        confirm_orders(uow, [order.id], on=DAY)
    with work() as uow:
        receive(uow, [one(uow, Receipt).id], on=DAY)
    before = closing(read)
    with work() as uow:
        cost = LandedCost(
            dated_on=DAY, method="value", parts=[LandedPart(kind="duty", amount=D(7))],
            receipts=[LandedReceipt(order_id=order.id)],
        )  # fmt: skip
        uow.add(cost)
        uow.flush()
        allocate_costs(uow, [cost.id], on=DAY)
    assert closing(read)["1200"] == before["1200"] + 7
    with work() as uow:
        cancel_costs(uow, [cost.id], on=DAY)
    assert closing(read) == before


def test_from_an_inquiry_over_a_split_award_to_a_bill_on_hold_and_a_bad_grade(
    work, read, shop, house
):
    # Bob and Seaways are asked for a hundred packets; Bob is cheaper, but has only sixty.
    with work() as uow:
        rfq = Rfq(
            name="Tea", answer_by=uow.today, lines=[RfqLine(product_id=shop.tea, quantity=D(100))],
            suppliers=[RfqSupplier(supplier_id=key) for key in (shop.bob, shop.ship)],
        )  # fmt: skip
        uow.add(rfq)
        uow.flush()
        send_rfqs(uow, [rfq.id])
    with work() as uow:
        for supplier, price in ((shop.bob, "4"), (shop.ship, "4.50")):
            key = one(uow, Quote, supplier_id=supplier).id
            quote = uow.get(Quote, key, Quote.lines, Quote.rfq)
            (line,) = quote.lines
            said = Answer(prices={line.id: D(price)}, lead_days={line.id: 5})
            take_answer(uow, quote, said)
    with work() as uow:
        (asked,) = uow.get(Rfq, rfq.id, Rfq.lines).lines
        (mine,) = award_rfqs(uow, [rfq.id], supplier=shop.bob, line=asked.id, quantity=D(60))
    with work() as uow:
        (rest,) = award_rfqs(uow, [rfq.id], supplier=shop.ship)
        assert one(uow, Rfq).state == "awarded"
    with read() as session:
        orders = {o.supplier_id: o.untaxed for o in session.scalars(select(Order))}
    assert orders == {shop.bob: 240, shop.ship: 180}

    # Bob can deliver only fifty, later: the order is changed, and says since when.
    with work() as uow:
        for order in uow.load(Order, [mine.id, rest.id]):
            order.ordered_on = DAY
        confirm_orders(uow, [mine.id, rest.id], on=DAY)
    with work() as uow:
        change_orders(uow, [mine.id], quantity=D(50), expected_on=DAY, reason="Short harvest")
    with read() as session:
        changes = [(r.what, r.before, r.after) for r in session.scalars(select(Revision))]
        (receipt,) = session.scalars(select(Receipt).where(Receipt.source_id == mine.id))
        assert ("quantity", "60", "50") in changes
        assert session.get(Order, mine.id).revision == 1

    # More than fifty is not taken in; of the forty that came, the bill asks for fifty.
    with work() as uow:
        (line,) = uow.get(Receipt, receipt.id, Receipt.lines).lines
    over = r"55 of .Green tea. would have come, but only 50 were ordered"
    with pytest.raises(Refused, match=over), work() as uow:
        receive(uow, [receipt.id], on=DAY, quantities={line.id: D(55)})
    with work() as uow:
        receive(uow, [receipt.id], on=LATE, quantities={line.id: D(40)})
    with work() as uow:
        bill = one(uow, Invoice, source_id=mine.id)
        row = one(uow, InvoiceLine, invoice_id=bill.id)
        uow.get(InvoiceLine, row.id).quantity = D(50)
        uow.touch(uow.get(Invoice, bill.id))
    with work() as uow:
        compare_open(uow)
    with read() as session:
        (match,) = session.scalars(select(Match).where(Match.bill_id == bill.id))
        assert (match.state, match.why["asked"], match.why["limit"]) == ("held", "50", "40")
    with pytest.raises(Refused, match="only 40 have come"), work() as uow:
        post_invoices(uow, [bill.id], on=LATE)

    # The bill is corrected, agrees, and is posted; the rest of the order is closed.
    with work() as uow:
        uow.get(InvoiceLine, row.id).quantity = D(40)
        uow.touch(uow.get(Invoice, bill.id))
    with work() as uow:
        compare_open(uow)
        assert one(uow, Match, bill_id=bill.id).state == "open"
        post_invoices(uow, [bill.id], on=LATE)
        cut_orders(uow, [mine.id], reason="No more tea")
    with read() as session:
        assert session.get(Match, match.id).state == "done"
        order = session.get(Order, mine.id)
        assert (order.receipt_state, order.bill_state) == ("full", "full")
        expected = session.scalars(select(Receipt).where(Receipt.state == "expected")).all()
        assert [x.source_id for x in expected] == [rest.id]
    assert closing(read)["1200"] == 160

    # He was late, which shows in his grade; from then on nobody buys there.
    with work() as uow:
        (score,) = score_suppliers(uow, DAY, LATE)
        score.publish()
        assert (score.supplier_id, score.delivery) == (shop.bob, 0)
        settings.write(uow, "purchasing.block_grade", score.grade)
    with work() as uow:
        again = _order(shop)
        create_orders(uow, [again])
    with pytest.raises(Refused, match="Bob & Co has the grade"), work() as uow:
        confirm_orders(uow, [again.id], on=LATE)


def _order(shop):
    line = OrderLine(
        product_id=shop.tea, quantity=D(10), price=D(5), discount=D(0), tax_id=shop.tax,
        unit_id=shop.unit, description="Green tea",
    )  # fmt: skip
    return Order(supplier_id=shop.bob, ordered_on=DAY, currency="EUR", lines=[line])


SUBSETS = [chosen for size in range(3) for chosen in combinations(("inventory", "finance"), size)]


@pytest.mark.parametrize("others", SUBSETS, ids=lambda chosen: "+".join(chosen) or "alone")
def test_an_order_takes_its_way_with_whoever_is_there(make_house, others):
    house = make_house("base", "purchasing", *others)
    shop = house.run(SYSTEM, stock_up)
    with house.work(SYSTEM) as uow:
        order = _order(shop)
        create_orders(uow, [order])
        uow.flush()
        confirm_orders(uow, [order.id], on=DAY)
        assert (uow.ask(StockAvailability) is not None) == ("inventory" in others)
    if "inventory" in others:
        with house.work(SYSTEM) as uow:
            receive(uow, [one(uow, Receipt).id], on=DAY)
    if "finance" in others:
        with house.work(SYSTEM) as uow:
            post_invoices(uow, [one(uow, Invoice).id], on=DAY)
    with house.read(SYSTEM) as session:
        found = session.get(Order, order.id)
    assert found.receipt_state == ("full" if "inventory" in others else "open")
    assert found.bill_state == ("full" if "finance" in others else "open")

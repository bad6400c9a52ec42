"""The books follow what departments say has cost money, and the bills that suppliers send."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from dougong import Actor, DocumentRef, Refused
from dougong_base.events import CostLine, CostsArose, PurchaseBillable, PurchaseLine
from dougong_base.ports import StockAvailability
from dougong_finance.entries.models import Entry
from dougong_finance.invoices.models import Invoice
from dougong_finance.invoices.posting import post_invoices
from dougong_finance.items.models import Item
from dougong_finance.reports.trial_balance import trial_balance

pytestmark = pytest.mark.usefixtures("sound")
DAY = dt.date(2026, 3, 10)
D = Decimal


def closing(read):
    with read() as session:
        year = {"start": dt.date(2026, 1, 1), "end": dt.date(2026, 12, 31)}
        lines = trial_balance.ask(session, Actor.system(), **year)
        return {line.values["code"]: line.values["closing"] for line in lines}


def wages(shop, *lines, key="2026-03"):
    return CostsArose(
        source=DocumentRef("hr.payrolls", 7), number="PR-1", company_id=1, on=DAY, key=key,
        text="Payroll 2026-03", lines=tuple(lines),
    )  # fmt: skip


def test_wages_stand_as_cost_and_as_a_debt_to_each_employee(work, read, shop):
    due = dt.date(2026, 3, 31)
    with work() as uow:
        uow.publish(
            wages(
                shop,
                CostLine(purpose="wages", amount=D(1000)),
                CostLine(purpose="tax_withheld", amount=D(-75)),
                CostLine(purpose="wages_payable", amount=D(-925), party_id=shop.bob, due_on=due),
            )
        )
    assert closing(read) == {"6100": 1000, "2120": -75, "2200": -925}
    with read() as session:
        (item,) = session.scalars(select(Item))
        assert (item.party_id, item.open, item.due_on) == (shop.bob, 925, due)


def test_the_same_cost_is_booked_once_and_another_key_again(work, read, shop):
    lines = (
        CostLine(purpose="freight_out", amount=D(30)),
        CostLine(purpose="freight_accrued", amount=D(-30)),
    )
    for key in ("a", "a", "b"):
        with work() as uow:
            uow.publish([wages(shop, *lines, key=key), wages(shop, *lines, key=key)])
    assert closing(read) == {"6510": 60, "2310": -60}


def test_a_cost_told_by_half_is_refused_and_books_nothing(work, read, shop):
    with pytest.raises(Refused, match="differ by 10"), work() as uow:
        uow.publish(wages(shop, CostLine(purpose="wages", amount=D(10))))
    with read() as session:
        assert session.scalar(select(func.count()).select_from(Entry)) == 0


def purchase(shop, quantity="10", price="5", unit_cost="5", **more):
    facts = {
        "source": DocumentRef("purchasing.orders", 5),
        "number": "PO-5",
        "company_id": 1,
        "supplier_id": shop.bob,
        "on": DAY,
        "currency": "EUR",
        "payment_term_id": None,
        "reference": "PO-5",
        "receipt": DocumentRef("inventory.receipts", 8),
        "lines": (
            PurchaseLine(
                line_id=51, product_id=shop.tea, quantity=D(quantity), price=D(price),
                discount=D(0), tax_ids=(shop.p19,), amount=D(quantity) * D(price),
                unit_cost=D(unit_cost),
            ),
        ),
    }  # fmt: skip
    return PurchaseBillable(**(facts | more))


def drafted(read):
    with read() as session:
        return session.scalars(select(Invoice).order_by(Invoice.id)).all()


@pytest.fixture
def counted(house):
    """Somebody counts stock, so that goods wait on their clearing account."""
    house.providers[StockAvailability] = lambda uow: object()


@pytest.mark.usefixtures("counted")
def test_goods_received_are_billed_once_and_clear_the_account_they_wait_on(work, read, shop):
    for _again in range(2):
        with work() as uow:
            uow.publish(purchase(shop))
    (bill,) = drafted(read)
    assert (bill.kind, bill.party_id, bill.total) == ("supplier_bill", shop.bob, D("59.50"))
    with work() as uow:
        post_invoices(uow, [bill.id])
    assert closing(read) == {"2010": 50, "1150": D("9.50"), "2000": D("-59.50")}


@pytest.mark.usefixtures("counted")
def test_a_bill_above_the_agreed_price_leaves_the_difference_and_nothing_waiting(work, read, shop):
    with work() as uow:
        uow.publish(purchase(shop, price="5.20"))
    (bill,) = drafted(read)
    with work() as uow:
        post_invoices(uow, [bill.id])
    assert closing(read) == {
        "2010": 50, "5120": 2, "1150": D("9.88"), "2000": D("-61.88"),
    }  # fmt: skip


@pytest.mark.usefixtures("counted")
def test_goods_sent_back_are_credited(work, read, shop):
    with work() as uow:
        uow.publish(purchase(shop, quantity="-4"))
    (credit,) = drafted(read)
    assert (credit.kind, credit.total) == ("supplier_credit", D("23.80"))
    with work() as uow:
        post_invoices(uow, [credit.id])
    assert closing(read) == {"2010": -20, "1150": D("-3.80"), "2000": D("23.80")}


def test_a_carrier_s_bill_clears_the_freight_that_was_accrued(work, read, shop):
    with work() as uow:
        uow.publish(
            purchase(shop, quantity="1", price="33", unit_cost="30", purpose="freight_accrued")
        )
    (bill,) = drafted(read)
    with work() as uow:
        post_invoices(uow, [bill.id])
    assert closing(read) == {
        "2310": 30, "5120": 3, "1150": D("6.27"), "2000": D("-39.27"),
    }  # fmt: skip

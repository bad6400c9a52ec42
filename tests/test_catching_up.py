"""A department that comes later catches up, exactly once, with the figures of one that was always there."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from dougong.plugins import catching_up
from dougong_finance.entries.models import Entry
from dougong_finance.invoices.models import Invoice
from dougong_finance.invoices.service import cancel_invoices
from dougong_inventory.deliveries.models import Delivery
from dougong_inventory.receipts.models import Receipt

MARCH = [dt.date(2026, 3, day) for day in range(1, 32)]
ALL = ("base", "crm", "inventory", "finance")


def trade(company, came_later=()):
    """Three orders: one shipped whole, one in two parts, one not yet. All is billed and paid."""
    if company.has("inventory"):
        company.stock_up()
    first, second, third = (
        company.sell(quantity, MARCH[n], reference=f"PO-{n}")
        for n, quantity in enumerate((5, 8, 3))
    )
    for name in came_later:
        company.enable(name)
        if name == "inventory":
            company.stock_up()
        company.catch_up(name)
        assert company.catch_up(name) == {}
    company.ship(first, MARCH[9])
    company.ship(second, MARCH[10], 6)
    company.ship(second, MARCH[11])
    company.post_all()
    company.pay_all(MARCH[20])
    return first, second, third


def figures(company):
    return company.ledger(), company.stock(), company.invoiced(), company.wrong()


@pytest.fixture
def always(company):
    """The company where every department was there from the first day."""
    there = company(*ALL)
    trade(there)
    return there


@pytest.mark.parametrize(
    "order", [("inventory", "finance"), ("finance", "inventory")], ids="-".join
)
def test_sales_that_began_alone_end_with_the_same_stock_and_goods(company, always, order):
    late = company("base", "crm")
    first, second, third = trade(late, order)

    assert late.stock() == always.stock() == (87, 348)
    ledger, whole = late.ledger(), always.ledger()
    assert (ledger["1200"], ledger["5000"]) == (whole["1200"], whole["5000"]) == (348, 52)
    # Nobody shipped when these orders were confirmed, so that all of each was billed then.
    assert late.invoiced() == {
        ("PO-0", "customer_invoice"): (Decimal("59.5"), 1),
        ("PO-1", "customer_invoice"): (Decimal("95.2"), 1),
        ("PO-2", "customer_invoice"): (Decimal("35.7"), 1),
    }
    assert [late.order(id)[0] for id in (first, second, third)] == ["done", "done", "confirmed"]
    assert late.count(Delivery) == always.count(Delivery) == 4
    assert late.wrong() == []


def test_a_ledger_that_comes_after_the_goods_have_left_books_them_at_their_dates(company, always):
    late = company("base", "crm", "inventory")
    late.stock_up()
    first, second, third = (
        late.sell(quantity, MARCH[n], reference=f"PO-{n}") for n, quantity in enumerate((5, 8, 3))
    )
    late.ship(first, MARCH[9])
    late.ship(second, MARCH[10], 6)
    late.ship(second, MARCH[11])
    late.enable("finance")
    done = late.catch_up("finance")
    assert late.catch_up("finance") == {}
    late.post_all()
    late.pay_all(MARCH[20])

    assert done == {"SaleBillable": 2, "StockValued": 4}
    assert late.ledger() == always.ledger()
    assert late.stock() == always.stock()
    assert late.ledger()["1200"] == late.stock()[1]
    # One invoice stands for both parts of the second order, of the day when the last part left.
    assert {key: total for key, (total, _n) in late.invoiced().items()} == {
        key: total for key, (total, _n) in always.invoiced().items()
    }
    assert {day for reference, day, _t in late.dates()[0] if reference == "PO-1"} == {MARCH[11]}
    shipments = [line for line in always.dates()[1] if line[0].startswith("Shipment")]
    assert [line for line in late.dates()[1] if line[0].startswith("Shipment")] == shipments
    assert late.wrong() == []
    assert [late.order(id) for id in (first, second, third)] == [
        ("done", "full", "full", "full"),
        ("done", "full", "full", "full"),
        ("confirmed", "open", "open", "open"),
    ]


def test_who_dies_while_catching_up_begins_again_and_does_nothing_twice(company, monkeypatch):
    late = company("base", "crm", "inventory")
    late.stock_up()
    for n in range(4):
        late.ship(late.sell(1, MARCH[n], reference=f"PO-{n}"), MARCH[n])
    late.enable("finance")
    monkeypatch.setattr(catching_up, "BATCH", 1)
    run, turns = late.runtime.house.run, []

    def dying(actor, act):
        def acting(uow):
            told = act(uow)
            turns.append(1)
            if len(turns) == 4:
                raise KeyboardInterrupt
            return told

        return run(actor, acting)

    monkeypatch.setattr(late.runtime.house, "run", dying)
    with pytest.raises(KeyboardInterrupt):
        late.catch_up("finance")
    monkeypatch.setattr(late.runtime.house, "run", run)
    between = late.count(Invoice) + late.count(Entry)
    late.catch_up("finance")

    assert between == 2
    assert (late.count(Invoice), late.count(Entry)) == (4, 5)
    assert late.ledger()["1200"] == late.stock()[1]
    assert late.catch_up("finance") == {}
    assert late.wrong() == []


def test_deliveries_are_made_once_though_the_command_is_given_twice(company, run_in):
    late = company("base", "crm")
    late.sell(5, MARCH[0])
    late.sell(2, MARCH[1])
    late.enable("inventory")

    first = run_in(late, "plugin", "catch-up", "inventory", "--yes")
    again = run_in(late, "plugin", "catch-up", "inventory", "--yes")

    assert "SalesOrderConfirmed" in first.output
    assert "inventory has missed nothing." in again.output
    assert late.count(Delivery) == 2


def test_what_left_and_was_cancelled_while_sales_were_away_is_told_to_them(company):
    shop = company(*ALL)
    shop.stock_up()
    order = shop.sell(5, MARCH[0])
    shop.disable("crm")
    shop.ship(order, MARCH[3])
    assert shop.drafts() == []

    shop.enable("crm")
    assert shop.catch_up("crm") == {"GoodsShipped": 1}
    assert shop.catch_up("crm") == {}

    assert shop.order(order) == ("confirmed", "full", "full", "open")
    assert shop.dates()[0] == [(shop.dates()[0][0][0], MARCH[3], Decimal("59.5"))]
    shop.post_all()
    shop.disable("crm")
    shop.pay_all(MARCH[9])
    shop.enable("crm")
    assert shop.catch_up("crm") == {"InvoicePaid": 1}
    assert shop.catch_up("crm") == {}
    assert shop.order(order) == ("done", "full", "full", "full")
    assert shop.wrong() == []


def test_a_draft_given_up_while_sales_were_away_can_be_billed_again(company):
    from dougong_crm.orders.billing import bill_orders

    shop = company(*ALL)
    shop.stock_up()
    order = shop.sell(5, MARCH[0])
    shop.ship(order, MARCH[3])
    shop.disable("crm")
    (draft,) = shop.drafts()
    shop.do(lambda uow: cancel_invoices(uow, [draft]))
    shop.enable("crm")

    assert shop.catch_up("crm") == {"InvoiceCancelled": 1}
    assert shop.catch_up("crm") == {}
    shop.do(lambda uow: bill_orders(uow, [order], on=MARCH[3]))
    assert len(shop.drafts()) == 1
    (again,) = shop.drafts()
    shop.do(lambda uow: cancel_invoices(uow, [again]))
    shop.do(lambda uow: bill_orders(uow, [order], on=MARCH[3]))
    assert len(shop.drafts()) == 1


def test_orders_cancelled_while_the_warehouse_was_away_are_not_delivered(company):
    from dougong_crm.orders.service import cancel_orders

    shop = company("base", "crm", "inventory")
    shop.stock_up()
    order = shop.sell(5, MARCH[0])
    shop.disable("inventory")
    shop.do(lambda uow: cancel_orders(uow, [order]))
    shop.enable("inventory")

    assert shop.catch_up("inventory") == {"SalesOrderCancelled": 1}
    assert shop.catch_up("inventory") == {}
    assert shop.deliveries_of(order) == []
    assert shop.wrong() == []


def test_goods_that_come_back_while_the_warehouse_is_away_are_put_on_the_shelf_later(company):
    shop = company(*ALL)
    shop.stock_up()
    order = shop.sell(5, MARCH[0])
    shop.ship(order, MARCH[3])
    shop.post_all()
    shop.disable("inventory")
    document = shop.announce_return(order, 2, MARCH[6])
    credited = shop.invoiced()
    shop.enable("inventory")

    assert shop.catch_up("inventory") == {"SaleReturned": 1}
    assert shop.catch_up("inventory") == {}
    assert shop.count(Receipt) == 1
    shop.take_in(document, MARCH[7])
    shop.post_all()

    assert shop.stock() == (97, 388)
    assert shop.ledger()["1200"] == 388
    assert shop.invoiced() == credited
    assert shop.wrong() == []


def test_goods_that_come_back_while_sales_are_away_are_credited_later(company):
    shop = company(*ALL)
    shop.stock_up()
    order = shop.sell(5, MARCH[0])
    shop.ship(order, MARCH[3])
    shop.post_all()
    document = shop.announce_return(order, 2, MARCH[6])
    shop.disable("crm")
    shop.take_in(document, MARCH[7])
    shop.enable("crm")

    assert shop.catch_up("crm") == {"GoodsReceived": 1}
    assert shop.catch_up("crm") == {}
    assert {kind: total for (_ref, kind), (total, _n) in shop.invoiced().items()} == {
        "customer_invoice": Decimal("59.5"), "customer_credit": Decimal("23.8"),
    }  # fmt: skip
    assert shop.wrong() == []


def test_what_came_back_while_the_ledger_was_away_is_credited_later(company):
    shop = company(*ALL)
    shop.stock_up()
    order = shop.sell(5, MARCH[0])
    shop.ship(order, MARCH[3])
    shop.post_all()
    shop.disable("finance")
    document = shop.announce_return(order, 2, MARCH[6])
    shop.take_in(document, MARCH[7])
    shop.enable("finance")

    assert shop.catch_up("finance") == {"SaleBillable": 1, "StockValued": 1}
    assert shop.catch_up("finance") == {}
    shop.post_all()
    assert {kind: total for (_ref, kind), (total, _n) in shop.invoiced().items()} == {
        "customer_invoice": Decimal("59.5"), "customer_credit": Decimal("23.8"),
    }  # fmt: skip
    assert shop.ledger()["1200"] == shop.stock()[1] == 388
    assert shop.wrong() == []


def test_quantities_that_changed_while_the_warehouse_was_away_are_followed_later(company):
    from dougong_crm.changes.service import cut_orders

    shop = company("base", "crm", "inventory")
    shop.stock_up()
    order = shop.sell(5, MARCH[0])
    shop.ship(order, MARCH[1], 2)
    shop.disable("inventory")
    shop.do(lambda uow: cut_orders(uow, [order]))
    shop.enable("inventory")

    assert shop.catch_up("inventory") == {"SalesOrderChanged": 1}
    assert shop.catch_up("inventory") == {}
    assert shop.deliveries_of(order) == []
    assert shop.stock() == (98, 392)
    assert shop.wrong() == []


def test_two_who_catch_up_at_the_same_time_do_nothing_twice(company):
    from threading import Thread

    late = company("base", "crm")
    for n in range(4):
        late.sell(1, MARCH[n])
    late.enable("inventory")
    both = [Thread(target=late.catch_up, args=["inventory"]) for _n in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert late.count(Delivery) == 4
    assert late.wrong() == []

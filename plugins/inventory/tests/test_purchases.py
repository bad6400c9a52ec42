"""What is bought comes to the warehouse, at the cost that was agreed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from dougong import Actor, DocumentRef
from dougong_base import Party
from dougong_base.events import (
    CostsArose,
    LandedCostAllocated,
    LandedLine,
    PurchaseLine,
    PurchaseOrderCancelled,
    PurchaseOrderChanged,
    PurchaseOrderConfirmed,
    PurchaseReturned,
)
from dougong_base.ports import StockAvailability, StockOutlook
from dougong_inventory.checks import all_checks
from dougong_inventory.deliveries.models import Delivery
from dougong_inventory.deliveries.service import ship_deliveries
from dougong_inventory.receipts.models import Receipt, ReceiptLine
from dougong_inventory.receipts.service import receive

DAY = dt.date(2026, 3, 2)
D = Decimal
ORDER = DocumentRef("purchasing.orders", 4200)


@pytest.fixture
def supplier(yard):
    def act(uow):
        party = Party(code="BOB", name="Bob", is_supplier=True)
        uow.add(party)
        return party.id

    return yard.run(act)


def line(yard, number, code, quantity, cost):
    return PurchaseLine(
        line_id=number, product_id=yard.products[code], quantity=D(quantity), price=D(cost),
        discount=D(0), tax_ids=(), amount=D(quantity) * D(cost), unit_cost=D(cost),
    )  # fmt: skip


def confirmed(yard, supplier, *lines, source=ORDER, on=DAY):
    return PurchaseOrderConfirmed(
        source=source, number="PO-1", company_id=1, supplier_id=supplier, warehouse_id=None, on=on,
        expected_on=dt.date(2026, 3, 9), currency="EUR", lines=lines,
    )  # fmt: skip


def changed(yard, *lines):
    return PurchaseOrderChanged(
        source=ORDER, number="PO-1", company_id=1, on=DAY, expected_on=dt.date(2026, 3, 12),
        lines=lines,
    )  # fmt: skip


def receipts(yard):
    return [(r.state, r.expected_on) for r in yard.all(Receipt)]


def test_a_confirmed_purchase_is_expected_once(yard, supplier):
    yard.product("TEA")
    event = confirmed(yard, supplier, line(yard, 1, "TEA", "10", "4.50"))
    for _again in range(2):
        yard.run(lambda uow: uow.publish(event))
    assert receipts(yard) == [("expected", dt.date(2026, 3, 9))]


def test_goods_are_taken_in_at_the_cost_of_the_order(yard, supplier):
    yard.product("TEA", cost_price=D(3))
    yard.run(lambda uow: uow.publish(confirmed(yard, supplier, line(yard, 1, "TEA", "10", "4.50"))))
    (receipt,) = yard.all(Receipt)
    yard.run(lambda uow: receive(uow, [receipt.id]))
    assert yard.value("TEA") == (10, 45)


def test_a_changed_purchase_changes_what_is_still_to_come(yard, supplier):
    yard.product("TEA")
    yard.product("CUP")
    yard.run(lambda uow: uow.publish(confirmed(yard, supplier, line(yard, 1, "TEA", "10", "4"))))
    (receipt,) = yard.all(Receipt)
    (row,) = yard.all(ReceiptLine)
    yard.run(lambda uow: receive(uow, [receipt.id], quantities={row.id: D(6)}))
    yard.run(
        lambda uow: uow.publish(
            changed(yard, line(yard, 1, "TEA", "8", "5"), line(yard, 2, "CUP", "3", "1"))
        )
    )
    rest = yard.all(Receipt)[-1]
    lines = yard.all(ReceiptLine, receipt_id=rest.id)
    assert [(x.source_line_id, x.quantity, x.unit_cost) for x in lines] == [(1, 2, 5), (2, 3, 1)]
    assert rest.expected_on == dt.date(2026, 3, 12)


def test_a_purchase_reduced_to_what_has_come_expects_nothing_more(yard, supplier):
    yard.product("TEA")
    yard.run(lambda uow: uow.publish(confirmed(yard, supplier, line(yard, 1, "TEA", "10", "4"))))
    (receipt,), (row,) = yard.all(Receipt), yard.all(ReceiptLine)
    yard.run(lambda uow: receive(uow, [receipt.id], quantities={row.id: D(6)}))
    yard.run(lambda uow: uow.publish(changed(yard, line(yard, 1, "TEA", "6", "4"))))
    assert [state for state, _on in receipts(yard)] == ["received", "cancelled"]


def test_a_cancelled_purchase_is_no_longer_expected(yard, supplier):
    yard.product("TEA")
    yard.run(lambda uow: uow.publish(confirmed(yard, supplier, line(yard, 1, "TEA", "10", "4"))))
    told = PurchaseOrderCancelled(source=ORDER, number="PO-1", company_id=1)
    yard.run(lambda uow: uow.publish(told))
    assert [state for state, _on in receipts(yard)] == ["cancelled"]


def test_goods_go_back_to_the_supplier(yard, supplier):
    yard.product("TEA")
    yard.open(("TEA", "10", "4"))
    told = PurchaseReturned(
        source=DocumentRef("purchasing.returns", 77), number="PR-1", company_id=1,
        supplier_id=supplier, warehouse_id=None, on=DAY, currency="EUR",
        lines=(line(yard, 1, "TEA", "4", "4"),),
    )  # fmt: skip
    for _again in range(2):
        yard.run(lambda uow: uow.publish(told))
    (delivery,) = yard.all(Delivery)
    assert (delivery.kind, delivery.state) == ("supplier_return", "ready")
    yard.run(lambda uow: ship_deliveries(uow, [delivery.id]))
    assert yard.value("TEA") == (6, 24)


def arrived(yard, supplier, quantity="10"):
    yard.run(
        lambda uow: uow.publish(confirmed(yard, supplier, line(yard, 1, "TEA", quantity, "4")))
    )
    (receipt,), (row,) = yard.all(Receipt), yard.all(ReceiptLine)
    yard.run(lambda uow: receive(uow, [receipt.id]))
    return receipt, row


def landed(yard, receipt, row, value="20"):
    return LandedCostAllocated(
        source=DocumentRef("purchasing.landed_costs", 9), number="LC-1", company_id=1, on=DAY,
        lines=(
            LandedLine(
                receipt=DocumentRef("inventory.receipts", receipt.id), receipt_line_id=row.id,
                product_id=yard.products["TEA"], value=D(value),
            ),
        ),
    )  # fmt: skip


def sound(yard):
    with yard.house.read(Actor.system()) as session:
        return [sentence for check in all_checks() for sentence in check.run(session)]


@pytest.mark.parametrize("method", ["average", "fifo"])
def test_landed_cost_makes_goods_dearer_that_are_here_and_charges_those_that_left(
    yard, supplier, method, monkeypatch
):
    yard.product("TEA")
    real = yard.house.setting
    monkeypatch.setattr(
        yard.house, "setting",
        lambda uow, key: method if key == "inventory.valuation" else real(uow, key),
    )  # fmt: skip
    receipt, row = arrived(yard, supplier)
    yard.order(("TEA", "4"))
    yard.run(lambda uow: ship_deliveries(uow, [d.id for d in yard.all(Delivery)]))
    told = landed(yard, receipt, row)
    heard = []
    for _again in range(2):

        def act(uow):
            uow.publish(told)
            uow.flush()

        yard.house.reactions[CostsArose] = [_listen(heard)]
        yard.run(act)
    assert yard.value("TEA") == (6, 36)
    (cost,) = heard
    assert [(x.purpose, x.amount) for x in cost.lines] == [
        ("cost_of_goods", 8), ("landed_cost", -8),
    ]  # fmt: skip
    assert sound(yard) == []


def _listen(heard):
    from dougong import Reaction

    return Reaction(CostsArose, lambda uow, events: heard.extend(events))


def test_the_outlook_tells_what_comes_and_goes_with_what_asked_for_it(yard, supplier, house):
    yard.product("TEA")
    yard.run(lambda uow: uow.publish(confirmed(yard, supplier, line(yard, 1, "TEA", "10", "4"))))
    order = yard.order(("TEA", "3"), promised_on=dt.date(2026, 2, 1))
    week = dt.date(2026, 3, 2), dt.date(2026, 3, 9)
    seen = yard.run(lambda uow: uow.ask(StockOutlook).between(None, *week))
    assert [(m.on, m.quantity, m.source) for m in seen] == [
        (week[0], -3, order.source), (week[1], 10, ORDER),
    ]  # fmt: skip
    assert yard.run(lambda uow: uow.ask(StockOutlook).between([1], *week)) == []


def test_goods_in_quarantine_are_there_but_not_free(yard, house):
    from dougong_base.events import GoodsRejected, RejectedLine

    yard.product("TEA")
    yard.open(("TEA", "10", "4"))
    told = GoodsRejected(
        source=DocumentRef("production.inspections", 5), number="QI-5", company_id=1,
        warehouse_id=None, on=DAY, subject=None,
        lines=(RejectedLine(product_id=yard.products["TEA"], quantity=D(4)),),
    )  # fmt: skip
    for _again in range(2):
        yard.run(lambda uow: uow.publish(told))
    tea = yard.products["TEA"]
    stock = yard.run(
        lambda uow: (
            uow.ask(StockAvailability).free([tea])[tea],
            uow.ask(StockAvailability).on_hand([tea])[tea],
        )
    )
    assert stock == (6, 10)
    yard.order(("TEA", "8"))
    (delivery,) = yard.all(Delivery)
    assert delivery.state == "partial"
    with house.read(Actor.system()) as session:
        assert session.scalar(select(Delivery.kind)) == "sale"


def test_released_goods_come_back_once_and_serve_who_waits(yard):
    from dougong_base.events import GoodsRejected, GoodsReleased, RejectedLine

    yard.product("TEA")
    yard.open(("TEA", "10", "4"))
    facts = {
        "source": DocumentRef("production.inspections", 5), "number": "QI-5", "company_id": 1,
        "warehouse_id": None, "on": DAY, "subject": None,
        "lines": (RejectedLine(product_id=yard.products["TEA"], quantity=D(4)),),
    }  # fmt: skip
    yard.run(lambda uow: uow.publish(GoodsReleased(**facts)))
    yard.run(lambda uow: uow.publish(GoodsRejected(**facts)))
    yard.order(("TEA", "8"))
    assert yard.all(Delivery)[0].state == "partial"

    for _again in range(2):
        yard.run(lambda uow: uow.publish(GoodsReleased(**facts)))

    tea = yard.products["TEA"]
    assert yard.run(lambda uow: uow.ask(StockAvailability).free([tea])[tea]) == 2
    assert yard.all(Delivery)[0].state == "ready"

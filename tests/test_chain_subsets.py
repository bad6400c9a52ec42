"""Every choice of departments goes as far as it can; one that leaves in the middle loses nothing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import combinations

import pytest
from sqlalchemy import select

from dougong.plugins.catching_up import catch_up
from dougong_crm.orders.service import finish_orders
from dougong_finance.invoices.models import Invoice
from dougong_finance.invoices.parts import InvoiceLine
from dougong_finance.invoices.service import write_invoices
from dougong_inventory.deliveries.models import Delivery, DeliveryLine
from dougong_inventory.deliveries.service import plan, ship_deliveries
from dougong_inventory.warehouses.models import Warehouse

DAY = dt.date(2026, 3, 10)
DEPARTMENTS = ("crm", "inventory", "finance")
CHOICES = [chosen for size in range(4) for chosen in combinations(DEPARTMENTS, size)]


def go_as_far_as_it_goes(shop):
    """Sell five, let them leave, ask for the money, take it: each where somebody does it."""
    order = None
    if shop.has("inventory"):
        shop.stock_up()
    if shop.has("crm"):
        order = shop.sell(5, DAY)
    elif shop.has("inventory"):
        deliver_without_an_order(shop)
    if order and shop.has("inventory"):
        shop.ship(order, DAY)
    if shop.has("finance"):
        if not order:
            bill_without_an_order(shop)
        shop.post_all()
        shop.pay_all(DAY)
    elif order:
        shop.do(lambda uow: finish_orders(uow, [order]))
    return order


def deliver_without_an_order(shop):
    def act(uow):
        warehouse = uow.session.scalars(select(Warehouse)).first()
        line = DeliveryLine(product_id=shop.tea, quantity=Decimal(5))
        delivery = Delivery(warehouse_id=warehouse.id, party_id=shop.ada, lines=[line])
        uow.add(delivery)
        plan(uow, [delivery.id])
        uow.flush()
        ship_deliveries(uow, [delivery.id], on=DAY)

    shop.do(act)


def bill_without_an_order(shop):
    def act(uow):
        line = InvoiceLine(
            product_id=shop.tea, quantity=Decimal(5), price=Decimal(10), tax_id=shop.tax
        )
        write_invoices(uow, [Invoice(party_id=shop.ada, issued_on=DAY, lines=[line])])

    shop.do(act)


@pytest.mark.parametrize("chosen", CHOICES, ids=lambda c: "+".join(c) or "base")
def test_every_choice_of_departments_goes_as_far_as_it_can(chosen, company):
    shop = company("base", *chosen)
    order = go_as_far_as_it_goes(shop)

    if "crm" in chosen:
        assert (
            shop.order(order)
            == {
                ("crm",): ("done", "open", "open", "open"),
                ("crm", "inventory"): ("done", "full", "open", "open"),
                # Nobody ships, so that it was billed when it was confirmed.
                ("crm", "finance"): ("confirmed", "open", "full", "full"),
                ("crm", "inventory", "finance"): ("done", "full", "full", "full"),
            }[chosen]
        )
    if "inventory" in chosen:
        assert shop.stock() == (95, 380)
    if "finance" in chosen:
        sold = {
            "1010": Decimal("59.5"), "2100": Decimal("-9.5"), "4000": -50,
        }  # fmt: skip
        goods = {"1200": 380, "3900": -400, "5000": 20} if "inventory" in chosen else {}
        assert shop.ledger() == sold | goods
    assert shop.wrong() == []
    for name in chosen:
        assert catch_up(shop.runtime, name, [1]) == []


@pytest.mark.parametrize("away", DEPARTMENTS)
def test_a_department_that_leaves_in_the_middle_picks_up_where_it_left(away, company):
    """One order shipped in part, one whole, a draft invoice; then it goes, others work on, it is back."""
    shop = company("base", *DEPARTMENTS)
    shop.stock_up()
    first, second = shop.sell(5, DAY), shop.sell(4, DAY)
    shop.ship(first, DAY, 2)
    before = shop.everything()
    shop.disable(away)
    kept = shop.everything()
    if away != "inventory":
        shop.ship(first, DAY)
        shop.ship(second, DAY)
    third = shop.sell(3, DAY) if away != "crm" else None
    shop.enable(away)
    for name in DEPARTMENTS:
        shop.catch_up(name)
        assert shop.catch_up(name) == {}
    for order in (first, second, third):
        if order is not None and shop.deliveries_of(order):
            shop.ship(order, DAY)
    shop.post_all()
    shop.pay_all(DAY)

    own = [name for name in before if name.split("_")[0] in (*DEPARTMENTS, "base")]
    assert {name: kept[name] for name in own} == {name: before[name] for name in own}
    quantity = 12 if third else 9
    assert shop.stock() == (100 - quantity, 400 - 4 * quantity)
    assert shop.ledger() == {
        "1010": Decimal("11.9") * quantity, "1200": 400 - 4 * quantity, "2100": Decimal("-1.9") * quantity,
        "3900": -400, "4000": -10 * quantity, "5000": 4 * quantity,
    }  # fmt: skip
    assert {shop.order(order) for order in (first, second, third) if order} == {
        ("done", "full", "full", "full")
    }
    assert shop.wrong() == []

"""The card that goes through the workshop."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

from dougong import Actor
from dougong_production.orders.models import Order
from dougong_production.orders.service import create_orders, release_orders
from dougong_production.work_orders.models import WorkOrder

DAY = dt.date(2026, 3, 2)
D = Decimal


def test_a_work_order_card_carries_a_code_for_each_operation(shop, printed):
    shop.product("WOOD", "3")
    shop.product("DESK")
    saw = shop.centre("SAW")
    shop.bom("DESK", ("WOOD", "2"), operations=[(10, saw, 10, 5), (20, saw, 0, 2)])

    def act(uow):
        order = Order(product_id=shop.products["DESK"], quantity=D(4), due_on=DAY)
        create_orders(uow, [order])
        release_orders(uow, [order.id], on=DAY)
        return order.id

    order = shop.run(act)

    found = printed(shop.house, "production.orders", order, "card")

    (row,) = shop.all(Order)
    assert f"Work order card {row.number}" in found
    assert "Wood 8" in found
    for work in shop.all(WorkOrder):
        assert f"{work.sequence} · {work.name}" in found
        assert f"W{work.id}" in found
    assert "Cost" not in found


def test_costs_are_on_the_full_form_of_those_only_who_may_see_them(shop, printed):
    shop.product("WOOD", "3")
    shop.product("DESK")
    shop.bom("DESK", ("WOOD", "2"))

    def act(uow):
        order = Order(product_id=shop.products["DESK"], quantity=D(4), due_on=DAY)
        create_orders(uow, [order])
        return order.id

    order = shop.run(act)
    worker = dataclasses.replace(Actor.system(), rights=frozenset({"production.order.read"}))

    assert "Material Product Needed Issued Lot Operation Cost" not in printed(
        shop.house, "production.orders", order, "form", actor=worker
    )
    assert "Machine and place" not in printed(
        shop.house, "production.orders", order, "form", actor=worker
    )

"""Delivery notes, count sheets and labels of the warehouse."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from dougong import Actor
from dougong_inventory.counts.models import Count, CountLine
from dougong_inventory.deliveries.models import Delivery
from dougong_inventory.deliveries.service import ship_deliveries
from dougong_inventory.lots.models import Lot

SYSTEM = Actor.system()
DAY = dt.date(2026, 3, 2)
D = Decimal


def test_a_delivery_note_tells_what_has_left_and_no_price(yard, printed):
    yard.product("TEA", sales_price=D("12.34"))
    yard.open(("TEA", "5", "4"))
    yard.order(("TEA", "8"))
    (delivery,) = yard.all(Delivery)
    assert "8" in printed(yard.house, "inventory.deliveries", delivery.id, "delivery-note")
    yard.run(lambda uow: ship_deliveries(uow, [delivery.id], on=DAY))

    found = printed(yard.house, "inventory.deliveries", delivery.id)

    assert f"Delivery note {delivery.number or ''}".strip() in found
    assert "TEA Tea 5" in found
    assert "Received in good order" in found
    assert "12.34" not in found


def test_a_count_sheet_does_not_tell_what_the_books_expect(yard, printed):
    product = yard.product("TEA")

    def act(uow):
        count = Count(
            number="C-1", location_id=yard.place(),
            lines=[CountLine(product_id=product, expected=D("775"))],
        )  # fmt: skip
        uow.add(count)
        return count.id

    found = printed(yard.house, "inventory.counts", yard.run(act), "count-sheet")

    assert "Count sheet C-1" in found
    assert "TEA Tea" in found
    assert "775" not in found
    assert "Draft" not in found


def test_places_and_lots_have_labels(yard, printed):
    product = yard.product("TEA")

    def act(uow):
        lot = Lot(product_id=product, number="L-2026", expires_on=dt.date(2027, 1, 31))
        uow.add(lot)
        return lot.id

    assert "MAIN/STOCK" in printed(
        yard.house, "inventory.locations", yard.place(), "location-label"
    )
    label = printed(yard.house, "inventory.lots", yard.run(act), "lot-label")
    assert label == "Tea L-2026 Expires on Jan 31, 2027"

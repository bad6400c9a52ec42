"""What should be bought: where less will be there than the rule wants."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong import ZERO
from dougong_base import Product
from dougong_inventory.deliveries.models import Delivery, DeliveryLine
from dougong_inventory.deliveries.workflow import OPEN
from dougong_inventory.receipts.models import Receipt, ReceiptLine
from dougong_inventory.replenishment.models import ReorderRule
from dougong_inventory.stock.models import Stock
from dougong_inventory.warehouses.models import Location, Warehouse

Place = tuple[int, int]


class Proposal(NamedTuple):
    """A product of a warehouse, what will be there, and what to buy."""

    rule: ReorderRule
    code: str
    product: str
    warehouse: str
    on_hand: Decimal
    coming: Decimal
    going: Decimal
    to_buy: Decimal


def proposals(session: Session, *, everything: bool = False) -> list[Proposal]:
    """What to buy by the rules, in four statements; ``everything`` tells of full shelves, too.

    What will be there is what lies there, plus what is expected, less what is to be delivered.
    """
    rules = session.execute(
        select(ReorderRule, Product.code, Product.name, Warehouse.name)
        .join(Product, Product.id == ReorderRule.product_id)
        .join(Warehouse, Warehouse.id == ReorderRule.warehouse_id)
        .where(ReorderRule.active, Product.active)
        .order_by(Product.code)
    ).all()
    on_hand = _sums(
        session,
        select(Location.warehouse_id, Stock.product_id, func.sum(Stock.on_hand))
        .join(Location, Location.id == Stock.location_id)
        .group_by(Location.warehouse_id, Stock.product_id),
    )
    coming = _sums(
        session,
        select(Receipt.warehouse_id, ReceiptLine.product_id, func.sum(ReceiptLine.quantity))
        .join(Receipt, Receipt.id == ReceiptLine.receipt_id)
        .where(Receipt.state == "expected")
        .group_by(Receipt.warehouse_id, ReceiptLine.product_id),
    )
    going = _sums(
        session,
        select(Delivery.warehouse_id, DeliveryLine.product_id, func.sum(DeliveryLine.quantity))
        .join(Delivery, Delivery.id == DeliveryLine.delivery_id)
        .where(Delivery.state.in_(OPEN))
        .group_by(Delivery.warehouse_id, DeliveryLine.product_id),
    )
    found = []
    for rule, code, product, warehouse in rules:
        place = rule.warehouse_id, rule.product_id
        there, plus, minus = (sums.get(place, ZERO) for sums in (on_hand, coming, going))
        to_buy = rule.to_buy(there + plus - minus)
        if to_buy or everything:
            found.append(Proposal(rule, code, product, warehouse, there, plus, minus, to_buy))
    return found


def _sums(session: Session, query: Any) -> dict[Place, Decimal]:
    return {
        (warehouse, product): quantity for warehouse, product, quantity in session.execute(query)
    }

"""Asking for what runs short."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal

from dougong import UnitOfWork, ref
from dougong_base import Product
from dougong_base.events import RequestedSupply, SupplyRequested
from dougong_base.ports import PurchasesUnderway
from dougong_inventory.replenishment.queries import proposals

#: Whatever is underway counts, however late it comes.
FAR = dt.timedelta(days=3650)


def request_supply(
    uow: UnitOfWork, rule_ids: Collection[int] | None = None
) -> list[SupplyRequested]:
    """Tell what should be bought by these rules, or by all: once, while nobody has it underway."""
    uow.require("inventory.reorder_rule.write")
    short = [
        found
        for found in proposals(uow.session)
        if found.to_buy and (rule_ids is None or found.rule.id in rule_ids)
    ]
    if not short:
        return []
    wanted = sorted({found.rule.product_id for found in short})
    underway = _underway(uow, wanted)
    lead = {product.id: product.lead_days for product in uow.load(Product, wanted)}
    told = []
    for found in short:
        rule, expected = found.rule, found.on_hand + found.coming - found.going
        quantity = rule.to_buy(expected + underway.pop(rule.product_id, Decimal(0)))
        if not quantity:
            continue
        needed = uow.today + dt.timedelta(days=lead[rule.product_id])
        told.append(
            SupplyRequested(
                source=ref(rule),
                number=f"{found.code} {found.warehouse}",
                company_id=rule.company_id,
                on=uow.today,
                lines=(
                    RequestedSupply(
                        product_id=rule.product_id,
                        quantity=quantity,
                        needed_on=needed,
                        warehouse_id=rule.warehouse_id,
                        demand=ref(rule),
                    ),
                ),
            )
        )
    uow.publish(told)
    return told


def request_daily(uow: UnitOfWork) -> None:
    """The same, every day, where the company wants it."""
    if uow.setting("inventory.request_supply"):
        request_supply(uow)


def _underway(uow: UnitOfWork, products: Collection[int]) -> dict[int, Decimal]:
    """What is asked for or ordered already, and not expected at a warehouse yet."""
    sums: dict[int, Decimal] = defaultdict(Decimal)
    port = uow.ask(PurchasesUnderway)
    if port is not None:
        for movement in port.between(products, uow.today, uow.today + FAR):
            sums[movement.product_id] += movement.quantity
    return sums

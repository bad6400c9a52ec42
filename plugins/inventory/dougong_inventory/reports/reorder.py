"""Report: what should be bought."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from dougong import _
from dougong.reports import Column, Line, Parameter, Report
from dougong_inventory.replenishment.queries import proposals


def lines(session: Session, actor: Any, everything: bool = False) -> Iterator[Line]:
    """A line for each rule whose product runs short."""
    for found in proposals(session, everything=everything):
        yield Line(
            {
                "code": found.code,
                "product": found.product,
                "warehouse": found.warehouse,
                "on_hand": found.on_hand,
                "coming": found.coming,
                "going": found.going,
                "minimum": found.rule.minimum,
                "maximum": found.rule.maximum,
                "to_buy": found.to_buy,
            },
            drill=f"/inventory/reorder_rules/{found.rule.id}",
        )


REORDER = Report(
    "inventory.reorder",
    _("What to buy"),
    "inventory.reorder_rule.read",
    [
        Column("code", _("Code")),
        Column("product", _("Product")),
        Column("warehouse", _("Warehouse")),
        Column("on_hand", _("On hand"), "quantity"),
        Column("coming", _("Expected"), "quantity"),
        Column("going", _("To be delivered"), "quantity"),
        Column("minimum", _("Minimum"), "quantity"),
        Column("maximum", _("Maximum"), "quantity"),
        Column("to_buy", _("To buy"), "quantity", total=True),
    ],
    lines,
    [Parameter("everything", _("Full shelves, too"), "flag", default=False)],
    icon="shopping-cart",
    order=50,
)

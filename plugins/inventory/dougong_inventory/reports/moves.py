"""Report: the stock card of a product, with what was there after each move."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from dougong import _, pgettext
from dougong.reports import Column, Line, Parameter, Report
from dougong_inventory.moves.models import REASONS
from dougong_inventory.moves.queries import stock_card


def lines(
    session: Session,
    actor: Any,
    product: int | None = None,
    start: dt.date | None = None,
    end: dt.date | None = None,
) -> Iterator[Line]:
    """Every move of the product that changed its stock."""
    if product is None:
        return
    for move, quantity, _value in stock_card(session, product, start, end):
        plugin, _dot, slug = move.document_kind.partition(".")
        yield Line(
            {
                "moved_on": move.moved_on,
                "reason": str(REASONS[move.reason]),
                "reference": move.reference,
                "came": move.change if move.change > 0 else None,
                "went": -move.change if move.change < 0 else None,
                "after": quantity,
            },
            drill=f"/{plugin}/{slug}/{move.document_id}",
        )


STOCK_CARD = Report(
    "inventory.stock-card",
    _("Stock card"),
    "inventory.move.read",
    [
        Column("moved_on", _("Date"), "date"),
        Column("reason", _("Reason")),
        Column("reference", _("Document")),
        Column("came", _("In"), "quantity", total=True),
        Column("went", _("Out"), "quantity", total=True),
        Column("after", pgettext("stock", "Balance"), "quantity"),
    ],
    lines,
    [
        Parameter("product", _("Product"), "link", to="base.products"),
        Parameter("start", _("From"), "date"),
        Parameter("end", _("To"), "date"),
    ],
    icon="list-details",
    order=40,
)

"""Goods that move, and what stock is worth."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from dougong.events import DocumentRef, Event
from dougong.i18n import _


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedLine:
    """Goods that moved for a line of a source document."""

    source_line_id: int | None
    product_id: int
    quantity: Decimal
    #: What they cost, in the company's currency.
    cost: Decimal
    lot: str = ""
    #: The line of the receipt or delivery itself.
    line_id: int | None = None
    #: Kept apart on arrival: nobody may use it before it has been inspected.
    apart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsShipped(Event):
    """Goods have left the house. ``source`` is what asked for them, if anything did."""

    label = _("Goods shipped")

    delivery: DocumentRef
    number: str
    source: DocumentRef | None
    company_id: int
    party_id: int | None
    on: dt.date
    lines: tuple[MovedLine, ...]
    #: Whether nothing of the source is left to ship.
    complete: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsReceived(Event):
    """Goods have come in: from a supplier, or back from a customer (``returned``)."""

    label = _("Goods received")

    receipt: DocumentRef
    number: str
    source: DocumentRef | None
    company_id: int
    party_id: int | None
    on: dt.date
    lines: tuple[MovedLine, ...]
    returned: bool = False
    warehouse_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuedLine:
    """A change of the value of stock: positive came in, negative went out."""

    product_id: int
    category_id: int | None
    quantity: Decimal
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class StockValued(Event):
    """The value of stock has changed; the ledger follows.

    ``reason``: shipment, return, receipt, supplier_return, opening, adjustment, issue (material for
    production), production, scrap, revaluation, landed_cost.
    """

    label = _("Stock valued")

    source: DocumentRef
    number: str
    company_id: int
    on: dt.date
    reason: str
    party_id: int | None
    lines: tuple[ValuedLine, ...]

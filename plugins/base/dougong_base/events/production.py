"""Goods that are made, inspected and refused."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from dougong.events import DocumentRef, Event
from dougong.i18n import _


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedLine:
    """Material that a production order takes out of the stock."""

    line_id: int
    product_id: int
    quantity: Decimal
    #: Its lot or serial number, where it is traced.
    lot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductionReleased(Event):
    """An order may be made: put its material aside, it will be taken from ``needed_on`` on."""

    label = _("Production released")

    source: DocumentRef
    number: str
    company_id: int
    warehouse_id: int | None
    needed_on: dt.date
    lines: tuple[UsedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductionStopped(Event):
    """An order is closed or given up: material that was not taken is free again."""

    label = _("Production stopped")

    source: DocumentRef
    number: str
    company_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialsUsed(Event):
    """Production takes material: carry it out of the stock, first what was put aside for the order.

    Negative quantities come back unused.
    """

    label = _("Materials used")

    source: DocumentRef
    number: str
    company_id: int
    warehouse_id: int | None
    on: dt.date
    lines: tuple[UsedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedLine:
    """Material that has left the stock for production, with what it cost us."""

    source_line_id: int
    product_id: int
    quantity: Decimal
    #: In the company's currency.
    cost: Decimal
    lot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialsIssued(Event):
    """The warehouse has handed material over: what the production order has cost so far."""

    label = _("Materials issued")

    source: DocumentRef
    company_id: int
    on: dt.date
    lines: tuple[IssuedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeLine:
    """Goods that came out of production, a by-product included."""

    line_id: int | None
    product_id: int
    quantity: Decimal
    #: What they are worth together, in the company's currency.
    cost: Decimal
    lot: str = ""
    expires_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductionFinished(Event):
    """Goods were made: put them on the shelves. ``source`` is the production order."""

    label = _("Production finished")

    source: DocumentRef
    number: str
    company_id: int
    warehouse_id: int | None
    on: dt.date
    lines: tuple[MadeLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedLine:
    """Goods that an inspection does not let pass."""

    product_id: int
    quantity: Decimal
    lot: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsRejected(Event):
    """An inspection has failed: keep these goods apart, nobody may promise or ship them.

    ``subject`` is what the goods came with: a receipt, a production order.
    """

    label = _("Goods rejected")

    source: DocumentRef
    number: str
    company_id: int
    warehouse_id: int | None
    on: dt.date
    subject: DocumentRef | None
    lines: tuple[RejectedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodsReleased(Event):
    """Goods that were kept apart may be used after all: they go back to the shelves.

    ``source`` is the inspection that has passed them, or had refused them; ``subject`` is what they
    came with.
    """

    label = _("Goods released")

    source: DocumentRef
    number: str
    company_id: int
    warehouse_id: int | None
    on: dt.date
    subject: DocumentRef | None
    lines: tuple[RejectedLine, ...]

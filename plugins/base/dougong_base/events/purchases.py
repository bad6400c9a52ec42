"""Purchases, as other departments hear of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from dougong.events import DocumentRef, Event
from dougong.i18n import _


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedSupply:
    """A product that somebody needs bought: how much, by when, and what waits for it."""

    product_id: int
    quantity: Decimal
    needed_on: dt.date
    warehouse_id: int | None = None
    #: Whom the asker would buy from; purchasing may know better.
    supplier_id: int | None = None
    #: The document whose need this serves, if one does.
    demand: DocumentRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyRequested(Event):
    """Stock runs short or a plan asks for material: prepare its purchase."""

    label = _("Supply requested")

    source: DocumentRef
    number: str
    company_id: int
    on: dt.date
    lines: tuple[RequestedSupply, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseLine:
    """One line of a purchase: what, how much, at which price."""

    line_id: int
    product_id: int
    quantity: Decimal
    price: Decimal
    discount: Decimal
    tax_ids: tuple[int, ...]
    amount: Decimal
    #: What one unit costs us, in the company's currency, without tax that is given back.
    unit_cost: Decimal
    description: str = ""
    #: goods are received and counted, services only billed.
    kind: str = "goods"


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseOrderConfirmed(Event):
    """We have bound ourselves to a supplier: expect the goods."""

    label = _("Purchase order confirmed")

    source: DocumentRef
    number: str
    company_id: int
    supplier_id: int
    warehouse_id: int | None
    on: dt.date
    expected_on: dt.date | None
    currency: str
    lines: tuple[PurchaseLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseOrderChanged(Event):
    """A confirmed order's quantities, costs or date are others now: bring what is expected into line.

    ``lines`` are all lines the order still has; a line that is missing was given up. What has
    come already counts towards them.
    """

    label = _("Purchase order changed")

    source: DocumentRef
    number: str
    company_id: int
    on: dt.date
    expected_on: dt.date | None
    lines: tuple[PurchaseLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseOrderCancelled(Event):
    """What has not come from the supplier will not: no longer expect it."""

    label = _("Purchase order cancelled")

    source: DocumentRef
    number: str
    company_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseReturned(Event):
    """Goods go back to the supplier: let them leave, and expect a credit once they have left."""

    label = _("Goods returned to a supplier")

    source: DocumentRef
    number: str
    company_id: int
    supplier_id: int
    warehouse_id: int | None
    on: dt.date
    currency: str
    lines: tuple[PurchaseLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseBillable(Event):
    """We owe for this (or, with negative quantities, are to be credited): draft the supplier's bill.

    Told twice it is billed once, as `SaleBillable` is.
    """

    label = _("Purchase to be billed")

    source: DocumentRef
    number: str
    company_id: int
    supplier_id: int
    on: dt.date
    currency: str
    payment_term_id: int | None
    reference: str
    lines: tuple[PurchaseLine, ...]
    #: What the goods came with, if anything; linked to the bill too.
    receipt: DocumentRef | None = None
    #: The account that waits for the bill: ``goods_received`` for goods and ``expense`` for
    #: services when empty, ``freight_accrued`` for a carrier, ``landed_cost`` for duty and freight in.
    purpose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LandedLine:
    """What duty, freight or insurance add to the value of goods that came with a receipt."""

    receipt: DocumentRef
    receipt_line_id: int
    product_id: int
    #: In the company's currency.
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class LandedCostAllocated(Event):
    """Goods cost more than their price: raise the value of those that are here, charge the rest."""

    label = _("Landed cost allocated")

    source: DocumentRef
    number: str
    company_id: int
    on: dt.date
    lines: tuple[LandedLine, ...]

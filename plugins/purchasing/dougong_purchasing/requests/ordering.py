"""Turning approved requests into orders: one a supplier, warehouse, currency and time of need."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from dougong import ZERO, DocumentRef, Refused, UnitOfWork, _, ref
from dougong.companies.currency import currency_of
from dougong_base import Party, Product
from dougong_base.ports import Offer
from dougong_purchasing.orders.models import Order, OrderLine
from dougong_purchasing.orders.pricing import cost_in
from dougong_purchasing.orders.service import create_orders
from dougong_purchasing.requests.models import Request, RequestLine
from dougong_purchasing.requests.workflow import REQUEST_STEPS
from dougong_purchasing.terms.book import SupplierBook
from dougong_purchasing.terms.lots import Source


class NobodyOffers(Refused):
    """It is not known where to buy something."""

    def __init__(self, product: Product) -> None:
        self.product_id = product.id
        super().__init__(
            _(
                "Nobody is known who sells %(product)s. Name a supplier in the request, or enter"
                " a supplier's price.",
                product=product,
            )
        )


class Need(NamedTuple):
    """What is bought together: the same product, for the same warehouse, in the same time."""

    supplier_id: int | None
    warehouse_id: int | None
    start: dt.date
    product_id: int


@dataclass
class Wanted:
    """The lines of requests behind a need."""

    lines: list[tuple[Request, RequestLine]]

    @property
    def quantity(self) -> Decimal:
        """How much they ask for together."""
        return sum((line.quantity for _request, line in self.lines), ZERO)

    @property
    def needed_on(self) -> dt.date:
        """The earliest day on which one of them needs it."""
        return min(line.needed_on or request.needed_on for request, line in self.lines)


class Group(NamedTuple):
    """What becomes one order."""

    supplier_id: int
    warehouse_id: int | None
    currency: str
    start: dt.date


class Part(NamedTuple):
    """A line of an order to be."""

    product_id: int
    quantity: Decimal
    offer: Offer | None
    wanted: Wanted


def order_requests(uow: UnitOfWork, ids: Sequence[int]) -> list[Order]:
    """Draft orders for what was approved: in whole lots, from whom it is best bought.

    What one supplier delivers at the same time to the same place stands on one order; "the same
    time" is the setting ``purchasing.bundle``. Quotas share a quantity among suppliers.
    """
    uow.require("purchasing.order.create")
    requests = uow.load(Request, ids, Request.lines)
    needs = _needs(uow, requests)
    products = {p.id: p for p in uow.load(Product, sorted({n.product_id for n in needs}))}
    suppliers = {n.supplier_id for n in needs if n.supplier_id}
    parties = {party.id: party for party in uow.load(Party, sorted(suppliers))}
    groups = _groups(uow, needs, products, parties)
    missing = sorted({group.supplier_id for group in groups} - parties.keys())
    parties |= {party.id: party for party in uow.load(Party, missing)}
    drafts = [
        _draft(uow, group, parts, parties[group.supplier_id], products)
        for group, parts in groups.items()
    ]
    create_orders(uow, drafts)
    for draft, parts in zip(drafts, groups.values(), strict=True):
        _connect(uow, draft, parts)
    for request in requests:
        REQUEST_STEPS.move(request, "order")
    return drafts


def _needs(uow: UnitOfWork, requests: Sequence[Request]) -> dict[Need, Wanted]:
    bundle, needs = str(uow.setting("purchasing.bundle")), dict[Need, Wanted]()
    for request in requests:
        for line in request.lines:
            day = max(line.needed_on or request.needed_on, uow.today)
            start = start_of(day, bundle)
            need = Need(request.supplier_id, line.warehouse_id, start, line.product_id)
            needs.setdefault(need, Wanted([])).lines.append((request, line))
    return needs


def start_of(day: dt.date, bundle: str) -> dt.date:
    """The day that stands for the day, the week (Monday) or the month of a need."""
    if bundle == "week":
        return day - dt.timedelta(days=day.weekday())
    return day.replace(day=1) if bundle == "month" else day


def _groups(
    uow: UnitOfWork,
    needs: Mapping[Need, Wanted],
    products: Mapping[int, Product],
    parties: Mapping[int, Party],
) -> dict[Group, list[Part]]:
    book, own = SupplierBook(uow), currency_of(uow, uow.company_id)
    free = [need for need in needs if need.supplier_id is None]
    sources = book.sources([(n.product_id, needs[n].quantity) for n in free], on=uow.today)
    found = dict(zip(free, sources, strict=True))
    groups: dict[Group, list[Part]] = defaultdict(list)
    for need, wanted in needs.items():
        if need.supplier_id is None and not found[need]:
            raise NobodyOffers(products[need.product_id])
        if need.supplier_id is None:
            several: Sequence[Source | None] = found[need]
        else:
            several = [
                book.source_of(need.supplier_id, need.product_id, wanted.quantity, uow.today)
            ]
        for source in several:
            supplier = source.offer.supplier_id if source else need.supplier_id or 0
            usual = parties[supplier].currency if source is None else None
            currency = source.offer.currency if source else usual or own
            quantity = source.quantity if source else wanted.quantity
            offer = source.offer if source else None
            groups[Group(supplier, need.warehouse_id, currency, need.start)].append(
                Part(need.product_id, quantity, offer, wanted)
            )
    return groups


def _draft(
    uow: UnitOfWork,
    group: Group,
    parts: Sequence[Part],
    supplier: Party,
    products: Mapping[int, Product],
) -> Order:
    lines = [_line(uow, part, products[part.product_id], group.currency) for part in parts]
    return Order(
        supplier_id=supplier.id,
        currency=group.currency,
        payment_term_id=supplier.supplier_term_id,
        buyer_id=uow.actor.user_id,
        ordered_on=uow.today,
        # The whole order comes on one day: the first on which some of it is needed.
        expected_on=min(x.expected_on for x in lines if x.expected_on),
        warehouse_id=group.warehouse_id,
        lines=lines,
    )


def _line(uow: UnitOfWork, part: Part, product: Product, currency: str) -> OrderLine:
    return OrderLine(
        product_id=product.id,
        description=product.name,
        kind=product.kind,
        quantity=part.quantity,
        own_quantity=part.quantity,
        unit_id=product.unit_id,
        price=part.offer.price if part.offer else cost_in(uow, product, currency, uow.today),
        discount=ZERO,
        tax_id=product.purchase_tax_id,
        expected_on=max(part.wanted.needed_on, uow.today),
    )


def _connect(uow: UnitOfWork, order: Order, parts: Sequence[Part]) -> None:
    """Let the request's lines and what asked for them lead to the order."""
    sources = set()
    for part, ordered in zip(parts, order.lines, strict=True):
        for request, line in part.wanted.lines:
            line.order_line_id = line.order_line_id or ordered.id
            sources.add(ref(request))
            if line.demand_kind and line.demand_id:
                sources.add(DocumentRef(line.demand_kind, line.demand_id))
    for source in sorted(sources):
        uow.link(source, order, "supply")

"""Turning approved requests into orders, one a supplier and warehouse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from dougong import ZERO, DocumentRef, Refused, UnitOfWork, _, ref
from dougong.companies.models import Company
from dougong_base import Party, Product
from dougong_base.ports import Offer, SupplierOffers
from dougong_purchasing.orders.models import Order, OrderLine
from dougong_purchasing.orders.service import create_orders
from dougong_purchasing.requests.models import Request, RequestLine
from dougong_purchasing.requests.workflow import REQUEST_STEPS
from dougong_purchasing.terms.book import SupplierBook

Wanted = tuple[Request, RequestLine, Offer | None]


class NobodyOffers(Refused):
    """It is not known where to buy something."""

    def __init__(self, product: Product) -> None:
        super().__init__(
            _(
                "Nobody is known who sells %(product)s. Name a supplier in the request, or enter"
                " a supplier's price.",
                product=product,
            )
        )


def order_requests(uow: UnitOfWork, ids: Sequence[int]) -> list[Order]:
    """Draft orders for what was approved, grouped by preferred supplier and warehouse."""
    uow.require("purchasing.order.create")
    requests = uow.load(Request, ids, Request.lines)
    lines = [line for request in requests for line in request.lines]
    wanted = sorted({line.product_id for line in lines})
    products = {product.id: product for product in uow.load(Product, wanted)}
    groups = _groups(uow, requests, products)
    parties = {p.id: p for p in uow.load(Party, sorted({key[0] for key in groups}))}
    own = uow.session.scalars(select(Company.currency).where(Company.id == uow.company_id)).one()
    drafts = [
        _draft(uow, parties[supplier], warehouse, group, products, own)
        for (supplier, warehouse), group in groups.items()
    ]
    create_orders(uow, drafts)
    for draft, group in zip(drafts, groups.values(), strict=True):
        _connect(uow, draft, group)
    for request in requests:
        REQUEST_STEPS.move(request, "order")
    return drafts


def _groups(
    uow: UnitOfWork, requests: Sequence[Request], products: Mapping[int, Product]
) -> dict[tuple[int, int | None], list[Wanted]]:
    offers = uow.ask(SupplierOffers)
    wants = [(line.product_id, line.quantity) for request in requests for line in request.lines]
    best = offers.best(wants, on=uow.today) if offers else {}
    groups: dict[tuple[int, int | None], list[Wanted]] = defaultdict(list)
    for request in requests:
        for line in request.lines:
            offer = best.get(line.product_id)
            supplier = request.supplier_id or (offer.supplier_id if offer else None)
            if supplier is None:
                raise NobodyOffers(products[line.product_id])
            groups[supplier, line.warehouse_id].append((request, line, offer))
    return groups


def _draft(
    uow: UnitOfWork,
    supplier: Party,
    warehouse: int | None,
    group: Sequence[Wanted],
    products: Mapping[int, Product],
    own: str,
) -> Order:
    currency, book = supplier.currency or own, SupplierBook(uow)
    lines = []
    for request, line, _offer in group:
        product = products[line.product_id]
        offer = book.of_supplier(supplier.id, product.id, line.quantity, currency, uow.today)
        quantity = max(line.quantity, offer.minimum if offer else ZERO)
        lines.append(
            OrderLine(
                product_id=product.id,
                description=product.name,
                kind=product.kind,
                quantity=quantity,
                own_quantity=quantity,
                unit_id=product.unit_id,
                price=offer.price if offer else product.cost_price,
                discount=ZERO,
                tax_id=product.purchase_tax_id,
                expected_on=line.needed_on or request.needed_on,
            )
        )
    return Order(
        supplier_id=supplier.id,
        currency=currency,
        payment_term_id=supplier.supplier_term_id,
        buyer_id=uow.actor.user_id,
        ordered_on=uow.today,
        expected_on=max(x.expected_on for x in lines if x.expected_on),
        warehouse_id=warehouse,
        lines=lines,
    )


def _connect(uow: UnitOfWork, order: Order, group: Sequence[Wanted]) -> None:
    """Let the request's lines and what asked for them lead to the order."""
    sources = set()
    for (request, line, _offer), ordered in zip(group, order.lines, strict=True):
        line.order_line_id = ordered.id
        sources.add(ref(request))
        if line.demand_kind and line.demand_id:
            sources.add(DocumentRef(line.demand_kind, line.demand_id))
    for source in sorted(sources):
        uow.link(source, order, "supply")

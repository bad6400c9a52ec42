"""Asking for what is needed, and allowing it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import select

from dougong import ZERO, DocumentRef, UnitOfWork, rounded
from dougong.approvals.service import put
from dougong.companies.currency import currency_of
from dougong_base import NoRate, Product, rates_on
from dougong_base.events import RequestedSupply, SupplyRequested
from dougong_base.ports import Offer, SupplierOffers
from dougong_purchasing.quotas.queries import parts_on
from dougong_purchasing.requests.models import Request, RequestLine

OPEN = ("draft", "approved")


def submit_requests(uow: UnitOfWork, ids: Sequence[int]) -> list[Request]:
    """Let what is needed be ordered. Whom the rules of approval name has agreed before."""
    uow.require("purchasing.request.submit")
    requests = uow.load(Request, ids, Request.lines)
    value_requests(uow, [request for request in requests if not request.worth])
    for request in requests:
        _submit(uow, request, uow.today)
    return requests


def _submit(uow: UnitOfWork, request: Request, on: dt.date) -> None:
    request.submit()
    if request.number is None:
        uow.number(request, "purchase-request", on=on)


def reopen_requests(uow: UnitOfWork, ids: Sequence[int]) -> list[Request]:
    """Make drafts of them again."""
    uow.require("purchasing.request.submit")
    requests = uow.load(Request, ids)
    for request in requests:
        request.reopen()
    return requests


def value_requests(uow: UnitOfWork, requests: Sequence[Request]) -> None:
    """What they would cost today: by the best offer, else by the cost price of the product."""
    lines = [line for request in requests for line in request.lines]
    products = {p.id: p for p in uow.load(Product, sorted({x.product_id for x in lines}))}
    offers = uow.ask(SupplierOffers)
    for request in requests:
        own = currency_of(uow, request.company_id or uow.company_id)
        wants = [(line.product_id, line.quantity) for line in request.lines]
        best = offers.best(wants, on=uow.today) if offers else {}
        request.worth = rounded(
            sum(
                (
                    line.quantity * _price(uow, products[line.product_id], best, own)
                    for line in request.lines
                ),
                ZERO,
            ),
            own,
        )


def _price(uow: UnitOfWork, product: Product, best: Mapping[int, Offer], own: str) -> Decimal:
    offer = best.get(product.id)
    if offer is None:
        return product.cost_price
    try:
        rates = rates_on(uow.session, [(offer.currency, uow.today)], own)
    except NoRate:
        return product.cost_price
    return offer.price * rates[offer.currency, uow.today]


def note_supply(uow: UnitOfWork, events: Sequence[SupplyRequested]) -> None:
    """What stock or a plan asks for becomes requests, one a supplier and day; each once while open.

    They may be ordered at once, unless a rule of approval speaks of them: then the house has asked.
    """
    known, requests = _known(uow, events), list[Request]()
    for event in events:
        if event.source in known:
            continue
        known.add(event.source)
        for (supplier, day), lines in _groups(uow, event).items():
            request = Request(
                company_id=event.company_id,
                requested_on=event.on,
                needed_on=day,
                supplier_id=supplier,
                reason=event.number[:500],
                source_kind=event.source.kind,
                source_id=event.source.id,
                lines=[_line(line) for line in lines],
            )
            uow.add(request)
            value_requests(uow, [request])
            requests.append(request)
            demands = {event.source, *(x.demand for x in lines if x.demand)}
            for demand in sorted(demands):
                uow.link(demand, request, "request")
    _send_on(uow, requests)


def _send_on(uow: UnitOfWork, requests: Sequence[Request]) -> None:
    kind, oversight = Request.__document__, uow.house.oversight
    waiting = oversight.lacking(uow, kind, "submit", [x.id for x in requests]) if oversight else {}
    for request in requests:
        if request.id in waiting:
            put(uow, kind, request.id, "submit")
        else:
            _submit(uow, request, request.requested_on)


def _known(uow: UnitOfWork, events: Sequence[SupplyRequested]) -> set[DocumentRef]:
    """The sources that were heard: those with an open request, or one of the same day."""
    days = {event.source: event.on for event in events}
    rows = uow.session.execute(
        select(Request.source_kind, Request.source_id, Request.state, Request.requested_on).where(
            Request.source_id.in_({source.id for source in days})
        )
    )
    return {
        source
        for kind, id, state, on in rows
        if (source := DocumentRef(kind or "", id or 0)) in days
        and (state in OPEN or on == days[source])
    }


def _groups(
    uow: UnitOfWork, event: SupplyRequested
) -> dict[tuple[int | None, dt.date], list[RequestedSupply]]:
    """By supplier and day; what several suppliers share by quota is left to the order."""
    offers = uow.ask(SupplierOffers)
    wants = [(line.product_id, line.quantity) for line in event.lines]
    best = offers.best(wants, on=event.on) if offers else {}
    shared = parts_on(uow.session, event.company_id, {p for p, _quantity in wants}, event.on)
    groups: dict[tuple[int | None, dt.date], list[RequestedSupply]] = defaultdict(list)
    for line in event.lines:
        offer = best.get(line.product_id)
        supplier = offer.supplier_id if offer else line.supplier_id
        if line.product_id in shared:
            supplier = None
        groups[supplier, line.needed_on].append(line)
    return groups


def _line(line: RequestedSupply) -> RequestLine:
    return RequestLine(
        product_id=line.product_id,
        quantity=line.quantity,
        needed_on=line.needed_on,
        warehouse_id=line.warehouse_id,
        demand_kind=line.demand.kind if line.demand else None,
        demand_id=line.demand.id if line.demand else None,
    )

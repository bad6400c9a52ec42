"""Asking for what is needed, and allowing it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import select

from dougong import ZERO, DocumentRef, Refused, UnitOfWork, _, rounded
from dougong.companies.currency import currency_of
from dougong_base import NoRate, Product, rates_on
from dougong_base.events import RequestedSupply, SupplyRequested
from dougong_base.ports import Offer, SupplierOffers
from dougong_purchasing.quotas.queries import parts_on
from dougong_purchasing.requests.models import Request, RequestLine
from dougong_purchasing.settings import number_of

OPEN = ("draft", "submitted", "approved")


class BeyondApproval(Refused):
    """Too expensive for this approver."""

    def __init__(self, request: Request, limit: Decimal, currency: str) -> None:
        super().__init__(
            _(
                "%(request)s comes to %(worth)s %(currency)s; you may approve up to %(limit)s."
                " Ask somebody with the right “purchasing.request.approve_all”.",
                request=request,
                worth=f"{request.worth:,.2f}",
                limit=f"{limit:,.2f}",
                currency=currency,
            )
        )


def submit_requests(uow: UnitOfWork, ids: Sequence[int]) -> list[Request]:
    """Ask the department for approval."""
    uow.require("purchasing.request.submit")
    requests = uow.load(Request, ids, Request.lines)
    for request in requests:
        request.submit(uow.actor.user_id)
        if request.number is None:
            uow.number(request, "purchase-request")
    _value(uow, requests)
    return requests


def approve_requests(uow: UnitOfWork, ids: Sequence[int]) -> list[Request]:
    """Somebody else allows what was asked for, up to what they may allow."""
    uow.require("purchasing.request.approve")
    requests = uow.load(Request, ids)
    limit = number_of(uow, "purchasing.approver_limit")
    limited = uow.actor.user_id is not None and not uow.actor.may("purchasing.request.approve_all")
    for request in requests:
        if limit and limited and request.worth > limit:
            raise BeyondApproval(request, limit, currency_of(uow, request.company_id))
        request.approve(uow.actor.user_id)
    return requests


def reopen_requests(uow: UnitOfWork, ids: Sequence[int]) -> list[Request]:
    """Make drafts of them again."""
    uow.require("purchasing.request.submit")
    requests = uow.load(Request, ids)
    for request in requests:
        request.reopen()
    return requests


def _value(uow: UnitOfWork, requests: Sequence[Request]) -> None:
    """What they would cost today: by the best offer, else by the cost price of the product."""
    lines = [line for request in requests for line in request.lines]
    products = {p.id: p for p in uow.load(Product, sorted({x.product_id for x in lines}))}
    offers = uow.ask(SupplierOffers)
    for request in requests:
        own = currency_of(uow, request.company_id)
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
    """What stock or a plan asks for becomes requests, one a supplier and day; each once while open."""
    known = _known(uow, events)
    for event in events:
        if event.source in known:
            continue
        known.add(event.source)
        for (supplier, day), lines in _groups(uow, event).items():
            request = Request(
                company_id=event.company_id,
                state=uow.setting("purchasing.supply_state"),
                requested_on=event.on,
                needed_on=day,
                supplier_id=supplier,
                reason=event.number[:500],
                source_kind=event.source.kind,
                source_id=event.source.id,
                lines=[_line(line) for line in lines],
            )
            uow.add(request)
            _value(uow, [request])
            uow.number(request, "purchase-request", on=event.on)
            demands = {event.source, *(x.demand for x in lines if x.demand)}
            for demand in sorted(demands):
                uow.link(demand, request, "request")


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

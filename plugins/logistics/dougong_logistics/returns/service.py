"""Announcing, taking in and inspecting what comes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import func, select

from dougong import ZERO, Refused, UnitOfWork, _, ref
from dougong_base.events import GoodsRejected, RejectedLine
from dougong_base.ports import StockAvailability
from dougong_logistics.returns.models import Return, ReturnLine
from dougong_logistics.returns.telling import credits, prices, returned
from dougong_logistics.returns.workflow import RETURN_STEPS
from dougong_logistics.shipments.models import Shipment
from dougong_logistics.shipments.workflow import OPEN


def start_returns(uow: UnitOfWork, ids: Sequence[int]) -> list[Return]:
    """Draft a return of everything that was sent and has not come back; the drafts can be edited."""
    uow.require("logistics.return.create")
    shipments = uow.load(Shipment, ids, Shipment.lines)
    back = _coming_back(uow, ids)
    drafts = []
    for shipment in shipments:
        if shipment.state in (*OPEN, "cancelled"):
            raise Refused(_("Nothing of %(shipment)s has left yet.", shipment=shipment))
        wanted = {}
        for line in shipment.lines:
            known = back.get((shipment.id, line.product_id), ZERO)
            taken = min(known, line.quantity)
            back[shipment.id, line.product_id] = known - taken
            if line.quantity > taken:
                wanted[line.id] = line.quantity - taken
        if not wanted:
            raise Refused(_("All of %(shipment)s is on its way back already.", shipment=shipment))
        drafts.append(_draft(uow, shipment, wanted))
    return drafts


def expect_refused(uow: UnitOfWork, shipment: Shipment, text: str) -> Return:
    """What the receiver did not take is announced at once; lines loaded."""
    refused = {line.id: line.refused for line in shipment.lines if line.refused}
    draft = _draft(uow, shipment, refused)
    draft.reason, draft.text = "refused", text[:1000]
    _announce(uow, [draft], uow.today)
    return draft


def announce(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> list[Return]:
    """The goods may come: the warehouse expects them, the label carries the number."""
    uow.require("logistics.return.announce")
    returns = uow.load(Return, ids, Return.lines)
    _announce(uow, returns, on or uow.today)
    return returns


def _announce(uow: UnitOfWork, returns: Sequence[Return], on: dt.date) -> None:
    for document in returns:
        document.announce(on)
        if document.number is None:
            uow.number(document, "return", on=on)
    uow.publish(returned(uow, [r for r in returns if r.source_kind is None]))


def receive(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> list[Return]:
    """Take everything in by hand, where no warehouse does."""
    uow.require("logistics.return.receive")
    returns = uow.load(Return, ids, Return.lines)
    if uow.ask(StockAvailability) is not None:
        raise Refused(
            _("The warehouse takes %(document)s in: receive it there.", document=returns[0])
        )
    for document in returns:
        document.receive(on or uow.today)
        for line in document.lines:
            line.take(line.quantity - line.received, "")
    return returns


def inspect(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> list[Return]:
    """Close the inspection: damaged goods are kept apart, what came is credited."""
    uow.require("logistics.return.inspect")
    returns = uow.load(Return, ids, Return.lines, lock=True)
    day = on or uow.today
    for document in returns:
        document.inspect(day)
    uow.publish([told for document in returns if (told := _rejected(document, day))])
    uow.publish(credits(uow, [r for r in returns if r.credit and r.source_kind is None], day))
    return returns


def cancel(uow: UnitOfWork, ids: Sequence[int]) -> list[Return]:
    """It will not come after all; one that the warehouse awaits is given up there too."""
    uow.require("logistics.return.announce")
    returns = uow.load(Return, ids)
    for document in returns:
        if document.state == "announced" and uow.ask(StockAvailability) is not None:
            raise Refused(
                _("The warehouse awaits %(document)s: cancel its receipt there.", document=document)
            )
        RETURN_STEPS.move(document, "cancel")
    return returns


def _draft(uow: UnitOfWork, shipment: Shipment, wanted: dict[int, Decimal]) -> Return:
    if shipment.party_id is None:
        raise Refused(_("%(shipment)s has no receiver who could send it back.", shipment=shipment))
    known = prices(uow, [line.product_id for line in shipment.lines])
    draft = Return(
        company_id=shipment.company_id,
        party_id=shipment.party_id,
        address_id=shipment.address_id,
        shipment_id=shipment.id,
        expected_on=uow.today,
        lines=[
            ReturnLine(
                product_id=line.product_id,
                quantity=wanted[line.id],
                price=known.get(line.product_id, ZERO),
            )
            for line in shipment.lines
            if line.id in wanted
        ],
    )
    uow.add(draft)
    uow.link(shipment, draft, "return")
    return draft


def _coming_back(uow: UnitOfWork, ids: Sequence[int]) -> dict[tuple[int, int], Decimal]:
    """How much of each shipment and product is on its way back, or has come."""
    rows = uow.session.execute(
        select(Return.shipment_id, ReturnLine.product_id, func.sum(ReturnLine.quantity))
        .join(ReturnLine, ReturnLine.return_id == Return.id)
        .where(Return.shipment_id.in_(ids), Return.state != "cancelled")
        .group_by(Return.shipment_id, ReturnLine.product_id)
    )
    return {(int(shipment or 0), product): total for shipment, product, total in rows}


def _rejected(document: Return, on: dt.date) -> GoodsRejected | None:
    damaged = [line for line in document.lines if line.damaged]
    if not damaged:
        return None
    return GoodsRejected(
        source=ref(document),
        number=document.number or "",
        company_id=document.company_id,
        warehouse_id=None,
        on=on,
        subject=document.receipt,
        lines=tuple(
            RejectedLine(product_id=x.product_id, quantity=x.damaged, lot=x.lot or "")
            for x in damaged
        ),
    )

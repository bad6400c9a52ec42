"""Comparing bills with orders and receipts; holding what differs, releasing what is accepted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from dougong import ZERO, DocumentRef, Text, UnitOfWork, _
from dougong_base.events import InvoiceCancelled, InvoiceDrafted, InvoicePosted
from dougong_base.ports import StockAvailability, SupplierBills
from dougong_purchasing.matches.compare import Agreed, Tolerance, difference
from dougong_purchasing.matches.differing import Difference
from dougong_purchasing.matches.models import Match, MatchLine
from dougong_purchasing.orders.models import Order, OrderLine
from dougong_purchasing.settings import number_of, percent_of

ORDERS = Order.__document__


def note_bills(uow: UnitOfWork, events: Sequence[InvoiceDrafted]) -> None:
    """Each bill for one of our orders is to be compared with it."""
    bills = [e for e in events if e.source and e.source.kind == ORDERS]
    known = {(m.bill_kind, m.bill_id) for m in _matches(uow, [e.invoice.id for e in bills])}
    for event in bills:
        if event.invoice in known or event.source is None:
            continue
        uow.add(
            Match(
                company_id=event.company_id,
                order_id=event.source.id,
                bill_kind=event.invoice.kind,
                bill_id=event.invoice.id,
                expected=sum((line.amount for line in event.lines), ZERO),
                lines=[
                    MatchLine(order_line_id=line.source_line_id, quantity=line.quantity)
                    for line in event.lines
                    if line.source_line_id is not None
                ],
            )
        )


def note_gone(uow: UnitOfWork, events: Sequence[InvoiceCancelled]) -> None:
    """Bills that were given up or reversed are not compared any more."""
    _close(uow, events, "gone")


def note_posted(uow: UnitOfWork, events: Sequence[InvoicePosted]) -> None:
    """Bills in the books are compared; who released them stays written."""
    numbers = {e.invoice.id: e for e in events}
    for match in _close(uow, events, "done"):
        event = numbers[match.bill_id]
        uow.cite(match, "bill", event.invoice, event.number)


def _close(
    uow: UnitOfWork, events: Sequence[InvoiceCancelled] | Sequence[InvoicePosted], state: str
) -> list[Match]:
    over = {e.invoice for e in events if e.source and e.source.kind == ORDERS}
    closed = []
    for match in _matches(uow, [invoice.id for invoice in over]):
        if DocumentRef(match.bill_kind, match.bill_id) in over:
            match.state, match.differs, match.why = state, None, None
            closed.append(match)
    return closed


def compare_matches(uow: UnitOfWork, ids: Sequence[int]) -> list[Match]:
    """Lay the drafts of bills beside order and receipt: hold what differs too far, and keep why."""
    uow.require("purchasing.match.read")
    matches = uow.load(Match, ids, Match.lines)
    port = uow.ask(SupplierBills)
    bills = port.of([match.bill_id for match in matches]) if port else {}
    found = differences(uow, [b for b in bills.values() if b.state == "draft"])
    for match in matches:
        if bill := bills.get(match.bill_id):
            match.bill = bill.number or bill.reference or None
        if match.state in ("open", "held"):
            match.compare(uow.today, found.get(match.bill_id))
    return matches


def compare_open(uow: UnitOfWork) -> None:
    """The same for every bill that is not posted yet, again and again."""
    ids = uow.session.scalars(
        select(Match.id).where(Match.state.in_(("open", "held"))).order_by(Match.id)
    ).all()
    if ids:
        compare_matches(uow, ids)


def hold_again(uow: UnitOfWork, ids: Sequence[int]) -> list[Match]:
    """Take a release back."""
    uow.require("purchasing.match.release")
    matches = uow.load(Match, ids)
    for match in matches:
        match.hold_again()
    return matches


def release_matches(
    uow: UnitOfWork, ids: Sequence[int], reason: str = "", most: Decimal | None = None
) -> list[Match]:
    """Let bills be posted although they differ; who did and why is kept."""
    uow.require("purchasing.match.release")
    matches = uow.load(Match, ids)
    for match in matches:
        match.release(uow.actor.user_id, uow.today, reason, most)
    return matches


def hold_bills(uow: UnitOfWork, bills: Sequence[Any]) -> Text | None:
    """Before bills are posted: the sentence that says which line differs too far, or None."""
    mine = [b for b in bills if b.source_kind == ORDERS and b.kind == "supplier_bill"]
    if not mine:
        return None
    uow.flush()
    found = differences(uow, mine)
    for bill in mine:
        if why := found.get(bill.id):
            return _(
                "The bill for %(order)s is held. %(why)s Correct it, or have a purchasing manager"
                " release it under Purchasing, Bills and orders.",
                order=uow.get(Order, bill.source_id),
                why=why.sentence(),
            )
    return None


def differences(uow: UnitOfWork, bills: Sequence[Any]) -> dict[int, Difference]:
    """What differs too far, by bill; those that agree, or were released, are missing."""
    matches = {m.bill_id: m for m in _matches(uow, [bill.id for bill in bills])}
    orders = {
        order.id: order
        for order in uow.load(Order, sorted({bill.source_id for bill in bills}), Order.lines)
    }
    tolerance = tolerance_of(uow)
    counted = uow.ask(StockAvailability) is not None
    found = {}
    for bill in bills:
        match, order = matches.get(bill.id), orders[bill.source_id]
        if match is not None and match.lets_pass(bill.untaxed):
            continue
        drafted = {x.order_line_id: x.quantity for x in match.lines} if match else {}
        why = _first_difference(bill, order, drafted, tolerance, counted=counted)
        if why:
            found[bill.id] = why
    return found


def tolerance_of(uow: UnitOfWork) -> Tolerance:
    """How far a bill may differ in this company."""
    return Tolerance(
        quantity=percent_of(uow, "purchasing.match_quantity"),
        price=percent_of(uow, "purchasing.match_price"),
        amount=number_of(uow, "purchasing.match_amount"),
    )


def _first_difference(
    bill: Any,
    order: Order,
    drafted: Mapping[int, Decimal],
    tolerance: Tolerance,
    *,
    counted: bool,
) -> Difference | None:
    lines = {line.id: line for line in order.lines}
    asked: dict[int, Decimal] = {}
    for row in bill.lines:
        line = lines.get(row.source_line_id)
        if line is None:
            return Difference("unknown", row.description)
        before = asked.get(line.id, ZERO)
        asked[line.id] = before + row.quantity
        elsewhere = line.billed - drafted.get(line.id, ZERO) + before
        by_receipt = counted and order.bill_on != "order" and line.kind == "goods"
        found = difference(
            agreed_of(line, elsewhere, by_receipt=by_receipt),
            row.quantity,
            row.price,
            row.discount,
            tolerance,
        )
        if found:
            return found
    return None


def agreed_of(line: OrderLine, elsewhere: Decimal, *, by_receipt: bool) -> Agreed:
    """What order, receipts and other bills say of a line."""
    return Agreed(
        name=line.description or "",
        ordered=line.wanted,
        received=line.received - line.came_back if by_receipt else None,
        elsewhere=elsewhere,
        price=line.own_price,
        discount=line.discount,
    )


def _matches(uow: UnitOfWork, bill_ids: Sequence[int]) -> list[Match]:
    if not bill_ids:
        return []
    ids = uow.session.scalars(select(Match.id).where(Match.bill_id.in_(bill_ids))).all()
    return uow.load(Match, ids, Match.lines)

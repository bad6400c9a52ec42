"""A department's orders, as other departments' news concern them: also through their returns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm.attributes import set_committed_value

from dougong import DocumentRef, UnitOfWork
from dougong.links.models import DocumentLink
from dougong_base.events import InvoiceCancelled, InvoiceDrafted, InvoicePaid
from dougong_base.orders.columns import Followed, FollowUpColumns, ReturnOfOrder

OrderT = TypeVar("OrderT", bound=Followed)
ReturnT = TypeVar("ReturnT", bound=ReturnOfOrder)


def unfollowed(document: type[Followed | ReturnOfOrder], kind: str) -> ColumnElement[bool]:
    """That no link of this kind leads on from a document."""
    return ~exists().where(
        DocumentLink.from_kind == document.__document__,
        DocumentLink.from_id == document.id,
        DocumentLink.kind == kind,
    )


@dataclass
class Sources(Generic[OrderT, ReturnT]):
    """The orders and returns that a batch of events names, with their lines."""

    orders: dict[int, OrderT]
    returns: dict[int, ReturnT] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._lines = {
            (order.__document__, line.id): line
            for order in self.orders.values()
            for line in order.lines
        }
        for document in self.returns.values():
            order = self.orders[document.order_id]
            for line in document.lines:
                ordered = self._lines.get((order.__document__, line.order_line_id or 0))
                if ordered is not None:
                    self._lines[document.__document__, ordered.id] = ordered

    def line(self, source: DocumentRef | None, line_id: int | None) -> Any:
        """The order's line behind a line of a source, or None where it is none of ours."""
        if source is None or line_id is None:
            return None
        return self._lines.get((source.kind, line_id))

    @cached_property
    def _follow_ups(self) -> dict[DocumentRef, list[Any]]:
        known: dict[DocumentRef, list[Any]] = defaultdict(list)
        for order in self.orders.values():
            for follow_up in order.follow_ups:
                known[follow_up.document].append(follow_up)
        return known

    def follow_ups(self, document: DocumentRef) -> list[Any]:
        """What is remembered of a document, in whichever order."""
        return self._follow_ups.get(document, [])

    def recount(self) -> None:
        """Say of each order how far it is."""
        for order in self.orders.values():
            order.recount()


@dataclass(frozen=True)
class OrderBook(Generic[OrderT, ReturnT]):
    """The orders of one department, their returns, and what followed from them.

    Sales and purchasing hear the same of the ledger: which invoices stand for their orders, which
    of them are gone, which are paid. What is told twice is counted once.
    """

    orders: type[OrderT]
    returns: type[ReturnT]
    follow_ups: type[FollowUpColumns]

    def sources(
        self, uow: UnitOfWork, named: Iterable[DocumentRef | None]
    ) -> Sources[OrderT, ReturnT]:
        """Load and lock what these references name; references to others are passed over."""
        ids: dict[str, set[int]] = defaultdict(set)
        for source in named:
            if source is not None:
                ids[source.kind].add(source.id)
        gone_back = sorted(ids[self.returns.__document__])
        returns = uow.load(self.returns, gone_back, self.returns.lines)
        wanted = ids[self.orders.__document__] | {document.order_id for document in returns}
        orders = uow.load(
            self.orders, sorted(wanted), self.orders.lines, self.orders.follow_ups, lock=True
        )
        return Sources({o.id: o for o in orders}, {r.id: r for r in returns})

    def follow(self, uow: UnitOfWork, order: OrderT, kind: str, document: DocumentRef) -> None:
        """Remember what followed from an order."""
        row = self.follow_ups(
            order_id=order.id,
            kind=kind,
            document_kind=document.kind,
            document_id=document.id,
            state="open" if kind == "invoice" else "done",
        )
        uow.add(row)
        set_committed_value(order, "follow_ups", [*order.follow_ups, row])

    def note_drafts(self, uow: UnitOfWork, events: Sequence[InvoiceDrafted]) -> None:
        """Invoices stand for these quantities now."""
        self._count(uow, events, 1, "open")

    def note_cancelled(self, uow: UnitOfWork, events: Sequence[InvoiceCancelled]) -> None:
        """The quantities of these invoices are open again."""
        self._count(uow, events, -1, "cancelled")

    def note_paid(self, uow: UnitOfWork, events: Sequence[InvoicePaid]) -> None:
        """Nothing of these invoices is open any more."""
        found = self.sources(uow, [event.source for event in events])
        for event in events:
            for follow_up in found.follow_ups(event.invoice):
                follow_up.state = "paid"
        found.recount()

    def known(self, uow: UnitOfWork, kind: str) -> dict[DocumentRef, str]:
        """What of this kind followed from orders, and its state as we know it."""
        table = self.follow_ups
        rows = uow.session.execute(
            select(table.document_kind, table.document_id, table.state).where(table.kind == kind)
        )
        return {DocumentRef(document, id): state for document, id, state in rows}

    def announced_by(self, uow: UnitOfWork, ids: Sequence[int]) -> set[int]:
        """Of these returns, those to which their orders lead already."""
        return set(
            uow.session.scalars(
                select(DocumentLink.to_id).where(
                    DocumentLink.to_kind == self.returns.__document__,
                    DocumentLink.to_id.in_(ids),
                    DocumentLink.kind == "return",
                )
            )
        )

    def orders_of(self, uow: UnitOfWork, returns: Sequence[ReturnT]) -> dict[int, OrderT]:
        """The orders that these returns are of, locked, by their ids."""
        wanted = sorted({document.order_id for document in returns})
        found = uow.load(self.orders, wanted, self.orders.lines, lock=True)
        return {order.id: order for order in found}

    def untold_returns(self, uow: UnitOfWork) -> Sequence[ReturnT]:
        """Confirmed returns that no movement of goods stands for: a warehouse may have come later."""
        table = self.returns
        ids = uow.session.scalars(
            select(table.id)
            .where(table.state.in_(("confirmed", "done")), unfollowed(table, "return"))
            .order_by(table.id)
        ).all()
        return uow.load(table, ids, table.lines)

    def cancelled_unheard(
        self, uow: UnitOfWork, events: Sequence[InvoiceCancelled]
    ) -> list[InvoiceCancelled]:
        """Of these, the invoices that we still believe in."""
        known = self.known(uow, "invoice")
        return [event for event in events if known.get(event.invoice, "cancelled") != "cancelled"]

    def paid_unheard(self, uow: UnitOfWork, events: Sequence[InvoicePaid]) -> list[InvoicePaid]:
        """Of these, the invoices that we still believe to be open."""
        known = self.known(uow, "invoice")
        return [event for event in events if known.get(event.invoice) == "open"]

    def _count(
        self,
        uow: UnitOfWork,
        events: Sequence[InvoiceDrafted] | Sequence[InvoiceCancelled],
        sign: int,
        state: str,
    ) -> None:
        found = self.sources(uow, [event.source for event in events])
        for event in events:
            mine = [
                (line, billed.quantity)
                for billed in event.lines
                if (line := found.line(event.source, billed.source_line_id)) is not None
            ]
            orders = {line.order_id: found.orders[line.order_id] for line, _quantity in mine}
            news = {
                key
                for key, order in orders.items()
                if self._advance(uow, order, event.invoice, state)
            }
            for line, quantity in mine:
                if line.order_id in news:
                    line.billed += sign * quantity
        found.recount()

    def _advance(self, uow: UnitOfWork, order: OrderT, invoice: DocumentRef, state: str) -> bool:
        """Remember the invoice's new state; False when it was known already."""
        known = order.follow_up(invoice)
        if state == "open":
            if known is not None:
                return False
            self.follow(uow, order, "invoice", invoice)
            return True
        if known is None or known.state == state:
            return False
        known.state = state
        return True

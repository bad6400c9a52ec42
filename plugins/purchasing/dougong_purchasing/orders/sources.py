"""From what another department tells to the orders it is about, also through their returns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy.orm.attributes import set_committed_value

from dougong import DocumentRef, UnitOfWork
from dougong_purchasing.orders.models import FollowUp, Order, OrderLine
from dougong_purchasing.returns.models import Return

ORDERS, RETURNS = Order.__document__, Return.__document__


@dataclass
class Sources:
    """The orders and returns that a batch of events names, with their lines."""

    orders: dict[int, Order]
    returns: dict[int, Return] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._lines = {
            (ORDERS, line.id): line for order in self.orders.values() for line in order.lines
        }
        for document in self.returns.values():
            for line in document.lines:
                bought = self._lines.get((ORDERS, line.order_line_id or 0))
                if bought is not None:
                    self._lines[RETURNS, bought.id] = bought

    def line(self, source: DocumentRef | None, line_id: int | None) -> OrderLine | None:
        """The order's line behind a line of a source, or None where it is none of ours."""
        if source is None or line_id is None:
            return None
        return self._lines.get((source.kind, line_id))

    @cached_property
    def _follow_ups(self) -> dict[DocumentRef, list[FollowUp]]:
        known: dict[DocumentRef, list[FollowUp]] = defaultdict(list)
        for order in self.orders.values():
            for follow_up in order.follow_ups:
                known[follow_up.document].append(follow_up)
        return known

    def follow_ups(self, document: DocumentRef) -> list[FollowUp]:
        """What is remembered of a document, in whichever order."""
        return self._follow_ups.get(document, [])

    def recount(self) -> None:
        """Say of each order how far it is."""
        for order in self.orders.values():
            order.recount()


def sources_of(uow: UnitOfWork, sources: Iterable[DocumentRef | None]) -> Sources:
    """Load and lock what these references name; references to others are passed over."""
    named = [source for source in sources if source is not None]
    returns = uow.load(Return, sorted({s.id for s in named if s.kind == RETURNS}), Return.lines)
    wanted = {s.id for s in named if s.kind == ORDERS} | {r.order_id for r in returns}
    orders = uow.load(Order, sorted(wanted), Order.lines, Order.follow_ups, lock=True)
    return Sources({o.id: o for o in orders}, {r.id: r for r in returns})


def follow(uow: UnitOfWork, order: Order, kind: str, document: DocumentRef) -> FollowUp:
    """Remember what followed from an order."""
    row = FollowUp(
        order_id=order.id,
        kind=kind,
        document_kind=document.kind,
        document_id=document.id,
        state="open" if kind == "invoice" else "done",
    )
    uow.add(row)
    set_committed_value(order, "follow_ups", [*order.follow_ups, row])
    return row

"""The columns of what followed from an order, and what an order says by looking at them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dougong import ZERO, DocumentRef, Id


class FollowUpColumns:
    """A receipt, a delivery or an invoice that another department made for an order."""

    kind: Mapped[str] = mapped_column(String(10))
    document_kind: Mapped[str] = mapped_column(String(60))
    document_id: Mapped[int] = mapped_column(Id)
    state: Mapped[str] = mapped_column(String(10), default="open")
    if TYPE_CHECKING:
        order_id: Mapped[int]

        def __init__(self, **values: Any) -> None:
            """As every mapped class."""

    @property
    def document(self) -> DocumentRef:
        """What followed."""
        return DocumentRef(self.document_kind, self.document_id)


def follow_up_rules() -> list[CheckConstraint | UniqueConstraint]:
    """What the database holds of a follow-up; the table has its own ``order_id``."""
    return [
        UniqueConstraint("document_kind", "document_id", "order_id"),
        CheckConstraint("kind IN ('delivery', 'receipt', 'invoice')", name="kind_known"),
        CheckConstraint("state IN ('open', 'paid', 'cancelled', 'done')", name="state_known"),
    ]


class Followed:
    """An order that knows what other departments made for it."""

    if TYPE_CHECKING:
        id: Mapped[int]
        lines: Mapped[list[Any]]
        follow_ups: Mapped[list[Any]]
        __document__: ClassVar[str]

        def recount(self) -> None:
            """Look at the lines and at what followed, and say how far the order is."""

    def follow_up(self, document: DocumentRef) -> Any:
        """What is remembered of a document, or None."""
        return next((known for known in self.follow_ups if known.document == document), None)

    def how_far_paid(self) -> str:
        """Whether the invoices that followed are paid: open, partial or full."""
        states = [
            known.state
            for known in self.follow_ups
            if known.kind == "invoice" and known.state != "cancelled"
        ]
        paid = sum(state == "paid" for state in states)
        return "open" if not paid else "full" if paid == len(states) else "partial"


class ReturnOfOrder:
    """Goods of an order that go the way back."""

    if TYPE_CHECKING:
        id: Mapped[int]
        order_id: Mapped[int]
        state: Mapped[str]
        lines: Mapped[list[Any]]
        __document__: ClassVar[str]

    def announced(self) -> dict[int, Decimal]:
        """How much of each of the order's lines goes back; known once it is confirmed."""
        sums: dict[int, Decimal] = {}
        for line in self.lines:
            if line.order_line_id is not None:
                sums[line.order_line_id] = sums.get(line.order_line_id, ZERO) + line.quantity
        return sums

    def spread(self, order_line_id: int, quantity: Decimal, column: str) -> None:
        """Add what moved of one of the order's lines to ``column``; the last line takes what is beyond."""
        mine = [line for line in self.lines if line.order_line_id == order_line_id]
        for line in mine[:-1]:
            moved = getattr(line, column)
            part = min(quantity, line.quantity - moved)
            setattr(line, column, moved + part)
            quantity -= part
        for line in mine[-1:]:
            setattr(line, column, getattr(line, column) + quantity)


def announce(order: Followed, line: Any) -> Decimal | None:
    """Keep what a line of a return sends back from being sent back twice.

    The line of the order that can give most is taken where the return names none. Answers what
    could still go back where that is too little, and None where it was enough.
    """
    candidates = [
        ordered
        for ordered in order.lines
        if ordered.product_id == line.product_id
        and line.order_line_id in (None, ordered.id)
        and ordered.kind == "goods"
    ]
    best = max(candidates, key=lambda ordered: ordered.returnable, default=None)
    if best is None or best.returnable < line.quantity:
        return best.returnable if best else ZERO
    line.order_line_id = best.id
    best.announced += line.quantity
    return None


def how_far(parts: Sequence[tuple[Decimal, Decimal]]) -> str:
    """From pairs of what was done and what is to be done: open, partial or full."""
    if all(done >= whole for done, whole in parts):
        return "full"
    return "partial" if any(done > 0 for done, _whole in parts) else "open"

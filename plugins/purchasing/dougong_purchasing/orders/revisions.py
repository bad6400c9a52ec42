"""What was changed of an order after both sides were bound: each change with its number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import CheckConstraint, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from dougong import Id, Row, _, link_to, pgettext
from dougong.actors import Actor
from dougong.people.users.models import User
from dougong_purchasing.db import Base
from dougong_purchasing.orders.models import Order

WHAT = {
    "quantity": _("Quantity"),
    "price": _("Price"),
    "expected_on": pgettext("goods", "Expected on"),
    "given_up": _("Given up"),
}


class Revision(Row, Base):
    """One field of one line, before and after."""

    __tablename__ = "purchasing_revision"
    __part_of__ = "order_id"
    __table_args__ = (
        CheckConstraint(
            "what IN ('quantity', 'price', 'expected_on', 'given_up')", name="what_known"
        ),
    )

    order_id: Mapped[int] = link_to("purchasing_order.id", ondelete="CASCADE")
    #: All that was changed at once has the same number.
    number: Mapped[int]
    changed_on: Mapped[dt.date]
    changed_by_id: Mapped[int | None] = link_to("core_user.id", ondelete="SET NULL", index=False)
    reason: Mapped[str | None] = mapped_column(String(500))
    line_id: Mapped[int | None] = mapped_column(Id)
    description: Mapped[str | None] = mapped_column(String(500))
    what: Mapped[str] = mapped_column(String(12))
    before: Mapped[str | None] = mapped_column(String(40))
    after: Mapped[str | None] = mapped_column(String(40))
    changed_by: Mapped[User | None] = relationship(User, lazy="raise")


class LineState(NamedTuple):
    """What may change of a line."""

    description: str
    quantity: Decimal
    price: Decimal
    expected_on: dt.date | None


def state_of(order: Order) -> dict[int, LineState]:
    """The order's lines as they are now, by their ids."""
    return {
        line.id: LineState(line.description or "", line.quantity, line.price, line.expected_on)
        for line in order.lines
    }


def revise(
    order: Order,
    before: Mapping[int, LineState],
    on: dt.date,
    user_id: int | None,
    reason: str | None,
) -> list[Revision]:
    """The rows that tell what is different now; the order gets its next revision number."""
    after = state_of(order)
    found: list[tuple[int, str, str, str | None, str | None]] = []
    for key, was in before.items():
        now = after.get(key)
        if now is None:
            found.append((key, was.description, "given_up", _plain(was.quantity), None))
            continue
        for what in ("quantity", "price", "expected_on"):
            old, new = getattr(was, what), getattr(now, what)
            if old != new:
                found.append((key, was.description, what, _plain(old), _plain(new)))
    if not found:
        return []
    order.revision = (order.revision or 0) + 1
    return [
        Revision(
            order_id=order.id,
            number=order.revision,
            changed_on=on,
            changed_by_id=user_id,
            reason=(reason or "").strip()[:500] or None,
            line_id=key,
            description=description,
            what=what,
            before=old,
            after=new,
        )
        for key, description, what, old, new in found
    ]


def revisions_of(session: Session, order_id: int) -> Sequence[Any]:
    """What was changed, the newest first, with who did it."""
    return session.execute(
        select(Revision, User.name)
        .outerjoin(User, User.id == Revision.changed_by_id)
        .where(Revision.order_id == order_id)
        .order_by(Revision.number.desc(), Revision.id)
    ).all()


def revisions_tab(
    noun: Any, session: Session, order: Order, actor: Actor
) -> tuple[str, Mapping[str, Any]]:
    """The changes of an order, one table."""
    return "purchasing/revisions.html", {"rows": revisions_of(session, order.id), "what": WHAT}


def _plain(value: Decimal | dt.date | None) -> str | None:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return None if value is None else value.isoformat()

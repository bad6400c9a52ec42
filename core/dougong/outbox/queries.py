"""What waits in the outbox, and what could not be delivered."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong.outbox.models import OutboxMessage


def letters(session: Session, state: str = "", most: int = 100) -> Sequence[OutboxMessage]:
    """The newest letters, all or those in one state."""
    question = select(OutboxMessage).order_by(OutboxMessage.id.desc()).limit(most)
    if state:
        question = question.where(OutboxMessage.state == state)
    return session.scalars(question).all()


def states(session: Session) -> dict[str, int]:
    """How many letters are in each state."""
    counted = session.execute(
        select(OutboxMessage.state, func.count()).group_by(OutboxMessage.state)
    )
    return dict(counted.all())

"""Which saved views somebody has for a list."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from dougong.actors import Actor
from dougong.views.models import SavedView


def views_of(session: Session, actor: Actor, noun: str) -> Sequence[SavedView]:
    """One's own and the shared ones, by name."""
    statement = (
        select(SavedView)
        .where(SavedView.noun == noun)
        .where(or_(SavedView.user_id == (actor.user_id or 0), SavedView.shared))
        .order_by(SavedView.name)
    )
    return session.scalars(statement).all()

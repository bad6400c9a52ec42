"""Which saved views somebody has for a list."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from dougong.actors import Actor
from dougong.errors import NotFound
from dougong.i18n import _
from dougong.resources.models import SavedView


def views_of(session: Session, actor: Actor, noun: str) -> Sequence[SavedView]:
    """One's own and the shared ones, by name."""
    statement = (
        select(SavedView)
        .where(SavedView.resource == noun)
        .where(or_(SavedView.user_id == (actor.user_id or 0), SavedView.shared))
        .order_by(SavedView.name)
    )
    return session.scalars(statement).all()


def preferred(views: Sequence[SavedView], actor: Actor) -> SavedView | None:
    """The view that one's own list begins with."""
    mine = (v for v in views if v.preferred and v.user_id == (actor.user_id or 0))
    return next(mine, None)


def view_for(session: Session, actor: Actor, noun: str, id: int) -> SavedView:
    """One of them; raises `NotFound` for others'."""
    for view in views_of(session, actor, noun):
        if view.id == id:
            return view
    raise NotFound(_("view"), id)

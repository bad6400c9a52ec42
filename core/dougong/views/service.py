"""Keep and drop saved views."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from dougong.errors import NotFound, Refused
from dougong.i18n import _
from dougong.resources.models import SavedView
from dougong.unit_of_work import UnitOfWork

LONGEST, MOST = 80, 60


def save_view(
    uow: UnitOfWork, noun: str, name: str, parameters: Mapping[str, Any], *, shared: bool = False
) -> SavedView:
    """Keep a list's query under a name; the same name again replaces it."""
    name = name.strip()[:LONGEST]
    if not name:
        raise Refused(_("Give the view a name."))
    if len(parameters) > MOST:
        raise Refused(_("This view has too many filters to keep."))
    if shared:
        uow.require("core.view.share")
    owner = uow.actor.user_id or 0
    mine = (SavedView.resource == noun, SavedView.user_id == owner, SavedView.name == name)
    view = uow.session.scalar(select(SavedView).where(*mine))
    if view is None:
        view = SavedView(
            resource=noun, name=name, parameters=dict(parameters), user_id=owner, shared=shared,
            saved_at=uow.now,
        )  # fmt: skip
        uow.add(view)
    else:
        view.parameters, view.shared, view.saved_at = dict(parameters), shared, uow.now
    return view


def prefer_view(uow: UnitOfWork, id: int) -> SavedView:
    """Let one's list begin with a view of one's own; the same again lets it begin with everything."""
    owner = uow.actor.user_id or 0
    view = uow.session.get(SavedView, id)
    if view is None or view.user_id != owner:
        raise NotFound(_("view"), id)
    others = select(SavedView).where(
        SavedView.resource == view.resource, SavedView.user_id == owner, SavedView.preferred
    )
    for other in uow.session.scalars(others).all():
        if other is not view:
            other.preferred = False
    view.preferred = not view.preferred
    return view


def drop_view(uow: UnitOfWork, id: int) -> str:
    """Forget one's own view; whoever may share views may drop shared ones. Returns the list's name."""
    view = uow.session.get(SavedView, id)
    mine = view is not None and view.user_id == (uow.actor.user_id or 0)
    if view is None or not (mine or (view.shared and uow.actor.may("core.view.share"))):
        raise NotFound(_("view"), id)
    uow.remove(view)
    return view.resource

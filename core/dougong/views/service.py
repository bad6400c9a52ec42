"""Keep and drop saved views."""

from __future__ import annotations

from sqlalchemy import select

from dougong.errors import NotFound, Refused
from dougong.i18n import _
from dougong.unit_of_work import UnitOfWork
from dougong.views.models import SavedView

LONGEST = 4000


def save_view(uow: UnitOfWork, noun: str, name: str, query: str, *, shared: bool = False) -> SavedView:
    """Keep a list's query under a name; the same name again replaces it."""
    name = name.strip()[:80]
    if not name:
        raise Refused(_("Give the view a name."))
    if len(query) > LONGEST:
        raise Refused(_("This view has too many filters to keep."))
    if shared:
        uow.require("core.view.share")
    owner = uow.actor.user_id or 0
    mine = (SavedView.noun == noun, SavedView.user_id == owner, SavedView.name == name)
    view = uow.session.scalar(select(SavedView).where(*mine))
    if view is None:
        view = SavedView(noun=noun, name=name, query=query, user_id=owner, shared=shared)
        uow.add(view)
    else:
        view.query, view.shared = query, shared
    return view


def drop_view(uow: UnitOfWork, id: int) -> str:
    """Forget one's own view; whoever may share views may drop shared ones. Returns the list's name."""
    view = uow.session.get(SavedView, id)
    mine = view is not None and view.user_id == (uow.actor.user_id or 0)
    if view is None or not (mine or (view.shared and uow.actor.may("core.view.share"))):
        raise NotFound(_("view"), id)
    uow.remove(view)
    return view.noun

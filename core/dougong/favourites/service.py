"""Keep a page at hand, and let it go again."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong.actors import Actor
from dougong.errors import Invalid, Refused
from dougong.favourites.models import Favourite
from dougong.i18n import _
from dougong.unit_of_work import UnitOfWork

#: Letters of an address and of a title; favourites of one person.
ADDRESS, TITLE, MOST = 500, 120, 40


def favourites_of(session: Session, actor: Actor) -> list[tuple[str, str]]:
    """Title and address of one's favourites, by title."""
    rows = session.execute(
        select(Favourite.title, Favourite.address)
        .where(Favourite.user_id == (actor.user_id or 0))
        .order_by(Favourite.title, Favourite.id)
    )
    return [(title, address) for title, address in rows]


def keep_favourite(uow: UnitOfWork, address: str, title: str) -> None:
    """Keep a page of this house; the same page again is let go."""
    user = uow.actor.user_id
    if user is None:
        raise Refused(_("Only people have favourites."))
    address, title = address.strip(), " ".join(title.split())[:TITLE]
    own = address.startswith("/") and not address.startswith(("//", "/\\"))
    if not own or len(address) > ADDRESS or not address.isprintable():
        raise Invalid({"address": _("Only pages of this house can be kept.")})
    mine = Favourite.user_id == user
    known = uow.session.scalars(select(Favourite).where(mine, Favourite.address == address)).first()
    if known is not None:
        uow.remove(known)
        return
    if not title or not title.isprintable():
        raise Invalid({"title": _("Give the page a name.")})
    if (uow.session.scalar(select(func.count(Favourite.id)).where(mine)) or 0) >= MOST:
        raise Refused(_("You have %(most)s favourites already; let one go first.", most=MOST))
    uow.add(Favourite(user_id=user, address=address, title=title))

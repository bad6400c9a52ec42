"""Remember what somebody opens, and tell what they opened last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong.actors import Actor
from dougong.errors import NotFound
from dougong.events import DocumentRef
from dougong.i18n import _
from dougong.links.queries import names
from dougong.resources.documents.reading import headed
from dougong.unit_of_work import UnitOfWork
from dougong.visits.models import Visit

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun, Nouns

#: So many are remembered of each person, and shown.
MOST, SHOWN = 20, 10


def visit(uow: UnitOfWork, noun: Noun, document_id: int) -> None:
    """Remember that the actor has opened a document that they may see; the oldest is forgotten."""
    user = uow.actor.user_id
    if user is None or not noun.sight(uow.actor.rights).read:
        return
    mine = uow.session.scalars(
        select(Visit).where(Visit.user_id == user).order_by(Visit.at.desc(), Visit.id.desc())
    ).all()
    place = (noun.name, document_id)
    if mine and (mine[0].noun, mine[0].document_id) == place:
        return
    known = next((one for one in mine if (one.noun, one.document_id) == place), None)
    if known is not None:
        known.at = uow.now
        return
    model: Any = noun.model
    if uow.session.scalar(select(model.id).where(model.id == document_id)) is None:
        raise NotFound(noun.one, document_id)
    uow.remove(*mine[MOST - 1 :])
    uow.add(Visit(user_id=user, noun=noun.name, document_id=document_id, at=uow.now))


def recent(session: Session, nouns: Nouns, actor: Actor) -> list[tuple[str, str, str, str]]:
    """What the actor opened last and still sees: title, kind, icon, address; a statement a kind."""
    rows = session.execute(
        select(Visit.noun, Visit.document_id)
        .where(Visit.user_id == (actor.user_id or 0))
        .order_by(Visit.at.desc(), Visit.id.desc())
        .limit(SHOWN)
    ).all()
    refs = [DocumentRef(noun, id) for noun, id in rows]
    named, found = names(session, nouns, actor, refs), []
    for ref in refs:
        noun = nouns.get(ref.kind)
        if noun is not None and ref in named:
            way = f"/{noun.plugin}/{noun.slug}/{ref.id}"
            found.append((headed(named[ref][0]), str(noun.one), noun.icon, way))
    return found


def the_noun(nouns: Nouns, name: str) -> Noun:
    """The noun of that name whose documents have numbers for keys; raises `NotFound`."""
    noun = nouns.get(name)
    if noun is None or not hasattr(noun.model, "id"):
        raise NotFound(_("kind of document"), name[:60])
    return noun

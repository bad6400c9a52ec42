"""What stands beside documents follows their rights: who may see a document may see that, and nobody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong.errors import DougongError, NotFound, Refused
from dougong.events import DocumentRef
from dougong.i18n import _
from dougong.people.actors import actor_for
from dougong.people.users.models import User, UserCompany
from dougong.resources.titles import Called
from dougong.unit_of_work.session import SCOPED, scope_options

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.resources.nouns import Noun, Nouns

#: So many people are offered while a name is typed, of so many who are called so.
FEW, MOST_TRIED = 8, 24


class MayNotRead(Refused):
    """Somebody would hear of a document that is not for them."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "%(name)s may not read this document. Ask an administrator for the right first.",
                name=name,
            )
        )


def named(noun: Noun) -> str:
    """What links and the history call the documents of a noun; two lists may show the same ones."""
    return noun.document or noun.name


def place_of(noun: Noun, document_id: int) -> DocumentRef:
    """A document that stands in a noun's list."""
    return DocumentRef(named(noun), document_id)


def require_seen(session: Session, noun: Noun, actor: Actor, ids: Sequence[int]) -> None:
    """Go on only where the documents are there for these eyes; raises `Forbidden` or `NotFound`."""
    actor.require(f"{noun.rights.name}.read")
    found = set(session.scalars(_these(noun, ids)))
    for id in ids:
        if id not in found:
            raise NotFound(noun.one, id)


def require_reader(session: Session, noun: Noun, user_id: int, ids: Sequence[int]) -> User:
    """Go on only where this person may read the documents; raises `NotFound` or `MayNotRead`."""
    user = session.scalar(
        select(User).where(User.id == user_id, User.active), execution_options={SCOPED: True}
    )
    if user is None:
        raise NotFound(_("person"), user_id)
    if not may_read(session, noun, user_id, ids):
        raise MayNotRead(user.name)
    return user


def may_read(session: Session, noun: Noun, user_id: int, ids: Sequence[int]) -> bool:
    """Whether another person may read all of these documents, with the rights they have today."""
    wiring = getattr(session.info.get("house"), "wiring", None)
    companies: Sequence[int | None] = [None]
    if noun.owned and ids:
        column = noun.model.company_id
        companies = session.scalars(
            select(column).where(noun.model.id.in_(ids)).distinct(),
            execution_options={SCOPED: True},
        ).all()
    seen: set[int] = set()
    for company in companies:
        try:
            person = actor_for(session, user_id, company, wiring=wiring)
        except DougongError:
            return False
        if not person.may(f"{noun.rights.name}.read"):
            return False
        question = _these(noun, ids).options(*scope_options(person))
        seen |= set(session.scalars(question, execution_options={SCOPED: True}))
    return seen >= set(ids)


def readers(
    session: Session, noun: Noun, actor: Actor, ids: Sequence[int], text: str
) -> list[tuple[int, str]]:
    """People of the company whose name or log-in holds the text and who may read the documents."""
    here = select(UserCompany.user_id).where(UserCompany.company_id.in_(actor.companies))
    question = (
        select(User.id, User.name)
        .where(User.active, User.id.in_(here))
        .where(
            User.name.icontains(text, autoescape=True) | User.login.icontains(text, autoescape=True)
        )
        .order_by(User.name.istartswith(text, autoescape=True).desc(), User.name, User.id)
        .limit(MOST_TRIED)
    )
    found = session.execute(question, execution_options={SCOPED: True}).all()
    offered: list[tuple[int, str]] = []
    for id, name in found:
        if len(offered) < FEW and may_read(session, noun, id, ids):
            offered.append((id, name))
    return offered


def seen_documents(
    session: Session, nouns: Nouns, actor: Actor, refs: Iterable[DocumentRef]
) -> dict[DocumentRef, tuple[Noun, str]]:
    """Those of the documents that the actor sees, with the noun that shows each and its title.

    The session is the actor's own. One statement a noun.
    """
    by_kind: dict[str, set[int]] = defaultdict(set)
    for ref in refs:
        by_kind[ref.kind].add(ref.id)
    found: dict[DocumentRef, tuple[Noun, str]] = {}
    for noun in nouns:
        wanted = by_kind.get(named(noun))
        if not wanted or noun.key != "id" or not noun.sight(actor.rights).read:
            continue
        called = Called(noun, noun.sight(actor.rights))
        question = called.onto(select(noun.model.id, *called.columns))
        for id, *values in session.execute(_among(question, noun, sorted(wanted))):
            found.setdefault(DocumentRef(named(noun), id), (noun, called.words(values)))
    return found


def noun_of(nouns: Nouns, actor: Actor, kind: str) -> Noun | None:
    """The noun whose pages show documents of a kind to this actor."""
    shown = (n for n in nouns if named(n) == kind and n.sight(actor.rights).read)
    return next(shown, None)


def count_of(model: Any, noun: Noun, document_id: int) -> Any:
    """How many rows of a table stand beside a document, as a subquery."""
    return (
        select(func.count(model.id))
        .where(model.document == named(noun), model.document_id == document_id)
        .scalar_subquery()
    )


def _these(noun: Noun, ids: Sequence[int]) -> Any:
    return _among(select(noun.model.id), noun, ids)


def _among(question: Any, noun: Noun, ids: Sequence[int]) -> Any:
    question = question.where(noun.model.id.in_(ids))
    if noun.resource.rule:
        question = question.where(noun.resource.rule(noun.model))
    return question

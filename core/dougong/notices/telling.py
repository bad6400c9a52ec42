"""The door of plugins to notices: put one before people, those of a role, or whoever follows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, or_, select

from dougong.events import DocumentRef, ref
from dougong.following.models import Follower
from dougong.i18n import Text
from dougong.notices.service import tell
from dougong.people.roles.models import Role, UserRole
from dougong.people.users.models import User, UserCompany
from dougong.unit_of_work.session import SCOPED

if TYPE_CHECKING:
    from dougong.unit_of_work import UnitOfWork

KIND = re.compile(r"^[a-z][a-z0-9]*\.[a-z0-9]+(-[a-z0-9]+)*$")
LONGEST = 60


def notify(
    uow: UnitOfWork,
    document: Any,
    kind: str,
    text: Text | str,
    *,
    people: Iterable[int | None] = (),
    roles: Collection[str] = (),
    followers: bool = False,
    part: str = "",
    icon: str = "bell",
) -> int:
    """Tell people what happened to a document; returns how many notices were written.

    ``document`` is one that was loaded or added, or its `DocumentRef`. ``kind`` begins with the
    plugin's name: ``workshop.finished``. ``text`` is said in the language of whoever reads it; its
    facts stay as they are now. People are named by the ids of their log-ins, by roles they hold in
    this company, or because they follow the document; each hears once, and whoever acts does not.

    A press on the notice opens the document, or that ``part`` of it: ``notes``, ``files``, a tab.
    Who may not read the document is told nothing of it, neither in the bell nor by mail: that is
    asked when they look, with the rights of that moment. Raises `ValueError` for a kind without a
    plugin's name, or a part that is no word.
    """
    if not KIND.match(kind) or len(kind) > LONGEST:
        raise ValueError(f"{kind!r} is no kind of notice: take plugin.what-happened")
    if part and not re.fullmatch(r"[a-z0-9_-]+", part):
        raise ValueError(f"{part!r} is no part of a document")
    here = document if isinstance(document, DocumentRef) else ref(document)
    readers = _readers(uow, here, people, roles, followers=followers)
    said = text if isinstance(text, Text) else Text(text, {})
    return len(tell(uow, kind, here, readers, said=_packed(said), part=part, icon=icon))


def _readers(
    uow: UnitOfWork,
    here: DocumentRef,
    people: Iterable[int | None],
    roles: Collection[str],
    *,
    followers: bool,
) -> Sequence[int]:
    """The ids of all who are meant and may still log in."""
    meant: ColumnElement[bool] = User.id.in_(sorted({id for id in people if id is not None}))
    if roles:
        holders = (
            select(UserRole.user_id)
            .join(Role, Role.id == UserRole.role_id)
            .join(UserCompany, UserCompany.user_id == UserRole.user_id)
            .where(
                Role.name.in_(roles),
                UserCompany.company_id == uow.company_id,
                or_(UserRole.company_id.is_(None), UserRole.company_id == uow.company_id),
            )
        )
        meant = meant | User.id.in_(holders)
    if followers:
        follow = select(Follower.user_id).where(
            Follower.document == here.kind, Follower.document_id == here.id
        )
        meant = meant | User.id.in_(follow)
    uow.flush()
    return uow.session.scalars(
        select(User.id).where(User.active, meant), execution_options={SCOPED: True}
    ).all()


def _packed(text: Text) -> dict[str, Any]:
    """A sentence as JSON keeps it, to be said again by each reader."""
    return {
        "message": text.message, "plural": text.plural, "number": text.number,
        "context": text.context, "domain": text.domain,
        "facts": {
            name: fact if isinstance(fact, int) else str(fact) for name, fact in text.facts.items()
        },
    }  # fmt: skip

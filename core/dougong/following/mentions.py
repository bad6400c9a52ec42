"""Who is mentioned in a text: ``@Ann`` or ``@Ann Smith``, by name or log-in."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING

from sqlalchemy import literal, or_, select

from dougong.errors import Invalid
from dougong.people.users.models import User, UserCompany
from dougong.resources.documents.beside import MayNotRead, may_read
from dougong.unit_of_work.session import SCOPED

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun
    from dougong.unit_of_work import UnitOfWork

#: People whom one note may mention.
MOST = 20


def mentions(uow: UnitOfWork, noun: Noun, document_id: int, text: str) -> list[int]:
    """The ids of those whom a text mentions; raises `Invalid` where the document is not for one."""
    if "@" not in text:
        return []
    found = named_in(text, _candidates(uow, text))
    for id, name in list(found.items())[:MOST]:
        if id != uow.actor.user_id and not may_read(uow.session, noun, id, [document_id]):
            raise Invalid({"text": MayNotRead(name).sentence}, HTTPStatus.UNPROCESSABLE_ENTITY)
    return list(found)[:MOST]


def named_in(text: str, names: Mapping[str, tuple[int, str]]) -> dict[int, str]:
    """Those of the names that stand behind an ``@``; of two that fit, the longer one is meant.

    ``names`` maps what people may be called, in small letters, to their id and name.
    """
    found: dict[int, str] = {}
    low = text.casefold()
    longest_first = sorted(names, key=len, reverse=True)
    at = low.find("@")
    while at >= 0:
        rest = low[at + 1 :]
        for name in longest_first:
            if rest.startswith(name) and not _goes_on(rest, len(name)):
                id, called = names[name]
                found.setdefault(id, called)
                break
        at = low.find("@", at + 1)
    return found


def _goes_on(rest: str, at: int) -> bool:
    """Whether the word goes on behind a name: ``@Ann`` is not in ``@Anna``, but 王芳 is in @王芳请看."""
    following = rest[at : at + 1]
    return following.isascii() and (following.isalnum() or following == "_")


def _candidates(uow: UnitOfWork, text: str) -> dict[str, tuple[int, str]]:
    """People of the company whose name or log-in stands behind some ``@``."""
    here = select(UserCompany.user_id).where(UserCompany.company_id.in_(uow.actor.companies))
    said = literal(text)
    question = (
        select(User.id, User.name, User.login)
        .where(User.active, User.id.in_(here))
        .where(or_(said.icontains("@" + User.name), said.icontains("@" + User.login)))
    )
    names: dict[str, tuple[int, str]] = {}
    for id, name, login in uow.session.execute(question, execution_options={SCOPED: True}):
        names[login.casefold()] = (id, name)
        names[name.casefold()] = (id, name)
    return names

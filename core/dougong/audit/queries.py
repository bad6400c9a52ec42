"""Looking back: who changed what, the latest first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select, tuple_
from sqlalchemy.orm import Session

from dougong.audit.models import AuditEntry

if TYPE_CHECKING:
    from dougong.actors import Actor

PAGE = 80


@dataclass(frozen=True)
class Looking:
    """What somebody looks for; an empty wish asks for everything."""

    document: str = ""
    document_id: int | None = None
    user: str = ""
    action: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    #: Where the page before has ended.
    before: tuple[dt.datetime, str, int] | None = None


def entries(session: Session, actor: Actor, looking: Looking) -> list[AuditEntry]:
    """A page of the history, as far as it belongs to the actor's companies or to the whole house."""
    order: tuple[Any, ...] = (AuditEntry.at, AuditEntry.chain, AuditEntry.seq)
    statement = select(AuditEntry).where(
        or_(AuditEntry.company_id.is_(None), AuditEntry.company_id.in_(actor.companies))
    )
    if looking.document:
        statement = statement.where(AuditEntry.document == looking.document)
    if looking.document_id is not None:
        statement = statement.where(AuditEntry.document_id == looking.document_id)
    if looking.user:
        statement = statement.where(AuditEntry.user_name.icontains(looking.user, autoescape=True))
    if looking.action:
        statement = statement.where(AuditEntry.action == looking.action)
    if looking.since:
        statement = statement.where(AuditEntry.at >= looking.since)
    if looking.until:
        statement = statement.where(AuditEntry.at < looking.until)
    if looking.before:
        statement = statement.where(tuple_(*order) < looking.before)
    page = statement.order_by(*(column.desc() for column in order)).limit(PAGE + 1)
    return list(session.scalars(page))

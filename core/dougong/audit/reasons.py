"""Why a document was taken along a step: what people said, as the history keeps it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from dougong.audit.models import AuditEntry
from dougong.events import DocumentRef
from dougong.unit_of_work.history import REASON


@dataclass(frozen=True)
class Reason:
    """What somebody said."""

    text: str
    who: str
    at: dt.datetime


def last_reasons(session: Session, refs: Iterable[DocumentRef]) -> dict[DocumentRef, Reason]:
    """The last reason that was given for each of the documents: one statement."""
    wanted = {(ref.kind, ref.id) for ref in refs}
    if not wanted:
        return {}
    statement = (
        select(AuditEntry)
        .where(tuple_(AuditEntry.document, AuditEntry.document_id).in_(wanted))
        .where(AuditEntry.changes.contains(f'"{REASON}":[', autoescape=True))
        .order_by(AuditEntry.at, AuditEntry.seq)
    )
    found = {}
    for entry in session.scalars(statement):
        said = json.loads(entry.changes).get(REASON)
        if isinstance(said, list) and said[-1]:
            ref = DocumentRef(entry.document, entry.document_id)
            found[ref] = Reason(str(said[-1]), entry.user_name, entry.at)
    return found

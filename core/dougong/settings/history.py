"""Who chose what among the settings of a company, the latest first: read from the history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong.audit.models import AuditEntry
from dougong.plugin import Setting
from dougong.settings.models import SettingValue

#: Older changes are found on the page of the whole history.
MOST = 500


@dataclass(frozen=True)
class Chosen:
    """One change of one setting; None is the default, and a secret's value is never told."""

    key: str
    at: dt.datetime
    by: str
    old: Any
    new: Any
    secret: bool


def chosen_before(
    session: Session, declared: Mapping[str, Setting], company_id: int, key: str = ""
) -> list[Chosen]:
    """What was chosen in this company, of one setting or of all that are still declared."""
    document = SettingValue.__document__
    entries = session.scalars(
        select(AuditEntry)
        .where(AuditEntry.document == document, AuditEntry.company_id == company_id)
        .order_by(AuditEntry.at.desc(), AuditEntry.chain, AuditEntry.seq.desc())
        .limit(MOST)
    ).all()
    keys = _keys(session, company_id)
    told = []
    for entry in reversed(entries):
        fields = orjson.loads(entry.changes)
        if named := [name for name in fields.get("key", ()) if name]:
            keys[entry.document_id] = named[0]
        name = keys.get(entry.document_id, "")
        setting = declared.get(name)
        if setting is None or (key and name != key):
            continue
        old, new = fields.get("value", (None, None))
        secret = setting.kind == "secret"
        told.append(Chosen(name, entry.at, entry.user_name, old, new, secret))
    return told[::-1]


def _keys(session: Session, company_id: int) -> dict[int, str]:
    """Which row holds which setting now; rows that are gone said it when they went."""
    rows = session.execute(
        select(SettingValue.id, SettingValue.key).where(SettingValue.company_id == company_id)
    )
    return {row.id: row.key for row in rows}

"""The audit of a unit of work: what was created, changed and deleted, chained by hash.

A chain belongs to one pooled connection, so that it costs no lock and no read. Where a chain
stands is written beside it in the same transaction, and each new chain begins on the state of the
one before: an edit, a deletion, an insertion, a swap and a cut tail all show (`dougong audit verify`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import Connection, inspect, select

from dougong.audit.models import AuditChain, AuditEntry

if TYPE_CHECKING:
    from dougong.actors import Actor

HIDDEN = {"id", "version"}


def plain(value: Any) -> Any:
    """A value as JSON can say it; amounts stay exact."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value)


@cache
def told(model: type[Any]) -> frozenset[str]:
    """The attributes whose changes are told; secrets (``info={"secret": True}``) never are."""
    mapper = inspect(model)
    return frozenset(
        p.key
        for p in mapper.column_attrs
        if p.key not in HIDDEN and not p.columns[0].info.get("secret")
    )


@cache
def parent_of(model: type[Any]) -> str:
    """The document name of the model that this one is a part of."""
    mapper = inspect(model)
    (key,) = mapper.columns[model.__part_of__].foreign_keys
    parent = key.column.table.info.get("model")
    return getattr(parent, "__document__", "") or str(key.column.table.name)


@dataclass
class Change:
    """All that happened to one document in this unit of work."""

    action: str = "change"
    company_id: int | None = None
    fields: dict[str, Any] = field(default_factory=dict)


class History:
    """Collects the changes of one unit of work."""

    def __init__(self) -> None:
        self.changes: dict[tuple[str, int], Change] = {}

    def tell(self, row: Any, action: str, before: dict[str, Any]) -> None:
        """Remember a row's creation, change (``before`` holds the old values) or deletion."""
        model = type(row)
        values, fields = row.__dict__, told(model)  # type: ignore[arg-type]
        if action == "create":
            seen = {k: [None, values[k]] for k in fields if values.get(k) is not None}
        elif action == "delete":
            seen = {k: [values[k], None] for k in fields if values.get(k) is not None}
        else:
            seen = {k: [old, values[k]] for k, old in before.items() if k in fields}
        if model.__part_of__:
            kind, key = parent_of(model), values[model.__part_of__]  # type: ignore[arg-type]
            change = self.changes.setdefault((kind, key), Change())
            part = change.fields.setdefault(model.__tablename__, {})
            own = str(values.get("id", key))  # a side table's key is its document's
            part[own] = {**part.get(own, {}), **seen}
            return
        kind = model.__document__ or model.__tablename__
        change = self.changes.setdefault((kind, row.id), Change())
        if action != "change":
            change.action = action
        change.company_id = values.get("company_id")
        for key, (old, new) in seen.items():
            first = change.fields.get(key)
            change.fields[key] = [first[0] if first else old, new]

    def entries(self, chain: Chain, actor: Actor, at: dt.datetime) -> Iterable[AuditEntry]:
        """The rows to store, each carrying the hash of the one before."""
        for (kind, key), change in self.changes.items():
            body = orjson.dumps(change.fields, default=plain, option=orjson.OPT_SORT_KEYS).decode()
            entry = AuditEntry(
                chain=chain.name,
                seq=chain.seq + 1,
                at=at,
                action=change.action,
                document=kind,
                document_id=key,
                company_id=change.company_id,
                user_id=actor.user_id,
                user_name=actor.name,
                request_id=actor.request_id,
                changes=body,
            )
            entry.hash = digest(chain.hash, entry)
            chain.seq, chain.hash = entry.seq, entry.hash
            yield entry


def digest(before: str, entry: AuditEntry) -> str:
    """The hash of an entry: over the hash before it and everything it says."""
    said = (
        before, entry.chain, entry.seq, entry.at.astimezone(dt.UTC).isoformat(), entry.action,
        entry.document, entry.document_id, entry.company_id, entry.user_id, entry.user_name,
        entry.request_id, entry.changes,
    )  # fmt: skip
    return hashlib.sha256(orjson.dumps(said)).hexdigest()


@dataclass
class Chain:
    """Where a connection's chain stands."""

    name: str
    seq: int = 0
    hash: str = ""
    new: bool = False
    after: tuple[str, int, str] = ("", 0, "")

    @classmethod
    def of(cls, connection: Connection) -> Chain:
        """The chain of this connection as last committed, or a new one."""
        standing = connection.info.get("audit_chain")
        if standing is not None:
            return cls(*standing)
        last = connection.execute(
            select(AuditChain.chain, AuditChain.seq, AuditChain.hash)
            .order_by(AuditChain.started_at.desc(), AuditChain.chain)
            .limit(1)
        ).first()
        chain = cls(secrets.token_hex(12), new=True)
        chain.after = tuple(last) if last else ("", 0, "")  # type: ignore[assignment]
        chain.hash = hashlib.sha256(orjson.dumps((chain.name, *chain.after))).hexdigest()
        return chain

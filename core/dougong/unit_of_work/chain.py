"""The chain of the history: each entry carries the hash of the one before.

A chain belongs to one pooled connection, so that it costs no lock and no read. Where a chain
stands is written beside it in the same transaction, and each new chain begins on the state of the
one before: an edit, a deletion, an insertion, a swap and a cut tail all show (`dougong audit verify`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import orjson
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from dougong.audit.models import AuditChain, AuditEntry
from dougong.unit_of_work.writing import writer_for

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.unit_of_work.history import History


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

    def append(self, entry: AuditEntry) -> None:
        """The entry is the chain's next: it carries the hash over all before it."""
        entry.chain, entry.seq = self.name, self.seq + 1
        entry.hash = digest(self.hash, entry)
        self.seq, self.hash = entry.seq, entry.hash

    def standing(self, at: dt.datetime) -> AuditChain:
        """Its row: what it began on, and where it stands now."""
        return AuditChain(
            chain=self.name,
            seq=self.seq,
            hash=self.hash,
            started_at=at,
            after_chain=self.after[0],
            after_seq=self.after[1],
            after_hash=self.after[2],
        )


def store(history: History, session: Session, actor: Actor, at: dt.datetime) -> Callable[[], None]:
    """Write the history; what is returned notes, after the commit, where the chain stands."""
    if not history.changes:
        return lambda: None
    connection = session.connection()
    chain = Chain.of(connection)
    entries = writer_for(AuditEntry, connection.dialect)
    entries.insert(connection, list(history.entries(chain, actor, at)))
    chains = writer_for(AuditChain, connection.dialect)
    if chain.new:
        chains.insert(connection, [chain.standing(at)])
    else:
        chains.update(connection, ("hash", "seq"), [chain.standing(at)])
    pooled = connection.info
    return lambda: pooled.__setitem__("audit_chain", (chain.name, chain.seq, chain.hash))


def digest(before: str, entry: AuditEntry) -> str:
    """The hash of an entry: over the hash before it and everything it says."""
    said = (
        before, entry.chain, entry.seq, entry.at.astimezone(dt.UTC).isoformat(), entry.action,
        entry.document, entry.document_id, entry.company_id, entry.user_id, entry.user_name,
        entry.request_id, entry.changes,
    )  # fmt: skip
    return hashlib.sha256(orjson.dumps(said)).hexdigest()

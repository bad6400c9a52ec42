"""Prove that the history is whole: every chain is walked from its first link to where it stands.

Each entry carries a hash over the one before, each chain notes where it stands, and each new chain
begins on the state of an older one. What was edited, deleted, inserted, swapped or cut off shows.
A chain that nobody began on can vanish without a trace inside the database: an exported head
(`dougong.audit.heads`), kept elsewhere, shows that too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import orjson
from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from dougong.audit.models import AuditChain, AuditEntry
from dougong.i18n import Text, _
from dougong.unit_of_work.chain import digest

#: Entries read at a time.
BATCH = 5000

_columns = (
    AuditEntry.chain, AuditEntry.seq, AuditEntry.at, AuditEntry.action, AuditEntry.document,
    AuditEntry.document_id, AuditEntry.company_id, AuditEntry.user_id, AuditEntry.user_name,
    AuditEntry.request_id, AuditEntry.changes, AuditEntry.hash,
)  # fmt: skip


def verify(session: Session) -> Iterator[Text]:
    """A sentence for each place where the history is not what was written."""
    chains = {c.chain: c for c in session.scalars(select(AuditChain).order_by(AuditChain.chain))}
    walked: set[str] = set()
    walk: _Walk | None = None
    for entry in entries_in_order(session):
        if walk is None or walk.name != entry.chain:
            if walk is not None:
                yield from walk.end()
            walk = _Walk(entry.chain, chains.get(entry.chain))
            walked.add(entry.chain)
        yield from walk.step(entry)
    if walk is not None:
        yield from walk.end()
    for name in sorted(set(chains) - walked):
        yield _(
            "Chain %(chain)s has lost all its %(count)s entries.",
            chain=name,
            count=chains[name].seq,
        )
    yield from _beginnings(session, chains)


class _Walk:
    """Along one chain; after a broken link the walk goes on from what is there."""

    def __init__(self, name: str, chain: AuditChain | None) -> None:
        self.name, self.chain, self.seq = name, chain, 0
        self.hash = first_hash(chain) if chain else None

    def step(self, entry: Any) -> Iterator[Text]:
        """Compare one entry with the one before."""
        where = {"chain": self.name, "seq": entry.seq}
        if entry.seq != self.seq + 1:
            yield _("Chain %(chain)s: entries are missing before %(seq)s.", **where)
        elif self.hash is not None and digest(self.hash, entry) != entry.hash:
            yield _(
                "Chain %(chain)s: entry %(seq)s (%(document)s %(id)s) is not what was written.",
                **where,
                document=entry.document,
                id=entry.document_id,
            )
        self.seq, self.hash = entry.seq, entry.hash

    def end(self) -> Iterator[Text]:
        """Compare the last entry with where the chain stands."""
        if self.chain is None:
            yield _(
                "Chain %(chain)s is not known; its entries were put in from outside.",
                chain=self.name,
            )
        elif (self.seq, self.hash) != (self.chain.seq, self.chain.hash):
            yield _(
                "Chain %(chain)s ends at %(seq)s and should stand at %(should)s with another hash:"
                " its tail was cut off or changed.",
                chain=self.name,
                seq=self.seq,
                should=self.chain.seq,
            )


def first_hash(chain: AuditChain) -> str:
    """The hash before a chain's first entry: over its name and what it was begun on."""
    begun = (chain.chain, chain.after_chain, chain.after_seq, chain.after_hash)
    return hashlib.sha256(orjson.dumps(begun)).hexdigest()


def entries_in_order(session: Session) -> Iterator[Any]:
    """All entries along their chains, a batch at a time."""
    after: tuple[str, int] = ("", 0)
    while True:
        rows = session.execute(
            select(*_columns)
            .where(tuple_(AuditEntry.chain, AuditEntry.seq) > after)
            .order_by(AuditEntry.chain, AuditEntry.seq)
            .limit(BATCH)
        ).all()
        yield from rows
        if len(rows) < BATCH:
            return
        after = (rows[-1].chain, rows[-1].seq)


def _beginnings(session: Session, chains: dict[str, AuditChain]) -> Iterator[Text]:
    """What each chain was begun on must still be there."""
    begun = {(c.after_chain, c.after_seq): c for c in chains.values() if c.after_chain}
    if not begun:
        return
    for start in range(0, len(begun), 500):
        keys = sorted(begun)[start : start + 500]
        statement = select(AuditEntry.chain, AuditEntry.seq, AuditEntry.hash).where(
            tuple_(AuditEntry.chain, AuditEntry.seq).in_(keys)
        )
        found = {(chain, seq): hash for chain, seq, hash in session.execute(statement)}
        for key in keys:
            chain = begun[key]
            if key[0] not in chains:
                yield _(
                    "Chain %(chain)s is lost; chain %(next)s was begun on it.",
                    chain=key[0],
                    next=chain.chain,
                )
            elif found.get(key) != chain.after_hash:
                yield _(
                    "Chain %(chain)s is not what it was at entry %(seq)s,"
                    " when chain %(next)s was begun on it.",
                    chain=key[0],
                    seq=key[1],
                    next=chain.chain,
                )

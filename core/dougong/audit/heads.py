"""The head of the history: where every chain stands, in one figure that fits on paper.

Kept outside the house (printed, mailed, signed) it proves later that nothing before was changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

import orjson
from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from dougong import clock
from dougong.audit.models import AuditChain, AuditEntry
from dougong.errors import BadRequest
from dougong.i18n import Text, _


def head(session: Session) -> dict[str, Any]:
    """Where each chain stands, how many entries there are, and the figure over all of it."""
    rows = session.execute(
        select(AuditChain.chain, AuditChain.seq, AuditChain.hash).order_by(AuditChain.chain)
    )
    chains = {chain: [seq, hash] for chain, seq, hash in rows}
    return {
        "at": clock.now().isoformat(timespec="seconds"),
        "entries": sum(seq for seq, _hash in chains.values()),
        "chains": chains,
        "digest": figure(chains),
    }


def figure(chains: Mapping[str, Any]) -> str:
    """One hash over the standings."""
    return hashlib.sha256(orjson.dumps(chains, option=orjson.OPT_SORT_KEYS)).hexdigest()


def read_head(text: str) -> dict[str, Any]:
    """A head that was exported; raises `BadRequest` when it is none, or is not whole."""
    try:
        kept = orjson.loads(text)
        chains = {str(c): (int(seq), str(hash)) for c, (seq, hash) in kept["chains"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadRequest(_("This file is no head of a history.")) from None
    if figure(kept["chains"]) != kept.get("digest"):
        raise BadRequest(_("This head does not agree with its own digest; take an unchanged copy."))
    return {**kept, "chains": chains}


def compare(session: Session, kept: Mapping[str, Any]) -> Iterator[Text]:
    """A sentence for each chain that no longer contains what the kept head saw."""
    chains: Mapping[str, tuple[int, str]] = kept["chains"]
    names = sorted(chains)
    for start in range(0, len(names), 500):
        keys = [(name, chains[name][0]) for name in names[start : start + 500]]
        statement = select(AuditEntry.chain, AuditEntry.hash).where(
            tuple_(AuditEntry.chain, AuditEntry.seq).in_(keys)
        )
        found = {chain: hash for chain, hash in session.execute(statement)}  # noqa: C416
        for name, seq in keys:
            if found.get(name) != chains[name][1]:
                yield _(
                    "Chain %(chain)s does not contain entry %(seq)s as it was on %(at)s.",
                    chain=name,
                    seq=seq,
                    at=kept.get("at", ""),
                )

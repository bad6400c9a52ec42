"""The history as lines of JSON, for an archive outside the house."""

from __future__ import annotations

from collections.abc import Iterator

import orjson
from sqlalchemy.orm import Session

from dougong.audit.proofs import entries_in_order


def lines(session: Session) -> Iterator[bytes]:
    """Each entry with everything its hash was made of, along the chains."""
    for entry in entries_in_order(session):
        yield orjson.dumps(entry._asdict(), option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z)

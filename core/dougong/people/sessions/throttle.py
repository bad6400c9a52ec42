"""The brake on guessing: each name and each address waits longer after every failure.

An attempt is counted before it is looked at, so that a thousand at once gain nothing; the right
password takes the count back. Names that nobody has are counted like any other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from http import HTTPStatus

from sqlalchemy.dialects import postgresql, sqlite

from dougong.errors import DougongError
from dougong.i18n import ngettext
from dougong.people.secrets import hashed
from dougong.people.sessions.models import Attempts
from dougong.people.sessions.service import MEMORY
from dougong.unit_of_work import UnitOfWork

#: Failures without waiting: of one name, of one address (behind which a whole office may sit).
FREE = {"name": 5, "code": 5, "address": 30}
LONGEST_WAIT = dt.timedelta(minutes=15)


class TooManyAttempts(DougongError):
    """Somebody guesses, or has forgotten."""

    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, wait: dt.timedelta) -> None:
        self.seconds = max(1, round(wait.total_seconds()))
        super().__init__(
            ngettext(
                "Too many attempts. Try again in %(number)s second.",
                "Too many attempts. Try again in %(number)s seconds.",
                self.seconds,
            )
        )


def count_attempt(uow: UnitOfWork, **of: str) -> None:
    """Count an attempt of a name and an address; raises `TooManyAttempts` while one must wait."""
    keys = _keys(of)
    _make_sure(uow, list(keys))
    found = uow.lock(Attempts.key, keys)
    for row in found.values():
        if row.wait_until > uow.now:
            raise TooManyAttempts(row.wait_until - uow.now)
    for key, kind in keys.items():
        row = found[key]
        row.failures = 1 if uow.now - row.last_at > MEMORY else row.failures + 1
        row.last_at = uow.now
        row.wait_until = uow.now + _wait(row.failures - FREE[kind])


def forgive(uow: UnitOfWork, **of: str) -> None:
    """The attempt was right: the name begins anew, the address gets this one back."""
    keys = _keys(of)
    for key, row in uow.lock(Attempts.key, keys).items():
        row.failures = max(0, row.failures - 1) if keys[key] == "address" else 0
        row.wait_until = row.last_at


def _keys(of: Mapping[str, str]) -> dict[str, str]:
    return {hashed(f"{kind}:{value.strip().lower()}"): kind for kind, value in of.items()}


def _wait(beyond: int) -> dt.timedelta:
    if beyond < 0:
        return dt.timedelta(0)
    return min(LONGEST_WAIT, dt.timedelta(seconds=2 ** min(beyond, 20)))


def _make_sure(uow: UnitOfWork, keys: list[str]) -> None:
    """There is a row for each key, whoever else makes it at the same time."""
    insert = postgresql.insert if uow.house.engine.dialect.name == "postgresql" else sqlite.insert
    rows = [
        {"key": key, "failures": 0, "last_at": uow.now, "wait_until": uow.now}
        for key in sorted(keys)
    ]
    uow.session.connection().execute(insert(Attempts).on_conflict_do_nothing(), rows)

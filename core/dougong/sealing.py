"""Columns that nobody reads in the database file: sealed with the house's column key.

AES-GCM (NIST SP 800-38D), bound to the column it belongs to, so that a value cannot be moved to
another one. The first key of the ring seals; every key of it opens. To change the key, write
``"COLUMN_KEYS": "new,old"`` into the site's ``secrets.json`` (old is what ``COLUMN_KEY`` says), restart,
and run ``dougong config reseal``.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection, Dialect, Table, Text, select, type_coerce, update
from sqlalchemy.types import TypeDecorator

from dougong.errors import NotReady
from dougong.i18n import _

LENGTH, NONCE, SHORTEST = 32, 12, 16
MARK = "sealed:"
#: Where a site's configuration may say the keys; the first that is there counts.
KEYS = ("COLUMN_KEYS", "COLUMN_KEY", "SECRET_KEY")


class Ring:
    """The keys of a house by what each is called in front of the values it has sealed."""

    def __init__(self) -> None:
        self._ciphers: dict[str, Any] = {}
        self._first = ""
        self._said = ""

    def use(self, keys: str) -> None:
        """Take these keys, the one that seals in front."""
        if keys in ("", self._said):
            return
        given = [key.strip() for key in keys.split(",") if len(key.strip()) >= SHORTEST]
        self._said, self._first = keys, _called(given[0]) if given else ""
        self._ciphers = {**self._ciphers, **{_called(key): key for key in given}}

    @property
    def mark(self) -> str:
        """What stands in front of a value that the first key has sealed."""
        return f"{MARK}{self._first}:"

    def seal(self, text: str, place: str) -> str:
        """Lock a text; it can be opened only for the same place."""
        if not self._first:
            raise NotReady(_("The house has no secret key of its own; run “dougong init”."))
        nonce = os.urandom(NONCE)
        locked = self._cipher(self._first).encrypt(nonce, text.encode(), place.encode())
        return f"{self.mark}{base64.b64encode(nonce + locked).decode()}"

    def open(self, sealed: str, place: str) -> str:
        """Unlock a text; raises `NotReady` when none of the keys has sealed it."""
        if not sealed.startswith(MARK):
            return sealed
        called, _colon, body = sealed.removeprefix(MARK).partition(":")
        raw = base64.b64decode(body)
        try:
            opened: bytes = self._cipher(called).decrypt(raw[:NONCE], raw[NONCE:], place.encode())
        except Exception:
            raise NotReady(
                _("The secret key of the house is not the one this was sealed with.")
            ) from None
        return opened.decode()

    def _cipher(self, called: str) -> Any:
        found = self._ciphers[called]
        if isinstance(found, str):
            # Six megabytes that a process needs only when it meets a secret.
            from cryptography.hazmat.primitives.ciphers.aead import AESGCM
            from cryptography.hazmat.primitives.hashes import SHA256
            from cryptography.hazmat.primitives.kdf.hkdf import HKDF

            derived = HKDF(SHA256(), LENGTH, None, b"dougong: sealed columns").derive(
                found.encode()
            )
            found = self._ciphers[called] = AESGCM(derived)
        return found


def _called(key: str) -> str:
    return hashlib.sha256(b"dougong column key:" + key.encode()).hexdigest()[:8]


def as_kept(table: Table) -> list[Any]:
    """The columns of a table as the database has them: what is sealed stays sealed."""
    return [
        type_coerce(column, Text).label(column.name) if isinstance(column.type, Sealed) else column
        for column in table.columns
    ]


def reseal(connection: Connection, tables: Iterable[Table]) -> int:
    """Seal anew, with the first key, what another key has sealed or nobody has; says how many."""
    count = 0
    for table in tables:
        for column in table.columns:
            if not isinstance(column.type, Sealed):
                continue
            place = column.type.place
            (key,), kept = table.primary_key.columns, type_coerce(column, Text)
            rows = connection.execute(select(key, kept).where(kept.not_like(RING.mark + "%"))).all()
            for own, said in rows:
                value = RING.open(said, place)
                connection.execute(update(table).where(key == own).values({column.name: value}))
            count += len(rows)
    return count


#: The keys of this process; the runtime fills it from the site's configuration.
RING = Ring()


class Sealed(TypeDecorator[str]):
    """A text that stands in the database as a sealed one: ``Sealed("hr_employee.bank_account", 60)``.

    Nobody can search, sort or filter by it. The history tells that it was changed, not to what.
    """

    impl = Text
    cache_ok = True

    def __init__(self, place: str = "", length: int | None = None) -> None:
        super().__init__()
        self.place, self.length = place, length

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        """Seal on the way in."""
        place = self.place
        return lambda value: None if value is None else RING.seal(value, place)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """Open on the way out."""
        place = self.place
        return lambda value: None if value is None else RING.open(value, place)

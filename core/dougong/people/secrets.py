"""Keys that are given out: random, kept only as a hash; and secrets that must be read again: sealed."""

from __future__ import annotations

import base64
import hashlib
import os
import secrets

from dougong.errors import NotReady
from dougong.i18n import _

#: Bytes of a key: 256 bits, twice what is asked of a log-in.
LENGTH = 32


def new_key() -> str:
    """A random key that nobody will guess."""
    return secrets.token_urlsafe(LENGTH)


def hashed(key: str) -> str:
    """What is kept of a random key; a password needs more (`dougong.people.users.passwords`)."""
    return hashlib.sha256(key.encode()).hexdigest()


class Sealer:
    """Locks small secrets with the house's key: AES-GCM, bound to the place they belong to."""

    def __init__(self, house_key: str | bytes) -> None:
        given = house_key.encode() if isinstance(house_key, str) else house_key
        if len(given) < 16:
            raise NotReady(_("The house has no secret key of its own; run “dougong init”."))
        # Six megabytes that a process needs only when it meets a secret.
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        derived = HKDF(SHA256(), LENGTH, None, b"dougong: secrets of people").derive(given)
        self._cipher = AESGCM(derived)

    def seal(self, text: str, place: str) -> str:
        """Lock a text; it can be opened only for the same place."""
        nonce = os.urandom(12)
        locked = self._cipher.encrypt(nonce, text.encode(), place.encode())
        return "1:" + base64.b64encode(nonce + locked).decode()

    def open(self, sealed: str, place: str) -> str:
        """Unlock a text; raises `NotReady` when the key is another one."""
        from cryptography.exceptions import InvalidTag

        raw = base64.b64decode(sealed.removeprefix("1:"))
        try:
            return self._cipher.decrypt(raw[:12], raw[12:], place.encode()).decode()
        except InvalidTag:
            raise NotReady(
                _("The secret key of the house is not the one this was sealed with.")
            ) from None

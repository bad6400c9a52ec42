"""Passwords: which are good enough, how they are kept, whether one is right."""

from __future__ import annotations

import itertools
import secrets
from functools import cache
from http import HTTPStatus
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from dougong.errors import Invalid
from dougong.i18n import Text, _

SHORTEST, LONGEST = 8, 128

#: argon2id with 19 MiB and two passes: some 30 ms, and little enough memory for many log-ins at once.
PASSES, KIBIBYTES = 2, 19 * 1024
_hasher = PasswordHasher(time_cost=PASSES, memory_cost=KIBIBYTES, parallelism=1)

#: How people dress up a common word.
_DISGUISES = str.maketrans("013457@$!", "oieastasi")


class WeakPassword(Invalid):
    """The password would be guessed too easily."""

    def __init__(self, reason: Text) -> None:
        super().__init__({"password": reason}, HTTPStatus.CONFLICT)


def check(password: str, *about: str) -> None:
    """Refuse what is short, common, or says who it belongs to; raises `WeakPassword`."""
    if len(password) < SHORTEST:
        raise WeakPassword(_("Use at least %(number)s characters.", number=SHORTEST))
    if len(password) > LONGEST:
        raise WeakPassword(_("Use at most %(number)s characters.", number=LONGEST))
    plain = password.lower()
    words = {plain, _bare(plain), _bare(plain).translate(_DISGUISES)}
    if words & common() or len(set(plain)) < 4 or _in_a_row(plain):
        raise WeakPassword(_("This password is among the first that anybody would try."))
    for told in about:
        for word in {told.lower(), *told.lower().replace("@", " ").split()}:
            if len(word) >= 4 and (word in plain or plain in word):
                raise WeakPassword(_("Leave your own name out of your password."))


def hash_of(password: str) -> str:
    """What is kept: an argon2id hash with its own salt."""
    return _hasher.hash(password)


def matches(kept: str | None, password: str) -> bool:
    """Whether the password is the one; takes as long when there is none to compare with."""
    try:
        right = _hasher.verify(kept or _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False
    return right and kept is not None


def outdated(kept: str) -> bool:
    """Whether the hash was made with settings weaker than today's."""
    return _hasher.check_needs_rehash(kept)


def invented() -> str:
    """A password for somebody's first log-in."""
    return "-".join(secrets.token_hex(3) for _n in range(4))


@cache
def common() -> frozenset[str]:
    """What is tried first everywhere."""
    text = (Path(__file__).parent / "common_passwords.txt").read_text("utf-8")
    return frozenset(line for line in text.split() if not line.startswith("#"))


@cache
def _nobodys() -> str:
    return _hasher.hash(secrets.token_hex(16))


def _bare(word: str) -> str:
    return word.strip("0123456789!?.,-_+*#$%&@ ")


def _in_a_row(word: str) -> bool:
    steps = {ord(b) - ord(a) for a, b in itertools.pairwise(word)}
    return steps in ({1}, {-1})

"""Where to go after the log-in: never to another site."""

from __future__ import annotations

from urllib.parse import urlsplit


def local(target: str | None, otherwise: str = "/") -> str:
    """The path within this house, or the start page."""
    if not target or not target.startswith("/") or target[:2] in ("//", "/\\"):
        return otherwise
    if any(not sign.isprintable() or sign == "\\" for sign in target):
        return otherwise
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or parts.path in ("/login", "/logout", "/login/code"):
        return otherwise
    return target

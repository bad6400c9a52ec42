"""The browser's key: a cookie that scripts cannot read and other sites cannot send."""

from __future__ import annotations

from flask import Response, request

KEY, VISITOR = "dougong", "dougong-visitor"


def name_of(kind: str) -> str:
    """Over https the browser itself guards the name: nobody else can set a ``__Host-`` cookie."""
    return f"__Host-{kind}" if request.is_secure else kind


def read(kind: str) -> str:
    """What the browser brought."""
    return request.cookies.get(name_of(kind), "")


def give(answer: Response, kind: str, value: str) -> None:
    """Let the browser keep it until it is closed."""
    answer.set_cookie(
        name_of(kind), value, path="/", secure=request.is_secure, httponly=True, samesite="Lax"
    )


def take_back(answer: Response, kind: str) -> None:
    """Let the browser forget it."""
    answer.delete_cookie(
        name_of(kind), path="/", secure=request.is_secure, httponly=True, samesite="Lax"
    )

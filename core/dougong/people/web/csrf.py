"""Proof that a form was ours: a word that only our own pages know, in every write of a browser."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from http import HTTPStatus

from flask import Flask, Response, g, request

from dougong.errors import DougongError
from dougong.i18n import _
from dougong.people.secrets import new_key
from dougong.people.web import cookies

FIELD, HEADER = "csrf_token", "X-CSRF-Token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class StrangeForm(DougongError):
    """The form was open too long, or is not ours."""

    status = HTTPStatus.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(
            _("This page was open for too long. Load it again and repeat what you did.")
        )


def furnish(app: Flask) -> None:
    """Templates write ``{{ csrf_token() }}``."""
    app.jinja_env.globals["csrf_token"] = token
    app.after_request(_keep_visitor)


def token() -> str:
    """The word for this page; another each time, so that its length and spelling tell nothing."""
    nonce = secrets.token_hex(8)
    return f"{nonce}.{_sign(_secret(), nonce)}"


def check() -> None:
    """Go on only when the request brings the word; raises `StrangeForm`."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise StrangeForm
    given = request.headers.get(HEADER) or request.form.get(FIELD, "")
    nonce, _dot, sign = given.partition(".")
    secret = g.visit.csrf if g.visit else cookies.read(cookies.VISITOR)
    if not secret or not hmac.compare_digest(sign.encode(), _sign(secret, nonce).encode()):
        raise StrangeForm


def _secret() -> str:
    """The log-in's own secret; before there is one, a secret of the browser's."""
    visit = g.get("visit")
    if visit is not None:
        return str(visit.csrf)
    known = cookies.read(cookies.VISITOR)
    if not known:
        known = g.new_visitor = g.get("new_visitor") or new_key()
    return known


def _sign(secret: str, nonce: str) -> str:
    return hmac.new(secret.encode(), nonce.encode(), hashlib.sha256).hexdigest()[:32]


def _keep_visitor(answer: Response) -> Response:
    if g.get("new_visitor") and g.get("visit") is None:
        cookies.give(answer, cookies.VISITOR, g.new_visitor)
    return answer

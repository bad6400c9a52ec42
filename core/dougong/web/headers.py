"""What every answer tells the browser about safety, and the id by which a request is found in the log."""

from __future__ import annotations

import re
import secrets

from flask import Flask, Response, g, request

#: No inline script or style, nothing from elsewhere, no frame of others around us.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
#: A form that one of our own pages opens in a dialog stands in a frame of that page.
INSIDE_POLICY = POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
_REQUEST_ID = re.compile(r"^[A-Za-z0-9-]{8,64}$")


def secure(app: Flask) -> None:
    """Give each request an id and each answer its headers."""
    app.before_request(_name_request)
    app.after_request(_add_headers)


def _name_request() -> None:
    given = request.headers.get("X-Request-Id", "")
    g.request_id = given if _REQUEST_ID.match(given) else secrets.token_hex(8)


def _add_headers(answer: Response) -> Response:
    headers = answer.headers
    headers.setdefault("Content-Security-Policy", INSIDE_POLICY if g.get("inside") else POLICY)
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(self), geolocation=(self), microphone=()"
    headers["X-Request-Id"] = g.get("request_id", "")
    headers.setdefault("Cache-Control", "no-store")
    if request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    answer.vary.update(("Cookie", "HX-Request", "Accept-Language"))
    return answer

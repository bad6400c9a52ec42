"""A PDF file as an answer: shown by the browser itself, which nothing else may use."""

from __future__ import annotations

from flask import Response

#: A browser's own viewer must be let in; nothing else is.
POLICY = "default-src 'none'; object-src 'self'; frame-ancestors 'none'"


def as_paper(content: bytes, filename: str) -> Response:
    """The file, opened where it was asked for."""
    sent = Response(content, content_type="application/pdf")
    sent.headers.set("Content-Disposition", "inline", filename=filename)
    sent.headers["Content-Security-Policy"] = POLICY
    return sent

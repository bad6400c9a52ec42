"""A PDF file as an answer: shown by the browser itself, which nothing else may use."""

from __future__ import annotations

from urllib.parse import quote

from flask import Response

#: A browser's own viewer must be let in; nothing else is.
POLICY = "default-src 'none'; object-src 'self'; frame-ancestors 'none'"


def as_paper(content: bytes, filename: str) -> Response:
    """The file, opened where it was asked for."""
    sent = Response(content, content_type="application/pdf")
    names = {"filename": filename}
    if not filename.isascii():
        # A head of an answer has Latin letters only; browsers read the second name.
        plain = filename.encode("ascii", "ignore").decode().replace("-.", ".").lstrip("-.")
        names = {
            "filename": plain or "paper.pdf",
            "filename*": f"UTF-8''{quote(filename, safe='')}",
        }
    sent.headers.set("Content-Disposition", "inline", **names)
    sent.headers["Content-Security-Policy"] = POLICY
    return sent

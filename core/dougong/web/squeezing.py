"""Answers are squeezed on their way to the browser; a list is a tenth of itself then.

What a page says of a secret is spelt another way each time (`csrf.token`), so that its length tells nothing.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

KINDS = {"text/html", "application/json", "text/plain", "image/svg+xml"}
#: Below this a packet is a packet.
LEAST = 1400
#: Pages are squeezed while somebody waits; files once.
QUICK, SMALL = 4, 9
FILES = {".css": "text/css", ".js": "text/javascript"}
#: A line of a style sheet in whose place another is put: the browser fetches one file.
PART = re.compile(r'^@import "([\w/-]+\.css)";$', re.MULTILINE)
FOREVER = "max-age=315360000, public, immutable"

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def squeeze(app: Flask) -> None:
    """Squeeze what pages and the API answer."""
    app.after_request(_squeezed)


def _squeezed(answer: Response) -> Response:
    if (
        not request.accept_encodings.quality("gzip")
        or answer.direct_passthrough
        or answer.is_streamed
    ):
        return answer
    if answer.mimetype not in KINDS or "Content-Encoding" in answer.headers:
        return answer
    content = answer.get_data()
    if len(content) >= LEAST:
        answer.set_data(gzip.compress(content, QUICK, mtime=0))
        answer.headers["Content-Encoding"] = "gzip"
    answer.vary.add("Accept-Encoding")
    return answer


class SqueezedFiles:
    """Our own styles and scripts, joined and squeezed when first asked for.

    What lies squeezed already goes on.
    """

    def __init__(self, inner: Wsgi, files: dict[str, Path]) -> None:
        self.inner = inner
        self.files = {
            url: path
            for url, path in files.items()
            if path.suffix in FILES and not Path(f"{path}.gz").exists()
        }
        self.kept: dict[tuple[str, bool], bytes] = {}

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer for a file of ours, or pass the request on."""
        path = self.files.get(environ.get("PATH_INFO", ""))
        if path is None or environ["REQUEST_METHOD"] != "GET":
            return self.inner(environ, start_response)
        wanted = (environ["PATH_INFO"], "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""))
        content = self.kept.get(wanted)
        if content is None:
            whole = joined(path)
            content = gzip.compress(whole, SMALL, mtime=0) if wanted[1] else whole
            self.kept[wanted] = content
        headers = [
            ("Content-Type", f"{FILES[path.suffix]}; charset=utf-8"),
            *([("Content-Encoding", "gzip")] if wanted[1] else []),
            ("Content-Length", str(len(content))),
            ("Cache-Control", FOREVER),
            ("Vary", "Accept-Encoding"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        start_response("200 OK", headers)
        return [content]


def joined(path: Path) -> bytes:
    """A file with its parts in it: ``@import "look/lists.css";`` becomes what stands there."""
    if path.suffix != ".css":
        return path.read_bytes()
    text = path.read_text("utf-8")
    return PART.sub(lambda part: (path.parent / part[1]).read_text("utf-8"), text).encode()

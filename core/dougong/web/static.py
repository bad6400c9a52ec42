"""Files for the browser: served under the hash of their content, so that they may be kept for ever."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from markupsafe import Markup
from whitenoise import WhiteNoise  # type: ignore[import-untyped]

from dougong.web.squeezing import SqueezedFiles

STATIC = Path(str(resources.files("dougong"))) / "static"
ICONS = STATIC / "vendor" / "tabler-icons" / "icons.json"


def serve_static(app: Flask, folders: dict[str, Path]) -> None:
    """Serve ``/static/<hash>/…``: the core's files, and a plugin's under its name."""
    prefix = f"static/{_digest(folders)}"
    app.extensions["static_prefix"] = f"/{prefix}"
    noise = WhiteNoise(
        app.wsgi_app,
        immutable_file_test=lambda _path, url: url.startswith("/static/"),
        add_headers_function=_add_headers,
    )
    for name, folder in folders.items():
        noise.add_files(str(folder), f"{prefix}/{name}" if name else prefix)
    app.wsgi_app = SqueezedFiles(noise, _own(folders, prefix))  # type: ignore[method-assign]


def _own(folders: dict[str, Path], prefix: str) -> dict[str, Path]:
    """Our own files by address; third-party ones are squeezed when they are fetched."""
    found = {}
    for name, folder in folders.items():
        for file in folder.rglob("*"):
            relative = file.relative_to(folder)
            if file.is_file() and relative.parts[0] != "vendor":
                start = f"/{prefix}/{name}" if name else f"/{prefix}"
                found[f"{start}/{relative.as_posix()}"] = file
    return found


def static_url(name: str) -> str:
    """Where a file is served: ``static_url("app.css")``, ``static_url("crm/board.js")``."""
    prefix: str = current_app.extensions["static_prefix"]
    return f"{prefix}/{name}"


def _add_headers(headers: Any, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"


def _digest(folders: dict[str, Path]) -> str:
    """The hash of all content; third-party files count by their manifest of checksums."""
    found = hashlib.sha256()
    for name, folder in sorted(folders.items()):
        for file in sorted(folder.rglob("*")):
            relative = file.relative_to(folder)
            if file.is_file() and (relative.parts[0] != "vendor" or file.name == "MANIFEST.json"):
                found.update(f"{name}/{relative.as_posix()}".encode() + file.read_bytes())
    return found.hexdigest()[:12]


@lru_cache(maxsize=1)
def _icons() -> dict[str, str]:
    if not ICONS.exists():
        return {}
    icons: dict[str, str] = json.loads(ICONS.read_text("utf-8"))
    return icons


@lru_cache(maxsize=500)
def icon(name: str, size: int = 18) -> Markup:
    """An icon of the Tabler set, drawn inline; an unknown name draws an empty square of its size."""
    return Markup(  # noqa: S704
        f'<svg class="icon" width="{size}" height="{size}" viewBox="0 0 24 24" fill="none"'
        ' stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"'
        f' aria-hidden="true">{_icons().get(name, "")}</svg>'
    )

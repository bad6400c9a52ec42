"""Marks of pages by Lighthouse: speed, accessibility, good practice, as a visitor's browser sees them.

``python -m bench lighthouse`` makes a demo company, serves it and looks at four pages three times,
as a desk and as a telephone with Lighthouse's slow network; what is told is the middle run by
speed. npm installs what ``bench/lighthouse/package-lock.json`` pins, into a folder beside it; no
script of a package runs.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from tools.screenshots import company

HERE = Path(__file__).parent / "lighthouse"
PAGES = {
    "home": "/", "list": "/crm/orders", "form": "/crm/orders/new",
    "kanban": "/crm/opportunities?board=kanban",
}  # fmt: skip
KINDS = ("performance", "accessibility", "best-practices")
#: What is told of each page beside its marks.
FIGURES = {
    "first paint": "first-contentful-paint", "largest": "largest-contentful-paint",
    "blocked": "total-blocking-time", "moved": "cumulative-layout-shift",
}  # fmt: skip
#: Runs of each page in each shape.
TIMES = 3
FLAGS = "--headless=new --no-sandbox --disable-gpu"


def run() -> Iterator[str]:
    """A line a page and a shape, with what costs points below it."""
    node, npm = shutil.which("node"), shutil.which("npm")
    names = ("chromium", "chromium-browser", "google-chrome")
    chromium = next((path for name in names if (path := shutil.which(name))), None)
    if not (node and npm and chromium):
        yield "lighthouse  needs node, npm and Chromium"
        return
    if not (HERE / "node_modules" / "lighthouse").exists():
        subprocess.run([npm, "ci", "--ignore-scripts"], cwd=HERE, check=True, capture_output=True)
    with company("en") as (url, password):
        cookie = _log_in(url, password)
        for name, path in PAGES.items():
            for shape in ("desktop", "phone"):
                looks = [
                    _look(node, chromium, f"{url}{path}", shape, cookie) for _n in range(TIMES)
                ]
                yield from _told(f"{name:<8}{shape:<9}", looks)


def _log_in(url: str, password: str) -> str:
    jar = CookieJar()
    browser = build_opener(HTTPCookieProcessor(jar))
    page = browser.open(f"{url}/login").read().decode()
    fields = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', page))
    fields |= {"login": "admin", "password": password}
    browser.open(f"{url}/login", urlencode(fields).encode()).read()
    return "; ".join(f"{one.name}={one.value}" for one in jar)


def _look(node: str, chromium: str, url: str, shape: str, cookie: str) -> dict[str, Any]:
    """What Lighthouse says of a page; nothing where it failed."""
    words = [
        node, str(HERE / "node_modules/lighthouse/cli/index.js"), url, "--quiet", "--output=json",
        f"--only-categories={','.join(KINDS)}", f"--chrome-flags={FLAGS}",
        f"--extra-headers={json.dumps({'Cookie': cookie})}",
    ]  # fmt: skip
    if shape == "desktop":
        words.append("--preset=desktop")
    environment = {**os.environ, "CHROME_PATH": chromium}
    done = subprocess.run(words, capture_output=True, text=True, env=environment, check=False)
    told: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {}
    return told


def _marks(told: dict[str, Any]) -> list[int]:
    return [round(100 * told["categories"][kind]["score"]) for kind in KINDS]


def _told(head: str, looks: list[dict[str, Any]]) -> Iterator[str]:
    """The middle run, the marks for speed of all, the load, and what costs points."""
    runs = sorted(filter(None, looks), key=_marks)
    if not runs:
        yield f"{head}nothing came back"
        return
    told = runs[len(runs) // 2]
    figures = "  ".join(f"{kind} {mark}" for kind, mark in zip(KINDS, _marks(told), strict=True))
    every = ", ".join(str(_marks(run)[0]) for run in runs)
    yield f"{head}{figures}  of {every}; load {os.getloadavg()[0]:.1f}"
    yield "         " + ", ".join(
        f"{name} {told['audits'][audit].get('displayValue', '')}" for name, audit in FIGURES.items()
    )
    for kind in KINDS:
        for part in told["categories"][kind]["auditRefs"]:
            audit = told["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                yield f"         {audit['id']}: {audit.get('displayValue') or audit['title']}"

"""Marks of pages by Lighthouse: speed, accessibility, good practice, as a visitor's browser sees them.

``python -m bench lighthouse`` makes a demo company, serves it and looks at four pages, once as a
desk and once as a telephone with Lighthouse's slow network. npm installs what
``bench/lighthouse/package-lock.json`` pins, into a folder beside it; no script of a package runs.
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
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

from tools.screenshots import company

HERE = Path(__file__).parent / "lighthouse"
PAGES = {
    "home": "/", "list": "/crm/orders", "form": "/crm/orders/new",
    "kanban": "/crm/opportunities?board=kanban",
}  # fmt: skip
KINDS = ("performance", "accessibility", "best-practices")
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
                yield from _look(node, chromium, f"{url}{path}", shape, cookie, name)


def _log_in(url: str, password: str) -> str:
    jar = CookieJar()
    browser = build_opener(HTTPCookieProcessor(jar))
    page = browser.open(f"{url}/login").read().decode()
    fields = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', page))
    fields |= {"login": "admin", "password": password}
    browser.open(f"{url}/login", urlencode(fields).encode()).read()
    return "; ".join(f"{one.name}={one.value}" for one in jar)


def _look(node: str, chromium: str, url: str, shape: str, cookie: str, name: str) -> Iterator[str]:
    words = [
        node, str(HERE / "node_modules/lighthouse/cli/index.js"), url, "--quiet", "--output=json",
        f"--only-categories={','.join(KINDS)}", f"--chrome-flags={FLAGS}",
        f"--extra-headers={json.dumps({'Cookie': cookie})}",
    ]  # fmt: skip
    if shape == "desktop":
        words.append("--preset=desktop")
    environment = {**os.environ, "CHROME_PATH": chromium}
    done = subprocess.run(words, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        yield f"{name:<8}{shape:<9}{done.stderr.strip().splitlines()[-1:] or 'nothing came back'}"
        return
    told = json.loads(done.stdout)
    marks = [round(100 * told["categories"][kind]["score"]) for kind in KINDS]
    figures = "  ".join(f"{kind} {mark}" for kind, mark in zip(KINDS, marks, strict=True))
    yield f"{name:<8}{shape:<9}{figures}"
    for kind in KINDS:
        for part in told["categories"][kind]["auditRefs"]:
            audit = told["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                yield f"         {audit['id']}: {audit.get('displayValue') or audit['title']}"

"""Take the pictures of the guide anew: ``python tools/screenshots.py`` (``make screenshots``).

A demo company of each language is made in a folder that goes away again, served on this machine,
and twelve pages of it are looked at with the system's Chromium. The pictures stand in
``docs/images/screens/<language>/``; with names as arguments only those are taken.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SCREENS = ROOT / "docs" / "images" / "screens"
DOUGONG = str(Path(sys.executable).parent / "dougong")
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
LANGUAGES = {"en": "en", "zh": "zh_Hans_CN"}
COLOURS = 96


def _first_order(page: Any) -> None:
    """Open the newest order that has gone far."""
    page.locator("tbody a.fw-medium").first.click()
    page.wait_for_selector("#doc")


def _own_filter(page: Any) -> None:
    page.locator("[data-dialog*='/filter']").first.click()
    page.locator("#r-0-field").select_option("total")
    page.locator("#r-0-value").fill("1000")
    page.locator("[name=_do][value=group]").click()
    page.locator("#r-1-field").select_option("state")
    page.locator("[name='r.1.value']").first.check()
    page.locator("#r-2-field").select_option("ordered_on")
    page.locator("#r-2-value").select_option("last-30-days")


def _no_tour(page: Any) -> None:
    """Whoever reads the guide sees the page, not the offer to be shown around."""
    offer = page.locator("#toasts [data-tour-no]")
    if offer.count():
        offer.first.dispatch_event("click")
        page.wait_for_load_state("networkidle")


def _palette(page: Any) -> None:
    page.keyboard.press("Control+k")
    with page.expect_response(lambda answer: answer.url.endswith("palette?q=SO-")):
        page.locator("#palette input").press_sequentially("SO-", delay=20)
    page.wait_for_timeout(300)


@dataclass(frozen=True)
class Screen:
    """One picture: its name, the page, what is done there first, how large and how light."""

    name: str
    address: str
    act: Callable[[Any], None] | None = None
    size: Any = None
    theme: str = "light"


SHOTS = (
    Screen("home", "/"),
    Screen("list", "/crm/orders"),
    Screen("form", "/crm/orders?state=done", _first_order),
    Screen("filter", "/crm/orders", _own_filter),
    Screen("groups", "/crm/orders?group=state&group=customer"),
    Screen("board", "/crm/opportunities?board=kanban"),
    Screen("calendar", "/crm/orders?board=calendar"),
    Screen("pivot", "/crm/orders?board=pivot"),
    Screen("report", "/finance/reports/trial-balance"),
    Screen("palette", "/", _palette),
    Screen("dark", "/inventory/stock", theme="dark"),
    Screen("phone", "/crm/orders", size=PHONE),
)


@contextmanager
def company(language: str) -> Iterator[tuple[str, str]]:
    """A demo company that answers at an address: (address, password of its administrator)."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "DOUGONG_HOME": home}
        demo = [DOUGONG, "demo", "--language", language]
        subprocess.run(demo, env=environment, check=True, stdout=subprocess.DEVNULL)
        serving = subprocess.Popen(
            [DOUGONG, "serve", "--port", str(port)],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(url)
            log_ins = json.loads((Path(home) / "demo-log-ins.json").read_text("utf-8"))
            yield url, log_ins["admin"]
        finally:
            serving.terminate()
            serving.wait(20)


def _wait_for(url: str) -> None:
    for _try in range(600):
        with suppress(OSError), urllib.request.urlopen(f"{url}/healthz", timeout=2):
            return
        time.sleep(0.1)
    raise SystemExit(f"nothing answers at {url}")


def take(browser: Any, url: str, password: str, language: str, wanted: list[str]) -> None:
    """Take the pictures of one language."""
    code = LANGUAGES[language]
    context = browser.new_context(viewport=WIDE)
    page = context.new_page()
    page.goto(f"{url}/login")
    page.fill("#login", "admin")
    page.fill("#password", password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/login" not in address)
    for shot in SHOTS:
        if wanted and shot.name not in wanted:
            continue
        choices = (("language", code), ("theme", shot.theme))
        context.add_cookies([{"name": n, "value": v, "url": url} for n, v in choices])
        page.set_viewport_size(shot.size or WIDE)
        page.goto(url + shot.address)
        page.wait_for_load_state("networkidle")
        _no_tour(page)
        if shot.act is not None:
            shot.act(page)
            page.wait_for_load_state("networkidle")
            _no_tour(page)
        page.wait_for_timeout(300)
        keep(page.screenshot(), SCREENS / language / f"{shot.name}.png")
    context.close()


def keep(picture: bytes, path: Path) -> None:
    """Store a picture with few colours: a page has few, and the picture a third of the bytes."""
    from PIL import Image

    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    sys.stdout.write(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} KiB\n")


def main(wanted: list[str]) -> None:
    """Take all pictures, or those that are named."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome")
    chromium = next((path for name in names if (path := shutil.which(name))), None)
    if chromium is None:
        raise SystemExit("no Chromium on this machine; run tools/chromium.sh")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        for language, code in LANGUAGES.items():
            with company(code) as (url, password):
                take(browser, url, password, language, wanted)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])

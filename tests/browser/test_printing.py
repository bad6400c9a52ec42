"""Printing by mouse: from the form, of what is ticked, and a logo that travels with its form."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("typst")


def picture(folder: Path) -> Path:
    """A small PNG file."""

    def part(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head, rows = (
        struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0),
        zlib.compress(b"\x00\x10\x20\x30\x40\x50\x60" * 2),
    )
    path = folder / "logo.png"
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", rows) + part(b"IEND", b"")
    )
    return path


def test_the_form_prints_from_its_menu(
    open_page: Callable[..., Any], look: Callable[[Any], None], say: Callable[..., str], server: Any
) -> None:
    page = open_page(f"/base/parties/{server.ids['beijing']}")
    page.locator("summary", has_text=say("Print")).click()
    look(page)

    link = page.locator(".drop-item[href*='/prints/form']")
    answer = page.context.request.get(server.url + link.get_attribute("href"))

    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")


def test_what_is_ticked_opens_as_one_file(
    open_page: Callable[..., Any], look: Callable[[Any], None], say: Callable[..., str], server: Any
) -> None:
    page = open_page("/base/products")
    page.locator("#bulk tbody [name=id]").nth(0).check()
    page.locator("#bulk tbody [name=id]").nth(1).check()
    page.locator(".bulkbar summary", has_text=say("Print")).click()
    look(page)

    with page.context.expect_page() as opened:
        page.locator("[data-print-chosen$='/prints/label']").click()

    assert opened.value.url.count("id=") == 2
    assert "/base/products/prints/label?" in opened.value.url


def test_a_logo_is_chosen_shown_and_kept(
    open_page: Callable[..., Any], look: Callable[[Any], None], tmp_path: Path
) -> None:
    page = open_page("/core/letterheads/new")
    page.fill("[name=name]", "Blue Crane")
    page.set_input_files("[data-picture]", picture(tmp_path))
    page.wait_for_selector(".picture img")
    look(page)

    page.click("#save")
    page.wait_for_selector("[data-saved]")

    assert page.locator(".picture img").get_attribute("src").startswith("data:image/png;base64,")

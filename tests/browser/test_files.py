"""A photograph is dropped onto a document, seen, and taken away again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

PHONE = {"width": 390, "height": 844}
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
DROP = """dot => {
    const bytes = Uint8Array.from(atob(dot), sign => sign.charCodeAt(0)), data = new DataTransfer();
    data.items.add(new File([bytes], "frame.png", {type: "image/png"}));
    const how = {dataTransfer: data, bubbles: true, cancelable: true};
    document.dispatchEvent(new DragEvent("dragover", how));
    document.dispatchEvent(new DragEvent("drop", how));
}"""


@pytest.mark.parametrize(
    ("language", "theme", "size"),
    [("en", "light", None), ("zh_Hans_CN", "dark", PHONE)],
    ids=["wide", "phone"],
)
def test_a_file_is_dropped_seen_and_taken_away(
    open_page: Callable[..., Any],
    axe: Callable[[Any], list[str]],
    server: Any,
    language: str,
    theme: str,
    size: Any,
) -> None:
    more = {"size": size} if size else {}
    address = f"/base/products/{server.ids['beam']}/files"
    page = open_page(address, language=language, theme=theme, **more)
    assert axe(page) == []

    page.evaluate(DROP, DOT)
    page.wait_for_selector(".file img")
    page.wait_for_function("document.querySelector('.file img')?.naturalWidth === 1")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]

    # By keyboard: a file that is chosen goes at once; one that is no picture is refused by name.
    wrong = {"name": "frame.png", "mimeType": "image/png", "buffer": b"<script>alert(1)</script>"}
    page.locator("#files").set_input_files([wrong])
    page.wait_for_selector("#e-files")
    assert "frame.png" in page.locator("#e-files").inner_text()

    page.locator(".file [data-ask]").press("Enter")
    page.locator("#ask .btn-danger").press("Enter")
    page.wait_for_selector(".file", state="detached")

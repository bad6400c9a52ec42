"""A photograph is dropped onto a document, seen, and taken away again."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from corners import Corner

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
DROP = """dot => {
    const bytes = Uint8Array.from(atob(dot), sign => sign.charCodeAt(0)), data = new DataTransfer();
    data.items.add(new File([bytes], "frame.png", {type: "image/png"}));
    const how = {dataTransfer: data, bubbles: true, cancelable: true};
    document.dispatchEvent(new DragEvent("dragover", how));
    document.dispatchEvent(new DragEvent("drop", how));
}"""


def give_photograph(page: Any, corner: Corner) -> None:
    """Drop it from the desk; a phone chooses it among its pictures."""
    if corner.phone:
        picture = {"name": "frame.png", "mimeType": "image/png", "buffer": base64.b64decode(DOT)}
        page.locator("#files").set_input_files([picture])
    else:
        page.evaluate(DROP, DOT)


def test_a_file_is_dropped_seen_and_taken_away(
    open_page: Callable[..., Any], look: Callable[[Any], None], server: Any, corner: Corner
) -> None:
    page = open_page(f"/base/products/{server.ids['beam']}/files")
    look(page)

    give_photograph(page, corner)
    page.wait_for_selector(".file img")
    page.wait_for_function("document.querySelector('.file img')?.naturalWidth === 1")
    look(page)

    # By keyboard: a file that is chosen goes at once; one that is no picture is refused by name.
    wrong = {"name": "frame.png", "mimeType": "image/png", "buffer": b"<script>alert(1)</script>"}
    page.locator("#files").set_input_files([wrong])
    page.wait_for_selector("#e-files")
    assert "frame.png" in page.locator("#e-files").inner_text()
    look(page)

    page.locator(".file [data-ask]").press("Enter")
    page.locator("#ask .btn-danger").press("Enter")
    page.wait_for_selector(".file", state="detached")

"""A photograph is dropped onto a document, seen, and taken away again."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from typing import Any

import pytest
from corners import Corner

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
RESTS = "(s => s.scrollLeft === s.clientWidth)(document.querySelector('#preview'))"
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


def test_a_paper_is_turned_page_by_page_by_key_button_and_finger(
    open_page: Callable[..., Any],
    look: Callable[[Any], None],
    server: Any,
    say: Callable[..., str],
) -> None:
    page = open_page(f"/base/products/{server.ids['beam']}/files")
    page.locator("#files").set_input_files([paper("drawing.pdf", 3)])
    page.wait_for_function("() => document.querySelector('.file img')?.naturalWidth === 144")
    look(page)

    page.locator(".file-text a").click()
    page.wait_for_function("() => document.querySelector('#preview img')?.naturalWidth === 1200")
    look(page)
    shown = page.locator("[data-of]")
    assert shown.inner_text() == say("Page %(page)s of %(pages)s", page=1, pages=3)

    page.keyboard.press("ArrowRight")
    turned_to(page, say, 2)
    page.wait_for_function(
        "() => document.querySelectorAll('#preview img')[1].naturalWidth === 1200"
    )
    page.locator("[data-turn='1']").click()
    turned_to(page, say, 3)
    assert page.locator("[data-turn='1']").is_disabled()
    # A finger pushes the strip; half a push comes to rest on a whole page.
    page.evaluate(
        "const s = document.querySelector('#preview'); s.scrollBy(-0.8 * s.clientWidth, 0)"
    )
    turned_to(page, say, 2)
    page.wait_for_function(f"() => {RESTS}")
    page.keyboard.press("Home")
    turned_to(page, say, 1)

    with page.expect_download() as kept:
        page.locator(".preview-head .btn-primary").click()
    assert kept.value.suggested_filename == "drawing.pdf"


def test_a_damaged_paper_says_so_and_the_list_keeps_its_icon(
    open_page: Callable[..., Any],
    look: Callable[[Any], None],
    server: Any,
    say: Callable[..., str],
) -> None:
    page = open_page(f"/base/parties/{server.ids['beijing']}/files")
    damaged = {"name": "torn.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 torn"}
    page.locator("#files").set_input_files([damaged])
    # Nothing that is broken lies over the icon.
    page.wait_for_function("() => document.querySelector('.file img')?.naturalWidth === 1")
    look(page)
    assert page.complaints == []

    page.locator(".file-text a").click()
    wrong = say("This file is damaged and cannot be shown. Download it instead.")
    page.wait_for_selector(".preview [role=alert]")
    assert page.locator(".preview [role=alert]").inner_text().strip() == wrong
    look(page)


def turned_to(page: Any, say: Callable[..., str], at: int) -> None:
    """Wait until a page is told to be the one that is seen."""
    said = say("Page %(page)s of %(pages)s", page=at, pages=3)
    page.wait_for_function(
        "said => document.querySelector('[data-of]').textContent === said", arg=said
    )


def paper(name: str, pages: int) -> dict[str, Any]:
    """A PDF file of empty pages, as a browser is given one."""
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
    writer, held = pypdf.PdfWriter(), io.BytesIO()
    for _page in range(pages):
        writer.add_blank_page(595, 842)
    writer.write(held)
    return {"name": name, "mimeType": "application/pdf", "buffer": held.getvalue()}

"""A file is brought in: looked at, its mistakes taken along as a file, corrected, remembered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hands import fits, snap

HEAD = "Short,Called,How many"
GOOD, BAD = "I-OAK,Oak board,12.50", "I-ASH,Ash board,a few"


def give(page: Any, *rows: str) -> None:
    text = "\n".join([HEAD, *rows])
    file = {"name": "boards.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.locator("#file").set_input_files(file)
    page.locator("select[name='column.0']").wait_for()


def test_a_file_with_mistakes_is_corrected_and_its_columns_are_remembered(
    server: Any, open_page: Callable[..., Any], axe: Callable[[Any], list[str]]
) -> None:
    page = open_page("/base/products/import")
    give(page, GOOD, BAD)
    for at, field in enumerate(("code", "name", "sales_price")):
        page.locator(f"select[name='column.{at}']").select_option(field)
    assert axe(page) == []
    page.locator("button[value=check]").click()
    page.get_by_text("Nothing was saved.").wait_for()
    assert axe(page) == []
    snap(page, "import-mistakes")
    with page.expect_download() as waiting:
        page.locator("[data-mistakes]").click()
    assert waiting.value.suggested_filename == "products-mistakes.xlsx"
    rows = read_sheet(waiting.value.path())
    assert [row[0] for row in rows] == ["Short", "I-ASH"]
    assert "number" in rows[1][-1]

    # Corrected, it is tried out again and brought in.
    give(page, GOOD, BAD.replace("a few", "9"))
    for at, field in enumerate(("code", "name", "sales_price")):
        page.locator(f"select[name='column.{at}']").select_option(field)
    page.locator("button[value=check]").click()
    page.get_by_text("The file can be imported.").wait_for()
    page.locator("button[value=go]").press("Enter")
    page.get_by_text("Imported.").wait_for()
    assert axe(page) == []

    # It is taken back on its own page, and brought in again.
    page.get_by_text("See or undo this import").click()
    page.get_by_text("What the import did").wait_for()
    assert axe(page) == []
    snap(page, "import-done")
    page.get_by_role("button", name="Undo this import").press("Enter")
    page.get_by_role("button", name="Undo", exact=True).press("Enter")
    page.locator(".alert", has_text="Undone by").wait_for()
    assert axe(page) == []
    page.goto(f"{server.url}/base/products?q=I-")
    assert page.get_by_text("I-OAK").count() == 0
    page.goto(f"{server.url}/base/products/import")
    give(page, GOOD, BAD.replace("a few", "9"))
    page.locator("button[value=check]").click()
    page.get_by_text("The file can be imported.").wait_for()
    page.locator("button[value=go]").click()
    page.get_by_text("Imported.").wait_for()
    done = page.get_by_text("See or undo this import").get_attribute("href")

    # The next file of this kind finds its columns by itself, on a phone too.
    phone = open_page(
        "/base/products/import",
        language="zh_Hans_CN",
        theme="dark",
        size={"width": 390, "height": 844},
    )
    give(phone, "I-ELM,Elm board,3")
    assert phone.locator("select[name='column.2']").input_value() == "sales_price"
    assert axe(phone) == []
    assert fits(phone)
    phone.goto(f"{server.url}/base/products?q=I-")
    assert phone.locator("#bulk tbody tr").count() == 2
    for address in ("/base/products/imports", done):
        phone.goto(f"{server.url}{address}")
        assert axe(phone) == []
        assert fits(phone)
    snap(phone, "import-done-phone")


def read_sheet(path: Any) -> list[list[str]]:
    from python_calamine import CalamineWorkbook

    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    return [[str(cell) for cell in row] for row in sheet.to_python()]

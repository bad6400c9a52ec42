"""A file is brought in: looked at, its mistakes taken along as a file, corrected, remembered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

HEAD = "Short,Called,How many"
GOOD, BAD = "I-OAK,Oak board,12.50", "I-ASH,Ash board,a few"
PUT_RIGHT = "I-ASH,Ash board,9"


def give(page: Any, *rows: str) -> None:
    """Choose a file; its columns are shown."""
    text = "\n".join([HEAD, *rows])
    file = {"name": "boards.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.locator("#file").set_input_files(file)
    page.locator("select[name='column.0']").wait_for()


def name_columns(page: Any) -> None:
    """Say what the columns of the file are."""
    for at, field in enumerate(("code", "name", "sales_price")):
        page.locator(f"select[name='column.{at}']").select_option(field)


def bring_in(page: Any, say: Callable[..., str]) -> None:
    """Try the file out, then bring it in."""
    page.locator("button[value=check]").click()
    page.get_by_text(say("The file can be imported.")).wait_for()
    page.locator("button[value=go]").press("Enter")
    page.get_by_text(say("Imported."), exact=True).wait_for()


def rows_of(path: Any) -> list[list[str]]:
    """What stands in a workbook."""
    from python_calamine import CalamineWorkbook

    sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    return [[str(cell) for cell in row] for row in sheet.to_python()]


def test_the_mistakes_of_a_file_are_taken_along_as_a_file(
    open_page: Callable[..., Any], look: Callable[[Any], None], say: Callable[..., str]
) -> None:
    page = open_page("/base/products/import")
    look(page)
    give(page, GOOD, BAD)
    name_columns(page)
    look(page)
    page.locator("button[value=check]").click()
    page.get_by_text(say("Nothing was saved.")).wait_for()
    look(page)

    with page.expect_download() as waiting:
        page.locator("[data-mistakes]").click()
    assert waiting.value.suggested_filename == "products-mistakes.xlsx"
    rows = rows_of(waiting.value.path())
    assert [row[0] for row in rows] == ["Short", "I-ASH"]
    assert say("Enter a number.") in rows[1][-1]


def test_a_file_is_brought_in_taken_back_and_its_columns_are_remembered(
    server: Any, open_page: Callable[..., Any], look: Callable[[Any], None], say: Callable[..., str]
) -> None:
    page = open_page("/base/products/import")
    give(page, GOOD, PUT_RIGHT)
    name_columns(page)
    bring_in(page, say)
    look(page)

    # It is taken back on its own page.
    page.get_by_text(say("See or undo this import")).click()
    page.wait_for_url("**/imports/*")
    look(page)
    page.get_by_role("button", name=say("Undo this import")).press("Enter")
    page.get_by_role("button", name=say("Undo"), exact=True).press("Enter")
    undone = say("Undone by %(name)s, %(when)s.", name="Ana Ruiz", when="|").partition("|")[0]
    page.locator(".alert", has_text=undone).wait_for()
    look(page)
    page.goto(f"{server.url}/base/products?q=I-")
    assert page.get_by_text("I-OAK").count() == 0

    # The next file of this kind finds its columns by itself.
    page.goto(f"{server.url}/base/products/import")
    give(page, GOOD, PUT_RIGHT)
    assert page.locator("select[name='column.2']").input_value() == "sales_price"
    bring_in(page, say)
    page.goto(f"{server.url}/base/products?q=I-")
    assert page.locator("#bulk tbody tr").count() == 2
    page.goto(f"{server.url}/base/products/imports")
    look(page)

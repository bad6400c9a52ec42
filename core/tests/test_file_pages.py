"""Files and views of a noun: brought in, exported, kept."""

from __future__ import annotations

import io
import re

from reading_pages import count
from shop import Customer

from dougong.resources.models import SavedView

# -- files and views -------------------------------------------------------------------------------


def sheet(text, **more):
    return {"file": (io.BytesIO(text.encode()), "customers.csv"), **more}


def test_a_file_is_looked_at_checked_and_brought_in(visit, shop, me, stock):
    client = visit()
    text = "Code,Firm,City\nC7,Nordic Frames,Oslo\nC8,Harbour Joinery,Cork\n"
    chosen = {"column.0": "code", "column.1": "name", "column.2": "city"}

    looked = client.post("/shop/customers/import", data=sheet(text)).text
    checked = client.post("/shop/customers/import", data=sheet(text, _do="check", **chosen)).text
    assert count(shop, me, Customer) == 1
    done = client.post("/shop/customers/import", data=sheet(text, _do="go", **chosen)).text

    assert 'value="?" selected' in looked
    assert "The file can be imported." in checked
    assert "Imported." in done
    assert count(shop, me, Customer) == 3
    again = client.post("/shop/customers/import", data=sheet(text)).text
    assert 'value="?" selected' not in again


def test_an_empty_template_has_the_heads_that_an_import_understands(visit, stock):
    answer = visit().get("/shop/orders/import/template.csv")

    heads = answer.text.lstrip("\ufeff").strip().split(",")
    assert {"customer", "lines.product", "lines.quantity"} <= set(heads)


def test_a_file_with_mistakes_tells_the_row_and_saves_nothing(visit, shop, me, stock):
    text = "code,name,limit\nC7,Nordic Frames,much\nC8,,5\n"
    chosen = {"column.0": "code", "column.1": "name", "column.2": "limit"}

    page = visit().post("/shop/customers/import", data=sheet(text, _do="go", **chosen)).text

    assert "Nothing was saved." in page
    assert "Enter a number." in page
    assert count(shop, me, Customer) == 1


def test_the_list_is_exported_as_seen(visit, stock):
    answer = visit().get("/shop/orders/export.csv?columns=customer,total&q=Acme")

    assert answer.headers["Content-Disposition"] == 'attachment; filename="orders.csv"'
    assert answer.text.splitlines()[1] == "Acme Timber,48.00"


def test_a_view_is_kept_and_shows_only_what_its_reader_may_see(visit, shop, me, stock):
    keeper = visit()
    kept = keeper.post(
        "/shop/orders/views", data={"name": "Rich", "query": "margin.ge=1&q=Acme", "shared": "1"}
    )
    view = re.search(r"view=(\d+)", kept.headers["Location"])[1]
    reader = visit(frozenset({"shop.order.read", "shop.customer.read", "shop.product.read"}))

    opened = reader.get(f"/shop/orders/views/{view}").headers["Location"]

    assert "q=Acme" in opened
    assert "margin" not in opened
    assert count(shop, me, SavedView) == 1
    assert "Rich" in reader.get("/shop/orders").text


def test_pages_speak_the_readers_language(visit, stock):
    page = visit(language="zh_Hans_CN").get("/shop/orders").text

    assert 'lang="zh-CN"' in page
    assert "2026年3月1日" in page

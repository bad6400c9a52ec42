"""The pages of a noun: list, form, steps, boards, links, import, saved views."""

from __future__ import annotations

import io
import json
import re
from decimal import Decimal

import pytest
from shop import Customer, Order, OrderLine
from sqlalchemy import func, select

from dougong.resources.models import SavedView


def count(shop, me, model):
    with shop.read(me) as session:
        return session.scalar(select(func.count()).select_from(model))


def hidden(page, name):
    """The value of a hidden control."""
    found = re.search(rf'name="{re.escape(name)}" value="([^"]*)"', page)
    return found[1].replace("&#34;", '"') if found else None


# -- lists -----------------------------------------------------------------------------------------


def test_a_list_shows_links_by_name_and_opens_documents(visit, stock):
    page = visit().get("/shop/orders").text

    assert "Acme Timber" in page
    assert f'href="/shop/orders/{stock.order}"' in page
    assert "48.00" in page


def test_a_search_that_finds_nothing_says_so_and_offers_the_way_back(visit, stock):
    page = visit().get("/shop/orders?q=nobody").text

    assert "Nothing fits this search" in page
    assert 'href="/shop/orders"' in page


def test_an_unknown_filter_is_refused_with_a_sentence(visit, stock):
    answer = visit().get("/shop/orders?colour=red")

    assert answer.status_code == 422
    assert "colour" in answer.text


def test_only_the_list_is_sent_when_the_page_stays(visit, stock):
    fragment = visit().get("/shop/orders", headers={"HX-Request": "true", "HX-Target": "div#list"})

    assert 'id="list"' in fragment.text
    assert "<html" not in fragment.text


@pytest.mark.parametrize("query", ["group=customer", "group=ordered_on:month", "board=kanban",
                                   "board=calendar&month=2026-03", "board=pivot"])  # fmt: skip
def test_groups_and_boards_show_the_same_documents(visit, stock, query):
    answer = visit().get(f"/shop/orders?{query}")

    assert answer.status_code == 200
    assert "48.00" in answer.text or "Acme" in answer.text or f"#{stock.order}" in answer.text


def test_a_hidden_field_is_on_no_page(visit, stock):
    reader = visit(frozenset({"shop.order.read", "shop.customer.read", "shop.product.read"}))

    for address in ("/shop/orders", f"/shop/orders/{stock.order}", "/shop/orders?board=kanban"):
        assert "Margin" not in reader.get(address).text
    assert reader.get("/shop/orders?margin.ge=1").status_code == 422


def test_without_the_right_to_read_there_is_no_page(visit, stock):
    stranger = visit(frozenset())

    assert stranger.get("/shop/orders").status_code == 403
    assert stranger.get(f"/shop/orders/{stock.order}").status_code == 403
    assert stranger.get("/shop/customers/options?q=a").status_code == 403


def test_a_script_in_a_name_stays_text(visit, shop, me):
    shop.run(me, lambda uow: uow.add(Customer(code="X", name="<script>alert(1)</script>")))

    assert "<script>alert" not in visit().get("/shop/customers").text
    assert "<script>alert" not in visit().get("/shop/customers/options?q=script").text


# -- forms -----------------------------------------------------------------------------------------


def test_an_order_is_entered_with_lines_by_name_and_code(visit, shop, me, stock):
    client = visit()
    form = client.get("/shop/orders/new").text

    answer = client.post("/shop/orders/new", data={
        "_was": hidden(form, "_was"), "_once": hidden(form, "_once"), "customer.text": "Acme Timber",
        "ordered_on": "2026-04-01", "lines.n0._": "1", "lines.n0.product.text": "P2",
        "lines.n0.quantity": "3", "lines.n0.price": "",
    })  # fmt: skip

    assert answer.status_code == 303
    with shop.read(me) as session:
        order = session.scalars(select(Order).order_by(Order.id.desc())).first()
        assert order.total == Decimal(72)


def test_the_round_trip_derives_and_stores_nothing(visit, shop, me, stock):
    client = visit()

    answer = client.post("/shop/orders/derive", data={
        "_was": "{}", "customer": str(stock.acme), "lines.n0._": "1", "lines.n0.product": str(stock.beam),
        "lines.n0.quantity": "4",
    }, headers={"HX-Request": "true", "HX-Target": "doc"})  # fmt: skip

    assert "40.00" in answer.text
    assert count(shop, me, Order) == 1


def test_a_line_is_added_removed_and_pasted_from_a_spreadsheet(visit, stock):
    client = visit()
    lines = {
        "_was": "{}",
        "lines.n0._": "1",
        "lines.n0.product": str(stock.beam),
        "lines.n0.quantity": "1",
    }

    added = client.post("/shop/orders/derive", data={**lines, "_do": "add:lines"}).text
    removed = client.post("/shop/orders/derive", data={**lines, "_do": "remove:lines:n0"}).text
    pasted = client.post(
        "/shop/orders/derive",
        data={**lines, "_do": "paste:lines:product", "_paste": "P2\t5\nNobody\tmany\n"},
    ).text

    assert 'id="l-lines-n1"' in added
    assert 'id="l-lines-n0"' not in removed
    assert "Tenon set" in pasted
    assert "120.00" in pasted
    assert "Nothing here goes by that name." in pasted
    assert 'value="many"' in pasted


def test_what_cannot_be_read_comes_back_marked_and_nothing_is_stored(visit, shop, me, stock):
    answer = visit().post("/shop/orders/new", data={
        "_was": "{}", "customer": str(stock.acme), "lines.n0._": "1",
        "lines.n0.product": str(stock.beam), "lines.n0.quantity": "a few",
    })  # fmt: skip

    assert answer.status_code == 422
    assert 'value="a few"' in answer.text
    assert "Enter a number." in answer.text
    assert count(shop, me, Order) == 1


def test_a_summary_names_each_mistake_in_the_order_of_the_form_and_leads_to_it(visit, stock):
    page = visit().post(
        "/shop/orders/new",
        data={
            "lines.n0.product": str(stock.beam), "lines.n0.quantity": "1",
            "lines.n1.product": str(stock.tenon), "lines.n1.quantity": "many",
            "ordered_on": "soon", "_was": "{}",
        },
    ).text  # fmt: skip

    summary = re.search(r'<ul class="summary">.*?</ul>', page, re.S)[0]
    assert re.findall(r'data-to="([^"]*)">([^<]*)</a>', summary) == [
        ("f-customer", "Customer"),
        ("f-ordered_on", "Date"),
        ("f-lines.n1.quantity", "Quantity, line 2"),
    ]


def test_a_rule_of_the_noun_is_told_at_its_field(visit, stock):
    answer = visit().post("/shop/orders/new", data={
        "_was": "{}", "customer": str(stock.acme), "lines.n0._": "1",
        "lines.n0.product": str(stock.beam), "lines.n0.quantity": "1001",
    })  # fmt: skip

    assert answer.status_code == 409
    assert 'id="e-lines.n0.quantity">Nobody buys that many.' in answer.text


def test_two_people_one_order_the_second_sees_both(visit, shop, me, stock):
    client = visit()
    form = client.get(f"/shop/orders/{stock.order}").text

    def first(uow):
        uow.get(Order, stock.order).note = "first"

    shop.run(me, first)
    answer = client.post(f"/shop/orders/{stock.order}", data={
        "_was": hidden(form, "_was"), "version": hidden(form, "version"), "note": "second",
        "customer": str(stock.acme), "ordered_on": "2026-03-01", f"lines.{stock.line}._": "1",
        f"lines.{stock.line}.product": str(stock.tenon), f"lines.{stock.line}.quantity": "2",
        f"lines.{stock.line}.price": "24",
    })  # fmt: skip

    assert answer.status_code == 409
    assert "first" in answer.text
    assert "second" in answer.text


def test_a_button_pressed_twice_makes_one_order(visit, shop, me, stock):
    client = visit()
    data = {
        "_was": "{}",
        "_once": "promise-1",
        "customer": str(stock.acme),
        "ordered_on": "2026-04-01",
    }

    first, second = (client.post("/shop/orders/new", data=data) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert count(shop, me, Order) == 2


def test_an_address_that_is_no_key_is_not_found(visit, stock):
    client = visit()

    for key in ("0", "999999", "abc", "1e3", "%00", "9" * 30):
        assert client.get(f"/shop/orders/{key}").status_code == 404


def test_a_copy_begins_with_what_the_other_said(visit, stock):
    page = visit().get(f"/shop/orders/new?copy={stock.order}").text

    assert "Tenon set" in page
    assert "48.00" in page


# -- what is done to documents ---------------------------------------------------------------------


def test_a_step_is_taken_at_the_date_that_was_asked_for(visit, shop, me, stock):
    answer = visit().post(f"/shop/orders/{stock.order}/steps/confirm", data={"on": "2025-12-31"})

    assert answer.status_code == 303
    with shop.read(me) as session:
        assert session.get(Order, stock.order).number == "S-2025-00001"


def test_a_step_nobody_declared_and_a_step_without_its_right_are_refused(visit, stock):
    assert visit().post(f"/shop/orders/{stock.order}/steps/explode").status_code == 404
    reader = visit(frozenset({"shop.order.read"}))
    assert reader.post(f"/shop/orders/{stock.order}/steps/confirm").status_code == 403


def test_a_bulk_step_answers_for_each(visit, shop, me, stock):
    def second(uow):
        order = Order(customer_id=stock.acme, total=Decimal(0))
        order.lines = []
        uow.add(order)
        return order.id

    empty = shop.run(me, second)

    page = (
        visit()
        .post("/shop/orders/bulk", data={"id": [stock.order, empty], "_do": "step:confirm"})
        .text
    )

    assert "1 done" in page
    assert "An order without lines binds nobody." in page


def test_what_others_need_is_not_deleted(visit, shop, me, stock):
    client = visit()

    page = client.post("/shop/customers/bulk", data={"id": [stock.acme], "_do": "delete"}).text
    client.post(f"/shop/orders/{stock.order}/delete")

    assert "0 done" in page
    assert count(shop, me, Order) == 0
    assert count(shop, me, OrderLine) == 0


def test_a_card_moves_along_a_step_or_not_at_all(visit, shop, me, stock):
    client = visit()

    assert (
        client.post(f"/shop/orders/{stock.order}/move", data={"lane": "nowhere"}).status_code == 409
    )
    assert (
        client.post(f"/shop/orders/{stock.order}/move", data={"lane": "cancelled"}).status_code
        == 204
    )
    with shop.read(me) as session:
        assert session.get(Order, stock.order).state == "cancelled"


def test_the_history_tells_who_changed_what_in_the_words_of_the_form(visit, shop, me, stock):
    def change(uow):
        order = uow.get(Order, stock.order, Order.lines)
        order.note = "call first"
        order.lines[0].product_id = stock.beam

    shop.run(me, change)

    page = visit().get(f"/shop/orders/{stock.order}/history").text

    assert "call first" in page
    assert "system" in page
    assert "Tenon set" in page
    assert "Oak beam" in page


def test_the_trail_leads_from_document_to_document(visit, shop, me, stock):
    def link(uow):
        other = Order(customer_id=stock.acme, total=Decimal(0))
        other.lines = []
        uow.add(other)
        uow.link(uow.get(Order, stock.order), other, "copy")
        return other.id

    other = shop.run(me, link)

    assert f'href="/shop/orders/{other}"' in visit().get(f"/shop/orders/{stock.order}/trail").text


def _lead(shop, me, stock, times):
    """Orders that came of the one in stock."""

    def link(uow):
        others = [Order(customer_id=stock.acme, total=Decimal(0)) for _time in range(times)]
        for other in others:
            other.lines = []
        uow.add(*others)
        for other in others:
            uow.link(uow.get(Order, stock.order), other, "copy")
        return [other.id for other in others]

    return shop.run(me, link)


def test_the_only_related_document_is_one_press_away_both_ways(visit, shop, me, stock):
    (other,) = _lead(shop, me, stock, 1)
    client = visit()

    there = f'class="related-kind" href="/shop/orders/{other}"'
    assert there in client.get(f"/shop/orders/{stock.order}").text
    back = f'class="related-kind" href="/shop/orders/{stock.order}"'
    assert back in client.get(f"/shop/orders/{other}").text


def test_several_related_documents_are_listed_without_the_others(visit, shop, me, stock):
    others = _lead(shop, me, stock, 2)
    client = visit()

    address = f"/shop/orders?related=shop.orders.{stock.order}"
    assert f'href="{address}"' in client.get(f"/shop/orders/{stock.order}").text
    page = client.get(address).text

    assert all(f'href="/shop/orders/{other}"' in page for other in others)
    assert f'href="/shop/orders/{stock.order}" class="fw-medium"' not in page
    assert "2 records" in page
    assert client.get("/shop/orders?related=nonsense").status_code == 422


# -- notes -----------------------------------------------------------------------------------------


def test_a_note_is_written_read_counted_and_taken_back(visit, stock):
    client, at = visit(), f"/shop/orders/{stock.order}"

    answer = client.post(f"{at}/notes", data={"text": "They call <b>back</b>."})
    page = client.get(f"{at}/notes").text

    assert answer.location == f"{at}/notes"
    assert "They call &lt;b&gt;back&lt;/b&gt;." in page
    assert "<strong>Ana</strong>" in page
    assert '<span class="tab-count">1</span>' in client.get(at).text

    note = re.search(r"/notes/(\d+)/take-back", page)[1]
    client.post(f"{at}/notes/{note}/take-back")
    assert "Nobody has written a note yet." in client.get(f"{at}/notes").text


def test_an_empty_note_is_refused_where_it_was_written(visit, stock):
    answer = visit().post(f"/shop/orders/{stock.order}/notes", data={"text": "  "})

    assert answer.status_code == 422
    assert "Write something first." in answer.text


def test_notes_need_the_right_to_see_the_document(visit, stock):
    assert visit(frozenset()).get(f"/shop/orders/{stock.order}/notes").status_code == 403


# -- links -----------------------------------------------------------------------------------------


def test_options_are_found_by_name_and_by_code(visit, stock):
    client = visit()

    assert f'data-id="{stock.tenon}"' in client.get("/shop/products/options?q=tenon").text
    assert f'data-id="{stock.tenon}"' in client.get("/shop/products/options?q=P2").text


def test_a_product_is_made_from_its_name_while_entering(visit, stock):
    client = visit()
    assert "data-quick" in client.get("/shop/products/options?q=Bracket").text

    made = client.post("/shop/products/quick", data={"text": "Bracket"}).json

    assert made["label"] == "Bracket"
    assert f'data-id="{made["id"]}"' in client.get("/shop/products/options?q=Brack").text


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
    assert answer.text.splitlines()[1] == "Acme Timber,48.000"


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


def test_the_baseline_of_a_form_is_plain_json(visit, stock):
    page = visit().get(f"/shop/orders/{stock.order}").text

    was = json.loads(hidden(page, "_was"))

    assert was["lines"][str(stock.line)]["quantity"] == "2"

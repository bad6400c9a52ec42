"""The form of a noun: entered, sent round, stored, with links and lines."""

from __future__ import annotations

import json
import re
from decimal import Decimal

import pytest
from reading_pages import count, hidden
from shop import Order
from sqlalchemy import select

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
    assert "Nothing here goes by the name “Nobody”." in pasted
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


@pytest.mark.parametrize(
    ("note", "refused"),
    [
        ("not to them", 'id="e-customer">We do not sell to them.'),
        ("not of these", 'id="e-lines.n0.product">We do not sell these.'),
        ("", 'id="e-lines.n0.quantity">Nobody buys that many.'),
    ],
)
def test_what_a_rule_refuses_stays_in_the_form(visit, shop, me, stock, note, refused):
    answer = visit().post("/shop/orders/new", data={
        "_was": "{}", "customer": str(stock.acme), "customer.text": "Acme Timber", "note": note,
        "wanted_on": "2026-04-02", "lines.n0._": "1", "lines.n0.product": str(stock.tenon),
        "lines.n0.product.text": "Tenon set", "lines.n0.quantity": "2" if note else "1001",
    })  # fmt: skip

    assert answer.status_code == 409
    assert refused in answer.text
    assert hidden(answer.text, "customer") == str(stock.acme)
    assert hidden(answer.text, "lines.n0.product") == str(stock.tenon)
    for typed in ("Acme Timber", "2026-04-02", "Tenon set", "2" if note else "1001"):
        assert f'value="{typed}"' in answer.text or f'value="{typed}.00' in answer.text
    assert count(shop, me, Order) == 1


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


# -- links -----------------------------------------------------------------------------------------


def test_options_are_found_by_name_and_by_code(visit, stock):
    client = visit()

    assert f'data-id="{stock.tenon}"' in client.get("/shop/products/options?q=tenon").text
    assert f'data-id="{stock.tenon}"' in client.get("/shop/products/options?q=P2").text


def test_a_product_is_made_from_its_name_while_entering(visit, stock):
    client = visit()
    assert "data-quick" in client.get("/shop/products/options?q=Bracket&make=1").text

    made = client.post("/shop/products/quick", data={"text": "Bracket"}).json

    assert made["label"] == "Bracket"
    assert f'data-id="{made["id"]}"' in client.get("/shop/products/options?q=Brack").text


def test_the_baseline_of_a_form_is_plain_json(visit, stock):
    page = visit().get(f"/shop/orders/{stock.order}").text

    was = json.loads(hidden(page, "_was"))

    assert was["lines"][str(stock.line)]["quantity"] == "2"

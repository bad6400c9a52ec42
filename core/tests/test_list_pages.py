"""The list of a noun: what it shows, what it hides, what cannot be asked."""

from __future__ import annotations

import pytest
from shop import Customer

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

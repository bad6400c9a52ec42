"""Pivots: axes and sums as the reader chooses them, each figure leading to what it sums up."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest
from shop import Customer, Order


@pytest.fixture
def sold(shop, me, stock):
    """Two customers of one name, three orders more."""

    def act(uow):
        twin = Customer(code="C2", name="Acme Timber")
        uow.add(twin)
        for total, customer, state, month in (
            (10, twin.id, "draft", 4), (7, stock.acme, "confirmed", 4), (5, stock.acme, "draft", 4),
        ):  # fmt: skip
            day = dt.date(2026, month, 2)
            uow.add(Order(customer_id=customer, ordered_on=day, total=Decimal(total), state=state))
        return twin.id

    return shop.run(me, act)


def figures(page):
    """The rows of the table as texts."""
    rows = re.findall(r"<tr[^>]*><th scope=\"row\">.*?</tr>", page, re.S)
    return [re.findall(r">([^<>\n]+)<", row) for row in rows]


def test_the_declared_pivot_sums_and_totals(visit, stock, sold):
    page = visit().get("/shop/orders?board=pivot").text

    assert figures(page) == [
        ["Acme Timber", "48.00", "12.00", "60.00"],
        ["Acme Timber", "10.00", "10.00"],
        ["Total", "48.00", "22.00", "70.00"],
    ]


def test_axes_and_sum_are_the_readers(visit, stock, sold):
    page = visit().get("/shop/orders?board=pivot&rows=state&cols=customer&sum=").text

    assert figures(page)[0] == ["Draft", "2", "1", "3"]
    assert figures(page)[-1] == ["Total", "3", "1", "4"]
    assert f"customer={sold}" in page


def test_a_figure_leads_to_its_documents_with_the_filter_that_is_set(visit, stock, sold):
    page = visit().get("/shop/orders?board=pivot&rows=state&cols=ordered_on:month&total.ge=6").text

    way = re.search(r'figure-link" href="([^"]*state=confirmed[^"]*)"', page)[1].replace(
        "&amp;", "&"
    )
    listed = visit().get(way).text
    assert "total.ge=6" in way
    assert "board" not in way
    assert listed.count('name="id"') == 1
    assert "7.00" in listed


def test_a_list_without_a_declared_pivot_has_one_by_its_groups(visit, stock):
    # Customers have no groups, so they have no pivot either; the list is shown.
    assert "pivot-bar" not in visit().get("/shop/customers?board=pivot").text
    assert visit().get("/shop/customers/pivot.csv").status_code == 404


@pytest.mark.parametrize("board", ["kanban", "calendar&month=2026-04", "pivot"])
def test_only_the_board_is_sent_when_the_page_stays(visit, stock, sold, board):
    how = {"HX-Request": "true", "HX-Target": "div#list"}
    part = visit().get(f"/shop/orders?board={board}", headers=how).text

    assert 'id="list"' in part
    assert "<html" not in part
    assert 'class="rail"' not in part


def test_what_is_not_offered_is_refused(visit, stock, sold):
    client = visit()

    assert client.get("/shop/orders?board=pivot&rows=note").status_code == 422
    assert client.get("/shop/orders?board=pivot&sum=number").status_code == 422
    reader = visit(frozenset({"shop.order.read", "shop.customer.read"}))
    assert reader.get("/shop/orders?board=pivot&sum=margin").status_code == 422


def test_the_chart_shows_the_same_figures_and_the_table_below(visit, stock, sold):
    page = visit().get("/shop/orders?board=pivot&rows=state&show=chart").text

    told = re.findall(r'data-tip="([^"]*)"', page)
    assert [words.splitlines()[0] for words in told] == ["Draft", "Confirmed"]
    assert "Total" in page


def test_a_pivot_is_taken_along_as_a_file(visit, stock, sold):
    answer = visit().get("/shop/orders/pivot.csv?rows=state&cols=customer&state=confirmed")

    assert answer.status_code == 200
    assert "Confirmed" in answer.text
    assert "Draft" not in answer.text
    assert visit().get("/shop/orders/pivot.pdf").status_code == 404


def test_two_figures_stand_beside_one_another_and_rows_open_a_further_level(visit, stock, sold):
    page = (
        visit()
        .get("/shop/orders?board=pivot&rows=state&rows=customer&cols=none&sum=total&sum=records")
        .text
    )

    assert figures(page)[-1][1:] == ["70.00", "4"]
    assert 'class="level-1' in page
    assert "data-fold" in page


def test_a_figure_of_the_inner_level_leads_to_what_both_levels_say(visit, stock, sold):
    page = visit().get("/shop/orders?board=pivot&rows=state&rows=customer&cols=none&sum=total").text

    assert f"state=draft&amp;customer={stock.acme}" in page


def test_any_list_that_can_be_grouped_is_drawn(visit, stock, sold):
    for shape in ("bar", "line", "pie"):
        page = visit().get(f"/shop/orders?board=graph&rows=customer&sum=records&show={shape}").text

        assert ("chart-ring" in page, 'preserveAspectRatio="none"' in page) == (
            shape == "pie", shape == "line"
        )  # fmt: skip
        assert 'data-tip="Acme Timber' in page
        assert "Acme Timber" in page


def test_a_graph_of_what_is_not_there_is_refused(visit, stock):
    assert visit().get("/shop/orders?board=graph&rows=colour").status_code == 422
    assert visit().get("/shop/orders?board=graph&rows=state&sum=colour").status_code == 422

"""Orders in euros and in dollars: their totals stand side by side and are never added up."""

from __future__ import annotations

import re

import pytest

from dougong import Actor
from dougong.web.app import create_app


@pytest.fixture
def plugins():
    return "base", "crm"


@pytest.fixture
def make_house(runtime):
    return lambda *_names: runtime.house


@pytest.fixture
def client(runtime):
    """A browser of somebody who may everything."""
    return create_app(runtime, {**runtime.config, "ACT_AS": Actor.system()}).test_client()


@pytest.fixture
def sold(shop):
    """Two orders in euros of 10 and 20, one of 7 dollars."""
    shop.order(shop.line(quantity=1, price="10"), currency="EUR")
    shop.order(shop.line(quantity=1, price="20"), currency="EUR")
    shop.order(shop.line(quantity=1, price="7"), currency="USD")


def cells(page, part):
    """The texts of a table's foot or body."""
    inside = re.search(rf"<{part}>(.*?)</{part}>", page, re.S)[1]
    return [
        re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", inside, re.S)
    ]


def test_the_foot_of_a_list_has_a_line_for_each_currency(client, sold):
    page = client.get("/crm/orders").text

    assert "€35.70\n$8.33" in cells(page, "tfoot")


def test_of_one_currency_the_total_is_a_figure_alone(client, sold):
    page = client.get("/crm/orders?total.ge=10").text

    assert "35.70" in cells(page, "tfoot")


def test_groups_and_lanes_tell_currencies_apart(client, sold):
    grouped = client.get("/crm/orders?group=customer").text
    lanes = client.get("/crm/orders?board=kanban").text

    assert "€35.70\n$8.33" in cells(grouped, "tbody")
    assert "€35.70\n$8.33" in cells(grouped, "tfoot")
    assert "€35.70\n$8.33" in lanes


def test_a_pivot_tells_them_apart_and_draws_nothing(client, sold):
    pivot = client.get("/crm/orders?board=pivot&rows=customer&cols=none&sum=total").text
    drawn = client.get("/crm/orders?board=graph&rows=customer&sum=total").text
    file = client.get("/crm/orders/pivot.csv?rows=customer&cols=none&sum=total").text

    assert "€35.70\n$8.33" in cells(pivot, "tbody")
    assert "data-chart" not in drawn
    assert "Amounts of several currencies are not drawn together" in drawn
    assert "$8.33" in file


def test_counting_is_drawn_whatever_the_currencies(client, sold):
    assert "data-chart" in client.get("/crm/orders?board=graph&rows=customer&sum=records").text


def test_a_program_reads_sums_by_code(client, sold):
    told = client.get("/api/v1/crm/orders?count=true").json

    assert told["count"] == 3
    assert told["sums"]["total"] == {"EUR": "35.70", "USD": "8.33"}

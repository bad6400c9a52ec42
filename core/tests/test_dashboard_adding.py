"""From a list, a report or a widget onto a dashboard."""

from __future__ import annotations

import pytest
from dashboard_house import READER, add, board, person, shop
from sqlalchemy import select

from dougong.actors import Rights
from dougong.dashboards.models import Card
from dougong.dashboards.models import Dashboard as Kept

__all__ = ["board", "shop"]


def test_the_dialog_knows_how_the_list_is_narrowed_and_drawn(visit, stock, shop):
    query = "board%3Dgraph%26rows%3Dcustomer%26sum%3Dtotal%26state%3Ddraft%26after%3Dx"
    text = visit().get(f"/core/dashboards/add?source=list&target=shop.orders&query={query}").text

    assert 'value="rows=customer&amp;sum=total&amp;state=draft"' in text
    assert 'value="chart" checked' in text
    assert '<option value="customer" selected>' in text
    assert '<option value="total" selected>' in text


def test_a_card_is_added_and_the_page_stays(visit, stock, shop):
    client = visit()

    answer = add(client, query="state=draft&view=3&size=80", stay="1", title="Drafts")

    assert answer.headers["HX-Trigger"] == "dougong:done"
    with shop.read(person()) as session:
        card = session.scalar(select(Card))
    assert (card.query, card.width, card.title) == ("state=draft", 3, "Drafts")


def test_parameters_of_a_report_that_are_the_usual_ones_move_with_the_day(visit, stock, shop):
    client = visit()
    add(client, source="report", target="shop.sums", kind="rows", query="on=2026-01-01")
    add(client, source="report", target="shop.sums", kind="rows", query="on=2026-02-02")

    with shop.read(person()) as session:
        assert session.scalars(select(Card.query).order_by(Card.id)).all() == ["", "on=2026-02-02"]


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"target": "shop.ghosts"}, 404), ({"source": "rumour"}, 404), ({"kind": "smell"}, 422),
        ({"query": "ghost=1"}, 422), ({"measure": "ghost"}, 422), ({"title": ""}, 422),
        ({"kind": "chart", "by": "note"}, 422), ({"dashboard": "999999"}, 404),
        ({"source": "report", "target": "shop.sums", "measure": "what"}, 422),
        ({"source": "report", "target": "shop.sums", "query": "ghost=1"}, 422),
        ({"query": "q=" + "x" * 3000}, 422), ({"new": ""}, 422),
        ({"target": "shop.customers", "kind": "chart"}, 422),
    ],
)  # fmt: skip
def test_what_cannot_be_a_card_is_refused_and_nothing_is_made(visit, shop, stock, given, status):
    assert add(visit(), **given).status_code == status
    with shop.read(person()) as session:
        assert session.scalars(select(Card)).all() == []
        assert session.scalars(select(Kept)).all() == []


def test_a_hidden_total_cannot_be_added(visit, shop, stock):
    assert add(visit(Rights(READER)), measure="margin").status_code == 422
    assert add(visit(Rights({"shop.customer.read"}))).status_code == 403

"""Cards of a dashboard: figures from lists, reports and widgets, and what they say without one."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from dashboard_house import add, at, board, person, runtime, shop, shown
from shop import Order
from sqlalchemy import event, select

from dougong import Widget
from dougong.actors import Rights
from dougong.dashboards import service
from dougong.dashboards.models import Card
from dougong.dashboards.models import Dashboard as Kept
from dougong.dashboards.service import Placed

__all__ = ["board", "runtime", "shop"]


def test_a_number_is_the_sum_of_the_list_and_leads_to_it(visit, board):
    client, (key, (number, _chart, _report)) = visit(), board

    assert ">48.00<" in shown(client, key, number)
    page = client.get(f"/core/dashboards/{key}").text
    assert 'href="/shop/orders?state=draft"' in page
    # The page itself has no figures: they come one by one.
    assert "48.00" not in page


def test_a_chart_has_the_figures_of_the_graph_and_each_bar_leads_to_its_list(visit, board):
    client, (key, (_number, chart, _report)) = visit(), board
    text = shown(client, key, chart)

    assert re.findall(
        r'<a class="s0" href="([^"]*)" data-piece tabindex="0" aria-label="([^"]*)"', text
    ) == [("/shop/orders?state=draft", "Draft: 1")]
    assert 'data-tip="Draft\n1"' in text


def test_a_report_shows_its_lines_its_total_and_its_bars(visit, shop, stock, board):
    client, (key, (_number, _chart, report)) = visit(), board
    assert "Beams" in shown(client, key, report)

    assert add(client, source="report", target="shop.sums", measure="amount").status_code == 204
    assert (
        add(
            client,
            source="report",
            target="shop.sums",
            measure="amount",
            kind="chart",
            dashboard=str(key),
        ).status_code
        == 204
    )
    with shop.read(person()) as session:
        chart, number = session.scalars(select(Card.id).order_by(Card.id.desc()).limit(2)).all()
        other = session.scalar(select(Kept.id).where(Kept.id != key))
    assert "42.00" in shown(client, other, number)
    text = shown(client, key, chart)
    assert "/shop/orders?total.ge=30" in text
    assert "42.00" not in text  # the sum is no bar beside its parts


def test_a_period_is_compared_with_as_many_days_of_the_one_before(
    visit, shop, stock, runtime, clock
):
    clock.at("2026-05-10T12:00:00Z")

    def act(uow):
        for day, total in (("2026-05-02", 60), ("2026-04-03", 40), ("2026-04-28", 500)):
            uow.add(
                Order(
                    customer_id=stock.acme,
                    ordered_on=dt.date.fromisoformat(day),
                    total=Decimal(total),
                )
            )
        made = service.make_dashboard(uow, "Mine")
        uow.flush()
        values = {"kind": "number", "source": "list", "target": "shop.orders", "measure": "total",
                  "query": "ordered_on.during=this-month", "title": "Sold"}  # fmt: skip
        return made.id, service.add_card(uow, made.id, values).id

    key, card = shop.run(person(), act)
    statements = []
    event.listen(shop.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    text = shown(visit(), key, card)

    assert ">60.00<" in text
    assert "50 % more than Apr" in text
    # The dashboard with its cards and roles, and one for the figure and what it is compared with.
    asked = [s for s in statements if s.startswith("SELECT")]
    assert len(asked) == 4
    assert sum("shop_order" in s for s in asked) == 1


def test_a_limit_is_marked_with_words(visit, shop, board, runtime):
    key, (number, chart, report) = board
    cards = [
        Placed(str(number), 4, "To confirm", "above", Decimal(40)),
        Placed(str(chart), 6, "By state"), Placed(str(report), 6, "Sums"),
    ]  # fmt: skip
    shop.run(
        person(), lambda uow: service.arrange(uow, runtime, str(key), at(shop, key), "Mine", cards)
    )

    assert "above the limit of 40.00" in shown(visit(), key, number)
    cards[0] = replace(cards[0], threshold=Decimal(50))
    shop.run(
        person(), lambda uow: service.arrange(uow, runtime, str(key), at(shop, key), "Mine", cards)
    )
    assert "within the limit of 50.00" in shown(visit(), key, number)


def test_a_card_says_why_it_has_no_figure(visit, shop, board, runtime):
    key, (number, _chart, _report) = board
    shop.run(
        person(), lambda uow: service.share(uow, runtime, str(key), at(shop, key), "everybody", [])
    )
    stranger = visit(Rights({"shop.customer.read"}))

    text = shown(stranger, key, number)
    assert "You need the right “shop.order.read” to see this card." in text
    assert "48" not in text
    page = stranger.get(f"/core/dashboards/{key}").text
    assert "To confirm" in page
    assert "/shop/orders" not in page
    assert "The module “cups” is off" in shown(visit(), "shop.desk", "gone")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [("ghost=1", "There is no field ghost"), ("filter=[[", "not valid JSON"),
     ("total.ge=many", "total: ")],
)  # fmt: skip
def test_a_filter_that_reads_no_more_is_told_in_its_card(visit, shop, board, query, sentence):
    key, (number, _chart, _report) = board

    def spoil(uow):
        uow.get(Card, number).query = query

    shop.run(person(), spoil)
    answer = visit().get(f"/core/dashboards/{key}/cards/{number}")
    assert answer.status_code == 200
    assert sentence in answer.text


def test_a_widget_that_fails_is_told_in_its_card_alone(visit, shop, board):
    shop.wiring.widgets.append(Widget("shop.broken", "Broken", lambda s, a: 1 / 0))
    key, _cards = board

    assert (
        add(visit(), source="widget", target="shop.broken", dashboard=str(key)).status_code == 204
    )
    with shop.read(person()) as session:
        last = session.scalar(select(Card.id).order_by(Card.id.desc()))
    assert "could not be worked out" in shown(visit(), key, last)
    assert ">3<" in shown(visit(), "overview", "shop.waiting")

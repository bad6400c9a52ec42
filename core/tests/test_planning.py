"""Boards of time and trees: bars, their moves, branches and what a search finds in them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

import pytest
from shop import Customer, Order

CHART = "/shop/orders?board=gantt&when=2026-02-23"


@pytest.fixture
def spread(shop, me, stock):
    """The order lasts from the first to the fifth of March; another of that customer overlaps it."""

    def act(uow):
        order = uow.get(Order, stock.order)
        order.wanted_on = dt.date(2026, 3, 5)
        other = Order(customer_id=stock.acme, ordered_on=dt.date(2026, 3, 4))
        uow.add(other)
        return other.id

    return shop.run(me, act)


def days_of(shop, me, key):
    def act(uow):
        order = uow.get(Order, key)
        return order.ordered_on.isoformat(), order.wanted_on and order.wanted_on.isoformat()

    return shop.run(me, act)


def test_documents_of_one_lane_stand_below_each_other_where_they_overlap(visit, spread):
    page = visit().get(CHART).text

    names = re.findall(r"<li>(.*?)</li>", page.partition("gantt-names")[2].partition("</ul>")[0])
    assert names == ["Acme Timber", ""]
    assert page.count("data-bar=") == 2


def test_a_bar_is_as_long_as_its_days_and_begins_at_its_day(visit, stock, spread):
    page = visit().get(CHART + "&zoom=day").text

    bar = page.partition(f'data-bar="{stock.order}"')[2]
    x, wide = re.search(r'class="bar-body" x="([\d.]+)" y="\d+" width="([\d.]+)"', bar).groups()
    # Six days after Monday the 23rd, five days long, 36 points a day.
    assert (float(x), float(wide)) == (6 * 36, 5 * 36)


def test_a_bar_is_moved_and_made_longer(visit, shop, me, stock, spread):
    browser = visit()
    address = f"/shop/orders/{stock.order}/shift"

    moved = browser.post(address, data={"board": "gantt", "move": "2", "stretch": "0"})
    assert (moved.status_code, days_of(shop, me, stock.order)) == (
        204,
        ("2026-03-03", "2026-03-07"),
    )
    browser.post(address, data={"board": "gantt", "move": "0", "stretch": "-3"})

    assert days_of(shop, me, stock.order) == ("2026-03-03", "2026-03-04")


def test_a_day_of_the_calendar_is_changed_the_same_way(visit, shop, me, stock):
    answer = visit().post(
        f"/shop/orders/{stock.order}/shift", data={"board": "calendar", "move": "7"}
    )

    assert answer.status_code == 204
    assert days_of(shop, me, stock.order)[0] == "2026-03-08"


@pytest.mark.parametrize(
    ("data", "status"),
    [({"board": "pivot", "move": "1"}, 404), ({"board": "gantt", "move": "x"}, 409),
     ({"board": "gantt", "move": "99999"}, 409), ({"board": "gantt", "move": "1", "version": "9"}, 409)],
)  # fmt: skip
def test_what_cannot_be_moved_stays(visit, shop, me, stock, spread, data, status):
    answer = visit().post(f"/shop/orders/{stock.order}/shift", data=data)

    assert answer.status_code in (status, 422)
    assert days_of(shop, me, stock.order) == ("2026-03-01", "2026-03-05")


def test_a_closed_document_cannot_be_dragged(visit, shop, me, stock, spread):
    browser = visit()
    browser.post(f"/shop/orders/{stock.order}/steps/confirm", data={})

    answer = browser.post(f"/shop/orders/{stock.order}/shift", data={"board": "gantt", "move": "1"})

    assert answer.status_code == 409
    assert "can no longer be edited" in answer.text
    assert f'data-bar="{stock.order}"' not in browser.get(CHART).text


def test_who_may_only_read_moves_nothing(visit, stock, spread):
    reader = visit(frozenset({"shop.order.read", "shop.customer.read"}))

    assert "data-bar" not in reader.get(CHART).text
    answer = reader.post(f"/shop/orders/{stock.order}/shift", data={"board": "gantt", "move": "1"})
    assert answer.status_code == 403


@pytest.fixture
def family(shop, me):
    """A group of three houses, one of them with a branch of its own."""

    def act(uow):
        top = Customer(code="T", name="Timber group", limit=Decimal(10))
        uow.add(top)
        north = Customer(code="N", name="North", parent_id=top.id, limit=Decimal(20))
        south = Customer(code="S", name="South", parent_id=top.id)
        uow.add(north, south)
        branch = Customer(code="B", name="Northern branch", parent_id=north.id, limit=Decimal(5))
        uow.add(branch)
        return top.id, north.id, south.id, branch.id

    return shop.run(me, act)


def levels(page):
    return re.findall(r'data-key="(\d+)" aria-level="(\d)"', page)


def test_a_tree_begins_at_its_top_with_the_sums_of_all_below(visit, family):
    top = family[0]
    page = visit().get("/shop/customers?board=tree").text

    assert levels(page) == [(str(top), "1")]
    assert 'aria-expanded="false"' in page
    assert "35.00" in page


def test_a_branch_is_fetched_when_it_is_opened(visit, family):
    top, north, south, _branch = family
    rows = (
        visit()
        .get(f"/shop/customers?board=tree&deep={top}&at=1", headers={"HX-Request": "true"})
        .text
    )

    assert set(levels(rows)) == {(str(north), "2"), (str(south), "2")}
    assert "<html" not in rows


def test_what_a_search_finds_stands_below_what_it_belongs_to(visit, family):
    top, north, _south, branch = family
    page = visit().get("/shop/customers?board=tree&q=branch").text

    assert levels(page) == [(str(top), "1"), (str(north), "2"), (str(branch), "3")]
    assert page.count(" dim") == 2


def test_a_sum_is_hidden_from_who_may_not_see_the_field(visit, family):
    reader = visit(frozenset({"shop.customer.read"}))

    assert "35.00" not in reader.get("/shop/customers?board=tree").text

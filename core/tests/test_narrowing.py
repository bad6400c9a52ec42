"""Finding in lists: periods, the search box, the builder of filters, groups in levels, own views."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from shop import Customer, Order
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from dougong import clock
from dougong.actors import EVERYTHING
from dougong.resources import lists
from dougong.resources.fields.periods import PERIODS, span
from dougong.resources.models import SavedView

FRIDAY = dt.date(2026, 5, 15)


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("today", "2026-05-15", "2026-05-15"),
        ("tomorrow", "2026-05-16", "2026-05-16"),
        ("this-week", "2026-05-11", "2026-05-17"),
        ("last-week", "2026-05-04", "2026-05-10"),
        ("this-month", "2026-05-01", "2026-05-31"),
        ("next-month", "2026-06-01", "2026-06-30"),
        ("last-quarter", "2026-01-01", "2026-03-31"),
        ("last-year", "2025-01-01", "2025-12-31"),
        ("last-7-days", "2026-05-09", "2026-05-15"),
        ("next-30-days", "2026-05-15", "2026-06-13"),
    ],
)
def test_a_period_moves_with_the_calendar(name, first, last):
    assert span(name, FRIDAY) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


def test_the_month_before_january_is_in_the_year_before():
    assert span("last-month", dt.date(2026, 1, 31)) == (dt.date(2025, 12, 1), dt.date(2025, 12, 31))


def test_every_period_that_is_offered_has_days():
    assert all(any(span(name, FRIDAY)) for name in PERIODS)


def found(shop, actor, **parameters):
    sight = shop.nouns.get("shop.orders").sight(actor.rights)
    query = lists.parse(MultiDict(parameters), sight)
    with shop.read(actor) as session:
        rows, _following, _before = lists.rows(session, query)
    return [row[0] for row in rows]


def test_a_period_finds_what_is_in_it_and_is_refused_where_there_is_none(shop, me, stock):
    with clock.at(dt.datetime(2026, 3, 20, tzinfo=dt.UTC)):
        assert found(shop, me, **{"ordered_on.during": "this-month"}) == [stock.order]
        assert found(shop, me, **{"ordered_on.during": "past"}) == [stock.order]
        assert found(shop, me, **{"ordered_on.during": "today"}) == []
    with pytest.raises(Exception, match="Choose one of the list"):
        found(shop, me, **{"ordered_on.during": "some-day"})
    with pytest.raises(Exception, match="cannot be filtered"):
        found(shop, me, **{"total.during": "today"})


def test_a_day_begins_where_whoever_asks_is(shop, me, stock):
    from dataclasses import replace

    new_york = replace(me, timezone="America/New_York")
    with clock.at(dt.datetime(2026, 3, 2, 3, tzinfo=dt.UTC)):
        assert found(shop, me, **{"ordered_on.during": "today"}) == []
        assert found(shop, new_york, **{"ordered_on.during": "today"}) == [stock.order]


# -- what narrows is said, and taken away ----------------------------------------------------------


def test_each_condition_is_said_in_words_with_the_list_without_it(visit, stock):
    page = visit().get(f"/shop/orders?customer={stock.acme}&total.ge=10&state=draft").text

    assert "Customer: Acme Timber" in page
    assert "Total is at least 10.00" in page
    assert f'href="/shop/orders?customer={stock.acme}&amp;total.ge=10"' in page


def test_a_condition_that_no_control_shows_stays_while_others_change(visit, stock):
    page = visit().get("/shop/orders?number.has=S&wanted_on.empty=true").text

    assert '<input type="hidden" name="number.has" value="S">' in page
    assert "Wanted on is empty" in page


def test_the_search_box_suggests_names_words_and_periods(visit, stock):
    client = visit()

    page = client.get("/shop/orders/suggest?_q=acm&_query=state%3Ddraft").text
    assert f'href="/shop/orders?state=draft&amp;customer={stock.acme}"' in page
    assert "number.has=acm" in page
    assert "ordered_on.during=this-month" in client.get("/shop/orders/suggest?_q=this m").text
    assert "state=confirmed" in client.get("/shop/orders/suggest?_q=confirm").text

    client.post(f"/shop/orders/{stock.order}/tag", data={"name": "Very urgent"})
    assert "tags=Very+urgent" in client.get("/shop/orders/suggest?_q=urg").text


def test_nothing_is_suggested_that_the_reader_may_not_see(visit, stock):
    reader = visit(frozenset({"shop.order.read"}))

    assert "Acme" not in reader.get("/shop/orders/suggest?_q=acm").text


# -- the builder -----------------------------------------------------------------------------------


def rows(*conditions, match="all", do="apply", query=""):
    form = {"match": match, "_do": do, "query": query}
    for at, (group, name, operator, value) in enumerate(conditions):
        form |= {f"r.{at}.in": str(group), f"r.{at}.field": name, f"r.{at}.op": operator}
        form |= {f"r.{at}.was": f"{name} {operator}", f"r.{at}.value": value}
    return form


def test_conditions_of_the_builder_become_the_address_of_the_list(visit, shop, me, stock):
    client = visit()
    form = rows(
        (0, "total", "ge", "1,000.5"), (1, "state", "in", ["draft", "confirmed"]),
        (1, "wanted_on", "filled", ""), query="q=oak&after=x",
    )  # fmt: skip

    answer = client.post("/shop/orders/filter", data=form)

    asked = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert json.loads(asked["filter"][0]) == {
        "all": [
            {"field": "total", "op": "ge", "value": "1000.50"},
            {"any": [
                {"field": "state", "op": "in", "value": ["draft", "confirmed"]},
                {"field": "wanted_on", "op": "empty", "value": False},
            ]},
        ]
    }  # fmt: skip
    assert asked["q"] == ["oak"]
    assert "after" not in asked
    listed = client.get(answer.headers["Location"].replace("q=oak&", "")).text
    assert (
        "Total is at least 1,000.50 and (State: Draft, Confirmed or Wanted on is filled in)"
        in listed
    )
    again = client.get(f"/shop/orders/filter?{urlsplit(answer.headers['Location']).query}").text
    assert 'value="1000.50"' in again


def test_a_value_that_cannot_be_read_is_told_at_its_row(visit, stock):
    answer = visit().post("/shop/orders/filter", data=rows((0, "total", "ge", "many")))

    assert answer.status_code == 200
    assert "Enter a number." in answer.text
    assert 'value="many"' in answer.text


def test_a_field_that_is_hidden_is_not_in_the_builder_and_not_taken(visit, stock):
    reader = visit(frozenset({"shop.order.read", "shop.customer.read"}))

    assert "margin" not in reader.get("/shop/orders/filter").text
    answer = reader.post("/shop/orders/filter", data=rows((0, "margin", "ge", "1")))
    assert "Location" not in answer.headers


def test_rows_and_groups_are_added_and_removed(visit, stock):
    client, one = visit(), (0, "total", "ge", "5")

    assert "r.1.field" in client.post("/shop/orders/filter", data=rows(one, do="add:0")).text
    grouped = client.post("/shop/orders/filter", data=rows(one, do="group")).text
    assert "and any of" in grouped
    assert "r.2.field" in grouped
    removed = client.post("/shop/orders/filter", data=rows(one, do="remove:0")).text
    assert 'name="r.0.value"' not in removed


# -- groups ----------------------------------------------------------------------------------------


def more_orders(shop, me, stock):
    def act(uow):
        other = Customer(code="C2", name="Brass & Co")
        uow.add(other)
        for total, customer, state in ((10, other.id, "draft"), (7, stock.acme, "confirmed")):
            day = dt.date(2026, 4, 1)
            uow.add(Order(customer_id=customer, ordered_on=day, total=Decimal(total), state=state))

    shop.run(me, act)


def test_groups_in_levels_add_up_to_the_same_whole(shop, me, stock):
    more_orders(shop, me, stock)
    sight = shop.nouns.get("shop.orders").sight(EVERYTHING)
    asked = MultiDict([("group", "customer"), ("group", "state"), ("group", "ordered_on:month")])

    with shop.read(me) as session:
        root, cut_off = lists.tree(session, lists.parse(asked, sight))

    acme = next(b for b in root.below.values() if b.shown == "Acme Timber")
    assert (root.n, root.sums["total"], cut_off) == (3, Decimal(65), False)
    assert (acme.n, acme.sums["total"]) == (2, Decimal(55))
    assert {key: b.sums["total"] for key, b in acme.below.items()} == {
        "draft": Decimal(48), "confirmed": Decimal(7),
    }  # fmt: skip


def test_a_group_leads_to_what_is_in_it(visit, shop, me, stock):
    more_orders(shop, me, stock)
    client = visit()

    page = client.get("/shop/orders?group=customer&group=state").text

    assert f'href="/shop/orders?customer={stock.acme}&amp;state=draft"' in page
    assert "65.00" in page
    assert client.get("/shop/orders?group=note").status_code == 422


# -- own views -------------------------------------------------------------------------------------


def test_a_list_begins_with_the_view_one_prefers_and_everything_is_a_press_away(
    visit, shop, me, stock
):
    client = visit()
    client.post("/shop/orders/views", data={"name": "Open", "query": "state=draft&group=customer"})
    with shop.read(me) as session:
        view = session.scalars(select(SavedView)).one().id

    client.post(f"/shop/orders/views/{view}/prefer")

    assert client.get("/shop/orders").headers["Location"].endswith(f"/views/{view}")
    opened = client.get(f"/shop/orders/views/{view}").headers["Location"]
    assert "state=draft" in opened
    assert "group=customer" in opened
    assert client.get("/shop/orders?view=0").status_code == 200
    client.post(f"/shop/orders/views/{view}/prefer")
    assert client.get("/shop/orders").status_code == 200


def test_nobody_prefers_the_view_of_another(visit, shop, me, stock):
    visit().post("/shop/orders/views", data={"name": "Mine", "query": "", "shared": "1"})
    with shop.read(me) as session:
        view = session.scalars(select(SavedView)).one()
    shop.run(me, lambda uow: setattr(uow.get(SavedView, view.id), "user_id", 99))

    assert visit().post(f"/shop/orders/views/{view.id}/prefer").status_code == 404

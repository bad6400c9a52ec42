"""Lists: any order, a fixed number of statements, nothing that the reader may not see."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from shop import Customer, Order, OrderLine, Product
from sqlalchemy import event, select
from werkzeug.datastructures import MultiDict

from dougong import BadQuery
from dougong.actors import EVERYTHING, Actor, Rights
from dougong.resources import boards, filters, gantts, lists, marching, pivots
from dougong.resources.formats import formats
from dougong.resources.lists.cursors import NoSuchPage

D = Decimal
DAY = dt.date(2026, 1, 1)


@pytest.fixture
def filled(shop, me):
    """Thirty orders of three customers; some want a date, some do not."""

    def act(uow):
        above = Customer(code="TOP", name="Top", city="Kiel")
        below = Customer(code="SUB", name="Sub", city=None, parent=above)
        other = Customer(code="ELSE", name="Else", city="Jena")
        products = [Product(code=f"P{n}", name=f"Product {n}") for n in (1, 2)]
        uow.add(above, below, other, *products)
        for n in range(30):
            uow.add(
                Order(
                    customer=(above, below, other)[n % 3],
                    ordered_on=DAY + dt.timedelta(days=n % 7),
                    wanted_on=None if n % 4 else DAY + dt.timedelta(days=n % 5),
                    total=D(n),
                    margin=D(1),
                    state="confirmed" if n % 2 else "draft",
                    lines=[
                        OrderLine(product=products[n % 2], quantity=D(1), price=D(n), amount=D(n))
                        for _ in "ab"
                    ],
                )
            )
        return above.id, products[0].id

    return shop.run(me, act)


@pytest.fixture
def ask(shop, me):
    """Ask for the orders."""

    def asking(actor=me, resource="shop.orders", size=80, **parameters):
        sight = shop.nouns.get(resource).sight(actor.rights)
        query = lists.parse(MultiDict(parameters), sight, size=size)
        with shop.read(actor) as session:
            found, following, previous = lists.rows(session, query)
            return lists.as_json(query, found), following, previous

    return asking


def ids(answer):
    return [item["id"] for item in answer[0]]


@pytest.mark.parametrize(
    "sort",
    [
        "-ordered_on",
        "wanted_on",
        "-wanted_on",
        "customer.city,-total",
        "customer,wanted_on",
        "total",
    ],
)
def test_pages_run_through_every_order_forwards_and_back(ask, filled, sort):
    everything = ids(ask(sort=sort, size=100))
    assert len(set(everything)) == 30

    forwards, mark, pages = [], "", []
    while True:
        page = ask(sort=sort, size=7, after=mark) if mark else ask(sort=sort, size=7)
        forwards += ids(page)
        pages.append(page)
        mark = page[1]
        if not mark:
            break
    backwards, mark = ids(pages[-1]), pages[-1][2]
    while mark:
        page = ask(sort=sort, size=7, before=mark)
        backwards = ids(page) + backwards
        mark = page[2]

    assert forwards == everything
    assert backwards == everything


def test_what_is_missing_comes_last_in_both_directions(ask, filled):
    for sort in ("wanted_on", "-wanted_on"):
        dates = [item["wanted_on"] for item in ask(sort=sort)[0]]
        assert dates[8:] == [None] * 22
        assert None not in dates[:8]


def test_a_mark_of_another_order_is_refused(ask, filled):
    _items, mark, _before = ask(sort="total", size=5)

    with pytest.raises(NoSuchPage):
        ask(sort="ordered_on", after=mark)
    for wrong in ("x", "W10", "bnVsbA", "WyJcdWQ4MDAiLDFd"):
        with pytest.raises(NoSuchPage):
            ask(sort="total", after=wrong)


def test_a_list_takes_one_statement_however_long_it_is(shop, ask, filled):
    seen = []
    event.listen(
        shop.engine,
        "before_cursor_execute",
        lambda *a: seen.append(a[2]) if a[2].startswith("SELECT") else None,
    )

    ask(size=5)
    few, seen[:] = len(seen), []
    ask(size=200)

    assert few == len(seen) == 1


@pytest.mark.parametrize(
    ("parameters", "many"),
    [
        ({"state": "draft"}, 15),
        ({"total.ge": "10", "total.lt": "20"}, 10),
        ({"wanted_on.empty": "true"}, 22),
        ({"customer.city.empty": "true"}, 10),
        ({"customer.city": "Kiel"}, 10),
        ({"ordered_on.in": "2026-01-01,2026-01-02"}, 10),
        ({"q": "else"}, 10),
        ({"q": "P1 top"}, 5),
        ({"filter": '{"not": {"field": "state", "op": "eq", "value": "draft"}}'}, 15),
        (
            {
                "filter": '{"any": [{"field": "total", "op": "lt", "value": "3"},'
                ' {"all": [{"field": "customer.city", "op": "eq", "value": "Jena"},'
                ' {"field": "total", "op": "ge", "value": "20"}]}]}'
            },
            7,
        ),
    ],
)
def test_filters_find_what_they_say(ask, filled, parameters, many):
    assert len(ask(**parameters)[0]) == many


def test_a_filter_on_lines_shows_no_order_twice(ask, filled):
    _top, product = filled

    found = ids(ask(**{"lines.product": str(product)}))

    assert len(found) == len(set(found)) == 15


def test_under_finds_a_customer_and_those_below(ask, filled):
    top, _product = filled

    assert len(ask(customer=str(top))[0]) == 10
    assert len(ask(**{"customer.under": str(top)})[0]) == 20


@pytest.mark.parametrize(
    "parameters",
    [
        {"colour": "red"},
        {"total.has": "1"},
        {"total": "many"},
        {"state": "gone"},
        {"sort": "lines.product"},
        {"columns": "secret"},
        {"group": "note"},
        {"filter": "{"},
        {"filter": "[" * 3000},
        {"filter": '{"field": "total", "op": "eq"}'},
        {"filter": '{"all": ' * 9 + "[]" + "}" * 9},
    ],
)
def test_unknown_names_are_errors(ask, filled, parameters):
    with pytest.raises(BadQuery):
        ask(**parameters)


def test_a_hidden_field_can_neither_be_filtered_sorted_summed_nor_shown(shop, ask, filled):
    reader = Actor(2, "reader", frozenset({"shop.order.read"}), (1,), 1)
    sight = shop.nouns.get("shop.orders").sight(reader.rights)

    for parameters in ({"margin": "1"}, {"sort": "margin"}, {"columns": "margin"}):
        with pytest.raises(BadQuery):
            ask(reader, **parameters)
    with shop.read(reader) as session:
        _n, _capped, sums = lists.totals(session, lists.parse(MultiDict(), sight))
    assert set(sums) == {"total"}
    saved = {"margin": "1", "state": "draft", "sort": "-margin", "columns": "number,margin"}
    assert filters.visible(saved, sight) == {"state": "draft", "columns": "number"}


def test_sums_are_told_when_all_were_counted(shop, me, filled):
    sight = shop.nouns.get("shop.orders").sight(EVERYTHING)
    query = lists.parse(MultiDict(), sight)

    with shop.read(me) as session:
        whole = lists.totals(session, query)
        capped = lists.totals(session, query, cap=10)

    assert whole == (30, False, {"total": D(435), "margin": D(30)})
    assert capped == (10, True, {})


def test_groups_count_and_sum(shop, me, filled):
    sight = shop.nouns.get("shop.orders").sight(EVERYTHING)

    with shop.read(me) as session:
        by_state = lists.groups(session, lists.parse(MultiDict({"group": "state"}), sight))
        by_month = lists.groups(
            session, lists.parse(MultiDict({"group": "ordered_on:month"}), sight)
        )
        by_customer = lists.groups(session, lists.parse(MultiDict({"group": "customer"}), sight))

    assert [(key, n, sums["total"]) for key, _shown, n, sums in by_state] == [
        ("confirmed", 15, D(225)),
        ("draft", 15, D(210)),
    ]
    assert [(int(key), n) for key, _shown, n, _sums in by_month] == [(202601, 30)]
    assert [shown for _key, shown, _n, _sums in by_customer] == ["Else", "Sub", "Top"]


def test_a_lane_tells_what_is_late_of_what_can_be_late_at_all(shop, me, filled):
    noun = shop.nouns.get("shop.orders")
    fmt, today = formats("en"), DAY + dt.timedelta(days=2)
    plain = replace(noun.resource.boards[0], due="wanted_on")

    def due(board, sight=None):
        query = lists.parse(MultiDict(), sight or noun.sight(EVERYTHING))
        with shop.read(me) as session:
            return {
                lane["key"]: lane["due"]
                for lane in boards.kanban(session, query, board, fmt, today)
            }

    # Of thirty orders eight want a day, the first five days in turn.
    assert due(plain)["draft"] == (3, 1, 4)
    assert due(replace(plain, due_while="state.in=draft,confirmed"))["draft"] == (3, 1, 4)
    assert due(replace(plain, due_while="state=confirmed")).get("draft") == ()
    assert due(replace(plain, due_while="total.ge=8"))["draft"] == (2, 1, 3)
    blind = noun.sight(Rights(["shop.order.read"]))
    assert not blind.sees("margin")
    assert due(replace(plain, due_while="margin.ge=0"), blind)["draft"] == ()


def test_boards_show_the_same_documents_in_other_shapes(shop, me, filled):
    noun = shop.nouns.get("shop.orders")
    query = lists.parse(MultiDict(), noun.sight(EVERYTHING))
    kanban, calendar, gantt, pivot = noun.resource.boards
    fmt, today = formats("en"), dt.date(2026, 6, 1)

    with shop.read(me) as session:
        lanes = boards.kanban(session, query, kanban, fmt, today)
        month = boards.month(session, query, calendar, "2026-01", today)
        before = boards.month(session, query, calendar, "2025-12", today)
        bars, _more = gantts.gantt(session, query, gantt, dt.date(2026, 1, 1), 31, dt.UTC, fmt)
        asked = pivots.asked(query.sight, pivot, [pivot.rows], pivot.columns, [pivot.sum])
        table = pivots.pivot(session, query, asked, fmt)

    assert [(lane["key"], lane["n"], lane["sum"]) for lane in lanes] == [
        ("draft", 15, "210.00"),
        ("confirmed", 15, "225.00"),
        ("cancelled", 0, "0.00"),
    ]
    assert len(lanes[0]["cards"]) == 15
    assert sum(map(len, month["days"].values())) == 30
    # The first days of January are drawn under December, with what lies there.
    assert max(before["days"]) == before["weeks"][-1][-1] == dt.date(2026, 1, 4)
    assert [name for _key, name in table.columns] == ["Jan 2026"]
    assert sum(len(row) for lane in bars for row in lane.rows) == 30
    assert [row.name for row in table.rows] == ["Else", "Sub", "Top"]
    assert (table.total, table.column_total(202601)) == ([D(435)], [D(435)])


def test_a_companys_documents_are_not_in_another_companys_list(ask, filled):
    elsewhere = Actor(3, "ann", EVERYTHING, (2,), 2)

    assert ask(elsewhere)[0] == []


def test_all_that_a_filter_finds_go_along_each_on_its_own_date(shop, me, filled):
    noun = shop.nouns.get("shop.orders")
    sight = noun.sight(EVERYTHING)
    query = lists.parse(MultiDict({"state": "draft"}), sight)

    outcome = marching.march(
        shop, me, query, "confirm", batch=4, own_date=sight.fields["ordered_on"]
    )

    assert (outcome.found, outcome.done, outcome.refused) == (15, 15, [])
    with shop.read(me) as session:
        found = session.execute(
            select(Order.number, Order.ordered_on).where(Order.number.is_not(None))
        ).all()
    numbered = sorted(found)
    assert [on for _number, on in numbered] == sorted(on for _number, on in found)
    assert {number[:7] for number, _on in found} == {"S-2026-"}

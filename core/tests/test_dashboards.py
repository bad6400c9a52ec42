"""Dashboards: cards from lists, reports and widgets, arranged by people, shared with roles."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from shop import Order
from sqlalchemy import event, select

from dougong import Dashboard, DashboardCard, Widget
from dougong.actors import Actor, Rights
from dougong.dashboards import service
from dougong.dashboards.beginning import begin_with, let_begin
from dougong.dashboards.models import Card
from dougong.dashboards.models import Dashboard as Kept
from dougong.dashboards.queries import beginning_of, board_for, boards_of
from dougong.dashboards.service import Placed
from dougong.errors import Forbidden, Invalid, NotFound, Refused, Stale
from dougong.people.roles.models import Role
from dougong.people.users.models import User
from dougong.reports import Column, Line, Parameter, Report

READER = {"shop.order.read", "shop.customer.read", "shop.product.read"}
HTMX = {"HX-Request": "true"}


def sums(session, actor, **given):
    """A report of two lines."""
    yield Line({"what": "Beams", "amount": Decimal(30)}, drill="/shop/orders?total.ge=30")
    yield Line({"what": "Tenons", "amount": Decimal(12)})
    yield Line({"what": "All", "amount": Decimal(42)}, bold=True)


DESK = Dashboard(
    name="shop.desk",
    label="Shop desk",
    roles=["seller"],
    cards=[
        DashboardCard(name="open", label="Open orders", to="shop.orders?state=draft"),
        DashboardCard(name="limits", label="Customers", to="shop.customers", kind="rows", width=6),
        DashboardCard(name="gone", label="Cups", to="cups.cups"),
    ],
)


@pytest.fixture
def shop(shop):
    """The shop with a report, a widget and a dashboard of its own, two roles and a second person."""
    report = Report(
        "shop.sums", "Sums", "shop.order.read",
        [Column("what", "What"), Column("amount", "Amount", "amount", total=True)], sums,
        [Parameter("on", "On", default=dt.date(2026, 1, 1))],
    )  # fmt: skip
    shop.wiring.reports["shop.sums"] = report
    shop.wiring.widgets.append(Widget("shop.waiting", "Waiting", lambda s, a: 3, "shop.order.read"))
    shop.wiring.dashboards["shop.desk"] = DESK

    def fill(uow):
        uow.add(Role(name="seller", label="Seller"), Role(name="packer", label="Packer"))
        uow.add(User(id=8, login="ben", name="Ben"))

    shop.run(Actor.system(), fill)
    yield shop
    shop.wiring.dashboards.clear()


@pytest.fixture
def runtime(visit, shop):
    """What the services ask for sources."""
    return visit().application.extensions["dougong"]


def person(user=7, *roles, rights=("*",)):
    """Somebody who holds these roles."""
    return Actor(user, "Ana", Rights({*rights, *(f"@{r}" for r in roles)}), (1,), 1)


@pytest.fixture
def board(shop, stock, runtime):
    """Ana's dashboard with three cards; returns its id and those of the cards."""

    def act(uow):
        made = service.make_dashboard(uow, "Mine")
        uow.flush()
        cards = [
            {"kind": "number", "source": "list", "target": "shop.orders", "query": "state=draft",
             "measure": "total", "title": "To confirm"},
            {"kind": "chart", "source": "list", "target": "shop.orders", "query": "rows=state",
             "measure": "", "title": "By state"},
            {"kind": "rows", "source": "report", "target": "shop.sums", "query": "", "measure": "",
             "title": "Sums"},
        ]  # fmt: skip
        return made.id, [service.add_card(uow, made.id, values).id for values in cards]

    return shop.run(person(), act)


def at(shop, key):
    """The version of a dashboard as it is now."""
    with shop.read(Actor.system()) as session:
        return session.get(Kept, int(key)).version


def shown(client, board, card):
    return client.get(f"/core/dashboards/{board}/cards/{card}", headers=HTMX).text


def add(client, **values):
    given = {"source": "list", "target": "shop.orders", "kind": "number", "title": "It",
             "new": "Mine", "dashboard": "", "measure": "", **values}  # fmt: skip
    return client.post("/core/dashboards/add", data=given, headers=HTMX)


# -- figures ---------------------------------------------------------------------------------------


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


# -- what cannot be shown --------------------------------------------------------------------------


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


# -- adding from where one is ----------------------------------------------------------------------


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


# -- arranging -------------------------------------------------------------------------------------


def test_order_width_and_names_are_kept_and_a_card_left_out_is_gone(visit, shop, board):
    client, (key, (number, chart, _report)) = visit(), board
    given = {
        "version": str(at(shop, key)), "name": "Everyday", "card": [str(chart), str(number)],
        f"{chart}.width": "12", f"{chart}.title": "States", f"{number}.width": "2",
        f"{number}.title": "Open", f"{number}.alert": "below", f"{number}.threshold": "1,000.5",
    }  # fmt: skip
    answer = client.post(f"/core/dashboards/{key}/arrange", data=given)

    assert answer.status_code == 303
    with shop.read(person()) as session:
        cards = session.scalars(select(Card).order_by(Card.position)).all()
        assert [(c.title, c.width) for c in cards] == [("States", 12), ("Open", 2)]
        assert cards[1].threshold == Decimal("1000.5")
        assert session.get(Kept, key).name == "Everyday"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"width": "1"}, 422), ({"width": "13"}, 422), ({"width": "x"}, 422),
        ({"version": "0"}, 409), ({"version": ""}, 422), ({"name": ""}, 422),
        ({"card": "999999"}, 404), ({"alert": "sideways"}, 422), ({"threshold": "many"}, 422),
    ],
)  # fmt: skip
def test_an_arrangement_that_is_none_changes_nothing(visit, shop, board, change, status):
    client, (key, (number, _chart, _report)) = visit(), board
    card = change.get("card", str(number))
    given = {
        "version": change.get("version", str(at(shop, key))), "card": [card],
        "name": change.get("name", "Other"),
        f"{card}.width": change.get("width", "4"), f"{card}.title": "Other",
        f"{card}.alert": change.get("alert", "above"), f"{card}.threshold": change.get("threshold", "1"),
    }  # fmt: skip

    assert client.post(f"/core/dashboards/{key}/arrange", data=given).status_code == status
    with shop.read(person()) as session:
        assert len(session.scalars(select(Card)).all()) == 3
        assert session.get(Kept, key).name == "Mine"


def test_who_was_slower_is_told(shop, board, runtime):
    key, (number, _chart, _report) = board
    one = [Placed(str(number), 4, "Mine")]
    seen = at(shop, key)
    shop.run(person(), lambda uow: service.arrange(uow, runtime, str(key), seen, "Mine", one))

    with pytest.raises(Stale):
        shop.run(person(), lambda uow: service.arrange(uow, runtime, str(key), seen, "Mine", one))


# -- sharing ---------------------------------------------------------------------------------------


def test_a_dashboard_is_ones_own_until_it_is_shared_with_a_role(shop, board, runtime):
    key, _cards = str(board[0]), board[1]
    seller, packer = person(8, "seller", rights=READER), person(8, "packer", rights=READER)

    def sees(actor):
        with shop.read(actor) as session:
            return key in [b.key for b in boards_of(session, runtime, actor)]

    assert not sees(seller)
    # Not even who may share others' dashboards sees what somebody keeps for themselves.
    assert not sees(person(8))
    shop.run(
        person(), lambda uow: service.share(uow, runtime, key, at(shop, key), "roles", ["seller"])
    )
    assert sees(seller)
    assert not sees(packer)
    with pytest.raises(NotFound), shop.read(packer) as session:
        board_for(session, runtime, packer, key)


def test_sharing_asks_for_its_right_and_names_roles_that_are_there(visit, shop, board, runtime):
    key = board[0]
    plain = visit(Rights(READER))
    given = {"version": str(at(shop, key)), "sharing": "everybody"}

    assert plain.post(f"/core/dashboards/{key}/share", data=given).status_code == 403
    assert plain.post(f"/core/dashboards/{key}/beginnings", data={}).status_code == 403
    client = visit()
    wrong = {**given, "sharing": "roles"}
    assert client.post(f"/core/dashboards/{key}/share", data=wrong).status_code == 422
    wrong["role"] = "ghost"
    assert client.post(f"/core/dashboards/{key}/share", data=wrong).status_code == 404
    assert client.post(f"/core/dashboards/{key}/share", data=given).status_code == 303


def test_what_is_shared_is_changed_by_its_owner_and_copied_by_others(shop, board, runtime):
    key = str(board[0])
    shop.run(person(), lambda uow: service.share(uow, runtime, key, at(shop, key), "everybody", []))
    ben = person(8, rights=READER)

    with pytest.raises(Forbidden):
        shop.run(ben, lambda uow: service.arrange(uow, runtime, key, at(shop, key), "Ben's", []))
    with pytest.raises(Forbidden):
        shop.run(ben, lambda uow: service.drop(uow, runtime, key))
    with pytest.raises(NotFound):
        shop.run(ben, lambda uow: service.add_card(uow, int(key), {}))
    own = shop.run(ben, lambda uow: service.copy(uow, runtime, key, "Ben's").id)
    with shop.read(ben) as session:
        copied = board_for(session, runtime, ben, str(own))
    assert [c.title for c in copied.cards] == ["To confirm", "By state", "Sums"]
    assert copied.mine


@pytest.mark.parametrize("path", ["", "/cards/1", "/arrange", "/share", "/copy", "/drop", "/begin"])
def test_somebody_elses_dashboard_is_not_there(visit, shop, stock, runtime, path):
    key = shop.run(person(8), lambda uow: service.make_dashboard(uow, "Ben's").id)
    client = visit()
    given = {"version": "1", "name": "X", "sharing": "everybody"}

    for at in (key, "shop.ghost", "ghost", "9" * 30):
        address = f"/core/dashboards/{at}{path}"
        answer = (
            client.get(address) if path in ("", "/cards/1") else client.post(address, data=given)
        )
        assert answer.status_code == 404, address


# -- what modules ship, and where one begins -------------------------------------------------------


def test_a_modules_dashboard_is_the_modules_until_somebody_changes_it(shop, stock, runtime):
    chief, seller = person(), person(8, "seller", rights=READER)
    placed = [Placed("limits", 12, "Whom we sell to"), Placed("open", 3, "")]
    shop.run(chief, lambda uow: service.arrange(uow, runtime, "shop.desk", 0, "Shop desk", placed))

    with shop.read(seller) as session:
        board = board_for(session, runtime, seller, "shop.desk")
    assert [c.title for c in board.cards] == ["Whom we sell to", ""]
    # A new version of the module changes nothing of what was arranged here, and a word of it follows.
    newer = replace(DESK, label="Counter", cards=DESK.cards[:1])
    shop.wiring.dashboards["shop.desk"] = newer
    with shop.read(seller) as session:
        board = board_for(session, runtime, seller, "shop.desk")
    assert (board.title, len(board.cards)) == ("Counter", 2)
    with pytest.raises(Stale):
        shop.run(chief, lambda uow: service.arrange(uow, runtime, "shop.desk", 0, "X", []))
    with pytest.raises(Forbidden):
        shop.run(seller, lambda uow: service.drop(uow, runtime, "shop.desk"))
    shop.run(chief, lambda uow: service.drop(uow, runtime, "shop.desk"))
    with shop.read(seller) as session:
        assert len(board_for(session, runtime, seller, "shop.desk").cards) == 1


def test_a_modules_dashboard_is_for_those_who_see_a_card_of_it(shop, stock, runtime):
    stranger = person(8, rights={"other.right"})

    with shop.read(stranger) as session:
        assert boards_of(session, runtime, stranger) == []
    with pytest.raises(NotFound), shop.read(stranger) as session:
        board_for(session, runtime, stranger, "shop.desk")


def test_one_begins_with_ones_own_choice_then_the_roles_then_everybodys(shop, board, runtime):
    key = str(board[0])
    seller = person(8, "seller", rights=READER)

    def first(actor):
        with shop.read(actor) as session:
            found = beginning_of(session, runtime, actor)
        return found and found.key

    assert first(person(8, rights=READER)) is None
    # The module says that sellers begin with its desk; who may everything holds no role by that.
    assert first(seller) == "shop.desk"
    assert first(person()) is None
    with pytest.raises(Refused):
        shop.run(person(), lambda uow: let_begin(uow, runtime, key, ["seller"]))
    shop.run(person(), lambda uow: service.share(uow, runtime, key, at(shop, key), "everybody", []))
    shop.run(person(), lambda uow: let_begin(uow, runtime, key, ["seller", ""]))
    assert first(seller) == key
    assert first(person(8, rights=READER)) == key
    shop.run(seller, lambda uow: begin_with(uow, runtime, "shop.desk"))
    assert first(seller) == "shop.desk"
    shop.run(seller, lambda uow: begin_with(uow, runtime, "shop.desk"))
    shop.run(person(), lambda uow: let_begin(uow, runtime, key, [""]))
    assert first(seller) == "shop.desk"
    # Where it is no longer shared, or gone, people begin as they did before.
    shop.run(person(), lambda uow: service.drop(uow, runtime, key))
    assert first(person(8, rights=READER)) is None


def test_a_beginning_for_a_role_that_is_not_there_is_refused(shop, stock, runtime):
    with pytest.raises(NotFound):
        shop.run(person(), lambda uow: let_begin(uow, runtime, "shop.desk", ["ghost"]))


def test_the_home_page_shows_the_roles_dashboard_and_its_cards_come_later(visit, shop, stock):
    client = visit(Rights({*READER, "@seller"}))
    page = client.get("/").text

    assert "Shop desk" in page
    assert 'data-figure="/core/dashboards/shop.desk/cards/open"' in page
    assert ">1<" in shown(client, "shop.desk", "open")
    # Without a dashboard of their own people see the ready cards.
    assert "Waiting" in visit(Rights(READER)).get("/").text


def test_names_and_numbers_of_dashboards_have_their_bounds(shop, stock, runtime):
    for name in ("", "  ", "x" * 81, "a\x00b"):
        with pytest.raises(Invalid):
            shop.run(person(), lambda uow, name=name: service.make_dashboard(uow, name))

    def many(uow):
        for n in range(service.MOST + 1):
            service.make_dashboard(uow, f"Board {n}")
            uow.flush()

    with pytest.raises(Refused):
        shop.run(person(), many)

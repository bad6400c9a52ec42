"""Dashboards arranged by people, shared with roles, and the one that each begins with."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from dashboard_house import DESK, READER, at, board, person, runtime, shop, shown
from sqlalchemy import select

from dougong.actors import Rights
from dougong.dashboards import service
from dougong.dashboards.beginning import begin_with, let_begin
from dougong.dashboards.models import Card
from dougong.dashboards.models import Dashboard as Kept
from dougong.dashboards.queries import beginning_of, board_for, boards_of
from dougong.dashboards.service import Placed
from dougong.errors import Forbidden, Invalid, NotFound, Refused, Stale

__all__ = ["board", "runtime", "shop"]


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

    for where in (key, "shop.ghost", "ghost", "9" * 30):
        address = f"/core/dashboards/{where}{path}"
        answer = (
            client.get(address) if path in ("", "/cards/1") else client.post(address, data=given)
        )
        assert answer.status_code == 404, address


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

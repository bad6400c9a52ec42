"""Following a document: its followers hear of notes and steps, and nobody hears of what is not for them."""

from __future__ import annotations

import dataclasses

import pytest
from shop import Order
from sqlalchemy import delete, event, select
from team import Team

from dougong import Forbidden, Invalid, NotFound
from dougong.actors import Rights
from dougong.following.mentions import named_in
from dougong.following.models import Follower
from dougong.following.service import follow, followers_of, unfollow
from dougong.notes.service import write_note
from dougong.people.roles.models import UserRole
from dougong.resources import documents, steps
from dougong.resources.documents.beside import MayNotRead, readers


@pytest.fixture
def team(shop, me):
    return Team(shop, me)


def names(team, order, reader="Ann"):
    actor = team.actor(reader)
    with team.shop.read(actor) as session:
        return [one.name for one in followers_of(session, team.orders, actor, order)]


def note(team, who, order, text="Paid in coins."):
    return team.does(who, lambda uow: write_note(uow, team.orders, order, text))


def test_who_writes_a_note_follows_and_hears_the_next_one_but_not_their_own(team, stock):
    note(team, "Ann", stock.order)
    note(team, "Bob", stock.order)

    assert names(team, stock.order) == ["Ann Smith", "Bob"]
    assert team.heard("Ann") == ["note"]
    assert team.heard("Bob") == []


def test_a_mention_makes_a_follower_and_tells_them_once(team, stock):
    note(team, "Ann", stock.order, "@bob please look, @Bob!")

    assert names(team, stock.order) == ["Ann Smith", "Bob"]
    assert team.told("Bob") == ["mention"]


def test_a_name_of_two_words_and_a_chinese_name_are_mentioned(team, stock):
    note(team, "Bob", stock.order, "麻烦@王芳看一下, cc @Ann Smith.")

    assert names(team, stock.order) == ["Ann Smith", "Bob", "王芳"]


def test_of_two_names_that_fit_the_longer_one_is_meant():
    people = {"ann": (1, "Ann"), "ann smith": (2, "Ann Smith")}

    assert named_in("@Ann Smith and @ann", people) == {2: "Ann Smith", 1: "Ann"}
    assert named_in("@Anna, ann@house", people) == {}


@pytest.mark.parametrize("who", ["Cleo", "Dan"])
def test_who_may_not_read_the_document_is_neither_mentioned_nor_made_a_follower(team, stock, who):
    if who == "Cleo":
        with pytest.raises(Invalid, match="may not read"):
            note(team, "Ann", stock.order, f"@{who} look")
    with pytest.raises(MayNotRead, match="may not read"):
        team.does("Ann", lambda uow: follow(uow, team.orders, stock.order, team.ids[who]))

    assert names(team, stock.order) == []
    assert team.told(who) == []


def test_somebody_lets_a_colleague_follow_who_hears_of_it(team, stock):
    team.does("Ann", lambda uow: follow(uow, team.orders, stock.order, team.ids["Bob"]))
    again = team.does("Ann", lambda uow: follow(uow, team.orders, stock.order, team.ids["Bob"]))

    assert again is False
    assert team.heard("Bob") == ["follower"]


def test_who_unfollows_hears_no_more(team, stock):
    note(team, "Ann", stock.order)
    team.does("Ann", lambda uow: unfollow(uow, team.orders, stock.order))
    note(team, "Bob", stock.order)

    assert team.heard("Ann") == []


def test_others_are_taken_off_only_by_those_who_may_change_the_document(team, stock):
    note(team, "Ann", stock.order)
    reader = dataclasses.replace(team.actor("Bob"), rights=Rights({"shop.order.read"}))
    ann = team.ids["Ann"]

    with pytest.raises(Forbidden):
        team.shop.run(reader, lambda uow: unfollow(uow, team.orders, stock.order, ann))
    team.does("Bob", lambda uow: unfollow(uow, team.orders, stock.order, ann))
    assert names(team, stock.order) == []


def test_without_the_document_there_are_no_followers_to_see(team, stock):
    for who, refusal in (("Cleo", Forbidden), ("Dan", NotFound)):
        actor = team.actor(who, 2 if who == "Dan" else 1)
        with team.shop.read(actor) as session, pytest.raises(refusal):
            followers_of(session, team.orders, actor, stock.order)
        with pytest.raises(refusal):
            team.shop.run(actor, lambda uow: follow(uow, team.orders, stock.order))


def test_a_step_is_told_to_followers_whichever_way_it_was_taken(team, stock):
    sight = team.orders.sight(team.actor("Bob").rights)
    team.does("Ann", lambda uow: follow(uow, team.orders, stock.order))
    team.does("Bob", lambda uow: steps.run_one(uow, team.orders, sight, "confirm", stock.order))

    def by_hand(uow):
        uow.get(Order, stock.order).state = "cancelled"

    team.does("Bob", by_hand)

    assert team.heard("Ann") == ["step", "step"]


def test_who_takes_the_step_is_not_told_of_it(team, stock):
    sight = team.orders.sight(team.actor("Ann").rights)
    team.does("Ann", lambda uow: follow(uow, team.orders, stock.order))
    team.does("Ann", lambda uow: steps.run_one(uow, team.orders, sight, "confirm", stock.order))

    assert team.told("Ann") == []


def test_a_step_that_nobody_follows_asks_no_followers(team, stock):
    sight = team.orders.sight(team.actor("Bob").rights)
    team.shop.run(
        team.me, lambda uow: uow.remembered("kinds that are followed", [Follower], frozenset)
    )
    seen = []
    event.listen(team.shop.engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    team.does("Bob", lambda uow: steps.run_one(uow, team.orders, sight, "confirm", stock.order))

    assert sum("core_follower" in statement for statement in seen) <= 1


def test_nothing_is_told_about_what_one_no_longer_sees(team, stock):
    team.does("Bob", lambda uow: follow(uow, team.orders, stock.order))
    note(team, "Ann", stock.order)
    assert team.heard("Bob") == ["note"]

    def leave(uow):
        uow.session.execute(delete(UserRole).where(UserRole.user_id == team.ids["Bob"]))

    team.shop.run(team.me, leave)

    assert team.heard("Bob") == []
    assert team.told("Bob") == ["note"]


def test_only_people_who_may_read_are_offered(team, stock):
    actor = team.actor("Ann")
    with team.shop.read(actor) as session:
        offered = [name for _id, name in readers(session, team.orders, actor, [stock.order], "")]

    assert offered == ["Ann Smith", "Bob", "王芳"]


def test_what_stands_beside_a_document_goes_with_it(team, stock):
    sight = team.orders.sight(team.actor("Ann").rights)
    note(team, "Ann", stock.order, "@Bob")

    def remove(uow):
        found = documents.load(uow, team.orders, sight, [stock.order])
        documents.remove(uow, team.orders, sight, found)

    team.does("Ann", remove)

    assert team.told("Bob") == []
    with team.shop.read(team.me) as session:
        assert session.scalars(select(Follower.id)).all() == []

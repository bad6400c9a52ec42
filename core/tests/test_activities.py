"""Planned next steps: assigned, due, done with feedback; and only for who may read the document."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from team import Team
from werkzeug.datastructures import MultiDict

from dougong import Invalid, NotFound, clock
from dougong.activities.due import tell_due
from dougong.activities.models import Activity, ActivityKind
from dougong.activities.queries import activities_of, board, mine
from dougong.activities.service import (
    Plan,
    cancel_activities,
    change_activities,
    finish_activities,
    finish_and_go_on,
    move_to_kind,
    plan,
)
from dougong.actors import Rights
from dougong.following.service import followers_of
from dougong.notes.service import notes_on
from dougong.people.rules.models import RecordRule
from dougong.resources import lists
from dougong.resources.documents.beside import MayNotRead
from dougong.workflows import StepNotAllowed

TODAY = dt.date(2026, 3, 10)
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def today():
    with clock.at(dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def team(shop, me):
    return Team(shop, me)


def planned(team, order, by="Ann", to="Bob", **facts):
    wanted = Plan(team.ids["call"], assignee_id=team.ids[to] if to else None, **facts)
    (made,) = team.does(by, lambda uow: plan(uow, team.orders, [order], wanted))
    return made.id


def found(team, who, query, noun="shop.orders", company=1):
    """The keys that a list finds for somebody."""
    actor, noun = team.actor(who, company), team.shop.nouns.get(noun)
    asked = lists.parse(MultiDict(query), noun.sight(actor.rights))
    with team.shop.read(actor) as session:
        return [row[0] for row in lists.rows(session, asked)[0]]


def test_what_is_not_said_follows_from_the_kind_and_from_whoever_plans(team, stock):
    id = planned(team, stock.order, to=None)

    with team.shop.read(team.me) as session:
        made = session.get(Activity, id)
    assert (made.summary, made.due_on, made.state) == ("Call", TODAY + DAY, "planned")
    assert (made.assignee_id, made.planned_by_id) == (team.ids["Ann"], team.ids["Ann"])
    assert made.company_id == 1


def test_who_is_assigned_follows_and_hears_of_it_and_of_the_due_day_once(team, stock):
    planned(team, stock.order, due_on=TODAY + DAY)
    ann = team.actor("Ann")
    with team.shop.read(ann) as session:
        (follower,) = followers_of(session, team.orders, ann, stock.order)
    assert follower.name == "Bob"
    team.shop.run(team.me, tell_due)
    assert team.heard("Bob") == ["assigned"]

    with clock.at(dt.datetime(2026, 3, 11, 12, tzinfo=dt.UTC)):
        for _ in range(2):
            team.shop.run(team.me, tell_due)
    assert team.heard("Bob") == ["assigned", "due"]


def test_an_activity_that_was_moved_is_told_again_on_its_new_day(team, stock):
    id = planned(team, stock.order, by="Bob", due_on=TODAY)
    team.shop.run(team.me, tell_due)
    team.does("Bob", lambda uow: change_activities(uow, [id], due_on=TODAY + DAY))
    team.shop.run(team.me, tell_due)
    assert team.heard("Bob") == ["due"]

    with clock.at(dt.datetime(2026, 3, 11, 12, tzinfo=dt.UTC)):
        team.shop.run(team.me, tell_due)
    assert team.heard("Bob") == ["due", "due"]


def test_nothing_is_assigned_to_who_may_not_read_the_document(team, stock):
    for who in ("Cleo", "Dan"):
        with pytest.raises(MayNotRead):
            planned(team, stock.order, to=who)
    id = planned(team, stock.order)
    with pytest.raises(MayNotRead):
        team.does("Ann", lambda uow: change_activities(uow, [id], assignee=team.ids["Cleo"]))


def test_what_came_of_it_becomes_a_note_and_the_next_one_is_planned(team, stock):
    id = planned(team, stock.order)
    following = Plan(team.ids["meeting"], "Sign the contract", TODAY + 7 * DAY)
    team.does(
        "Bob",
        lambda uow: finish_and_go_on(uow, team.orders, stock.order, id, "They want it.", following),
    )

    bob = team.actor("Bob")
    with team.shop.read(bob) as session:
        (note,) = notes_on(session, team.orders, bob, stock.order)
        first, last = activities_of(session, team.orders, bob, stock.order)
    assert note.text == "Call: Call\nThey want it."
    assert (first.summary, first.assignee_id) == ("Sign the contract", team.ids["Bob"])
    assert (last.state, last.feedback) == ("done", "They want it.")


def test_what_is_done_or_given_up_stays_so(team, stock):
    one, other = planned(team, stock.order), planned(team, stock.order)
    team.does("Bob", lambda uow: finish_activities(uow, [one]))
    team.does("Bob", lambda uow: cancel_activities(uow, [other]))

    for id in (one, other):
        with pytest.raises(StepNotAllowed):
            team.does("Bob", lambda uow, id=id: finish_activities(uow, [id]))
        with pytest.raises(StepNotAllowed):
            team.does("Bob", lambda uow, id=id: change_activities(uow, [id], due_on=TODAY))


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [({"summary": "x" * 201}, Invalid), ({"summary": "a\x07b"}, Invalid)],
)
def test_what_cannot_be_kept_is_refused_and_changes_nothing(team, stock, facts, refusal):
    with pytest.raises(refusal):
        planned(team, stock.order, **facts)
    with pytest.raises(NotFound):
        team.does("Ann", lambda uow: plan(uow, team.orders, [stock.order], Plan(999_999)))
    with pytest.raises(NotFound):
        team.does("Ann", lambda uow: plan(uow, team.orders, [999_999], Plan(team.ids["call"])))

    with team.shop.read(team.me) as session:
        assert session.scalars(select(Activity.id)).all() == []


def test_who_may_not_read_the_document_sees_no_activity_on_any_way(team, stock):
    id = planned(team, stock.order)

    assert found(team, "Ann", {}, "core.activities") == [id]
    assert found(team, "Cleo", {}, "core.activities") == []
    assert found(team, "Dan", {}, "core.activities", 2) == []
    for who, company in (("Cleo", 1), ("Dan", 2)):
        with pytest.raises(NotFound):
            team.does(who, lambda uow: finish_activities(uow, [id]), company)
    with team.shop.read(team.actor("Cleo")) as session:
        assert session.scalars(select(Activity.id)).all() == []


def test_a_record_rule_on_the_document_hides_its_activities_too(team, stock):
    first, second = planned(team, stock.order), planned(team, team.order(stock.acme, total=99))

    def narrow(uow):
        from dougong.people.roles.models import Role

        role = uow.session.scalar(select(Role.id).where(Role.name == "sales"))
        small = {"field": "total", "op": "lt", "value": "50"}
        uow.add(RecordRule(role_id=role, resource="shop.orders", filter=small, label="Small"))

    assert found(team, "Bob", {}, "core.activities") == [first, second]
    team.shop.run(team.me, narrow)
    assert found(team, "Bob", {}, "core.activities") == [first]


def test_a_disabled_module_hides_its_activities(team, stock):
    from dougong.activities.sight import SeenActivities

    planned(team, stock.order)
    team.shop.nouns.all.pop("shop.orders")
    team.shop.narrow = SeenActivities(team.shop.nouns)

    assert found(team, "Ann", {}, "core.activities") == []


def test_any_list_finds_documents_by_what_is_planned_with_them(team, stock):
    late, now, free = (team.order(stock.acme) for _ in range(3))
    planned(team, late, due_on=TODAY - DAY)
    planned(team, now, to="Ann", due_on=TODAY)

    assert found(team, "Bob", {"activity": "mine"}) == [late]
    assert found(team, "Ann", {"activity": "mine"}) == [now]
    assert found(team, "Ann", {"activity": "overdue"}) == [late]
    assert found(team, "Ann", {"activity": "mine_overdue"}) == []
    assert found(team, "Ann", {"activity": "today"}) == [now]
    assert found(team, "Ann", {"activity.empty": "true"}) == sorted(
        [free, stock.order], reverse=True
    )
    assert found(team, "Bob", {"followed": "true"}) == [late]


def test_the_board_has_a_row_for_each_document_and_a_column_for_each_kind(team, stock):
    other = team.order(stock.acme)
    planned(team, other, due_on=TODAY + DAY)
    planned(team, stock.order, due_on=TODAY)
    planned(team, stock.order, due_on=TODAY - DAY)
    ann = team.actor("Ann")
    query = lists.parse(MultiDict({"state": "draft"}), team.orders.sight(ann.rights))
    with team.shop.read(ann) as session:
        made = board(session, query)

    call = team.ids["call"]
    assert [row.key for row in made["rows"]] == [stock.order, other]
    assert made["rows"][0].cells == {call: (TODAY - DAY, 2)}
    assert made["totals"] == {call: 3}
    assert [name for _id, name, _icon, _days in made["kinds"]] == ["Call", "Meeting"]


def test_the_first_page_shows_what_is_due_first(team, stock):
    planned(team, stock.order, summary="Later", due_on=TODAY + DAY)
    planned(team, stock.order, summary="Now", due_on=TODAY)

    bob = team.actor("Bob")
    with team.shop.read(bob) as session:
        assert [text.partition(":")[0] for text, _day, _url in mine(session, bob)] == [
            "Now",
            "Later",
        ]


def test_the_same_is_planned_with_many_and_a_shared_customer_has_it_in_ones_own_company(
    team, stock
):
    others = [stock.order, team.order(stock.acme)]
    wanted = Plan(team.ids["call"], "Say thanks")
    team.does("Ann", lambda uow: plan(uow, team.orders, others, wanted))
    (one,) = team.does("Ann", lambda uow: plan(uow, team.customers, [stock.acme], wanted))

    assert len(found(team, "Ann", {"activity": "mine"})) == 2
    assert (one.about, one.company_id) == ("Acme Timber", 1)


def test_a_card_is_put_into_the_lane_of_another_kind(team, stock):
    id = planned(team, stock.order)
    team.does("Bob", lambda uow: move_to_kind(uow, id, team.ids["meeting"]))

    with team.shop.read(team.me) as session:
        assert session.get(Activity, id).kind_id == team.ids["meeting"]


def test_a_kind_that_is_out_of_use_is_planned_no_more(team, stock):
    def shut(uow):
        uow.get(ActivityKind, team.ids["call"]).active = False

    team.shop.run(team.me, shut)
    with pytest.raises(NotFound):
        planned(team, stock.order)


def test_everybody_may_work_with_activities_and_no_more(team):
    cleo = team.actor("Cleo")

    assert cleo.may("core.activity.write")
    assert not cleo.may("core.activity.delete")
    assert not cleo.may("core.activity_kind.read")
    assert isinstance(cleo.rights, Rights)

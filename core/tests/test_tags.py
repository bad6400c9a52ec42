"""Tags: put on documents by whoever may change them, found in any list, merged and renamed."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from team import Team
from werkzeug.datastructures import MultiDict

from dougong import Forbidden, Invalid, NotFound
from dougong.audit.models import AuditEntry
from dougong.resources import lists
from dougong.resources.formats import formats
from dougong.tags.models import DocumentTag, Tag
from dougong.tags.service import (
    OtherFamily,
    merge_tags,
    tag_documents,
    tag_documents_with,
    tags_like,
    tags_on,
    untag_documents,
)
from dougong.unit_of_work.refusals import Clash


@pytest.fixture
def team(shop, me):
    return Team(shop, me)


def tag(team, name, *orders, who="Ann"):
    return team.does(who, lambda uow: tag_documents(uow, team.orders, orders, name)).id


def names(team, order, who="Ann"):
    actor = team.actor(who)
    with team.shop.read(actor) as session:
        return [one.name for one in tags_on(session, team.orders, actor, order)]


def found(team, query):
    actor = team.actor("Ann")
    asked = lists.parse(MultiDict(query), team.orders.sight(actor.rights))
    with team.shop.read(actor) as session:
        return lists.rows(session, asked)[0]


def test_a_typed_name_makes_a_tag_and_the_same_name_finds_it_again(team, stock):
    other = team.order(stock.acme)
    first = tag(team, "Urgent", stock.order)
    assert tag(team, " urgent ", other) == first
    assert tag(team, "URGENT", other) == first

    assert names(team, stock.order) == names(team, other) == ["Urgent"]


def test_a_list_finds_what_has_a_tag_and_what_has_not(team, stock):
    other, bare = team.order(stock.acme), team.order(stock.acme)
    tag(team, "Urgent", stock.order, other)
    tag(team, "Export", other)

    def keys(**query):
        return sorted(row[0] for row in found(team, query))

    assert keys(tags="urgent") == [stock.order, other]
    assert keys(**{"tags.ne": "Urgent"}) == [bare]
    assert keys(**{"tags.in": "Urgent,Export"}) == [stock.order, other]
    assert keys(**{"tags.empty": "true"}) == [bare]
    assert keys(tags="Urgent", **{"tags.ne": "Export"}) == [stock.order]
    assert keys(tags="nothing") == []


def test_tags_are_a_column_of_the_list_and_a_list_of_names_for_programs(team, stock):
    tag(team, "Urgent", stock.order)
    tag(team, "<b>", stock.order)
    actor = team.actor("Ann")
    query = lists.parse(MultiDict({"columns": "number,tags"}), team.orders.sight(actor.rights))
    with team.shop.read(actor) as session:
        rows, _next, _before = lists.rows(session, query)

    assert lists.as_json(query, rows)[0]["tags"] == ["<b>", "Urgent"]
    drawn = query.columns[1].cell(formats("en"))(rows[0][2])
    assert "&lt;b&gt;" in drawn
    assert "st-" in drawn


def test_a_tag_is_taken_off_one_document_and_stays_on_others(team, stock):
    other = team.order(stock.acme)
    urgent = tag(team, "Urgent", stock.order, other)
    team.does("Ann", lambda uow: untag_documents(uow, team.orders, [stock.order], urgent))

    assert names(team, stock.order) == []
    assert names(team, other) == ["Urgent"]


def test_the_history_of_the_document_tells_of_its_tags(team, stock):
    urgent = tag(team, "Urgent", stock.order)
    team.does("Bob", lambda uow: untag_documents(uow, team.orders, [stock.order], urgent))

    with team.shop.read(team.me) as session:
        mine = (AuditEntry.document == "shop.orders", AuditEntry.action.in_(["tag", "untag"]))
        told = session.execute(select(AuditEntry.action, AuditEntry.user_name).where(*mine)).all()
    assert [tuple(row) for row in told] == [("tag", "Ann Smith"), ("untag", "Bob")]


def test_only_who_may_change_a_document_tags_it(team, stock):
    import dataclasses

    from dougong.actors import Rights

    reader = dataclasses.replace(team.actor("Bob"), rights=Rights({"shop.order.read"}))
    with pytest.raises(Forbidden):
        team.shop.run(reader, lambda uow: tag_documents(uow, team.orders, [stock.order], "Mine"))
    for who, company, refusal in (("Cleo", 1, Forbidden), ("Dan", 2, NotFound)):
        actor = team.actor(who, company)
        with team.shop.read(actor) as session, pytest.raises(refusal):
            tags_on(session, team.orders, actor, stock.order)


@pytest.mark.parametrize("name", ["", "  ", "x" * 41, "a:b", "a\x00b", "a\nb\x07"])
def test_a_name_that_is_none_is_refused_and_nothing_is_tagged(team, stock, name):
    with pytest.raises(Invalid):
        tag(team, name, stock.order)
    with team.shop.read(team.me) as session:
        assert session.scalars(select(Tag.id)).all() == []


def test_tags_that_mean_the_same_are_merged_wherever_they_stand(team, stock):
    other, both = team.order(stock.acme), team.order(stock.acme)
    urgent, hurry = tag(team, "Urgent", stock.order, both), tag(team, "Hurry", other, both)
    team.shop.run(team.me, lambda uow: merge_tags(uow, [hurry], urgent))

    for order in (stock.order, other, both):
        assert names(team, order) == ["Urgent"]
    with team.shop.read(team.me) as session:
        assert session.scalars(select(Tag.name)).all() == ["Urgent"]
        assert len(session.scalars(select(DocumentTag.id)).all()) == 3


def test_tags_of_two_departments_are_not_merged(team, stock):
    urgent = tag(team, "Urgent", stock.order)

    def elsewhere(uow):
        other = Tag(family="club", name="Urgent")
        uow.add(other)
        return other.id

    other = team.shop.run(team.me, elsewhere)
    with pytest.raises(OtherFamily):
        team.shop.run(team.me, lambda uow: merge_tags(uow, [urgent], other))
    with pytest.raises(NotFound):
        team.does("Ann", lambda uow: tag_documents_with(uow, team.orders, [stock.order], other))


def test_a_renamed_tag_is_renamed_everywhere_but_not_to_a_name_that_is_taken(team, stock):
    urgent, export = tag(team, "Urgent", stock.order), tag(team, "Export", stock.order)

    def rename(id, name):
        uow_act = lambda uow: setattr(uow.get(Tag, id), "name", name)  # noqa: E731
        team.shop.run(team.me, uow_act)

    rename(urgent, "Very urgent")
    assert names(team, stock.order) == ["Export", "Very urgent"]
    with pytest.raises(Clash, match="already"):
        rename(export, "very URGENT")


def test_suggestions_are_the_departments_own_the_most_used_first(team, stock):
    tag(team, "Rare", stock.order)
    tag(team, "Often", stock.order, team.order(stock.acme))
    team.shop.run(team.me, lambda uow: uow.add(Tag(family="club", name="Other")))

    with team.shop.read(team.actor("Ann")) as session:
        assert [name for _id, name, _c in tags_like(session, team.orders)] == ["Often", "Rare"]
        assert [name for _id, name, _c in tags_like(session, team.orders, "RA")] == ["Rare"]

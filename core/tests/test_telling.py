"""A plugin tells people what happened: in their language, once each, and only what they may read."""

from __future__ import annotations

import pytest
from shop import Order
from team import Team
from test_notices import shown

from dougong import DocumentRef
from dougong.following.service import follow
from dougong.i18n import _, ngettext, speaking
from dougong.jobs.worker import Worker
from dougong.notices import notify
from dougong.wiring import Wiring


@pytest.fixture
def team(shop, me):
    return Team(shop, me)


def tell(team, stock, who="Ann", text="It is late.", kind="shop.late", **whom):
    def act(uow):
        return notify(uow, uow.get(Order, stock.order), kind, text, **whom)

    return team.does(who, act)


def test_a_person_hears_in_the_bell_and_is_led_to_the_document_or_a_part_of_it(team, stock):
    bob = [team.ids["Bob"]]
    assert tell(team, stock, people=bob) == 1
    assert tell(team, stock, people=bob, part="files", icon="clock") == 1

    there, first = shown(team, "Bob")
    assert (first.text, first.kind, first.icon) == ("It is late.", "shop.late", "bell")
    assert first.url == f"/shop/orders/{stock.order}"
    assert (there.url, there.icon) == (f"/shop/orders/{stock.order}/files", "clock")


def test_those_of_a_role_in_this_company_and_followers_hear_once_and_whoever_acts_does_not(
    team, stock
):
    team.does("Bob", lambda uow: follow(uow, team.orders, stock.order))

    told = tell(team, stock, people=[team.ids["Bob"], None], roles=["sales"], followers=True)

    assert told == 2
    assert [len(shown(team, name)) for name in ("Ann", "Bob", "王芳")] == [0, 1, 1]
    assert team.heard("Dan", company=2) == []


def test_only_followers_hear_where_only_they_are_meant(team, stock):
    team.does("Bob", lambda uow: follow(uow, team.orders, stock.order))

    assert tell(team, stock, followers=True) == 1
    assert tell(team, stock) == 0


def test_who_may_not_read_the_document_is_told_nothing_of_it(team, stock):
    tell(team, stock, people=[team.ids["Cleo"]])

    assert shown(team, "Cleo") == []


def test_somebody_who_is_gone_is_passed_over(team, stock):
    assert tell(team, stock, people=[987654]) == 0


def test_a_sentence_is_said_in_the_language_of_whoever_reads_it(team, stock):
    Worker(team.shop, Wiring())  # speaks all languages, whichever it was started in
    tell(team, stock, text=_("%(name)s is empty.", name="Box 7 at 100%"), people=[team.ids["Bob"]])
    tell(team, stock, text=ngettext("%(number)s notice", "%(number)s notices", 2),
         people=[team.ids["Bob"]])  # fmt: skip

    assert [one.text for one in shown(team, "Bob")] == ["2 notices", "Box 7 at 100% is empty."]
    with speaking("zh_Hans_CN"):
        assert [one.text for one in shown(team, "Bob")] == ["2 条通知", "Box 7 at 100% 是空文件。"]


def test_a_plain_string_is_said_as_it_is(team, stock):
    tell(team, stock, text="100% %(odd)s", people=[team.ids["Bob"]])

    assert shown(team, "Bob")[0].text == "100% %(odd)s"


def test_a_document_may_be_named_by_its_reference(team, stock):
    here = DocumentRef("shop.orders", stock.order)

    team.does("Ann", lambda uow: notify(uow, here, "shop.late", "Late.", roles=["sales"]))

    assert shown(team, "Bob")[0].url == f"/shop/orders/{stock.order}"


@pytest.mark.parametrize(
    ("kind", "part"),
    [("late", ""), ("Shop.late", ""), ("shop." + "x" * 60, ""), ("shop.late", "../x")],
)
def test_a_mistake_of_the_author_is_said_and_nothing_is_written(team, stock, kind, part):
    with pytest.raises(ValueError, match="is no"):
        tell(team, stock, kind=kind, part=part, people=[team.ids["Bob"]])

    assert shown(team, "Bob") == []

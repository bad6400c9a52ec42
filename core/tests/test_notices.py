"""Notices: in the bell at once, by mail as each person wants it, and each letter once."""

from __future__ import annotations

import datetime as dt
import smtplib

import pytest
from sqlalchemy import select
from team import Team
from test_approvals import Office
from test_mail import Post

from dougong import Invalid, NotFound, clock
from dougong.approvals import service
from dougong.approvals.events import ApprovalAsked
from dougong.events import Reaction
from dougong.following.service import follow
from dougong.jobs.claiming import Leases
from dougong.jobs.worker import Worker
from dougong.notes.service import write_note
from dougong.notices.asking import ring_for_approvals
from dougong.notices.events import NoticesDue
from dougong.notices.letters import daily_letters, send_letters
from dougong.notices.models import Notice
from dougong.notices.queries import notices_of
from dougong.notices.service import choose_way, read_all_notices, read_notices, way_of
from dougong.outbox.sending import send_due
from dougong.people.users.models import User
from dougong.wiring import Wiring

DAY = dt.timedelta(days=1)


@pytest.fixture
def team(shop, me):
    shop.reactions = {
        NoticesDue: [Reaction(NoticesDue, send_letters, mode="after_commit")],
        ApprovalAsked: [Reaction(ApprovalAsked, ring_for_approvals)],
    }
    return Team(shop, me)


@pytest.fixture
def post(team, monkeypatch):
    """Letters that left the house, after the outbox was worked off: ``post()``."""
    monkeypatch.setattr(smtplib, "SMTP", Post)
    values = {
        "core.mail_server": "mail.example", "core.mail_from": "us@house.example",
        "core.mail_security": "none", "core.mail_login": "", "core.mail_password": "",
        "core.address": "https://erp.example",
    }  # fmt: skip
    team.shop.read_setting = lambda _uow, key: values[key]

    def sent():
        Post.last = None
        while send_due(team.shop, Leases(team.shop.engine, "w")):
            pass
        return [] if Post.last is None else Post.last.sent

    return sent


def note(team, who, order, text="Look."):
    return team.does(who, lambda uow: write_note(uow, team.orders, order, text))


def shown(team, name):
    actor = team.actor(name)
    with team.shop.read(actor) as session:
        return notices_of(session, team.shop.nouns, actor)


def test_a_notice_says_in_words_what_happened_and_leads_there(team, stock):
    note(team, "Ann", stock.order, "@Bob look")

    (told,) = shown(team, "Bob")
    assert told.text == "Ann Smith has mentioned you in a note"
    assert (told.one, told.url) == ("Order", f"/shop/orders/{stock.order}/notes")
    assert not told.read


def test_one_or_all_are_marked_as_read_but_only_ones_own(team, stock):
    for _ in range(3):
        note(team, "Ann", stock.order, "@Bob look")
    first = shown(team, "Bob")[0].id

    with pytest.raises(NotFound):
        team.does("Ann", lambda uow: read_notices(uow, [first]))
    team.does("Bob", lambda uow: read_notices(uow, [first]))
    assert len(team.heard("Bob")) == 2
    team.does("Bob", read_all_notices)
    assert team.heard("Bob") == []


def test_a_letter_goes_at_once_to_who_wants_it_so_and_never_twice(team, stock, post):
    team.does("Bob", lambda uow: choose_way(uow, "mail"))
    note(team, "Ann", stock.order, "@Bob look")

    (letter,) = post()
    assert letter["To"] == "bob@house.example"
    assert "has mentioned you" in letter["Subject"]
    assert f"https://erp.example/shop/orders/{stock.order}/notes" in letter.get_content()
    team.shop.run(team.me, daily_letters)
    assert post() == []


def test_the_daily_letter_tells_all_in_the_readers_language_and_once(team, stock, post):
    Worker(team.shop, Wiring())  # speaks all languages, whichever it was started in

    def speak(uow):
        uow.session.scalar(select(User).where(User.id == team.ids["Bob"])).language = "zh_Hans_CN"

    team.shop.run(team.me, speak)
    note(team, "Ann", stock.order, "@Bob one")
    note(team, "Ann", stock.order, "@Bob two")
    assert post() == []

    for _ in range(2):
        team.shop.run(team.me, daily_letters)
    (letter,) = post()
    assert letter["Subject"] == "2 条通知"
    assert letter.get_content().count("Ann Smith") == 2
    team.shop.run(team.me, daily_letters)
    assert post() == []


def test_only_the_bell_means_no_letter(team, stock, post):
    team.does("Bob", lambda uow: choose_way(uow, "bell"))
    note(team, "Ann", stock.order, "@Bob look")
    team.shop.run(team.me, daily_letters)

    assert post() == []
    assert team.heard("Bob") == ["mention"]


def test_what_was_read_in_the_bell_is_in_no_letter(team, stock, post):
    note(team, "Ann", stock.order, "@Bob look")
    team.does("Bob", read_all_notices)
    team.shop.run(team.me, daily_letters)

    assert post() == []


def test_a_letter_tells_nothing_about_what_its_reader_no_longer_sees(team, stock, post):
    note(team, "Ann", stock.order, "@Bob look")

    def leave(uow):
        from dougong.people.roles.models import UserRole

        mine = select(UserRole).where(UserRole.user_id == team.ids["Bob"])
        uow.remove(*uow.session.scalars(mine))

    team.shop.run(team.me, leave)
    team.shop.run(team.me, daily_letters)
    assert post() == []


def test_a_house_without_mail_keeps_the_bell(team, stock):
    values = {"core.mail_server": "", "core.mail_from": ""}
    team.shop.read_setting = lambda _uow, key: values[key]
    note(team, "Ann", stock.order, "@Bob look")
    team.shop.run(team.me, daily_letters)

    assert team.heard("Bob") == ["mention"]


def test_a_way_that_is_none_is_refused(team):
    with pytest.raises(Invalid):
        team.does("Bob", lambda uow: choose_way(uow, "pigeon"))
    with team.shop.read(team.actor("Bob")) as session:
        assert way_of(session, team.ids["Bob"]) == "digest"


def test_old_notices_are_swept_out(team, stock, post):
    note(team, "Ann", stock.order, "@Bob look")
    with clock.at(clock.now() + 200 * DAY):
        team.shop.run(team.me, daily_letters)

    with team.shop.read(team.me) as session:
        assert session.scalars(select(Notice.id)).all() == []


def test_an_approval_that_waits_for_somebody_rings_their_bell_without_a_second_letter(
    shop, me, team
):
    office = Office(shop, me)
    office.rule()
    order = office.order(200)
    office.does("Ann", lambda uow: service.ask(uow, "shop.orders", order, "confirm"))

    bea = office.actor("Bea")
    with shop.read(bea) as session:
        (told,) = notices_of(session, shop.nouns, bea)
        row = session.get(Notice, told.id)
    assert (told.kind, told.url) == ("approval", "/core/inbox")
    assert row.told_at is not None


def test_a_disabled_module_hides_its_notices(team, stock):
    note(team, "Ann", stock.order, "@Bob look")
    team.does("Bob", lambda uow: follow(uow, team.orders, stock.order))
    kept = team.shop.nouns.all.pop("shop.orders")

    assert shown(team, "Bob") == []
    team.shop.nouns.all["shop.orders"] = kept
    assert len(shown(team, "Bob")) == 1

"""Who shows a plugin's role in the demo company is named beside the role, and can log in."""

from __future__ import annotations

import json

import pytest
from authoring import author as author
from sqlalchemy import select

from dougong.actors import Actor
from dougong.demo_site import (
    PEOPLE,
    left_out,
    let_people_in,
    log_ins_of,
    people_of,
    those_let_in,
)
from dougong.people.actors import actor_for
from dougong.people.users.models import User
from dougong.people.users.passwords import matches
from dougong.people.users.service import add_user

BODY = """
def permissions(self):
    from dougong import Permission
    return [Permission("fleet.car.read", "See")]
def roles(self):
    from dougong import DemoPerson, Role
    mine = DemoPerson("porter", "Ida Sand", "沈怡")
    return [Role("fleet.porter", "Porter", ["fleet.*"], demo=mine), Role("fleet.other", "O", [])]
"""


@pytest.fixture
def demo(author, make_runtime):
    author.write("fleet", BODY)
    return make_runtime("fleet")


def let_in(demo, log_ins, language="en"):
    return demo.house.run(
        Actor.system(), lambda uow: [p.login for p in let_people_in(uow, log_ins, language, "UTC")]
    )


def test_the_person_of_a_role_holds_it_and_can_log_in(demo, tmp_path):
    log_ins = log_ins_of(tmp_path, people_of(demo.wiring.roles))

    assert "porter" in let_in(demo, log_ins)
    assert let_in(demo, log_ins) == []

    assert those_let_in(demo, Actor.system())[-1] == "porter"
    with demo.house.read(Actor.system()) as session:
        porter = session.scalars(select(User).where(User.login == "porter")).one()
        actor = actor_for(session, porter.id, wiring=demo.wiring)
    assert porter.name == "Ida Sand"
    assert matches(porter.password, log_ins["porter"])
    assert actor.may("fleet.car.read")


def test_a_chinese_demo_calls_them_by_their_chinese_name(demo, tmp_path):
    let_in(demo, log_ins_of(tmp_path, people_of(demo.wiring.roles)), "zh_Hans_CN")

    with demo.house.read(Actor.system()) as session:
        assert session.scalar(select(User.name).where(User.login == "porter")) == "沈怡"


def test_whoever_comes_later_gets_a_password_and_nobody_else_a_new_one(demo, tmp_path):
    before = log_ins_of(tmp_path)

    after = log_ins_of(tmp_path, people_of(demo.wiring.roles))

    assert after == json.loads((tmp_path / "demo-log-ins.json").read_text())
    assert set(after) - set(before) == {"porter"}
    assert {login: after[login] for login in before} == before
    assert (tmp_path / "demo-log-ins.json").stat().st_mode & 0o077 == 0


def test_the_house_s_own_people_stay_who_they_are(author, make_runtime):
    author.write("fleet", BODY.replace('"porter", "Ida', '"admin", "Ida'))
    roles = make_runtime("fleet").wiring.roles

    assert people_of(roles) == list(PEOPLE)


def test_whoever_cannot_be_let_in_is_named_with_the_role_that_nobody_shows(demo):
    demo.house.run(Actor.system(), lambda uow: add_user(uow, "porter", "Jo Stone", companies=[1]))
    roles = demo.wiring.roles

    assert left_out(roles, those_let_in(demo, Actor.system())) == [("porter", "fleet.porter")]
    assert left_out(roles, []) == []


def test_two_roles_cannot_be_shown_by_one_log_in(author, make_runtime):
    author.write("fleet", BODY.replace('"porter", "Ida', '"admin", "Ida'))

    assert left_out(make_runtime("fleet").wiring.roles, []) == [("admin", "fleet.porter")]

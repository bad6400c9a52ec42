"""Seeing the house as another person: looking with their rights, changing nothing, all of it told."""

from __future__ import annotations

import pytest
from coming_in import HOUSE, PASSWORD, log_in, word_in
from coming_in import ann as ann
from coming_in import app as app
from coming_in import browser as browser
from coming_in import office as office
from sqlalchemy import select

from dougong import Actor, Forbidden
from dougong.actors import Rights
from dougong.audit.models import AuditEntry
from dougong.companies.models import Company
from dougong.people.roles.matrix import given_to
from dougong.people.roles.models import Role
from dougong.people.roles.service import give_role
from dougong.people.seeing.service import NotHere, begin_look, seen_by
from dougong.people.sessions.models import LogIn
from dougong.people.users.models import User
from dougong.people.users.service import add_user
from dougong.unit_of_work.unit import OnlyLooking


@pytest.fixture
def looking(browser, ann):
    """The boss looks through Ann's eyes."""
    log_in(browser, "boss")
    word = word_in(browser.get(f"/core/people/{ann}/see-as"))
    answer = browser.post(f"/core/people/{ann}/see-as", data={"csrf_token": word})
    assert answer.status_code == 303
    return browser


def looks(office):
    with office.house.read(HOUSE) as session:
        found = session.scalars(select(AuditEntry).where(AuditEntry.action == "look"))
        return [(entry.user_name, entry.changes) for entry in found]


def test_whoever_looks_sees_what_the_other_sees_and_every_page_is_told(looking, office, ann):
    assert looking.get("/who").json["name"] == "Ann"
    page = looking.get("/").text

    assert "you see the house as Ann" in page
    assert looking.get("/core/users").status_code == 403  # a reader sees nothing of the core
    told = looks(office)
    assert {name for name, _changes in told} == {"Boss"}
    assert any('"/who"' in changes for _name, changes in told)


def test_nothing_can_be_changed_meanwhile_and_the_way_back_is_open(looking, ann):
    word = word_in(looking.get("/"))

    refused = looking.post("/account/preferences", data={"csrf_token": word, "language": "en"})
    assert refused.status_code == 409
    assert looking.get("/account").status_code == 404
    assert looking.get("/core/tokens").status_code == 404
    back = looking.post("/core/see-as/end", data={"csrf_token": word})
    assert back.location == f"/core/users/{ann}/access"
    assert looking.get("/who").json["name"] == "Boss"


def test_the_service_saves_nothing_for_whoever_only_looks(office, ann):
    with office.house.read(HOUSE) as session:
        other = seen_by(session, HOUSE, ann, office.wiring)

    def rename(uow):
        uow.get(Company, 1).name = "Stolen"

    with pytest.raises(OnlyLooking):
        office.house.run(other, rename)
    assert office.house.run(other, lambda uow: uow.get(Company, 1).name) != "Stolen"


def test_nobody_looks_as_somebody_who_may_do_more_or_works_elsewhere(office, ann):
    def people(uow):
        user, _ = add_user(uow, "ben", "Ben", companies=[1], password=PASSWORD)
        far = Company(code="FAR", name="Far")
        uow.add(far)
        uow.flush()
        away, _ = add_user(uow, "zoe", "Zoe", companies=[far.id], password=PASSWORD)
        uow.flush()
        log_in = LogIn(
            key="k", user_id=user.id, csrf="c", created_at=uow.now, seen_at=uow.now,
            idle_seconds=60, ends_at=uow.now, proven_at=uow.now,
        )  # fmt: skip
        uow.add(log_in)
        boss = uow.session.scalars(select(User.id).where(User.login == "boss")).one()
        return user.id, away.id, boss, log_in.id

    ben, zoe, boss, visit = office.house.run(HOUSE, people)
    helper = Actor(ben, "Ben", Rights({"core.user.look", "*.read"}), (1,), 1)

    with pytest.raises(Forbidden):
        office.house.run(helper, lambda uow: begin_look(uow, visit, boss))
    with pytest.raises(NotHere):
        office.house.run(helper, lambda uow: begin_look(uow, visit, zoe))
    with pytest.raises(Forbidden):
        reader = Actor(ben, "Ben", Rights({"*.read"}), (1,), 1)
        office.house.run(reader, lambda uow: begin_look(uow, visit, ann))
    office.house.run(helper, lambda uow: begin_look(uow, visit, ann))


def test_a_right_names_the_roles_that_give_it(office, ann):
    office.house.run(HOUSE, lambda uow: give_role(uow, ann, "auditor", 1))

    with office.house.read(HOUSE) as session:
        given = given_to(session, office.wiring, ann)

        assert len(given("crm.order.read")) == 2
        assert given("core.audit.read") == ("Auditor (Dougong Trading)",)
        assert given("core.user.write") == ()


def test_the_tabs_of_a_person_and_a_role_show_what_may_be_done(browser, office, ann):
    log_in(browser, "boss")
    office.house.run(HOUSE, lambda uow: give_role(uow, ann, "auditor"))
    with office.house.read(HOUSE) as session:
        reader = session.scalars(select(Role.id).where(Role.name == "reader")).one()

    assert "Auditor" in browser.get(f"/core/users/{ann}/rights").text
    assert "What this role gives" in browser.get(f"/core/roles/{reader}/matrix").text

"""Who may do what, where: roles, companies, record rules."""

from __future__ import annotations

import threading
from contextlib import suppress

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from dougong import Actor, Forbidden, Invalid, NotFound, Refused
from dougong.actors import EVERYTHING, Rights
from dougong.companies.models import Company
from dougong.people.actors import NoCompany, actor_for
from dougong.people.roles.authority import LastAdministrator
from dougong.people.roles.generation import current
from dougong.people.roles.models import Role
from dougong.people.roles.service import change_rights, give_role, make_role, take_role
from dougong.people.rules.models import RecordRule
from dougong.people.sessions.models import LogIn
from dougong.people.sessions.service import open_log_in
from dougong.people.users import passwords
from dougong.people.users.models import User
from dougong.people.users.queries import active_holders
from dougong.people.users.service import (
    add_user,
    change_own_password,
    disable_users,
    enable_users,
    reset_password,
)
from dougong.plugin import Role as DeclaredRole
from dougong.resources import Rights as NounRights

HOUSE = Actor.system(1, (1, 2))


@pytest.fixture
def offices(make_house):
    """A house with two companies, Main and Branch."""
    house = make_house()

    def open_branch(uow):
        uow.add(Company(id=2, code="BRANCH", name="Branch", currency="EUR"))

    house.run(HOUSE, open_branch)
    return house


@pytest.fixture
def person(offices):
    """Make somebody known who holds these roles: ``person("ann", {"reader": None})``."""

    def make(login, roles=None, companies=(1,)):
        def act(uow):
            user, _ = add_user(
                uow, login, login.title(), companies=companies, password="correct horse battery"
            )
            uow.flush()
            for role, company in (roles or {}).items():
                give_role(uow, user.id, role, company)
            return user.id

        return offices.run(HOUSE, act)

    return make


@pytest.fixture
def actor(offices):
    """The actor that a person is: ``actor(id, company)``."""

    def make(user_id, company=None, **given):
        with offices.read(HOUSE) as session:
            return actor_for(session, user_id, company, **given)

    return make


def test_a_pattern_opens_what_it_covers_and_nothing_else():
    rights = Rights(["crm.order.*", "finance.invoice.read"])

    assert "crm.order.confirm" in rights
    assert "crm.order.*" in rights
    assert "finance.invoice.read" in rights
    assert "finance.invoice.post" not in rights
    assert "crm.*" not in rights
    assert "crm.orders.read" not in rights


def test_reading_everything_does_not_reach_log_ins_and_history():
    rights = Rights(["*.read"])

    assert "crm.order.read" in rights
    assert "core.user.read" not in rights
    assert "core.user.read" in EVERYTHING


def test_a_scope_narrows_rights_and_never_widens_them():
    rights = Rights(["crm.order.read", "crm.order.write"], Rights(["*.read", "finance.*"]))

    assert "crm.order.read" in rights
    assert "crm.order.write" not in rights
    assert "finance.invoice.read" not in rights
    assert rights != Rights(["crm.order.read", "crm.order.write"])


def test_those_who_may_do_all_are_not_those_who_may_do_nothing():
    assert Rights() != EVERYTHING
    assert hash(Rights()) != hash(EVERYTHING)


def test_a_role_in_one_company_gives_no_right_in_another(person, actor):
    ann = person("ann", {"administrator": 1, "reader": 2}, companies=(1, 2))

    here, there = actor(ann, 1), actor(ann, 2)

    assert here.may("crm.order.confirm")
    assert not there.may("crm.order.confirm")
    assert there.may("crm.order.read")


def test_companies_are_seen_together_only_where_the_same_is_allowed(person, actor):
    ann = person("ann", {"reader": 1}, companies=(1, 2))
    bob = person("bob", {"reader": None}, companies=(1, 2))

    assert actor(ann, 1).companies == (1,)
    assert actor(bob, 1).companies == (1, 2)


def test_a_company_that_is_not_theirs_does_not_exist(person, actor):
    ann = person("ann", {"reader": None})

    with pytest.raises(NotFound):
        actor(ann, 2)


def test_somebody_without_a_company_is_told_whom_to_ask(person, actor):
    ann = person("ann", companies=())

    with pytest.raises(NoCompany, match="administrator"):
        actor(ann)


def test_a_role_that_was_switched_off_gives_nothing(offices, person, actor):
    ann = person("ann", {"reader": None})

    def switch_off(uow):
        uow.session.scalars(select(Role).where(Role.name == "reader")).one().active = False

    offices.run(HOUSE, switch_off)

    assert not actor(ann).may("crm.order.read")


def test_every_change_of_rights_raises_the_generation(offices, person):
    def generation():
        with offices.read(HOUSE) as session:
            return session.scalar(select(current))

    before = generation()
    ann = person("ann", {"reader": None})
    after_giving = generation()
    offices.run(HOUSE, lambda uow: take_role(uow, ann, "reader"))

    assert before < after_giving < generation()


def test_nobody_gives_a_role_with_rights_they_lack(offices, person, actor):
    ann = person("ann", {"reader": None})
    offices.run(
        HOUSE, lambda uow: make_role(uow, "people", "People", ["core.user.*", "core.role.*"])
    )
    offices.run(HOUSE, lambda uow: give_role(uow, ann, "people"))
    clerk = actor(ann)
    bob = person("bob")

    with pytest.raises(Forbidden):
        offices.run(clerk, lambda uow: give_role(uow, ann, "administrator"))
    with pytest.raises(Forbidden):
        offices.run(clerk, lambda uow: make_role(uow, "mine", "Mine", ["crm.*"]))
    offices.run(clerk, lambda uow: give_role(uow, bob, "reader"))


def test_rights_cannot_be_put_into_a_role_that_one_holds(offices, person, actor):
    role = offices.run(
        HOUSE, lambda uow: make_role(uow, "people", "People", ["core.role.*", "core.user.*"]).id
    )
    ann = person("ann", {"people": None})

    with pytest.raises(Forbidden):
        offices.run(actor(ann), lambda uow: change_rights(uow, role, ["*"]))


def test_nobody_takes_over_the_account_of_somebody_who_may_do_more(offices, person, actor):
    boss = person("boss", {"administrator": None})
    offices.run(HOUSE, lambda uow: make_role(uow, "people", "People", ["core.user.*"]))
    ann = person("ann", {"people": None})

    with pytest.raises(Forbidden):
        offices.run(actor(ann), lambda uow: reset_password(uow, boss))
    with pytest.raises(Forbidden):
        offices.run(actor(ann), lambda uow: disable_users(uow, [boss]))


def test_a_ruler_of_one_company_gives_roles_only_there(offices, person, actor):
    ann = person("ann", {"administrator": 1}, companies=(1, 2))
    bob = person("bob", companies=(1,))

    with pytest.raises(Refused):
        offices.run(actor(ann, 1), lambda uow: give_role(uow, bob, "administrator"))
    with pytest.raises(NotFound):
        offices.run(actor(ann, 1), lambda uow: give_role(uow, bob, "administrator", 2))
    offices.run(actor(ann, 1), lambda uow: give_role(uow, bob, "reader", 1))


def test_the_last_administrator_stays(offices, person):
    boss = person("boss", {"administrator": None})

    with pytest.raises(LastAdministrator):
        offices.run(HOUSE, lambda uow: disable_users(uow, [boss]))
    with pytest.raises(LastAdministrator):
        offices.run(HOUSE, lambda uow: take_role(uow, boss, "administrator"))


def test_two_administrators_cannot_shut_each_other_out(offices, person):
    both = [person(login, {"administrator": None}) for login in ("ann", "bob")]
    seen, refused = threading.Barrier(2), []

    def shut_out(other):
        def act(uow):
            disable_users(uow, [other])
            with suppress(threading.BrokenBarrierError):
                seen.wait(0.5)  # the other one has looked, too, before this is saved

        try:
            offices.run(HOUSE, act)
        except LastAdministrator:
            refused.append(other)

    threads = [threading.Thread(target=shut_out, args=[one]) for one in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1
    with offices.read(HOUSE) as session:
        assert active_holders(session, "administrator") == set(refused)


def test_who_is_disabled_is_out_at_once(offices, person, actor):
    person("boss", {"administrator": None})
    ann = person("ann", {"reader": None})
    offices.run(HOUSE, lambda uow: open_log_in(uow, uow.get(User, ann), address="", agent="")[0].id)

    offices.run(HOUSE, lambda uow: disable_users(uow, [ann]))

    with offices.read(HOUSE) as session:
        assert session.scalars(select(LogIn)).all() == []
    with pytest.raises(NotFound):
        actor(ann)
    offices.run(HOUSE, lambda uow: enable_users(uow, [ann]))
    assert actor(ann).name == "Ann"


def test_somebody_new_lives_by_the_clock_of_their_company(offices):
    def make(uow):
        uow.get(Company, 2).timezone = "Asia/Shanghai"
        uow.flush()
        return add_user(uow, "mei", "Mei", companies=[2], password="correct horse 7")[0].timezone

    assert offices.run(HOUSE, make) == "Asia/Shanghai"


def test_a_log_in_name_is_unique_in_any_case_of_its_letters(person):
    person("ann")

    with pytest.raises(Refused, match="login"):
        person("ANN")


@pytest.mark.parametrize(
    "weak",
    ["short", "password1", "P@ssw0rd!!", "12345678", "aaaaaaaaaa", "ann-likes-tea", "x" * 129],
)
def test_a_password_that_would_be_guessed_is_refused(offices, weak):
    with pytest.raises(Invalid):
        offices.run(
            HOUSE, lambda uow: add_user(uow, "ann-likes", "Ann", companies=[1], password=weak)
        )


def test_a_password_is_kept_as_it_was_typed_and_only_as_a_hash(offices, person, actor):
    ann = person("ann", {"reader": None})
    long = "a  sentence with ümläuts, 中文 and spaces " + "z" * 60 + "  "

    offices.run(actor(ann), lambda uow: change_own_password(uow, "correct horse battery", long))

    with offices.read(HOUSE) as session:
        kept = session.get(User, ann).password
    assert kept.startswith("$argon2id$")
    with pytest.raises(Invalid):
        offices.run(actor(ann), lambda uow: change_own_password(uow, long[:72], "another good one"))
    offices.run(actor(ann), lambda uow: change_own_password(uow, long, "another good one"))


def test_the_history_tells_who_made_a_user_but_no_secret(offices, person):
    from dougong.audit.models import AuditEntry

    person("ann", {"reader": None})

    with offices.read(HOUSE) as session:
        told = [
            e.changes
            for e in session.scalars(select(AuditEntry).where(AuditEntry.document == "core.users"))
        ]
    assert any('"ann"' in changes for changes in told)
    assert any("core_user_role" in changes for changes in told)
    assert not any("argon2" in changes for changes in told)


# -- record rules ------------------------------------------------------------------------------


class Roles:
    """Roles, standing in for any noun of a plugin."""

    name, model, rights = "test.roles", Role, NounRights("test.role")


class Wired:
    """What enabled plugins declared."""

    def __init__(self, **roles):
        self.roles, self.resources = roles, [Roles]


def names(house, who):
    with house.read(who) as session:
        return set(session.scalars(select(Role.name)))


def test_a_rule_hides_rows_from_lists_loads_and_locks(offices, person, actor):
    reader = person("ann", {"reader": None})
    hidden = offices.run(HOUSE, lambda uow: make_role(uow, "hidden", "Hidden", []).id)

    def write_rule(uow):
        role = uow.session.scalars(select(Role).where(Role.name == "reader")).one()
        tree = {"not": {"field": "name", "op": "eq", "value": "hidden"}}
        uow.add(RecordRule(label="Not hidden", role_id=role.id, resource="test.roles", filter=tree))

    offices.run(HOUSE, write_rule)
    ann = actor(reader, wiring=Wired())

    assert names(offices, ann) == {"reader"}
    with offices.work(ann) as uow:
        with pytest.raises(NotFound):
            uow.get(Role, hidden)
        with pytest.raises(NotFound):
            uow.get(Role, hidden, lock=True)


def test_a_second_role_without_a_rule_opens_all(offices, person, actor):
    own = DeclaredRole(
        "own", "Own", ["test.role.read"], {Role: lambda model, actor: model.name == "own"}
    )
    offices.run(HOUSE, lambda uow: make_role(uow, "other", "Other", []))
    wired = Wired(own=own)
    offices.wiring.roles["own"] = own
    ann = person("ann", {"own": None})
    bob = person("bob", {"own": None, "reader": None})

    assert names(offices, actor(ann, wiring=wired)) == {"own"}
    assert names(offices, actor(bob, wiring=wired)) == {"own", "other", "reader"}


def test_a_rule_that_no_longer_fits_shows_nothing(offices, person, actor):
    reader = person("ann", {"reader": None})

    def write_rule(uow):
        role = uow.session.scalars(select(Role).where(Role.name == "reader")).one()
        tree = {"field": "gone", "op": "eq", "value": 1}
        uow.add(RecordRule(label="Old", role_id=role.id, resource="test.roles", filter=tree))

    offices.run(HOUSE, write_rule)

    assert names(offices, actor(reader, wiring=Wired())) == set()


def test_a_password_costs_a_guesser_time_and_memory():
    """Tests hash cheaply (`dougong.testing`); a house does not: OWASP's least for argon2id."""
    dear = PasswordHasher(passwords.PASSES, passwords.KIBIBYTES, 1)
    assert dear.hash("x").startswith("$argon2id$v=19$m=19456,t=2,p=1$")

"""Every choice of departments is a house of its own: it starts, migrates and shows its pages."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

import pytest
from argon2 import PasswordHasher
from sqlalchemy import inspect, select
from structlog.testing import capture_logs
from walking import Map, follow, walk

from dougong import Actor
from dougong.demo_site import bring_to_life
from dougong.outbox.models import OutboxMessage
from dougong.people.actors import actor_for
from dougong.people.roles.service import give_role
from dougong.people.sessions.service import open_log_in
from dougong.people.tokens.service import create_token
from dougong.people.users import passwords
from dougong.people.users.service import add_user
from dougong.people.web.cookies import KEY
from dougong.plugins.discovery import discover
from dougong.plugins.order import in_order
from dougong.resources import documents
from dougong.resources.documents.facts import key_of
from dougong.views.service import save_view
from dougong.web.app import create_app

DEPARTMENTS = ("crm", "inventory", "finance")
CHOICES = [("base", *chosen) for size in range(4) for chosen in combinations(DEPARTMENTS, size)]
#: Pages that send on or hide: a picture elsewhere, a log-in that is done, figures without a token.
SPECIAL = {
    "/favicon.ico": (301,), "/login": (303,), "/login/code": (303,), "/metrics": (404,),
    "/account/second-factor": (303,),
}  # fmt: skip
every_choice = pytest.mark.parametrize("chosen", CHOICES, ids="+".join)
ALL, NONE = "administrator", "without a role"
PASSWORD = "correct horse 7"


@every_choice
def test_the_tables_of_every_choice_go_up_and_down_and_up_again(chosen, databases):
    from dougong.migrations.migrator import Migrator

    manifests = discover().manifests
    ordered = in_order(chosen, manifests)
    url = databases.empty()
    migrator = Migrator(url, manifests.values())
    migrator.upgrade(["core"])
    core = _tables(migrator)

    migrator.upgrade(["core", *ordered])
    first = _tables(migrator)
    for name in reversed(ordered):
        migrator.downgrade(name)
    between = _tables(migrator)
    migrator.upgrade(["core", *ordered])
    second = _tables(migrator)
    migrator.close()
    databases.drop(url)

    assert between == core
    assert second == first
    assert {name.split("_")[0] for name in first.keys() - core.keys()} == {*chosen, "alembic"}


@every_choice
def test_every_page_of_every_choice_answers_everyone(chosen, make_runtime, monkeypatch):
    monkeypatch.setattr(
        passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    )
    runtime = make_runtime(*chosen)
    app = create_app(runtime, runtime.config)
    assert set(runtime.loaded) == set(chosen)
    people = _company(runtime)
    whole = len(chosen) == len(DEPARTMENTS) + 1
    keys, views = _one_of_each(runtime), _views(runtime)

    near, seen, wrong = Map(app, keys, views), set(), []
    with capture_logs() as said:
        wrong += _met_by_a_stranger(app, near)
        for role, (key, actor) in people.items():
            plan = Map(app, keys, views, thorough=True) if whole and role == ALL else near
            pages = [page for page in plan.pages() if not _known(page, actor, seen)]
            seen |= {_sight(page.noun, actor) for page in pages if page.noun}
            wrong += [f"{role}: {line}" for line in _met_by(app, plan, pages, key, actor)]

    assert wrong == [], "\n".join(wrong)
    assert [line for line in said if line["log_level"] in ("error", "critical")] == []


def _met_by_a_stranger(app, plan):
    """Whoever has not signed in sees what is public, and is asked to sign in for the rest."""
    pages = plan.pages()
    met = walk(app.test_client(), pages)
    for page in pages:
        wanted = 401 if page.path.startswith("/api/") else 303
        if page.public:
            wanted = SPECIAL.get(page.path, (200,))[0] if page.path != "/login" else 200
        if met.codes[page.path] != wanted:
            yield f"not signed in: {page.path} answers {met.codes[page.path]}, not {wanted}"


def _met_by(app, plan, pages, key, actor):
    """What is not as it should be on the way of one person."""
    client = app.test_client()
    client.set_cookie(KEY, key)
    met = walk(client, pages)
    for page in pages:
        code = met.codes[page.path]
        if code not in _wanted(page, actor):
            yield f"{page.path} answers {code}, not {_wanted(page, actor)}"
    for path, code in follow(client, met, most=3 if actor.rules else 1).items():
        if code >= 400:
            yield f"{met.links.get(path, 'a page')} leads to {path}, which answers {code}"
    for path, where in met.buttons.items():
        if not plan.may_press(actor, path):
            yield f"{where} has a button for {path}, which is not for them"


def _wanted(page, actor):
    """What a page answers to somebody with these rights."""
    if page.path in SPECIAL:
        return SPECIAL[page.path]
    return page.codes if all(actor.may(right) for right in page.needs) else (403,)


def _sight(noun, actor):
    """What tells one reader of a noun from another: rights, hidden fields, rules on its rows."""
    sight, steps = noun.sight(actor.rights), noun.steps.steps if noun.steps else ()
    return (
        noun.name, sight.read, sight.create, sight.write, sight.delete, sight.hidden,
        tuple(step.name for step in steps if actor.may(step.needs)),
        tuple(map(repr, actor.rules.get(noun.model, ()))),
    )  # fmt: skip


def _known(page, actor, seen):
    """Whether somebody who sees just as much of the noun has been there before."""
    return page.noun is not None and _sight(page.noun, actor) in seen


def _tables(migrator):
    """Every table with its columns."""
    inspector = inspect(migrator.engine)
    return {
        name: sorted(column["name"] for column in inspector.get_columns(name))
        for name in inspector.get_table_names()
    }


# -- a company with one of everything --------------------------------------------------------------


def _company(runtime):
    """The demo company, a document of every noun, and a person of each role: key and actor."""
    house, boss = runtime.house, Actor.system()
    bring_to_life(runtime, boss, "en")
    house.run(boss, _the_cores_own)
    for noun in runtime.nouns:
        if _first(runtime, noun) is None and not noun.rights.only_read:
            house.run(boss, lambda uow, noun=noun: _make(uow, noun))
    people = house.run(boss, lambda uow: _people(uow, runtime))
    with house.read(boss) as session:
        return {
            role: (key, actor_for(session, user, wiring=runtime.wiring))
            for role, (key, user) in people.items()
        }


def _people(uow, runtime):
    """Somebody for each role and somebody without any, logged in."""
    people = {}
    for number, role in enumerate([*runtime.wiring.roles, NONE]):
        user, _word = add_user(uow, f"p{number}", role, companies=[1], password=PASSWORD)
        uow.flush()
        if role != NONE:
            give_role(uow, user.id, role)
            uow.flush()
        _log_in, key = open_log_in(uow, user, address="", agent="")
        people[role] = (key, user.id)
    return people


#: What a document is made of beside the first of each link: the demo company has none of these.
GIVEN = {
    "core.rules": {"resource": "base.parties", "filter": {"all": []}},
    "base.rates": {"currency": "USD", "against": "EUR"},
    "crm.pricelists": {"currency": "EUR", "rules": []},
}


def _make(uow, noun):
    """One document, made of what its form asks for."""
    sight, seen = noun.sight(uow.actor.rights), {}
    given = {n: _value(uow, f, seen) for n, f in sight.writable_own.items() if f.required}
    for name in noun.lines:
        fields = sight.line_fields(name, writing=True)
        given[name] = [{n: _value(uow, f, seen) for n, f in fields.items() if f.required}]
    documents.save(uow, noun, sight, given | GIVEN.get(noun.name, {}))


def _value(uow, field, seen):
    """For each link another document: goods move from one place to another."""
    if field.kind == "link":
        at = seen[field.target] = seen.get(field.target, -1) + 1
        key = key_of(field.target)
        return uow.session.scalar(select(key).order_by(key).offset(at).limit(1))
    return {"date": dt.date(2026, 1, 1), "number": "1", "money": "1"}.get(field.kind, "one")


def _the_cores_own(uow):
    """A token, a job and a letter, which nobody enters by hand."""
    owner, _word = add_user(uow, "robot", "Robot", companies=[1], password=PASSWORD)
    uow.flush()
    give_role(uow, owner.id, "reader")
    create_token(uow, "A program", ["base.party.read"], user_id=owner.id)
    uow.enqueue("core.tidy")
    letter = OutboxMessage(
        reaction="a.b", event="a:B", payload={}, company_id=1, written_at=uow.now, due_at=uow.now
    )
    uow.add(letter)


def _one_of_each(runtime):
    """The key of a document of each noun."""
    return {noun.name: _first(runtime, noun) for noun in runtime.nouns}


def _first(runtime, noun):
    with runtime.house.read(Actor.system()) as session:
        statement = select(key_of(noun.model)).order_by(key_of(noun.model)).limit(1)
        if noun.resource.rule:
            statement = statement.where(noun.resource.rule(noun.model))
        return session.scalar(statement)


def _views(runtime):
    """A view that everybody shares, of one list in each department."""
    first = {noun.plugin: noun.name for noun in runtime.nouns}
    return {
        name: runtime.house.run(
            Actor.system(), lambda uow, name=name: save_view(uow, name, "All", {}, shared=True)
        ).id
        for name in first.values()
    }

"""A company that has a document of every noun, and somebody of every role."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from sqlalchemy import select
from walking import NOBODYS

from dougong import Actor
from dougong.activities.models import ActivityKind
from dougong.activities.service import Plan, plan
from dougong.demo_site import bring_to_life
from dougong.errors import Invalid
from dougong.outbox.models import OutboxMessage
from dougong.people.actors import actor_for
from dougong.people.roles.service import give_role
from dougong.people.sessions.service import open_log_in
from dougong.people.tokens.service import create_token
from dougong.people.users.service import add_user
from dougong.problems.recording import record_error
from dougong.resources import documents
from dougong.resources.documents.facts import key_of
from dougong.views.service import save_view

NONE = "without a role"
PASSWORD = "correct horse 7"
BOSS = Actor.system()
DAY = dt.date(2026, 1, 1)
NOON = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
#: What a document is made of beside the first of each link: the demo company has none of these.
GIVEN = {
    "core.rules": {"resource": "base.parties", "filter": {"all": []}},
    "core.tags": {"family": "base"},
    "base.rates": {"currency": "USD", "against": "EUR"},
    "crm.pricelists": {"currency": "EUR", "rules": []},
    "hr.feedback": {"employee": 0},
    "hr.pay-inputs": {"year": 2026, "code": "bonus"},
    "purchasing.blankets": {"currency": "EUR", "ends_on": dt.date(2099, 12, 31)},
    "purchasing.landed": {"shares": []},
}


def open_company(runtime, language="en"):
    """The demo company, a document of every noun, and a person of each role: key and actor."""
    house = runtime.house
    bring_to_life(runtime, BOSS, language)
    robot = house.run(BOSS, _the_cores_own)
    house.run(BOSS, lambda uow: _a_next_step(uow, runtime.nouns.get("base.parties"), robot))
    record_error(house, RuntimeError(), "job", "core.tidy")
    for noun in runtime.nouns:
        if first_of(runtime, noun) is None and not noun.rights.only_read:
            # What needs more than its required fields (two people, a resource with steps) stays away.
            with suppress(Invalid):
                house.run(BOSS, lambda uow, noun=noun: make_one(uow, noun))
    return open_empty(runtime, language)


def open_empty(runtime, language="en"):
    """Nothing has been entered yet, and a person of each role is there: key and actor."""
    house = runtime.house
    people = house.run(BOSS, lambda uow: _people(uow, runtime, language))
    with house.read(BOSS) as session:
        return {
            role: (key, actor_for(session, user, wiring=runtime.wiring))
            for role, (key, user) in people.items()
        }


def _people(uow, runtime, language):
    """Somebody for each role and somebody without any, logged in."""
    people = {}
    for number, role in enumerate([*runtime.wiring.roles, NONE]):
        user, _word = add_user(
            uow, f"p{number}", role, companies=[1], password=PASSWORD, language=language
        )
        uow.flush()
        if role != NONE:
            give_role(uow, user.id, role)
            uow.flush()
        _log_in, key = open_log_in(uow, user, address="", agent="")
        people[role] = (key, user.id)
    return people


def make_one(uow, noun):
    """One document, made of what its form asks for."""
    documents.save(uow, noun, noun.sight(uow.actor.rights), what_it_takes(uow, noun))


def what_it_takes(uow, noun):
    """The plain values that make a document of a noun."""
    sight, seen = noun.sight(uow.actor.rights), {}
    given = {n: _value(uow, f, seen) for n, f in sight.writable_own.items() if f.required}
    for name in noun.lines:
        fields = sight.line_fields(name, writing=True)
        given[name] = [{n: _value(uow, f, seen) for n, f in fields.items() if f.required}]
    more = {
        name: _first(uow, sight.writable_own[name].target) if value == 0 else value
        for name, value in GIVEN.get(noun.name, {}).items()
    }
    return given | more


def _value(uow, field, seen):
    """For each link another document: goods move from one place to another."""
    if field.kind == "link":
        at = seen[field.target] = seen.get(field.target, -1) + 1
        return _first(uow, field.target, at)
    if field.kind == "choice":
        return next(iter(field.choices), "one")
    if field.kind == "date":
        return NOON if field.timed else DAY
    return {"number": 1 if getattr(field, "whole", False) else "1", "money": "1"}.get(
        field.kind, "one"
    )


def _first(uow, model, at=0):
    key = key_of(model)
    return uow.session.scalar(select(key).order_by(key).offset(at).limit(1))


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
    return owner.id


def _a_next_step(uow, noun, assignee):
    """Somebody will call somebody."""
    kind = uow.session.scalar(select(ActivityKind.id).limit(1))
    plan(uow, noun, [_first(uow, noun.model)], Plan(kind_id=kind, assignee_id=assignee))


def one_of_each(runtime):
    """The key of a document of each noun, or one that nobody has."""
    return {noun.name: first_of(runtime, noun) or NOBODYS for noun in runtime.nouns}


def first_of(runtime, noun):
    """The key of its first document; None where there is none."""
    with runtime.house.read(BOSS) as session:
        statement = select(key_of(noun.model)).order_by(key_of(noun.model)).limit(1)
        if noun.resource.rule:
            statement = statement.where(noun.resource.rule(noun.model))
        return session.scalar(statement)


def shared_views(runtime):
    """A view that everybody shares, of one list in each department."""
    first = {noun.plugin: noun.name for noun in runtime.nouns}
    return {
        name: runtime.house.run(
            BOSS, lambda uow, name=name: save_view(uow, name, "All", {}, shared=True)
        ).id
        for name in first.values()
    }

"""What colleagues keep beside a document, for programs: followers, activities, tags."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, g, jsonify
from pydantic import Field
from werkzeug.exceptions import NotFound as NoSuchPage

from dougong.activities.kinds import said
from dougong.activities.models import Activity
from dougong.activities.queries import activities_of
from dougong.activities.service import Plan, plan
from dougong.following.service import Following, follow, followers_of, unfollow
from dougong.tags.models import Tag
from dougong.tags.service import merge_tags, tag_documents, tags_on, untag_documents
from dougong.unit_of_work import Answer, UnitOfWork
from dougong.web.bodies import Body, Day, Id, takes
from dougong.web.calls import MOST_AT_ONCE, act_once, the_house, the_nouns, to_answer
from dougong.web.rights import needs, signed_in

pages = Blueprint("together", __name__)
HERE = "/api/v1/<plugin>/<slug>/<int:key>"


class NewFollower(Body):
    """Who is to hear of a document; without a name oneself."""

    user: Id | None = None


class NewActivity(Body):
    """A next step: of which kind, what, by when, by whom."""

    kind: Id
    summary: str = ""
    due_on: Day | None = None
    assignee: Id | None = None


class NewTag(Body):
    """A tag by its name."""

    name: str


class Merged(Body):
    """The tags that go."""

    ids: list[Id] = Field(max_length=MOST_AT_ONCE)


@pages.get(f"{HERE}/followers")
@signed_in
def list_followers(plugin: str, slug: str, key: int) -> Response:
    """Who follows a document."""
    noun = _noun(plugin, slug)
    with the_house().read(g.actor) as session:
        found = followers_of(session, noun, g.actor, key)
        return jsonify(items=[_follower(one) for one in found])


@pages.post(f"{HERE}/followers")
@signed_in
@takes(NewFollower)
def add_follower(plugin: str, slug: str, key: int, body: NewFollower) -> Response:
    """Follow a document, or let somebody follow it: ``{"user": 7}``."""
    noun = _noun(plugin, slug)

    def act(uow: UnitOfWork) -> Answer:
        fresh = follow(uow, noun, key, body.user)
        return to_answer({"following": True}, 201 if fresh else 200)

    return act_once(act)


@pages.delete(f"{HERE}/followers/<int:user>")
@signed_in
def remove_follower(plugin: str, slug: str, key: int, user: int) -> Response:
    """Follow no longer, or take somebody off."""
    noun = _noun(plugin, slug)

    def act(uow: UnitOfWork) -> Answer:
        unfollow(uow, noun, key, user)
        return Answer(204, "")

    return act_once(act)


@pages.get(f"{HERE}/activities")
@signed_in
def list_activities(plugin: str, slug: str, key: int) -> Response:
    """What is planned with a document, and what was done."""
    noun = _noun(plugin, slug)
    with the_house().read(g.actor) as session:
        found = activities_of(session, noun, g.actor, key)
        return jsonify(items=[_activity(one, said(one.kind.name)) for one in found])


@pages.post(f"{HERE}/activities")
@signed_in
@takes(NewActivity)
def add_activity(plugin: str, slug: str, key: int, body: NewActivity) -> Response:
    """Plan a next step: ``{"kind": 2, "summary": …, "due_on": "2026-03-01", "assignee": 7}``."""
    noun, wanted = _noun(plugin, slug), Plan(body.kind, body.summary, body.due_on, body.assignee)

    def act(uow: UnitOfWork) -> Answer:
        (made,) = plan(uow, noun, [key], wanted)
        return to_answer(_activity(made), 201)

    return act_once(act)


@pages.get(f"{HERE}/tags")
@signed_in
def list_tags(plugin: str, slug: str, key: int) -> Response:
    """The tags of a document."""
    noun = _noun(plugin, slug)
    with the_house().read(g.actor) as session:
        return jsonify(items=[_tag(tag) for tag in tags_on(session, noun, g.actor, key)])


@pages.post(f"{HERE}/tags")
@signed_in
@takes(NewTag)
def add_tag(plugin: str, slug: str, key: int, body: NewTag) -> Response:
    """Put a tag on a document: ``{"name": "Urgent"}``; a new name makes a new tag."""
    noun = _noun(plugin, slug)

    def act(uow: UnitOfWork) -> Answer:
        tag = tag_documents(uow, noun, [key], body.name)
        return to_answer(_tag(tag), 201)

    return act_once(act)


@pages.delete(f"{HERE}/tags/<int:tag>")
@signed_in
def remove_tag(plugin: str, slug: str, key: int, tag: int) -> Response:
    """Take a tag off a document."""
    noun = _noun(plugin, slug)

    def act(uow: UnitOfWork) -> Answer:
        untag_documents(uow, noun, [key], tag)
        return Answer(204, "")

    return act_once(act)


@pages.post("/api/v1/core/tags/<int:key>/merge")
@needs("core.tag.delete")
@takes(Merged)
def merge(key: int, body: Merged) -> Response:
    """Let this tag stand wherever others stand, which go: ``{"ids": [5, 6]}``."""

    def act(uow: UnitOfWork) -> Answer:
        return to_answer(_tag(merge_tags(uow, body.ids, key)))

    return act_once(act)


def _noun(plugin: str, slug: str) -> Any:
    noun = the_nouns().get(f"{plugin}.{slug}")
    if noun is None or not noun.beside:
        raise NoSuchPage
    return noun


def _follower(one: Following) -> dict[str, Any]:
    return {"user": one.user_id, "name": one.name, "since": one.since.isoformat()}


def _activity(one: Activity, kind: str = "") -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": one.id, "state": one.state or "planned", "summary": one.summary,
        "due_on": one.due_on.isoformat(), "kind": one.kind_id, "assignee": one.assignee_id,
        "feedback": one.feedback,
    }  # fmt: skip
    return told | ({"kind_name": kind} if kind else {})


def _tag(tag: Tag) -> dict[str, Any]:
    return {"id": tag.id, "name": tag.name, "colour": tag.colour}

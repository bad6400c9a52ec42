"""What colleagues keep beside a document, for programs: followers, activities, tags."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, Response, current_app, g, jsonify
from werkzeug.exceptions import NotFound as NoSuchPage

from dougong.activities.kinds import said
from dougong.activities.models import Activity
from dougong.activities.queries import activities_of
from dougong.activities.service import Plan, plan
from dougong.errors import Invalid
from dougong.following.service import Following, follow, followers_of, unfollow
from dougong.i18n import _
from dougong.operations.acting import act_once
from dougong.resources.problems import sentence
from dougong.tags.models import Tag
from dougong.tags.service import merge_tags, tag_documents, tags_on, untag_documents
from dougong.unit_of_work import Answer, UnitOfWork
from dougong.web.bodies import object_body
from dougong.web.calls import ids_of, the_house, the_nouns
from dougong.web.rights import needs, signed_in

pages = Blueprint("together", __name__)
HERE = "/api/v1/<plugin>/<slug>/<int:key>"


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
def add_follower(plugin: str, slug: str, key: int) -> Response:
    """Follow a document, or let somebody follow it: ``{"user": 7}``."""
    noun, body = _noun(plugin, slug), object_body(optional=True)
    _closed(body, {"user"})
    user = _id(body, "user") if "user" in body else None

    def act(uow: UnitOfWork) -> Answer:
        fresh = follow(uow, noun, key, user)
        return Answer(201 if fresh else 200, current_app.json.dumps({"following": True}))

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
def add_activity(plugin: str, slug: str, key: int) -> Response:
    """Plan a next step: ``{"kind": 2, "summary": …, "due_on": "2026-03-01", "assignee": 7}``."""
    noun, body = _noun(plugin, slug), object_body()
    _closed(body, {"kind", "summary", "due_on", "assignee"})
    summary = body.get("summary", "")
    if not isinstance(summary, str):
        raise Invalid({"summary": sentence("string_type")})
    wanted = Plan(
        _id(body, "kind"),
        summary,
        _day(body.get("due_on")),
        _id(body, "assignee") if body.get("assignee") is not None else None,
    )

    def act(uow: UnitOfWork) -> Answer:
        (made,) = plan(uow, noun, [key], wanted)
        return Answer(201, current_app.json.dumps(_activity(made)))

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
def add_tag(plugin: str, slug: str, key: int) -> Response:
    """Put a tag on a document: ``{"name": "Urgent"}``; a new name makes a new tag."""
    noun, body = _noun(plugin, slug), object_body()
    _closed(body, {"name"})
    if not isinstance(body.get("name"), str):
        raise Invalid({"name": sentence("string_type")})

    def act(uow: UnitOfWork) -> Answer:
        tag = tag_documents(uow, noun, [key], body["name"])
        return Answer(201, current_app.json.dumps(_tag(tag)))

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
def merge(key: int) -> Response:
    """Let this tag stand wherever others stand, which go: ``{"ids": [5, 6]}``."""
    body = object_body()
    _closed(body, {"ids"})
    ids = ids_of(body.get("ids"))

    def act(uow: UnitOfWork) -> Answer:
        return Answer(200, current_app.json.dumps(_tag(merge_tags(uow, ids, key))))

    return act_once(act)


def _noun(plugin: str, slug: str) -> Any:
    noun = the_nouns().get(f"{plugin}.{slug}")
    if noun is None or not noun.beside:
        raise NoSuchPage
    return noun


def _closed(body: dict[str, Any], known: set[str]) -> None:
    if strange := set(body) - known:
        raise Invalid({name: sentence("extra_forbidden") for name in strange})


def _id(body: dict[str, Any], name: str) -> int:
    value = body.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 2**53:
        raise Invalid({name: sentence("link")})
    return value


def _day(text: Any) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except (ValueError, TypeError):
        raise Invalid({"due_on": _("This is not a date: %(text)s.", text=str(text)[:20])}) from None


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

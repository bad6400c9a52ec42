"""REST for every noun: a handful of rules, whatever the number of resources."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import orjson
from flask import Blueprint, Flask, Response, current_app, g, request

from dougong.approvals.service import ask
from dougong.errors import BadQuery, Invalid
from dougong.i18n import _
from dougong.resources import documents, filters, lists, search, steps
from dougong.resources.problems import StaleDocument, sentence
from dougong.unit_of_work import Answer
from dougong.unit_of_work.refusals import Clash
from dougong.web import openapi
from dougong.web.bodies import json_body, object_body, wanted_version
from dougong.web.calls import (
    Place,
    act_once,
    as_json,
    asked_by,
    find_place,
    ids_of,
    key_of_address,
    matching,
    objects,
    tag_version,
    the_house,
    the_nouns,
    to_answer,
    told,
)
from dougong.web.errors import problem
from dougong.web.representing import expand, represent
from dougong.web.rights import signed_in

if TYPE_CHECKING:
    from dougong.unit_of_work import UnitOfWork

ROOT = "/api/v1"


def open_room(app: Flask) -> None:
    """Hang the API up in the application."""
    api = Blueprint("api", __name__, url_prefix=ROOT)
    api.register_error_handler(StaleDocument, _stale)
    api.register_error_handler(Clash, _clash)
    api.get("/openapi.json")(spec)
    api.get("/search")(find_everywhere)
    api.route("/<plugin>/<slug>", methods=["GET", "POST", "PATCH"])(collection)
    api.route("/<plugin>/<slug>/<key>", methods=["GET", "PATCH", "DELETE"])(single)
    api.post("/<plugin>/<slug>/<key>/<step>")(take_step)
    api.post("/<plugin>/<slug>/steps/<step>")(take_steps)
    app.register_blueprint(api)


# -- the rules -------------------------------------------------------------------------------------


@signed_in
def spec() -> Response:
    """Answer what there is, for the one who asks."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return as_json(openapi.document(the_nouns(), g.actor.rights, app))


@signed_in
def find_everywhere() -> Response:
    """Answer documents of all nouns in which the words occur."""
    words = request.args.get("q", "")
    with the_house().read(g.actor) as session:
        hits = search.everywhere(session, the_nouns(), g.actor, words)
    items = [{"resource": h.noun.name, "id": h.key, "label": h.label, "url": h.url} for h in hits]
    return as_json({"items": items})


@signed_in
def collection(plugin: str, slug: str) -> Response:
    """List a noun's documents, create one or many, or change many."""
    place = find_place(plugin, slug)
    if request.method == "GET":
        return _list(place)
    body = json_body()
    if request.method == "PATCH":
        return _change_many(place, body)
    if isinstance(body, list):
        return _create_many(place, body)
    return _create(place, body)


@signed_in
def single(plugin: str, slug: str, key: str) -> Response:
    """Read, change or delete one document."""
    place = find_place(plugin, slug)
    known = key_of_address(place.noun, key)
    if request.method == "GET":
        return _read(place, known)
    if request.method == "DELETE":
        return _delete(place, known)
    body, version = object_body(), wanted_version()

    def change(uow: UnitOfWork) -> Answer:
        (document,) = documents.load(uow, *place, [known])
        documents.save(uow, *place, body, document=document, version=version, by_name=False)
        return told(uow, place, document)

    return act_once(change)


@signed_in
def take_step(plugin: str, slug: str, key: str, step: str) -> Response:
    """Take one document along a step of its workflow."""
    place = find_place(plugin, slug, step=True)
    known, asked, version = key_of_address(place.noun, key), asked_by(place, step), wanted_version()
    instead = request.args.get("approval")
    if instead not in (None, "ask"):
        raise BadQuery(_("“approval” is “ask”, or it is left out."))

    def act(uow: UnitOfWork) -> Answer:
        if version is not None:
            (document,) = documents.load(uow, *place, [known])
            documents.refuse_stale(*place, document, version, {})
        if instead and (question := _ask_instead(uow, place, step, known, asked)):
            return question
        steps.run_one(uow, *place, step, known, **asked)
        uow.complete()
        (document,) = documents.load(uow, *place, [known])
        return told(uow, place, document)

    return act_once(act)


def _ask_instead(
    uow: UnitOfWork, place: Place, step: str, key: Any, answers: Mapping[str, Any]
) -> Answer | None:
    """Ask those who have to agree, and tell where their answer will stand; None where nobody has to."""
    lacking = steps.approval_lacking(uow, *place, step, key)
    if lacking is None:
        return None
    approval = ask(uow, place.noun.document, key, step, answers)
    uow.complete()
    said = {
        "approval": approval.id,
        "state": approval.state,
        "url": f"{ROOT}/core/approvals/{approval.id}",
        "detail": str(lacking.sentence),
    }
    return to_answer(said, HTTPStatus.ACCEPTED)


@signed_in
def take_steps(plugin: str, slug: str, step: str) -> Response:
    """Take many documents along a step: those named, or those a filter finds."""
    place = find_place(plugin, slug, step=True)
    body = object_body()
    if not {"ids"} <= set(body) <= {"ids", "with"} and not {"filter"} <= set(body) <= {
        "filter",
        "with",
    }:
        raise Invalid({"": _("Name ids, or a filter; and what the step asks, in “with”.")})
    asked = asked_by(place, step, body.get("with") or {})
    ids = ids_of(body["ids"]) if "ids" in body else None
    tree = filters.from_tree(body["filter"], place.sight) if ids is None else None

    def act(uow: UnitOfWork) -> Answer:
        keys, more = (ids, False) if ids is not None else matching(uow, place, tree)
        answers = steps.run(uow, *place, step, keys, **asked)
        uow.complete()
        refused = [{"id": k, "reason": str(why)} for k, why in answers.items() if why]
        done = [k for k, why in answers.items() if not why]
        return to_answer({"done": done, "refused": refused, "more": more})

    return act_once(act)


# -- what they do ----------------------------------------------------------------------------------


def _list(place: Place) -> Response:
    sight = place.sight
    count = request.args.get("count", "false")
    if count not in ("true", "false"):
        raise BadQuery(_("count is true or false."))
    query = lists.parse(request.args, sight, strict=True)
    body: dict[str, Any] = {"count": None, "capped": False, "sums": {}}
    with the_house().read(g.actor) as session:
        found, following, previous = lists.rows(session, query)
        items = lists.as_json(query, found)
        if "expand" in request.args:
            expand(session, sight, g.actor.rights, items, request.args["expand"])
        if count == "true":
            n, capped, sums = lists.totals(session, query)
            said = {name: sight.fields[name].plain(value) for name, value in sums.items()}
            body = {"count": n, "capped": capped, "sums": said}
    return as_json({"items": items, "next": following or None, "previous": previous or None} | body)


def _read(place: Place, key: Any) -> Response:
    with the_house().read(g.actor) as session:
        item = represent(*place, documents.get(session, *place, key))
        if "expand" in request.args:
            expand(session, place.sight, g.actor.rights, [item], request.args["expand"])
    answer = as_json(item)
    tag_version(answer, item)
    return answer


def _create(place: Place, body: Any) -> Response:
    if not isinstance(body, dict):
        raise Invalid({"": sentence("model_type")})

    def create(uow: UnitOfWork) -> Answer:
        document = documents.save(uow, *place, body, by_name=False)
        return told(uow, place, document, HTTPStatus.CREATED)

    answer = act_once(create)
    answer.headers["Location"] = f"{request.path}/{orjson.loads(answer.data)['id']}"
    return answer


def _create_many(place: Place, bodies: list[Any]) -> Response:
    entries = objects(bodies)

    def create(uow: UnitOfWork) -> Answer:
        batch = [documents.Entry(dict(payload)) for payload in entries]
        return _save_all(uow, place, batch, HTTPStatus.CREATED)

    return act_once(create)


def _change_many(place: Place, bodies: Any) -> Response:
    entries = objects(bodies)
    errors = {
        f"{at}.id": sentence("missing") for at, payload in enumerate(entries) if "id" not in payload
    }
    if errors:
        raise Invalid(errors)
    ids = ids_of([payload["id"] for payload in entries])

    def change(uow: UnitOfWork) -> Answer:
        loaded = documents.load(uow, *place, ids)
        known = {getattr(document, place.noun.key): document for document in loaded}
        batch = [
            documents.Entry({k: v for k, v in p.items() if k != "id"}, known[int(p["id"])])
            for p in entries
        ]
        return _save_all(uow, place, batch, HTTPStatus.OK)

    return act_once(change)


def _save_all(
    uow: UnitOfWork, place: Place, batch: list[documents.Entry], status: HTTPStatus
) -> Answer:
    if not documents.save_all(uow, *place, batch, by_name=False):
        errors = {
            f"{at}.{path}".rstrip("."): text
            for at, entry in enumerate(batch)
            for path, text in entry.errors.items()
        }
        formed = all(entry.well_formed for entry in batch)
        raise Invalid(errors, HTTPStatus.CONFLICT if formed else HTTPStatus.UNPROCESSABLE_ENTITY)
    uow.complete()
    items = [represent(*place, entry.document) for entry in batch]
    return to_answer({"items": items}, status)


def _delete(place: Place, key: Any) -> Response:
    version = wanted_version()

    def delete(uow: UnitOfWork) -> Answer:
        (document,) = documents.load(uow, *place, [key])
        documents.refuse_stale(*place, document, version, {})
        documents.remove(uow, *place, [document])
        return Answer(HTTPStatus.NO_CONTENT, "")

    return act_once(delete)


def _stale(error: StaleDocument) -> Response:
    both: dict[str, Any] = {"mine": error.mine, "theirs": error.theirs, "version": error.version}
    return problem(error.status, error.sentence, **both)


def _clash(error: Clash) -> Response:
    errors = dict.fromkeys(error.fields, error.sentence)
    return problem(error.status, error.sentence, errors)


__all__ = ["ROOT", "open_room"]

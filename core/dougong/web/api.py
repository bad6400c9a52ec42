"""REST for every noun: a handful of rules, whatever the number of resources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
from flask import Blueprint, Flask, Response, abort, current_app, g, request
from werkzeug.exceptions import MethodNotAllowed

from dougong.errors import BadQuery, Forbidden, Invalid
from dougong.i18n import _
from dougong.resources import documents, filters, lists, search, steps
from dougong.resources.documents.reading import require_read
from dougong.resources.problems import StaleDocument, sentence
from dougong.unit_of_work import Answer
from dougong.unit_of_work.refusals import Clash
from dougong.web import openapi
from dougong.web.bodies import json_body, object_body, once, wanted_version
from dougong.web.errors import problem
from dougong.web.representing import expand, represent
from dougong.web.rights import signed_in

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun, Nouns
    from dougong.resources.sight import Sight
    from dougong.unit_of_work import House, UnitOfWork

ROOT = "/api/v1"
#: Documents one call may create, change or take along a step.
MOST_AT_ONCE = 1000


class Place(NamedTuple):
    """A noun, and what the caller may see of it."""

    noun: Noun
    sight: Sight


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
    return _json(openapi.document(_nouns(), g.actor.rights))


@signed_in
def find_everywhere() -> Response:
    """Answer documents of all nouns in which the words occur."""
    words = request.args.get("q", "")
    with _house().read(g.actor) as session:
        hits = search.everywhere(session, _nouns(), g.actor, words)
    items = [{"resource": h.noun.name, "id": h.key, "label": h.label, "url": h.url} for h in hits]
    return _json({"items": items})


@signed_in
def collection(plugin: str, slug: str) -> Response:
    """List a noun's documents, create one or many, or change many."""
    place = _find(plugin, slug)
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
    place = _find(plugin, slug)
    known = _key(place.noun, key)
    if request.method == "GET":
        return _read(place, known)
    if request.method == "DELETE":
        return _delete(place, known)
    body, version = object_body(), wanted_version()

    def change(uow: UnitOfWork) -> Answer:
        (document,) = documents.load(uow, *place, [known])
        documents.save(uow, *place, body, document=document, version=version, by_name=False)
        return _told(uow, place, document)

    return _act(change)


@signed_in
def take_step(plugin: str, slug: str, key: str, step: str) -> Response:
    """Take one document along a step of its workflow."""
    place = _find(plugin, slug)
    known, asked, version = _key(place.noun, key), _asked(place, step), wanted_version()

    def act(uow: UnitOfWork) -> Answer:
        if version is not None:
            (document,) = documents.load(uow, *place, [known])
            documents.refuse_stale(*place, document, version, {})
        steps.run_one(uow, *place, step, known, **asked)
        uow.complete()
        (document,) = documents.load(uow, *place, [known])
        return _told(uow, place, document)

    return _act(act)


@signed_in
def take_steps(plugin: str, slug: str, step: str) -> Response:
    """Take many documents along a step: those named, or those a filter finds."""
    place = _find(plugin, slug)
    body = object_body()
    if not {"ids"} <= set(body) <= {"ids", "with"} and not {"filter"} <= set(body) <= {
        "filter",
        "with",
    }:
        raise Invalid({"": _("Name ids, or a filter; and what the step asks, in “with”.")})
    asked = _asked(place, step, body.get("with") or {})
    ids = _ids(body["ids"]) if "ids" in body else None
    tree = filters.from_tree(body["filter"], place.sight) if ids is None else None

    def act(uow: UnitOfWork) -> Answer:
        keys, more = (ids, False) if ids is not None else _matching(uow, place, tree)
        answers = steps.run(uow, *place, step, keys, **asked)
        uow.complete()
        refused = [{"id": k, "reason": str(why)} for k, why in answers.items() if why]
        done = [k for k, why in answers.items() if not why]
        return _answer({"done": done, "refused": refused, "more": more})

    return _act(act)


# -- what they do ----------------------------------------------------------------------------------


def _list(place: Place) -> Response:
    sight = place.sight
    count = request.args.get("count", "false")
    if count not in ("true", "false"):
        raise BadQuery(_("count is true or false."))
    query = lists.parse(request.args, sight, strict=True)
    body: dict[str, Any] = {"count": None, "capped": False, "sums": {}}
    with _house().read(g.actor) as session:
        found, following, previous = lists.rows(session, query)
        items = lists.as_json(query, found)
        if "expand" in request.args:
            expand(session, sight, g.actor.rights, items, request.args["expand"])
        if count == "true":
            n, capped, sums = lists.totals(session, query)
            said = {name: sight.fields[name].plain(value) for name, value in sums.items()}
            body = {"count": n, "capped": capped, "sums": said}
    return _json({"items": items, "next": following or None, "previous": previous or None} | body)


def _read(place: Place, key: Any) -> Response:
    with _house().read(g.actor) as session:
        item = represent(*place, documents.get(session, *place, key))
        if "expand" in request.args:
            expand(session, place.sight, g.actor.rights, [item], request.args["expand"])
    answer = _json(item)
    _tag(answer, item)
    return answer


def _create(place: Place, body: Any) -> Response:
    if not isinstance(body, dict):
        raise Invalid({"": sentence("model_type")})

    def create(uow: UnitOfWork) -> Answer:
        document = documents.save(uow, *place, body, by_name=False)
        return _told(uow, place, document, HTTPStatus.CREATED)

    answer = _act(create)
    answer.headers["Location"] = f"{request.path}/{orjson.loads(answer.data)['id']}"
    return answer


def _create_many(place: Place, bodies: list[Any]) -> Response:
    entries = _objects(bodies)

    def create(uow: UnitOfWork) -> Answer:
        batch = [documents.Entry(dict(payload)) for payload in entries]
        return _save_all(uow, place, batch, HTTPStatus.CREATED)

    return _act(create)


def _change_many(place: Place, bodies: Any) -> Response:
    entries = _objects(bodies)
    errors = {
        f"{at}.id": sentence("missing") for at, payload in enumerate(entries) if "id" not in payload
    }
    if errors:
        raise Invalid(errors)
    ids = _ids([payload["id"] for payload in entries])

    def change(uow: UnitOfWork) -> Answer:
        loaded = documents.load(uow, *place, ids)
        known = {getattr(document, place.noun.key): document for document in loaded}
        batch = [
            documents.Entry({k: v for k, v in p.items() if k != "id"}, known[int(p["id"])])
            for p in entries
        ]
        return _save_all(uow, place, batch, HTTPStatus.OK)

    return _act(change)


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
    return _answer({"items": items}, status)


def _delete(place: Place, key: Any) -> Response:
    version = wanted_version()

    def delete(uow: UnitOfWork) -> Answer:
        (document,) = documents.load(uow, *place, [key])
        documents.refuse_stale(*place, document, version, {})
        documents.remove(uow, *place, [document])
        return Answer(HTTPStatus.NO_CONTENT, "")

    return _act(delete)


# -- helpers ---------------------------------------------------------------------------------------


def _nouns() -> Nouns:
    nouns: Nouns = current_app.extensions["dougong"].nouns
    return nouns


def _house() -> House:
    house: House = current_app.extensions["dougong"].house
    return house


def _find(plugin: str, slug: str) -> Place:
    noun = _nouns().get(f"{plugin}.{slug}")
    if noun is None:
        abort(HTTPStatus.NOT_FOUND)
    sight = noun.sight(g.actor.rights)
    require_read(noun, sight)
    if noun.rights.only_read and request.method != "GET" and not noun.steps:
        raise MethodNotAllowed(["GET"])
    return Place(noun, sight)


def _key(noun: Noun, text: str) -> Any:
    """The key that the address names; what cannot be one is not there."""
    if noun.key != "id":
        return text
    if not (text.isascii() and text.isdecimal() and len(text) < 17):
        abort(HTTPStatus.NOT_FOUND)
    return int(text)


def _act(act: Callable[[UnitOfWork], Answer]) -> Response:
    """Do something once, and answer after it is saved."""
    given = _house().run_once(g.actor, once(), act)
    answer = Response(given.body, given.status, mimetype="application/json")
    if given.replayed:
        answer.headers["Idempotent-Replay"] = "true"
    if given.body:
        _tag(answer, orjson.loads(given.body))
    return answer


def _told(
    uow: UnitOfWork, place: Place, document: Any, status: HTTPStatus = HTTPStatus.OK
) -> Answer:
    """The document as it will be stored: numbers drawn, versions raised."""
    uow.complete()
    return _answer(represent(*place, document), status)


def _answer(body: Mapping[str, Any], status: HTTPStatus = HTTPStatus.OK) -> Answer:
    return Answer(status, orjson.dumps(body).decode())


def _json(body: Mapping[str, Any]) -> Response:
    return Response(orjson.dumps(body), mimetype="application/json")


def _tag(answer: Response, item: Mapping[str, Any]) -> None:
    if "version" in item:
        answer.headers["ETag"] = f'"{item["version"]}"'


def _asked(place: Place, name: str, raw: Any = None) -> dict[str, Any]:
    step = place.noun.steps.step(name) if place.noun.steps else None
    if step is None:
        abort(HTTPStatus.NOT_FOUND)
    if step.needs not in g.actor.rights:
        raise Forbidden(step.needs)
    if raw is None:
        raw = object_body(optional=True)
    if not isinstance(raw, dict):
        raise Invalid({"with": sentence("model_type")})
    return steps.read_asked(step, raw)


def _objects(bodies: Any) -> list[dict[str, Any]]:
    if not isinstance(bodies, list) or not all(isinstance(b, dict) for b in bodies):
        raise Invalid({"": sentence("list_type")})
    if len(bodies) > MOST_AT_ONCE:
        raise Invalid({"": sentence("too_long", {"max_length": MOST_AT_ONCE})})
    return bodies


def _ids(given: Any) -> list[int]:
    def fits(key: Any) -> bool:
        whole = isinstance(key, int) or (isinstance(key, float) and key.is_integer())
        return whole and not isinstance(key, bool) and 0 < key < 2**53

    if not isinstance(given, list) or not all(map(fits, given)):
        raise Invalid({"ids": _("A list of ids is needed.")})
    if len(given) > MOST_AT_ONCE:
        raise Invalid({"ids": sentence("too_long", {"max_length": MOST_AT_ONCE})})
    return [int(key) for key in given]


def _matching(uow: UnitOfWork, place: Place, tree: Any) -> tuple[list[int], bool]:
    """The documents a filter finds, and whether there are more than one call takes."""
    query = lists.Query(place.sight, [], [], [tree], size=MOST_AT_ONCE)
    found, following, _before = lists.rows(uow.session, query)
    return [row[0] for row in found], bool(following)


def _stale(error: StaleDocument) -> Response:
    both: dict[str, Any] = {"mine": error.mine, "theirs": error.theirs, "version": error.version}
    return problem(error.status, error.sentence, **both)


def _clash(error: Clash) -> Response:
    errors = dict.fromkeys(error.fields, error.sentence)
    return problem(error.status, error.sentence, errors)


__all__ = ["ROOT", "open_room"]

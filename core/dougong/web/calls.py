"""What the rules of the API share: who is meant, acting once, answering after it is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
from flask import Response, abort, current_app, g, request
from werkzeug.exceptions import MethodNotAllowed

from dougong.errors import Forbidden, Invalid
from dougong.i18n import _
from dougong.keys import whole
from dougong.resources import lists, steps
from dougong.resources.documents.reading import require_read
from dougong.resources.problems import sentence
from dougong.unit_of_work import Answer
from dougong.web.bodies import object_body, once
from dougong.web.representing import represent

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun, Nouns
    from dougong.resources.sight import Sight
    from dougong.unit_of_work import House, UnitOfWork

#: The right behind each way to change a noun.
RIGHTS = {"POST": "create", "PATCH": "write", "DELETE": "delete"}
#: Documents one call may create, change or take along a step.
MOST_AT_ONCE = 1000


class Place(NamedTuple):
    """A noun, and what the caller may see of it."""

    noun: Noun
    sight: Sight


def the_nouns() -> Nouns:
    """The nouns of the running house."""
    nouns: Nouns = current_app.extensions["dougong"].nouns
    return nouns


def the_house() -> House:
    """The running house."""
    house: House = current_app.extensions["dougong"].house
    return house


def find_place(plugin: str, slug: str, *, step: bool = False) -> Place:
    """The noun of an address, for one who may read it; what is only read may still take a step."""
    noun = the_nouns().get(f"{plugin}.{slug}")
    if noun is None:
        abort(HTTPStatus.NOT_FOUND)
    sight = noun.sight(g.actor.rights)
    require_read(noun, sight)
    if noun.rights.only_read and request.method != "GET" and not (step and noun.steps):
        raise MethodNotAllowed(["GET"])
    verb = RIGHTS.get(request.method)
    if verb and not step and not getattr(sight, verb):
        # Who may not do it is told so, whatever the body says.
        raise Forbidden(f"{noun.rights.name}.{verb}")
    return Place(noun, sight)


def key_of_address(noun: Noun, text: str) -> Any:
    """The key that the address names; what cannot be one is not there."""
    if noun.key != "id":
        return text
    key = whole(text)
    if key is None:
        abort(HTTPStatus.NOT_FOUND)
    return key


def act_once(act: Callable[[UnitOfWork], Answer]) -> Response:
    """Do something once, and answer after it is saved."""
    given = the_house().run_once(g.actor, once(), act)
    answer = Response(given.body, given.status, mimetype="application/json")
    if given.replayed:
        answer.headers["Idempotent-Replay"] = "true"
    if given.body:
        tag_version(answer, orjson.loads(given.body))
    return answer


def told(
    uow: UnitOfWork, place: Place, document: Any, status: HTTPStatus = HTTPStatus.OK
) -> Answer:
    """The document as it will be stored: numbers drawn, versions raised."""
    uow.complete()
    return to_answer(represent(*place, document), status)


def to_answer(body: Mapping[str, Any], status: int = HTTPStatus.OK) -> Answer:
    """An answer that is kept with the promise to act once."""
    return Answer(status, orjson.dumps(body).decode())


def as_json(body: Mapping[str, Any]) -> Response:
    """An answer to a question."""
    return Response(orjson.dumps(body), mimetype="application/json")


def tag_version(answer: Response, item: Mapping[str, Any]) -> None:
    """Tell the version as the tag that `If-Match` takes."""
    if "version" in item:
        answer.headers["ETag"] = f'"{item["version"]}"'


def asked_by(place: Place, name: str, raw: Any = None) -> dict[str, Any]:
    """What a step wants to know, from the body unless it is given."""
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


def objects(bodies: Any) -> list[dict[str, Any]]:
    """A list of objects, as many as one call takes."""
    if not isinstance(bodies, list) or not all(isinstance(b, dict) for b in bodies):
        raise Invalid({"": sentence("list_type")})
    if len(bodies) > MOST_AT_ONCE:
        raise Invalid({"": sentence("too_long", {"max_length": MOST_AT_ONCE})})
    return bodies


def ids_of(given: Any) -> list[int]:
    """A list of ids, as many as one call takes."""

    def fits(key: Any) -> bool:
        whole = isinstance(key, int) or (isinstance(key, float) and key.is_integer())
        return whole and not isinstance(key, bool) and 0 < key < 2**53

    if not isinstance(given, list) or not all(map(fits, given)):
        raise Invalid({"ids": _("A list of ids is needed.")})
    if len(given) > MOST_AT_ONCE:
        raise Invalid({"ids": sentence("too_long", {"max_length": MOST_AT_ONCE})})
    return [int(key) for key in given]


def matching(uow: UnitOfWork, place: Place, tree: Any) -> tuple[list[int], bool]:
    """The documents a filter finds, and whether there are more than one call takes."""
    query = lists.Query(place.sight, [], [], [tree], size=MOST_AT_ONCE)
    found, following, _before = lists.rows(uow.session, query)
    return [row[0] for row in found], bool(following)

"""What a program sends: strict JSON, a version, a promise to act once."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from flask import abort, g, request

from dougong.errors import BadRequest, Invalid
from dougong.i18n import Text, _
from dougong.resources.problems import sentence
from dougong.unit_of_work import Once

MOST_BYTES = 8 * 1024 * 1024
MOST_DEPTH = 12
MOST_NUMBER = 2**53
KEY = re.compile(r"[\x21-\x7e]{1,120}")
TAG = re.compile(r'(?:W/)?"(\d{1,10})"')


class NotJson(BadRequest):
    """The body cannot be read."""

    def __init__(self, why: Text | str) -> None:
        super().__init__(_("The body is not readable JSON: %(why)s", why=why))


def json_body() -> Any:
    """The body; refused when a reader could understand it in two ways."""
    if request.mimetype != "application/json":
        abort(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    data = request.get_data()
    if len(data) > MOST_BYTES:
        abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        body = json.loads(data, object_pairs_hook=_object, parse_constant=_constant)
    except (ValueError, RecursionError):
        raise NotJson(_("it is not well formed.")) from None
    errors: dict[str, Text | str] = dict(_faults(body))
    if errors:
        raise Invalid(errors)
    return body


def object_body(*, optional: bool = False) -> dict[str, Any]:
    """The body, which must be an object; an empty one where nothing needs to be said."""
    if optional and not request.get_data():
        return {}
    body = json_body()
    if not isinstance(body, dict):
        raise Invalid({"": sentence("model_type")})
    return body


def wanted_version() -> int | None:
    """The version that `If-Match` names, or None."""
    tag = request.headers.get("If-Match", "").strip()
    if not tag or tag == "*":
        return None
    found = TAG.fullmatch(tag)
    if found is None:
        raise BadRequest(_('If-Match names a version, as in "3".'))
    return int(found[1])


def once() -> Once | None:
    """The promise to act once; programs that sign in with a token must make it."""
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        if request.headers.get("Authorization", "").lower().startswith("bearer "):
            raise BadRequest(_("Send an Idempotency-Key with every call that changes something."))
        return None
    if not KEY.fullmatch(key):
        raise BadRequest(_("An Idempotency-Key has 1 to 120 visible ASCII characters."))
    said = (request.method, request.full_path, str(g.actor.company_id))
    print_ = hashlib.sha256("\n".join(said).encode() + b"\n" + request.get_data())
    return Once(key, print_.hexdigest())


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise NotJson(_("an object says the same name twice."))
    return found


def _constant(_name: str) -> Any:
    raise NotJson(_("NaN and Infinity are no numbers of JSON."))


def _faults(value: Any, path: str = "", depth: int = 0) -> Iterable[tuple[str, Text]]:
    """Texts that cannot be stored, numbers that lose digits, and too deep a nesting."""
    if depth > MOST_DEPTH:
        raise NotJson(_("it is nested too deeply."))
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _faults(name, path, depth + 1)
            yield from _faults(inner, f"{path}.{name}".strip("."), depth + 1)
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _faults(inner, f"{path}.{at}".strip("."), depth + 1)
    elif isinstance(value, str):
        if not _storable(value):
            yield path, sentence("text")
    elif isinstance(value, int | float) and not abs(value) < MOST_NUMBER:
        yield path, sentence("decimal_max_digits")


def refuse_unstorable_form() -> None:
    """No browser sends a character that no database stores; what does is refused before it is read."""
    for name, text in request.form.items(multi=True):
        if not (_storable(name) and _storable(text)):
            raise Invalid({name.replace("\x00", "")[:60]: sentence("text")})


def _storable(text: str) -> bool:
    try:
        return "\x00" not in text and bool(text.encode() or True)
    except UnicodeEncodeError:
        return False

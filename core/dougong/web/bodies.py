"""What a program sends: strict JSON, a version, a promise to act once."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from collections.abc import Callable, Iterable
from functools import wraps
from http import HTTPStatus
from typing import Annotated, Any, TypeVar

from flask import abort, g, request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from dougong.errors import BadRequest, Invalid
from dougong.i18n import Text, _
from dougong.resources.fields.base import wrong
from dougong.resources.problems import sentence, sentences
from dougong.unit_of_work import Once

View = TypeVar("View", bound=Callable[..., Any])

MOST_BYTES = 8 * 1024 * 1024
MOST_DEPTH = 12
MOST_NUMBER = 2**53
KEY = re.compile(r"[\x21-\x7e]{1,120}")
TAG = re.compile(r'(?:W/)?"(\d{1,10})"')


def _whole(value: Any) -> Any:
    """JSON knows one kind of number: 7.0 is 7."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _day(value: Any) -> Any:
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise wrong("date") from None


Whole = Annotated[int, BeforeValidator(_whole)]
#: The number of a record.
Id = Annotated[Whole, Field(ge=1, lt=MOST_NUMBER)]
#: A day as programs write it: 2026-03-01.
Day = Annotated[dt.date, BeforeValidator(_day)]


class Body(BaseModel):
    """What an address takes: these names and types, and nothing else.

    A subclass says the names; `takes` reads the body as it, and the OpenAPI description shows it.
    Texts and numbers are not turned into each other. `Id` is the number of a record, `Whole` a
    number without fraction, `Day` a date as 2026-03-01; exact amounts are sent as text.
    """

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    @property
    def said(self) -> dict[str, Any]:
        """What was sent, without what was left out."""
        return {name: getattr(self, name) for name in self.model_fields_set}


#: Where a view keeps the shape of its body.
SHAPE = "__dougong_body__"


def takes(shape: type[Body]) -> Callable[[View], View]:
    """Hand the view its JSON body, read as ``shape``, under the name ``body``.

    A body of another shape is refused with 422 and a sentence for each name, before the view is
    called. A body may be left out where the shape needs nothing.
    """
    optional = not any(field.is_required() for field in shape.model_fields.values())

    def mark(view: View) -> View:
        @wraps(view)
        def reading(*args: Any, **kwargs: Any) -> Any:
            return view(*args, body=_read_as(shape, object_body(optional=optional)), **kwargs)

        setattr(reading, SHAPE, shape)
        return reading  # type: ignore[return-value]

    return mark


def _read_as(shape: type[Body], body: dict[str, Any]) -> Body:
    try:
        return shape.model_validate(body)
    except ValidationError as error:
        raise Invalid(sentences(error)) from None


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

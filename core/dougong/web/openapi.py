"""OpenAPI 3.1 from the nouns, for the one who asks: what they may not see or do is not in it."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import models_json_schema

from dougong.i18n import LANGUAGES
from dougong.resources import steps
from dougong.resources.fields.periods import PERIODS
from dougong.web.spoken import KEY, Spoken, spoken_in

if TYPE_CHECKING:
    from flask import Flask

    from dougong.resources.fields import Field
    from dougong.resources.nouns import Noun, Nouns
    from dougong.resources.sight import Sight
    from dougong.workflows import Step

Json = dict[str, Any]
REF = "#/components/schemas/{model}"
PROBLEM: Json = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "request_id": {"type": "string"},
        "errors": {"type": "object", "additionalProperties": {"type": "string"}},
        "mine": {"type": "object"},
        "theirs": {"type": "object"},
        "version": {"type": "integer"},
    },
}
IDS: Json = {"type": "array", "maxItems": 1000, "items": KEY}
ONCE: Json = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "pattern": "^[!-~]{1,120}$"},
}
IF_MATCH: Json = {
    "name": "If-Match",
    "in": "header",
    "schema": {"type": "string", "pattern": '^"[0-9]{1,10}"$'},
}
#: Where somebody else has to agree, they are asked instead; the answer is then what was asked.
INSTEAD: Json = {"name": "approval", "in": "query", "schema": {"type": "string", "enum": ["ask"]}}
QUESTION: Json = {
    "type": "object",
    "required": ["approval", "state", "url", "detail"],
    "properties": {"approval": KEY, **{n: {"type": "string"} for n in ("state", "url", "detail")}},
}
PRINT: Json = {"name": "print", "in": "path", "required": True, "schema": {"type": "string"}}
PDF: Json = {
    "200": {
        "description": "Printed",
        "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}},
    }
}
KINDS = {
    "quantity": "string", "amount": "string", "number": "string", "flag": "boolean",
    "link": "integer",
}  # fmt: skip


def document(nouns: Nouns, rights: frozenset[str], app: Flask | None = None) -> Json:
    """The whole document; the addresses of an application that are not a noun's with it."""
    sights = [sight for noun in nouns if (sight := noun.sight(rights)).read]
    models = [
        (model, mode)
        for s in sights
        for model, mode in (
            (s.input, "validation"),
            (s.patch, "validation"),
            (s.output, "serialization"),
        )
    ]
    spoken = list(spoken_in(app, rights)) if app is not None else []
    models += sorted(
        {(s.body, "validation") for s in spoken if s.body}, key=lambda m: m[0].__name__
    )
    names, definitions = models_json_schema(models, ref_template=REF)  # type: ignore[arg-type]
    schemas = {**definitions.get("$defs", {}), "Problem": PROBLEM}
    paths: Json = {}
    for sight in sights:
        _Writer(sight, names, schemas).write(paths)
    for one in spoken:
        paths.setdefault(one.path, {"parameters": one.keys})[one.method] = _spoken(one, names)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Dougong", "version": "1"},
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


class _Writer:
    """Writes the paths of one noun."""

    def __init__(self, sight: Sight, names: Mapping[Any, Any], schemas: Json) -> None:
        self.sight, self.noun, self.schemas = sight, sight.noun, schemas
        self.root = f"/api/v1/{self.noun.plugin}/{self.noun.slug}"
        self.out = names[sight.output, "serialization"]
        self.input = names[sight.input, "validation"]
        self.patch = names[sight.patch, "validation"]

    def write(self, paths: Json) -> None:
        """All that these eyes may do."""
        sight, name = self.sight, self.sight.schema_name
        self._say_labels()
        self.schemas[f"{name}Page"] = _page()
        self.schemas[f"{name}Filter"] = _filter_schema(sight)
        several: Json = {"type": "array", "maxItems": 1000}
        listed = {"items": several | {"items": self.out}}
        items: Json = {"type": "object", "required": ["items"], "properties": listed}
        root: Json = {"get": self._op("list", _query(sight, name), _ok(_ref(f"{name}Page")))}
        if sight.create:
            body: Json = {"oneOf": [self.input, {**several, "items": self.input}]}
            created = _ok({"oneOf": [self.out, items]}, HTTPStatus.CREATED)
            root["post"] = self._op("create", [ONCE], created, body)
        if sight.write:
            changes: Json = {**several, "items": {"type": "object", "required": ["id"]}}
            root["patch"] = self._op("update_many", [ONCE], _ok(items), changes)
        paths[self.root] = root
        paths[f"{self.root}/{{id}}"] = self._single()
        paths[f"{self.root}/{{id}}/prints"] = self._prints()
        paths[f"{self.root}/{{id}}/prints/{{print}}"] = self._print()
        paths[f"{self.root}/prints/{{print}}"] = self._print_many()
        for step in steps.allowed(self.noun, sight):
            paths[f"{self.root}/{{id}}/{step.name}"] = {
                "parameters": [_key(self.noun)],
                "post": self._step(step),
            }
            paths[f"{self.root}/steps/{step.name}"] = {"post": self._many_steps(step)}

    def _say_labels(self) -> None:
        """Labels and help in the reader's language; the schemas themselves speak none."""
        name, parts = self.sight.schema_name, self.noun.lines
        for suffix in ("In", "Patch", "Out"):
            _say(self.schemas.get(name + suffix), self.sight.own)
            for part in parts:
                schema = self.schemas.get(name + part.capitalize() + suffix)
                _say(schema, self.sight.line_fields(part))

    def _single(self) -> Json:
        path: Json = {"parameters": [_key(self.noun)], "get": self._op("read", [], _ok(self.out))}
        if self.sight.write:
            head = [ONCE, IF_MATCH]
            path["patch"] = self._op("update", head, _ok(self.out), self.patch)
        if self.sight.delete:
            gone = {"204": {"description": "Deleted"}}
            path["delete"] = self._op("delete", [ONCE, IF_MATCH], gone)
        return path

    def _prints(self) -> Json:
        words = {name: {"type": "string"} for name in ("name", "label", "paper", "url")}
        each = {"type": "array", "items": {"type": "object", "properties": words}}
        listed = _ok({"type": "object", "required": ["items"], "properties": {"items": each}})
        return {"parameters": [_key(self.noun)], "get": self._op("list_prints", [], listed)}

    def _print(self) -> Json:
        """The papers depend on the state of the document; the call before tells them."""
        spoken = _parameter("language", {"type": "string", "enum": list(LANGUAGES)})
        return {"parameters": [_key(self.noun), PRINT], "get": self._op("print", [spoken], PDF)}

    def _print_many(self) -> Json:
        given = {"ids": IDS, "filter": _ref(f"{self.sight.schema_name}Filter")}
        body = {
            "type": "object",
            "additionalProperties": False,
            "properties": {**given, "language": {"type": "string", "enum": list(LANGUAGES)}},
            "oneOf": [{"required": ["ids"]}, {"required": ["filter"]}],
        }
        words = {"id": KEY, "state": {"type": "string"}, "url": {"type": "string"}}
        each = {"type": "array", "items": {"type": "object", "properties": words}}
        later = _ok({"type": "object", "properties": {"items": each}}, HTTPStatus.ACCEPTED)
        return {"parameters": [PRINT], "post": self._op("print_many", [ONCE], PDF | later, body)}

    def _step(self, step: Step) -> Json:
        way = f"{', '.join(step.source)} → {step.target}"
        asks = _asks(step)
        answers, given = _ok(self.out), [ONCE, IF_MATCH]
        if self.noun.document == self.noun.name:
            given.append(INSTEAD)
            answers |= _ok(QUESTION, HTTPStatus.ACCEPTED)
        op = self._op(step.name, given, answers, asks, description=way)
        op["requestBody"]["required"] = False
        return op

    def _many_steps(self, step: Step) -> Json:
        given = {"ids": IDS, "filter": _ref(f"{self.sight.schema_name}Filter")}
        body = {
            "type": "object",
            "additionalProperties": False,
            "properties": {**given, "with": _asks(step)},
            "oneOf": [{"required": ["ids"]}, {"required": ["filter"]}],
        }
        refused = {"id": KEY, "reason": {"type": "string"}}
        answer = {
            "done": IDS,
            "refused": {"type": "array", "items": {"type": "object", "properties": refused}},
            "more": {"type": "boolean"},
        }
        ok = _ok({"type": "object", "properties": answer})
        return self._op(f"{step.name}_many", [ONCE], ok, body)

    def _op(
        self, verb: str, parameters: list[Json], ok: Json, body: Any = None, **more: Any
    ) -> Json:
        name = f"{self.noun.plugin}_{self.noun.slug}_{verb}".replace("-", "_")
        op = {
            "operationId": name,
            "tags": [self.noun.name],
            "summary": f"{verb.replace('_', ' ').capitalize()}: {self.noun.label}",
            "parameters": parameters,
            "responses": {**ok, **_PROBLEMS},
            **more,
        }
        if body is not None:
            content = {"application/json": {"schema": body}}
            op["requestBody"] = {"required": True, "content": content}
        return op


def _spoken(one: Spoken, names: Mapping[Any, Any]) -> Json:
    """An operation that is no noun's: what its view says of itself."""
    op: Json = {
        "operationId": one.name,
        "tags": [one.tag],
        "summary": one.summary,
        "description": one.description,
        "parameters": [] if one.method == "get" else [ONCE],
        "responses": {"2XX": {"description": "Done"}, **_PROBLEMS},
    }
    if one.body is not None:
        needed = any(field.is_required() for field in one.body.model_fields.values())
        schema = names[one.body, "validation"]
        content = {"application/json": {"schema": schema}}
        op["requestBody"] = {"required": needed, "content": content}
    return op


_PROBLEMS = {
    str(int(status)): {
        "description": status.phrase,
        "content": {"application/problem+json": {"schema": {"$ref": REF.format(model="Problem")}}},
    }
    for status in (
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.CONFLICT,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        HTTPStatus.UNPROCESSABLE_ENTITY,
    )
}


def _say(schema: Json | None, fields: Mapping[str, Field]) -> None:
    said = (schema or {}).get("properties", {})
    for name, field in fields.items():
        if name in said:
            said[name]["title"] = str(field.label)
            if field.help:
                said[name]["description"] = str(field.help)


def _ref(name: str) -> Json:
    return {"$ref": REF.format(model=name)}


def _ok(schema: Json, status: HTTPStatus = HTTPStatus.OK) -> Json:
    content = {"application/json": {"schema": schema}}
    return {str(int(status)): {"description": "Done", "content": content}}


def _key(noun: Noun) -> Json:
    numbered = noun.key == "id"
    schema = KEY if numbered else {"type": "string", "minLength": 1}
    return {"name": "id", "in": "path", "required": True, "schema": schema}


def _page() -> Json:
    items = {"type": "array", "items": {"type": "object"}}
    mark = {"type": ["string", "null"]}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["items", "next", "previous", "count", "capped", "sums"],
        "properties": {
            "items": items,
            "next": mark,
            "previous": mark,
            "count": {"type": ["integer", "null"]},
            "capped": {"type": "boolean"},
            "sums": {"type": "object"},
        },
    }


def _asks(step: Step) -> Json:
    properties: Json = {}
    for ask in step.asks:
        shape: Json = {"type": KINDS.get(ask.kind, "string"), "title": str(ask.label)}
        properties[ask.name] = shape | ({"format": "date"} if ask.kind == "date" else {})
    needed = [ask.name for ask in step.asks if ask.required]
    schema = {"type": "object", "additionalProperties": False, "properties": properties}
    return schema | ({"required": needed} if needed else {})


def _operand(field: Field, operator: str) -> Json:
    if operator == "empty":
        return {"type": "string", "enum": ["true", "false"]}
    if operator == "in":
        return {"type": "array", "maxItems": 50, "items": field.query_schema()}
    if operator == "during":
        return {"type": "string", "enum": list(PERIODS)}
    return field.query_schema()


def _filter_schema(sight: Sight) -> Json:
    """The filter language of one noun: names, operators and values that fit together."""
    leaves = [
        {
            "type": "object",
            "additionalProperties": False,
            "required": ["field", "op", "value"],
            "properties": {
                "field": {"const": name},
                "op": {"const": operator},
                "value": _operand(field, operator),
            },
        }
        for name, field in sight.queryable.items()
        for operator in field.operators
    ]
    own = _ref(f"{sight.schema_name}Filter")
    several = {"type": "array", "maxItems": 20, "items": own}
    groups = [("all", several), ("any", several), ("not", own)]
    return {
        "anyOf": [
            *leaves,
            *(
                {
                    "type": "object",
                    "additionalProperties": False,
                    "required": [word],
                    "properties": {word: schema},
                }
                for word, schema in groups
            ),
        ]
    }


def _query(sight: Sight, name: str) -> list[Json]:
    """The parameters of a list."""
    sortable = [n for n, f in sight.queryable.items() if f.sortable and not f.many]
    filter_ = {"application/json": {"schema": _ref(f"{name}Filter")}}
    found = [
        _parameter("q", {"type": "string", "maxLength": 200}),
        _parameter("sort", {"type": "string", "enum": [*sortable, *(f"-{n}" for n in sortable)]}),
        _parameter("size", {"type": "integer", "minimum": 1, "maximum": 200}),
        _parameter("count", {"type": "boolean"}),
        _parameter("after", {"type": "string"}),
        _parameter("before", {"type": "string"}),
        _parameter("expand", {"type": "string"}),
        _parameter("columns", {"type": "string"}),
        {"name": "filter", "in": "query", "content": filter_},
    ]
    for field_name, field in sight.queryable.items():
        for operator in field.operators:
            key = field_name if operator == "eq" else f"{field_name}.{operator}"
            parameter = _parameter(key, _operand(field, operator))
            found.append(parameter | ({"explode": False} if operator == "in" else {}))
    return found


def _parameter(name: str, schema: Json) -> Json:
    return {"name": name, "in": "query", "schema": schema}

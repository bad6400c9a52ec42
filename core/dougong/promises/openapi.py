"""The description of a plugin's API can be read by a program."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from dougong.actors import EVERYTHING
from dougong.plugins.registry import Runtime

TYPES = {"string", "number", "integer", "boolean", "array", "object", "null"}
METHODS = {"get", "post", "put", "patch", "delete"}
MEND = "mend the method schema() of the field, or the columns it is made from."


def openapi_faults(runtime: Runtime, name: str) -> Iterator[str]:
    """Each address with its parameters, each schema with types there are, each reference with a target."""
    from dougong.web.openapi import document

    try:
        whole = document(runtime.nouns, EVERYTHING)
    except Exception as error:
        yield f"The OpenAPI document cannot be written: {type(error).__name__}: {error}; {MEND}"
        return
    mine = {p: said for p, said in whole["paths"].items() if p.startswith(f"/api/v1/{name}/")}
    schemas, reached = whole["components"]["schemas"], set[str]()
    for path, item in mine.items():
        yield from _parameters(path, item)
        yield from _schema(path, item, schemas, reached)
    ids = Counter(
        op.get("operationId") for item in whole["paths"].values() for op in _operations(item)
    )
    for path, item in mine.items():
        for operation in _operations(item):
            called = operation.get("operationId")
            if called and ids[called] > 1:
                yield f"{path}: the operation “{called}” is there twice; rename a resource or a step."


def _operations(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from (said for method, said in item.items() if method in METHODS)


def _parameters(path: str, item: dict[str, Any]) -> Iterator[str]:
    """Each hole in an address is told among its parameters."""
    holes = set(re.findall(r"{(\w+)}", path))
    shared = {p.get("name") for p in item.get("parameters", ()) if p.get("in") == "path"}
    for operation in _operations(item):
        own = {p.get("name") for p in operation.get("parameters", ()) if p.get("in") == "path"}
        for hole in sorted(holes - shared - own):
            yield f"{path}: the parameter “{hole}” is not told; {MEND}"


def _schema(where: str, said: Any, schemas: dict[str, Any], reached: set[str]) -> Iterator[str]:
    """Walk through what is said; every schema that is referred to is walked through once."""
    if isinstance(said, list):
        for one in said:
            yield from _schema(where, one, schemas, reached)
    if not isinstance(said, dict):
        return
    yield from _node(where, said)
    target = said.get("$ref")
    if isinstance(target, str):
        called = target.rsplit("/", 1)[-1]
        if called not in schemas:
            yield f"{where} refers to “{called}”, which is not there; {MEND}"
        elif called not in reached:
            reached.add(called)
            yield from _schema(called, schemas[called], schemas, reached)
    for key, value in said.items():
        if key in ("example", "examples", "default", "const", "enum", "x-labels"):
            continue
        if key in ("properties", "$defs") and isinstance(value, dict):
            for name, one in value.items():
                yield from _schema(f"{where}.{name}", one, schemas, reached)
        else:
            yield from _schema(where, value, schemas, reached)


def _node(where: str, said: dict[str, Any]) -> Iterator[str]:
    kind = said.get("type")
    for one in kind if isinstance(kind, list) else [kind]:
        if isinstance(one, str) and "in" not in said and "scheme" not in said and one not in TYPES:
            yield f"{where}: “{one}” is no type of JSON; {MEND}"
    pattern = said.get("pattern")
    if isinstance(pattern, str):
        try:
            re.compile(pattern)
        except re.error as error:
            yield f"{where}: the pattern “{pattern}” cannot be read ({error}); {MEND}"
    if "required" in said and not isinstance(said["required"], bool | list | dict):
        yield f"{where}: “required” must be a list of names; {MEND}"

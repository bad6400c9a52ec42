"""The addresses for programs that are not a noun's, as their views describe themselves."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

from dougong.web.bodies import SHAPE, Body
from dougong.web.rights import API, GUESTS, PUBLIC, SIGNED_IN, right_of

ROOT = f"{API}/"
#: The blueprint of the nouns' own addresses, and the ends of those that belong to each noun:
#: the description names them noun by noun.
NOUNS, BESIDE_NOUNS = "api.", ("/prints", "/prints/<name>")
KEY: dict[str, Any] = {"type": "integer", "minimum": 1, "maximum": 2**53 - 1}
#: A variable part of an address: its converter, its name.
PART = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")


@dataclass(frozen=True)
class Spoken:
    """One operation: where, how, what it takes, and what its view says of itself."""

    path: str
    method: str
    name: str
    tag: str
    summary: str
    description: str
    keys: list[dict[str, Any]]
    body: type[Body] | None


def spoken_in(app: Flask, rights: frozenset[str]) -> Iterator[Spoken]:
    """The operations of an application that somebody with these rights may call, by address."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint)):
        if not rule.rule.startswith(ROOT) or _of_nouns(rule):
            continue
        view = app.view_functions[rule.endpoint]
        right = right_of(view)
        if right in (PUBLIC, SIGNED_IN, GUESTS) or right in rights:
            for method in sorted(set(rule.methods or ()) - {"HEAD", "OPTIONS"}):
                yield _described(rule, view, method.lower())


def _of_nouns(rule: Rule) -> bool:
    named = rule.endpoint.startswith(NOUNS) and "<plugin>" in rule.rule
    return named or rule.rule.endswith(BESIDE_NOUNS)


def _described(rule: Rule, view: Any, method: str) -> Spoken:
    summary, _gap, description = (inspect.getdoc(view) or rule.endpoint).partition("\n")
    parts = rule.rule.removeprefix(ROOT).split("/")
    fixed = [part for part in parts if "<" not in part]
    return Spoken(
        path=PART.sub(r"{\2}", rule.rule),
        method=method,
        name="_".join((*fixed, method)).replace("-", "_").replace(".", "_") + _which(parts),
        tag=".".join(fixed[:2]) if "<" not in parts[0] else fixed[-1],
        summary=summary,
        description=description.strip(),
        keys=[
            {"name": name, "in": "path", "required": True, "schema": _key(kind)}
            for kind, name in PART.findall(rule.rule)
        ],
        body=getattr(view, SHAPE, None),
    )


def _which(parts: list[str]) -> str:
    """Tells the address of one apart from that of all."""
    return "_one" if parts[-1].startswith("<") else ""


def _key(kind: str) -> dict[str, Any]:
    return KEY if kind == "int" else {"type": "string", "minLength": 1}

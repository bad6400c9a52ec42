"""Which addresses an application answers, and who may ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from flask import Flask
from werkzeug.routing import IntegerConverter, Map, Rule

from dougong.keys import MOST
from dougong.web.rights import SIGNED_IN, right_of

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun


class KeyConverter(IntegerConverter):
    """``<int:key>`` in an address: a number that can be no key leads nowhere."""

    def __init__(self, url_map: Map, **options: Any) -> None:
        options.setdefault("max", MOST)
        super().__init__(url_map, **options)


class Address(Rule):
    """An address whose way back (``url_for``) is compiled when somebody first asks for it.

    Compiling all of them took most of the time in which an application is built.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compiled: Callable[..., tuple[str, str]] | None = None

        def build(rule: Rule, /, **values: Any) -> tuple[str, str]:
            nonlocal compiled
            if compiled is None:
                compiled = Rule._compile_builder(rule, append_unknown)
            return compiled(rule, **values)

        return build


class Route(NamedTuple):
    """One address."""

    rule: str
    methods: list[str]
    right: str | None
    owner: str
    endpoint: str


def routes_of(app: Flask) -> list[Route]:
    """Every address in order; the owner is the plugin whose name it begins with, else the core."""
    plugins = app.extensions["dougong"].wiring.plugins
    found = []
    for rule in app.url_map.iter_rules():
        parts = rule.rule.strip("/").split("/")
        first = parts[2] if parts[:2] == ["api", "v1"] and len(parts) > 2 else parts[0]
        view = app.view_functions.get(rule.endpoint)
        methods = sorted(set(rule.methods or ()) - {"HEAD", "OPTIONS"})
        owner = first if first in plugins else "core"
        found.append(Route(rule.rule, methods, right_of(view), owner, rule.endpoint))
    return sorted(found)


def routes_of_nouns(nouns: Iterable[Noun]) -> list[Route]:
    """The addresses of each noun, which the patterns ``/<plugin>/<slug>`` answer: pages, API, steps.

    The right is the one to read, or that of the step; to enter and to remove asks for more.
    """
    return sorted(route for noun in nouns for route in _of(noun))


def _of(noun: Noun) -> Iterator[Route]:
    place, right, writes = f"/{noun.plugin}/{noun.slug}", noun.resource.rights.name, []
    if not noun.rights.only_read:
        writes = ["PATCH", "POST"]
        yield Route(f"{place}/new", ["GET", "POST"], f"{right}.create", noun.plugin, noun.name)
    read = f"{right}.read"
    api = f"/api/v1{place}"
    yield Route(place, ["GET"], read, noun.plugin, noun.name)
    yield Route(f"{place}/<key>", ["GET", *writes[1:]], read, noun.plugin, noun.name)
    yield Route(api, ["GET", *writes], read, noun.plugin, noun.name)
    one = ["DELETE", "GET", "PATCH"] if writes else ["GET"]
    yield Route(f"{api}/<key>", one, read, noun.plugin, noun.name)
    for step in noun.steps.steps if noun.steps else ():
        needs = step.needs or SIGNED_IN
        yield Route(f"{api}/<key>/{step.name}", ["POST"], needs, noun.plugin, noun.name)
        yield Route(f"{api}/steps/{step.name}", ["POST"], needs, noun.plugin, noun.name)

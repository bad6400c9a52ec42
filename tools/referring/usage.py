"""Who tells and asks, who hears and answers."""

from __future__ import annotations

import ast
from functools import cache
from typing import Any

from dougong import testing
from dougong.plugins.discovery import discover


def people(known: dict[str, set[str]], name: str) -> str:
    """The plugins that have to do with it."""
    return ", ".join(sorted(known.get(name, ()))) or "nobody yet"


@cache
def shipped() -> dict[str, Any]:
    """The plugins of this repository, in the order in which they stand on each other."""
    from dougong.plugins.order import in_order

    manifests = discover().manifests
    return {name: manifests[name] for name in in_order(testing.SHIPPED, manifests)}


@cache
def usage() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Who makes an event, who asks a port: read from the calls in each plugin's files."""
    tells: dict[str, set[str]] = {}
    asks: dict[str, set[str]] = {}
    for name, manifest in shipped().items():
        for path in manifest.root.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call):
                    called = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
                    tells.setdefault(called, set()).add(name)
                    if called == "ask" and node.args and isinstance(node.args[0], ast.Name):
                        asks.setdefault(node.args[0].id, set()).add(name)
    return tells, asks


@cache
def wiring() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Who reacts to an event, who answers a port: as the house is wired."""
    from dougong.plugins.building import assemble

    built = assemble(discover(), shipped()).wiring
    hears: dict[str, set[str]] = {}
    answers: dict[str, set[str]] = {}
    for event, reactions in built.reactions.items():
        for one in reactions:
            hears.setdefault(event.__name__, set()).add(built.owners["reactions", one.name])
    for port in built.providers:
        answers.setdefault(port.__name__, set()).add(built.owners["providers", port])
    return hears, answers

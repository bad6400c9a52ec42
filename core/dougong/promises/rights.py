"""Every right that is asked for is declared, every declared one is asked for, roles give what is there."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from dougong.actors import Rights
from dougong.plugins.manifest import Manifest
from dougong.plugins.registry import Runtime
from dougong.resources.nouns import VERBS
from dougong.web.rights import GUESTS, PUBLIC, SIGNED_IN, mount, right_of


def known_rights(runtime: Runtime) -> set[str]:
    """Every right there is in this house."""
    wiring = runtime.wiring
    known = set(wiring.permissions)
    known |= {right for manifest in runtime.loaded.values() for right in manifest.permissions}
    known |= {step.needs for flow in wiring.workflows.values() for step in flow.steps}
    for noun in runtime.nouns:
        known |= {f"{noun.rights.name}.{verb}" for verb in VERBS}
        known |= {step.needs for step in noun.steps.steps} if noun.steps else set()
    return known


def asked_rights(runtime: Runtime, name: str) -> Iterator[tuple[str, str]]:
    """Each right that a plugin asks for, with where it does."""
    wiring = runtime.wiring
    for item in wiring.menus:
        if wiring.owners.get(("menus", item.key)) == name:
            yield item.needs, f"the menu entry “{item.key}”"
    for key in wiring.owned("reports", name):
        yield wiring.reports[key].needs, f"the report “{key}”"
    for widget in wiring.widgets:
        if widget.name.startswith(f"{name}."):
            yield widget.needs, f"the widget “{widget.name}”"
    for owner, blueprint in wiring.pages:
        if owner == name:
            yield from _of_pages(name, blueprint)
    for noun in runtime.nouns:
        if noun.plugin == name:
            for tab in noun.tabs.values():
                yield tab.needs, f"the tab “{tab.name}” of {noun.name}"
            for field in noun.every_field():
                for right in field.asks:
                    yield right, f"the field “{field.name}” of {noun.name}"


def _of_pages(name: str, blueprint: Any) -> Iterator[tuple[str, str]]:
    from flask import Flask

    trial = Flask("trial", static_folder=None)
    mount(trial, name, blueprint)
    for rule in trial.url_map.iter_rules():
        right = right_of(trial.view_functions[rule.endpoint])
        if right and right not in (PUBLIC, SIGNED_IN, GUESTS):
            yield right, f"the page {rule.rule}"


def right_faults(runtime: Runtime, manifest: Manifest) -> Iterator[str]:
    """Rights that nobody declares, nobody asks for, or no role can give."""
    name, known = manifest.name, known_rights(runtime)
    asked = [(right, where) for right, where in asked_rights(runtime, name) if right]
    for right, where in sorted(set(asked)):
        # A noun of another plugin may be shown where it is there; its rights are its own.
        if right.split(".")[0] in runtime.loaded and right not in known:
            yield f"{_begun(where)} asks for “{right}”, which nobody declares: {_mend(right, known)}"
    source = "\n".join(
        path.read_text("utf-8") for kind in ("*.py", "*.html") for path in manifest.root.rglob(kind)
    )
    for right in sorted(runtime.wiring.owned("permissions", name)):
        # Once where it is declared.
        if right not in {r for r, _where in asked} and source.count(right) < 2:
            yield (
                f"The right “{right}” is declared and never asked for: ask with"
                f' uow.require("{right}") or needs("{right}"), or take it out of “permissions”.'
            )
    for key in runtime.wiring.owned("roles", name):
        for pattern in runtime.wiring.roles[key].rights:
            if not _gives(pattern, known, runtime):
                yield (
                    f"The role “{key}” gives “{pattern}”, which matches no right:"
                    f" {_mend(pattern, known)}"
                )


def menu_faults(runtime: Runtime, name: str) -> Iterator[str]:
    """A heading has something below it."""
    wiring = runtime.wiring
    parents = {item.parent for item in wiring.menus}
    for item in wiring.menus:
        mine = wiring.owners.get(("menus", item.key)) == name
        if mine and not item.to and item.key not in parents:
            yield (
                f"The menu heading “{item.key}” has nothing below it: give it entries with"
                f' parent="{item.key}", or lead somewhere with to="…".'
            )


def _gives(pattern: str, known: set[str], runtime: Runtime) -> bool:
    first = pattern.split(".")[0]
    if "*" in first or (first not in runtime.loaded and first != "core"):
        return True
    return first == "core" or any(right in Rights([pattern]) for right in known)


def _mend(right: str, known: set[str]) -> str:
    near = get_close_matches(right, known, 1, 0.7)
    meant = f"“{near[0]}” was meant, perhaps; if not, " if near else ""
    return f'{meant}return Permission("{right}", …) from the hook “permissions”.'


def _begun(where: str) -> str:
    return where[0].upper() + where[1:]

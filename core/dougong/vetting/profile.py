"""What a plugin brings, as plain data: made from its descriptors, without a site or a database."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterator, Mapping
from types import SimpleNamespace
from typing import Any

from sqlalchemy.dialects import postgresql

from dougong.actors import EVERYTHING
from dougong.db import metadata, owner_of
from dougong.deprecation import uses_of
from dougong.events import Event
from dougong.plugins.building import Assembly
from dougong.plugins.collecting import HOOKS
from dougong.plugins.manifest import Manifest
from dougong.plugins.telling import brings
from dougong.resources.nouns import Noun, Nouns, build
from dougong.vetting.reading import read_package
from dougong.web.catalogues import Package, collect
from dougong.web.rights import mount, right_of

Profile = dict[str, Any]


def profile_of(built: Assembly, manifest: Manifest) -> Profile:
    """Everything that a plugin which loaded contributes, by kind and name."""
    name, wiring = manifest.name, built.wiring
    nouns = build(wiring)
    mine = [noun for noun in nouns if noun.plugin == name]
    facts = read_package(manifest.root)
    return {
        "name": name,
        "label": manifest.label,
        "version": manifest.version,
        "distribution": manifest.distribution,
        "api": manifest.api,
        "requires": {r.name: str(r.specifier) for r in manifest.requires},
        "enhances": {r.name: str(r.specifier) for r in manifest.enhances},
        "conflicts": {r.name: str(r.specifier) for r in manifest.conflicts},
        "capabilities": sorted(manifest.capabilities),
        "tables": dict(_tables(name)),
        "routes": dict(_routes(built, nouns, mine, name)),
        "rights": brings(built, manifest)["rights"],
        "roles": {key: sorted(wiring.roles[key].rights) for key in wiring.owned("roles", name)},
        "resources": {noun.name: dict(_fields(noun)) for noun in mine},
        "steps": dict(_steps(wiring, name)),
        "settings": {
            key: {"kind": s.kind, "default": s.default}
            for key in wiring.owned("settings", name)
            for s in [wiring.settings[key]]
        },
        "series": {key: wiring.series[key].prefix for key in wiring.owned("sequences", name)},
        "reports": {
            key: {c.name: c.kind for c in wiring.reports[key].columns}
            for key in wiring.owned("reports", name)
        },
        "papers": wiring.owned("prints", name),
        "views": wiring.owned("views", name),
        "jobs": {
            key: str(wiring.jobs[key].every or "") for key in wiring.owned("jobs", name)
        },
        "commands": sorted(str(c.name) for owner, c in wiring.commands if owner == name),
        "checks": wiring.owned("checks", name),
        "hooks": _hooks(wiring.plugins[name]),
        "events": dict(_events(manifest.package)),
        "ports": dict(_ports(manifest.package)),
        "reacts to": sorted({
            event.__name__
            for event, reactions in wiring.reactions.items()
            for r in reactions
            if wiring.owners["reactions", r.name] == name
        }),
        "answers": sorted(port.__name__ for port in wiring.owned("providers", name)),
        "extends": _extended(wiring, name),
        "slots": sorted(slot for slot in wiring.slots if slot.startswith(f"{name}.")),
        "fills": sorted({
            f.slot for f in wiring.fills if f.template.startswith(f"{name}/")
        }),
        "hosts": dict(sorted(facts.hosts.items())),
        "reaches": dict(sorted(facts.reaches.items())),
        "words": sorted(_words(manifest, mine)),
        "old names": [str(use) for use in uses_of(manifest.package)],
    }  # fmt: skip


def _tables(name: str) -> Iterator[tuple[str, Any]]:
    for table in metadata.sorted_tables:
        if owner_of(table.name) == name:
            yield (
                table.name,
                {
                    column.name: {
                        "type": column.type.compile(dialect=postgresql.dialect()),  # type: ignore[no-untyped-call]
                        "null": bool(column.nullable),
                        "default": column.default is not None or column.server_default is not None,
                        "to": ", ".join(sorted(k.target_fullname for k in column.foreign_keys)),
                    }
                    for column in table.columns
                },
            )


def _routes(
    built: Assembly, nouns: Nouns, mine: list[Noun], name: str
) -> Iterator[tuple[str, str]]:
    """``GET /crm/orders`` → the right it asks for."""
    from flask import Flask

    from dougong.promises.pages import _of_nouns, _of_reports
    from dougong.web.openapi import document

    standing: Any = SimpleNamespace(nouns=mine, wiring=built.wiring)
    for page in (*_of_nouns(standing, name), *_of_reports(standing, name)):
        yield f"GET {page.path.replace('999999999', '{id}')}", " ".join(page.needs)
    for path, item in document(nouns, EVERYTHING)["paths"].items():
        if path.startswith(f"/api/v1/{name}/"):
            for method in item.keys() & {"get", "post", "put", "patch", "delete"}:
                yield f"{method.upper()} {path}", ""
    for owner, blueprint in built.wiring.pages:
        if owner != name:
            continue
        trial = Flask("trial", static_folder=None)
        mount(trial, name, blueprint)
        for rule in trial.url_map.iter_rules():
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield f"{method} {rule.rule}", right_of(trial.view_functions[rule.endpoint]) or ""


def _fields(noun: Noun) -> Iterator[tuple[str, Any]]:
    for field in noun.every_field():
        if "." not in field.name or field.name.split(".")[0] in noun.lines:
            yield (
                field.name,
                {
                    "kind": type(field).__name__,
                    "needed": bool(field.required),
                    "entered": field.name in noun.writable,
                },
            )


def _steps(wiring: Any, name: str) -> Iterator[tuple[str, str]]:
    for key in wiring.owned("workflows", name):
        for step in wiring.workflows[key].steps:
            yield f"{key}: {step.name}", step.needs


def _hooks(plugin: Any) -> list[str]:
    parent = type(plugin).__mro__[1]
    return [h for h in HOOKS if getattr(type(plugin), h) is not getattr(parent, h, None)]


def _modules(package: str) -> list[Any]:
    import sys

    return [m for n, m in list(sys.modules.items()) if n == package or n.startswith(f"{package}.")]


def _events(package: str) -> Iterator[tuple[str, Any]]:
    """Each event that is written in the package, with its fields; defaults may be left out."""
    for module in _modules(package):
        for value in vars(module).values():
            if (
                isinstance(value, type)
                and value is not Event
                and issubclass(value, Event)
                and value.__module__ == module.__name__
            ):
                yield (
                    value.__name__,
                    {
                        field.name: {"type": str(field.type), "needed": _must(field)}
                        for field in dataclasses.fields(value)
                    },
                )


def _must(field: dataclasses.Field[Any]) -> bool:
    nothing = dataclasses.MISSING
    return field.default is nothing and field.default_factory is nothing


def _ports(package: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Each question that others may ask of the package, or that it lets others answer."""
    for module in _modules(package):
        if ".ports" not in module.__name__:
            continue
        for value in vars(module).values():
            if (
                isinstance(value, type)
                and getattr(value, "_is_protocol", False)
                and value.__module__ == module.__name__
            ):
                yield (
                    value.__name__,
                    {
                        method: str(inspect.signature(act))
                        for method, act in vars(value).items()
                        if inspect.isfunction(act) and not method.startswith("_")
                    },
                )


def _extended(wiring: Any, name: str) -> list[str]:
    found = [t.target.__name__ for t in wiring.side_tables if t.side.__plugin__ == name]
    found += [e.resource for e in wiring.extends if e.plugin == name]
    return sorted(found)


def _words(manifest: Manifest, mine: list[Noun]) -> Iterator[str]:
    derived = {field.words for noun in mine for field in noun.every_field() if field.words}
    for message in collect(Package(manifest.name, manifest.root, {manifest.label, *derived})):
        if message.id:
            first = message.id[0] if isinstance(message.id, tuple | list) else message.id
            yield f"{first} [{message.context}]" if message.context else str(first)

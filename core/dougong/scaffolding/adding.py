"""One more noun for a plugin that is there: its room, its place in the plugin, its history, its words."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from dougong.errors import Refused
from dougong.i18n import _
from dougong.migrations.heads import head_in, known_revisions
from dougong.scaffolding.editing import answer, lengthened, method, with_method, with_names
from dougong.scaffolding.translating import Own, translate
from dougong.scaffolding.writing import FIELDS, Wish, check_wish, facts_of, in_order, render
from dougong.web.catalogues import TRANSLATED, Package, collect, said_in

#: Templates of a noun's room, and the test of it.
ROOM = ("__init__", "models", "resource", "workflow", "service")
HOOK = (
    '@hookimpl\ndef {name}(self) -> Iterable[{kind}]:\n    """{words}"""\n    return [{elements}]\n'
)


@dataclass(frozen=True)
class Home:
    """Where a plugin lies, as its pyproject.toml says."""

    name: str
    label: str
    folder: Path
    package: Path
    #: The module of the plugin object.
    module: Path


def home_of(folder: Path) -> Home:
    """The plugin in a folder; raises `Refused` where there is none."""
    try:
        told = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))
        ((name, entry),) = told["project"]["entry-points"]["dougong.plugins"].items()
        module = folder.joinpath(*entry.partition(":")[0].split("."))
        package = folder / entry.partition(":")[0].split(".")[0]
        label = tomllib.loads((package / "dougong.toml").read_text("utf-8"))["plugin"]["label"]
    except (OSError, KeyError, ValueError, AttributeError, TypeError):
        raise Refused(
            _(
                "%(folder)s is not the folder of a plugin: it has no pyproject.toml that names one, or no"
                " dougong.toml. Nothing was written.",
                folder=folder,
            )
        ) from None
    path = module.with_suffix(".py")
    return Home(name, label, folder, package, path if path.is_file() else module / "__init__.py")


def add_noun(
    home: Home, wish: Wish, words: Mapping[Any, Any], version: str
) -> tuple[list[Path], list[Path]]:
    """Write the noun of a wish into a plugin; returns the files that are new, and those that changed.

    Everything is worked out before anything is written. Raises `Refused` where a name cannot be
    used or is taken, and where a hook of the plugin cannot be lengthened by a program.
    """
    check_wish(wish)
    facts = facts_of(wish, version) | _history(home, facts_of(wish, version)["room"])
    _check_free(home, facts)
    plugin, clerk = _wired(home.module.read_text("utf-8"), wish, facts)
    facts |= {"clerk": clerk}
    new = {
        path: in_order(render(source, facts), home.name)
        for source, path in _files(home, facts, wish)
    }
    for path in new:
        if path.exists():
            raise Refused(_("%(path)s is there already; nothing was written.", path=path))
    for path, text in new.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    home.module.write_text(plugin, "utf-8")
    changed = [home.module, *_translated(home, wish, facts, words)]
    return sorted(new), changed


def _history(home: Home, room: str) -> dict[str, Any]:
    folder = home.package / "migrations"
    known = known_revisions(folder) if folder.is_dir() else {}
    return {
        "revision": f"{home.name}_{len(known) + 1:04}",
        "before": head_in(folder) if known else "",
        "message": room.replace("_", " ") if known else "first",
    }


def _check_free(home: Home, facts: Mapping[str, Any]) -> None:
    """Neither the room nor the name of the noun or its table may be somebody's."""
    marks = [f'"{facts["table"]}"', f'"{home.name}.{facts["slug"]}"']
    taken = (home.package / facts["room"]).exists() or any(
        mark in path.read_text("utf-8") for path in home.package.rglob("*.py") for mark in marks
    )
    if taken:
        raise Refused(
            _(
                "%(plugin)s has a noun “%(noun)s” already; take another name. Nothing was written.",
                plugin=home.label,
                noun=facts["words"],
            )
        )


def _files(home: Home, facts: Mapping[str, Any], wish: Wish) -> Iterator[tuple[str, Path]]:
    """Each template that is wanted, and the file it becomes."""
    for name in ROOM if wish.has("workflow") else ROOM[:3]:
        yield f"dougong_NAME/ROOM/{name}.py.jinja", home.package / facts["room"] / f"{name}.py"
    revision = f"{facts['revision']}_{facts['message'].replace(' ', '_')}.py"
    yield "dougong_NAME/migrations/NAME_0001_first.py.jinja", home.package / "migrations" / revision
    if not (home.package / "db.py").exists():
        yield "dougong_NAME/db.py.jinja", home.package / "db.py"
    if not (home.folder / "tests" / "conftest.py").exists():
        yield "tests/conftest.py.jinja", home.folder / "tests" / "conftest.py"
    yield "tests/test_NAME.py.jinja", home.folder / "tests" / f"test_{facts['room']}.py"


def _wired(text: str, wish: Wish, facts: Mapping[str, Any]) -> tuple[str, str]:
    """The plugin's module with the noun in its hooks, and the role that works with it."""
    noun, room = facts["noun"], f"dougong_{wish.name}.{facts['room']}"
    text = _hook(text, "models", "type[Any]", "Its tables.", noun)
    text = _hook(text, "resources", "type[Resource]", "Its nouns.", f"{noun}Resource")
    used = {"collections.abc": {"Iterable"}, "typing": {"Any"}, "dougong.resources": {"Resource"},
            f"{room}.models": {noun}, f"{room}.resource": {f"{noun}Resource"}}  # fmt: skip
    names = {"MenuItem", "_", "hookimpl"}
    if wish.has("workflow"):
        steps = f"{wish.noun.upper()}_STEPS"
        text = _hook(text, "workflows", "Workflow", "What its documents go through.", steps)
        used[f"{room}.workflow"] = {f"STEPS as {steps}"}
        names.add("Workflow")
    text = _menu(text, wish, facts)
    text, clerk = _role(text, wish, facts)
    if "Role(" in text:
        names.add("Role")
    for module, wanted in {"dougong": names, **used}.items():
        text = with_names(text, module, wanted)
    return text, clerk


def _hook(text: str, name: str, kind: str, words: str, element: str) -> str:
    if method(text, name) is None:
        return with_method(text, HOOK.format(name=name, kind=kind, words=words, elements=element))
    return lengthened(text, answer(text, name, element), element)


def _menu(text: str, wish: Wish, facts: Mapping[str, Any]) -> str:
    """An entry below the plugin's own heading."""
    name = f"{wish.name}.{facts['slug']}"
    entry = f'MenuItem(\n    key="{name}",\n    label=_("{facts["nouns"]}"),\n    to="{name}",\n'
    if method(text, "menus") is None:
        heading = f'MenuItem(key="{wish.name}", label=_("{facts["label"]}"), order=200)'
        text = _hook(text, "menus", "MenuItem", "Where it is found.", "")
        text = lengthened(text, answer(text, "menus", heading), heading)
        parent = wish.name
    else:
        parent = _heading(answer(text, "menus", entry))
    entry += f'    parent="{parent}",\n)' if parent else ")"
    return lengthened(text, answer(text, "menus", entry), entry)


def _heading(menus: ast.List) -> str:
    """Below what the first entry of a menu stands, or which heading it is."""
    for one in menus.elts:
        if isinstance(one, ast.Call):
            said = {k.arg: getattr(k.value, "value", "") for k in one.keywords}
            if found := said.get("parent") or ("" if said.get("to") else said.get("key")):
                return str(found)
    return ""


def _role(text: str, wish: Wish, facts: Mapping[str, Any]) -> tuple[str, str]:
    """A role that may do everything with the noun: one that may already, the first one, or a new one."""
    right = f'"{facts["right"]}.*"'
    if method(text, "roles") is None:
        clerk = f'Role("{wish.name}.clerk", _("{facts["label"]}: clerk"), [{right}])'
        return _hook(text, "roles", "Role", "Who works with it.", clerk), f"{wish.name}.clerk"
    roles = [(str(getattr(one.args[0], "value", "")), one.args[2])
             for one in answer(text, "roles", "Role").elts
             if isinstance(one, ast.Call) and len(one.args) > 2]  # fmt: skip
    for name, rights in roles:
        patterns = [getattr(one, "value", "") for one in getattr(rights, "elts", [])]
        if any(fnmatchcase(f"{facts['right']}.write", str(pattern)) for pattern in patterns):
            return text, name
    for name, rights in roles:
        if isinstance(rights, ast.List):
            return lengthened(text, rights, right), name
    raise Refused(_("No role of the plugin has its rights written out. Nothing was written."))


def _translated(
    home: Home, wish: Wish, facts: Mapping[str, Any], words: Mapping[Any, Any]
) -> list[Path]:
    """The Chinese catalogue, where the plugin keeps one, with what the noun says beside what is there."""
    path = Package(home.name, home.package).source(TRANSLATED[0])
    if not path.exists():
        return []
    inside = {message.id for message in collect(Package(home.name, home.package))}
    kept = {
        message for message, context in said_in(path) if not context and isinstance(message, str)
    }
    fields = {field for part in FIELDS if wish.has(part) for field in FIELDS[part]}
    package = Package(home.name, home.package, (kept - inside) | fields)
    translate(package, Own(home.label, facts["words"], facts["nouns"], zh=wish.zh), words)
    return [path]

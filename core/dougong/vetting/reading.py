"""What a package's files say, read without running a line of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dougong.deprecation import RENAMED
from dougong.plugins.locating import place

#: What authors may import from; anything else may change between minor versions.
DOORS = {
    "dougong": "what every plugin needs: [names](names.md)",
    "dougong.actors": "who acts, with which rights; record rules of roles",
    "dougong.clock": "today and now, which tests may let stand",
    "dougong.companies.currency": "the currency of a company",
    "dougong.companies.models": "`Company`",
    "dougong.i18n.language": "the language that is spoken now",
    "dougong.i18n.speaking": "say something in the language of whoever reads it",
    "dougong.links.models": "how documents hang together",
    "dougong.mail": "letters through the company's mail server, and signed links for strangers",
    "dougong.notices": "`notify`: tell people, those of a role, or followers what happened",
    "dougong.people.users.models": "`User`",
    "dougong.printing": "papers and what stands on them",
    "dougong.reports": "reports, their columns and parameters",
    "dougong.resources": "the words of a noun",
    "dougong.resources.documents.facts": "`Facts`, the second argument of `derive` and `check`",
    "dougong.testing": "`PluginContract`; the fixtures come by themselves",
    "dougong.web.programs": "an address for programs: its body, its answer, acting once",
    "dougong.web.rights": "`needs`, `public`, `signed_in` of a page",
}
#: What migrations are written with.
MIGRATION_DOORS = {
    "dougong.types": "column types, as a generated migration names them",
    "dougong.triggers": "what the database refuses by itself: `Apart`, `Protected`, `protections`",
}
#: What a plugin shows to others beside its own name.
SHOWN = {"", "events", "ports", "testing"}
#: Modules with which a program reaches beyond the house.
REACHES = {
    "subprocess": "starts programs",
    "socket": "opens connections",
    "ssl": "opens connections",
    "urllib.request": "opens connections",
    "http.client": "opens connections",
    "requests": "opens connections",
    "httpx": "opens connections",
    "aiohttp": "opens connections",
    "smtplib": "sends mail by itself",
    "ftplib": "opens connections",
    "pickle": "reads objects from bytes",
    "ctypes": "reaches into memory",
    "multiprocessing": "starts processes",
}
CALLS = {"eval": "runs text as code", "exec": "runs text as code", "system": "starts programs"}
_HOST = re.compile(
    r"(?:https?|wss?|ftp|smtps?|ldaps?)://([A-Za-z0-9.-]+\.[A-Za-z]{2,}|\d+(?:\.\d+){3})"
)
_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE)
_STYLE = re.compile(r"<style\b|<[^>]*\sstyle\s*=|<[^>]*\son[a-z]+\s*=", re.IGNORECASE)


@dataclass
class Facts:
    """What was read, each with the place where it stands."""

    #: Hosts whose addresses are written in the code.
    hosts: dict[str, str] = field(default_factory=dict)
    #: What it can do beyond the house: starts programs, opens connections.
    reaches: dict[str, str] = field(default_factory=dict)
    #: Modules it imports that are not for authors.
    private: dict[str, str] = field(default_factory=dict)
    #: Old names it uses, which the core will drop.
    old: dict[str, str] = field(default_factory=dict)
    #: Files that are no Python.
    unreadable: dict[str, str] = field(default_factory=dict)
    #: Places where it saves by itself what only the edge may save.
    saves: list[str] = field(default_factory=list)
    #: Templates with a script or a style in them, which browsers are told to refuse.
    inline: list[str] = field(default_factory=list)
    #: Public classes and functions without a sentence.
    silent: list[str] = field(default_factory=list)


def read_package(root: Path) -> Facts:
    """Read every Python file and every template of a package."""
    facts = Facts()
    for path in sorted(root.rglob("*.py")):
        try:
            tree = ast.parse(path.read_text("utf-8"))
        except (SyntaxError, UnicodeDecodeError, ValueError) as error:
            facts.unreadable[path.name] = str(error)
            continue
        of_migration = "migrations" in path.parts or path.name == "protections.py"
        _read(facts, path, tree, root.name, migration=of_migration)
    for path in sorted(root.rglob("*.html")):
        text = path.read_text("utf-8", errors="replace")
        for found in (*_SCRIPT.finditer(text), *_STYLE.finditer(text)):
            facts.inline.append(place(path, text[: found.start()].count("\n") + 1))
    return facts


def _read(facts: Facts, path: Path, tree: ast.Module, package: str, *, migration: bool) -> None:
    words = _docstrings(tree)
    for node in ast.walk(tree):
        where = place(path, getattr(node, "lineno", 0))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in words:
            for host in _HOST.findall(node.value):
                facts.hosts.setdefault(host.lower(), where)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            for module, name in _imported(node):
                _imports(facts, module, name, where, package, migration=migration)
        elif isinstance(node, ast.Call):
            called = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
            owner = getattr(getattr(node.func, "value", None), "id", "")
            if called in CALLS and (isinstance(node.func, ast.Name) or owner == "os"):
                facts.reaches.setdefault(called, f"{CALLS[called]} ({where})")
            if called == "commit" and isinstance(node.func, ast.Attribute) and not node.args:
                facts.saves.append(where)
    if not migration:
        facts.silent += [f"{name} ({place(path, line)})" for name, line in _silent(tree)]


def _docstrings(tree: ast.Module) -> set[ast.Constant]:
    """The sentences that stand for themselves: documentation, not values."""
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def _imported(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Import):
        yield from ((alias.name, "") for alias in node.names)
    elif node.module and not node.level:
        yield from ((node.module, alias.name) for alias in node.names)


def _imports(
    facts: Facts, module: str, name: str, where: str, package: str, *, migration: bool
) -> None:
    for reach, does in REACHES.items():
        if f"{module}.{name}" == reach or module == reach or module.startswith(f"{reach}."):
            facts.reaches.setdefault(reach, f"{does} ({where})")
    if f"{module}.{name}" in RENAMED:
        facts.old.setdefault(f"{module}.{name}", where)
    top, _dot, inside = module.partition(".")
    if top == package or not (top == "dougong" or top.startswith("dougong_")):
        return
    if top == "dougong":
        doors = DOORS.keys() | (MIGRATION_DOORS.keys() if migration else set())
        own = module in doors or f"{module}.{name}" in doors
    else:
        own = inside in SHOWN
    if not own:
        facts.private.setdefault(module, where)


def _silent(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Public classes, and functions of the module, that say nothing of themselves."""
    for node in tree.body:
        kinds = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
        if (
            isinstance(node, kinds)
            and not node.name.startswith("_")
            and ast.get_docstring(node) is None
        ):
            yield node.name, node.lineno

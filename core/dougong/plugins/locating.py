"""What is wrong with a plugin, in one sentence, and where in its files it is written."""

from __future__ import annotations

import ast
import inspect
import re
from functools import partial
from pathlib import Path
from typing import Any

from dougong.i18n import Text, _


class PluginFault(Exception):
    """The plugin cannot be used; the sentence says what is wrong with it."""

    def __init__(self, sentence: Text | str) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


def fault(name: str, sentence: Text | str, mend: Text | str = "", where: str = "") -> PluginFault:
    """The sentence, begun with whose it is; then how to mend it, and where it is written."""
    told = _("%(name)s: %(sentence)s", name=name, sentence=sentence)
    if mend:
        told = _("%(sentence)s %(mend)s", sentence=told, mend=mend)
    if where:
        told = _("%(sentence)s (%(where)s)", sentence=told, where=where)
    return PluginFault(told)


def place(path: Path, line: int) -> str:
    """``plugin.py:12``: the file as its author knows it."""
    return f"{path.name}:{line}" if line else path.name


def where_written(thing: Any) -> str:
    """The file and line of a class or a function; empty where Python does not know."""
    thing = thing.func if isinstance(thing, partial) else thing
    try:
        file = inspect.getsourcefile(thing)
        line = inspect.getsourcelines(thing)[1]
    except (TypeError, OSError):
        return ""
    return place(Path(file), line) if file else ""


def where_said(root: Path | None, text: str) -> str:
    """The first place in a package's Python files that says this very text; empty when none does."""
    if root is None or not text:
        return ""
    for path in sorted(root.rglob("*.py"), key=lambda p: (len(p.parts), p.name)):
        try:
            tree = ast.parse(path.read_text("utf-8"))
        except (SyntaxError, UnicodeDecodeError):
            continue
        # Whose a declarative base is (`__plugin__`) is said everywhere, and never what is meant.
        named = {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and _is_dunder(node.targets[0])
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and node.value == text and node not in named:
                return place(path, node.lineno)
    return ""


def _is_dunder(target: ast.expr) -> bool:
    return isinstance(target, ast.Name) and target.id == "__plugin__"


def where_keyed(path: Path, key: str) -> str:
    """The line of a TOML file that says a key; the file alone where none does."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return path.name
    found = (n for n, line in enumerate(lines, 1) if re.match(rf"\s*{re.escape(key)}\s*=", line))
    return place(path, next(found, 0))

"""A module that is there already is lengthened: lists, imports, methods; all else stays as it stands."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from textwrap import indent

from dougong.errors import Refused
from dougong.i18n import _

#: Signs of a line, as the formatter of new packages counts them.
WIDTH = 100


class NoList(Refused):
    """A hook whose answer is worked out, not written down: a program cannot lengthen it."""

    def __init__(self, hook: str, element: str) -> None:
        super().__init__(
            _(
                "“%(hook)s” of the plugin does not end in a list that is written out: put %(element)s"
                " into it by hand, or write the list out. Nothing was written.",
                hook=hook,
                element=element.partition("(")[0],
            )
        )


def method(text: str, name: str) -> ast.FunctionDef | None:
    """A method of the plugin's class; None where it has none of that name."""
    return next((one for one in plugin_class(text).body
                 if isinstance(one, ast.FunctionDef) and one.name == name), None)  # fmt: skip


def plugin_class(text: str) -> ast.ClassDef:
    """The class that stands on `Plugin`; raises `Refused` where the module has none."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.ClassDef) and "Plugin" in map(_last, node.bases):
            return node
    raise Refused(_("The plugin's module has no class that stands on Plugin. Nothing was written."))


def answer(text: str, hook: str, element: str) -> ast.List:
    """The list that a hook returns; raises `NoList` where it returns anything else."""
    found = method(text, hook)
    last = found.body[-1] if found is not None else None
    if isinstance(last, ast.Return) and isinstance(last.value, ast.List):
        return last.value
    raise NoList(hook, element)


def lengthened(text: str, found: ast.List, element: str) -> str:
    """The module with one more element in a list: on its line where it fits, else on lines of its own."""
    lines = text.splitlines(keepends=True)
    first, last = found.lineno - 1, found.end_lineno or found.lineno
    head = lines[first].encode()[: found.col_offset].decode()
    tail = lines[last - 1].encode()[found.end_col_offset :].decode()
    given = [ast.get_source_segment(text, one) or "" for one in found.elts]
    flat = f"{head}[{', '.join([*given, element])}]{tail}"
    if first == last - 1 and "\n" not in flat.rstrip("\n") and len(flat.rstrip("\n")) <= WIDTH:
        return "".join([*lines[:first], flat, *lines[last:]])
    margin = " " * (len(head) - len(head.lstrip()))
    if first != last - 1 and lines[last - 1].strip().startswith("]"):
        # What stands there stays, comments too.
        body = "".join(_with_comma(lines[: last - 1], found)[first:])
    else:
        body = f"{head}[\n" + "".join(f"{indent(one, margin + '    ')},\n" for one in given)
    body += f"{indent(element, margin + '    ')},\n{margin}]{tail}"
    return "".join([*lines[:first], body, *lines[last:]])


def _with_comma(lines: list[str], found: ast.List) -> list[str]:
    """The lines with a comma behind the last element, where there is none."""
    if not found.elts:
        return lines
    at, end = (found.elts[-1].end_lineno or 0) - 1, found.elts[-1].end_col_offset or 0
    said, rest = lines[at].encode()[:end].decode(), lines[at].encode()[end:].decode()
    comma = "" if rest.lstrip().startswith(",") else ","
    return [*lines[:at], f"{said}{comma}{rest}", *lines[at + 1 :]]


def with_method(text: str, code: str) -> str:
    """The module with one more method at the end of the plugin's class."""
    lines, end = text.splitlines(keepends=True), plugin_class(text).end_lineno or 0
    return "".join([*lines[:end], "\n", indent(code, "    "), *lines[end:]])


def with_names(text: str, module: str, names: Iterable[str]) -> str:
    """The module with these names imported from another one, in the order of the formatter."""
    lines = text.splitlines(keepends=True)
    for node in ast.parse(text).body:
        if isinstance(node, ast.ImportFrom) and node.module == module and not node.level:
            known = {
                one.name if not one.asname else f"{one.name} as {one.asname}" for one in node.names
            }
            if known.issuperset(names):
                return text
            said = _import(module, known.union(names))
            return "".join([*lines[: node.lineno - 1], said, *lines[node.end_lineno :]])
    return _with_line(text, lines, module, _import(module, names))


def _with_line(text: str, lines: list[str], module: str, said: str) -> str:
    """A new import behind those whose modules come before it."""
    at, alone = 0, True
    for node in ast.parse(text).body:
        future = isinstance(node, ast.ImportFrom) and node.module == "__future__"
        if (
            isinstance(node, ast.ImportFrom)
            and not future
            and _group(str(node.module)) == _group(module)
        ):
            if str(node.module) < module or alone:
                at = (node.end_lineno or 0) if str(node.module) < module else node.lineno - 1
            alone = False
        elif alone and (isinstance(node, ast.Import | ast.ImportFrom) or _is_words(node)):
            at = node.end_lineno or 0
    return "".join([*lines[:at], *(["\n"] if alone else []), said, *lines[at:]])


def _import(module: str, names: Iterable[str]) -> str:
    listed = sorted(names, key=lambda name: (not name.isupper() or len(name) == 1,
                                             not name[0].isupper(), name))  # fmt: skip
    flat = f"from {module} import {', '.join(listed)}\n"
    if len(flat) <= WIDTH + 1:
        return flat
    return f"from {module} import (\n" + "".join(f"    {name},\n" for name in listed) + ")\n"


def _group(module: str) -> str:
    """Modules of the house stand together; those of Python and of others before them."""
    return "house" if module.split(".")[0].startswith("dougong") else module.split(".")[0]


def _is_words(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")

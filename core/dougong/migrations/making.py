"""Write a revision: from the models, on an empty database of its own or beside the running one."""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from dougong.core_plugin import core
from dougong.errors import Refused
from dougong.i18n import _
from dougong.migrations.migrator import Migrator
from dougong.migrations.sources import HERE, Source
from dougong.plugins.collecting import import_plugin
from dougong.plugins.manifest import Manifest
from dougong.plugins.order import with_requirements

_END = "\n\ndef downgrade() -> None:\n"
_HEAD = re.compile(r"from alembic import op\n\s*")
_TYPE = re.compile(r"^from dougong\.types import (\w+)\n", re.MULTILINE)
_MARK = re.compile(r"^ +# ###.*\n|,\n +info=\{'plugin': '\w+'\}(?=\n)", re.MULTILINE)


def import_models(manifests: Mapping[str, Manifest]) -> None:
    """Let the metadata know the tables of the core and of these plugins."""
    list(core.models())
    for manifest in manifests.values():
        list(import_plugin(manifest).models())


def create_revision(
    name: str, message: str, manifests: Mapping[str, Manifest], *, fresh: bool = False
) -> Path:
    """A revision that brings the history of ``name`` up to its models.

    ``fresh`` throws the plugin's history away and writes it as one first revision: for a package
    that was never released. What ``<package>/protections.py`` says is called at its end.
    """
    if name != "core" and name not in manifests:
        raise Refused(_("There is no plugin “%(name)s” on this machine.", name=name))
    wanted = {n: manifests[n] for n in with_requirements([name], manifests)}
    import_models(wanted)
    package = manifests[name].package if name != "core" else "dougong"
    folder = manifests[name].root / "migrations" if name != "core" else HERE / "versions"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        migrator = Migrator(f"sqlite:///{place}/empty.db", wanted.values())
        migrator.sources = {**migrator.sources, name: Source(name, folder)}
        migrator.upgrade(n for n in ("core", *wanted) if n != name)
        if not fresh:
            migrator.upgrade([name])
        written = Path(migrator.create(name, message, fresh=fresh))
        migrator.close()
    protected = fresh and importlib.util.find_spec(f"{package}.protections") is not None
    written.write_text(_tidy(written.read_text("utf-8"), package if protected else ""), "utf-8")
    _format(written)
    return written


def unfilled(revision: Path) -> Iterator[str]:
    """The columns that a revision adds and that may not be empty, though there may be rows."""
    tables: dict[ast.AST, str] = {}
    for node in ast.walk(ast.parse(revision.read_text("utf-8"))):
        if isinstance(node, ast.With) and (names := _texts(node.items[0].context_expr)):
            tables |= dict.fromkeys(ast.walk(node), names[0])
        if not isinstance(node, ast.Call) or getattr(node.func, "attr", "") != "add_column":
            continue
        column = node.args[-1]
        said = {k.arg: k.value for k in column.keywords} if isinstance(column, ast.Call) else {}
        kept = isinstance(null := said.get("nullable"), ast.Constant) and null.value is False
        if kept and "server_default" not in said:
            yield f"{tables.get(node) or _texts(node)[0]}.{_texts(column)[0]}"


def _texts(call: ast.AST) -> list[str]:
    """The texts among what a call is given."""
    given = call.args if isinstance(call, ast.Call) else []
    return [str(one.value) for one in given if isinstance(one, ast.Constant)]


def _format(written: Path) -> None:
    """As the author's own formatter would write it, where there is one; else it stays as it is."""
    beside = str(Path(sys.executable).parent)
    ruff = shutil.which("ruff", path=os.pathsep.join([beside, os.environ.get("PATH", "")]))
    if ruff:
        subprocess.run([ruff, "format", "--quiet", str(written)], check=False)


def differences_of(
    names: Iterable[str], manifests: Mapping[str, Manifest], url: str = ""
) -> dict[str, list[str]]:
    """What the models say and the migrations do not, by plugin; no name means all."""
    wanted = list(names) or ["core", *manifests]
    if unknown := [n for n in wanted if n != "core" and n not in manifests]:
        raise Refused(_("There is no plugin “%(name)s” on this machine.", name=unknown[0]))
    together = {n: manifests[n] for n in with_requirements(set(wanted) - {"core"}, manifests)}
    import_models(together)
    with tempfile.TemporaryDirectory() as place:
        migrator = Migrator(url or f"sqlite:///{place}/empty.db", together.values())
        migrator.upgrade(["core", *together])
        found = {n: [_said(d) for d in migrator.differences(n)] for n in wanted}
        migrator.close()
    return found


def _said(difference: Any) -> str:
    """One of Alembic's differences in a line."""
    if isinstance(difference, list):
        return "; ".join(_said(part) for part in difference)
    what, *details = difference
    return f"{what}: " + " ".join(
        str(getattr(detail, "name", None) or detail)
        for detail in details
        if detail is not None and not isinstance(detail, dict)
    )


def _tidy(text: str, protected: str) -> str:
    """One import of our types, no marks of Alembic's, and the calls of the package's protections."""
    types = sorted(set(_TYPE.findall(text)))
    text = _MARK.sub("", _TYPE.sub("", text))
    imports = [f"from dougong.types import {', '.join(types)}"] if types else []
    if protected:
        imports.append(f"from {protected}.protections import protect_all, unprotect_all")
        up, down = text.split(_END)
        text = (
            f"{up.rstrip()}\n    protect_all(op.get_bind())\n{_END}"
            f"    unprotect_all(op.get_bind())\n{down.lstrip(chr(10))}"
        )
    block = "".join(f"{line}\n" for line in sorted(imports))
    return _HEAD.sub(
        f"from alembic import op\n\n{block}\n" if block else "from alembic import op\n\n", text, 1
    )

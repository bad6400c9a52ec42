"""A plugin's templates and revisions, looked at without running them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateSyntaxError

from dougong.i18n import _
from dougong.migrations.heads import known_revisions
from dougong.plugins.locating import fault, place, where_said
from dougong.plugins.manifest import Manifest

_READER = Environment(autoescape=True)
_ID = re.compile(r"^(revision|down_revision)\b[^=]*=\s*[\"']([^\"']+)[\"']", re.MULTILINE)


def check_files(manifest: Manifest, fills: Iterable[Any]) -> None:
    """Templates can be read, fills have theirs; raises `PluginFault`."""
    _templates(manifest.root / "templates", manifest.name)
    for fill in fills:
        if not (manifest.root / "templates" / fill.template).is_file():
            raise fault(
                manifest.name,
                _(
                    "the fill of “%(slot)s” names the template “%(template)s”, which is not there.",
                    slot=fill.slot,
                    template=fill.template,
                ),
                _("Write it in templates/%(name)s/.", name=manifest.name),
                where_said(manifest.root, fill.template),
            )


def check_history(manifest: Manifest) -> None:
    """Its revisions can be read and make one history; asked before they are run, not at each start."""
    if manifest.migrations is not None:
        _history(manifest.migrations, manifest.name)


def _templates(folder: Path, name: str) -> None:
    if not folder.is_dir():
        return
    for path in sorted(folder.rglob("*.html")):
        if wrong := _unreadable(path, path.stat().st_mtime):
            message, line = wrong
            raise fault(
                name,
                _("a template cannot be read: %(error)s.", error=message.rstrip(".")),
                _("Close every tag and every block that it opens."),
                place(path, line),
            )
        if path.parent == folder:
            raise fault(
                name,
                _("the template %(file)s may hide one of another plugin.", file=path.name),
                _("Move it into templates/%(name)s/.", name=name),
                path.name,
            )


@cache
def _unreadable(path: Path, _changed: float) -> tuple[str, int] | None:
    """What is wrong with a template; asked once for each time it is saved."""
    try:
        _READER.parse(path.read_text("utf-8"))
    except TemplateSyntaxError as error:
        return error.message or "", error.lineno
    except UnicodeDecodeError:
        return "it is not UTF-8", 0
    return None


@cache
def _broken(path: Path, _changed: float) -> tuple[str, int] | None:
    """What is no Python in a revision; asked once for each time it is saved."""
    try:
        ast.parse(path.read_text("utf-8"))
    except SyntaxError as error:
        return error.msg, error.lineno or 0
    return None


def _history(folder: Path, name: str) -> None:
    known = known_revisions(folder)
    ends = sorted(set(known) - set(known.values()))
    for path in sorted(folder.glob("*.py")):
        if wrong := _broken(path, path.stat().st_mtime):
            raise fault(
                name,
                _("a revision cannot be read: %(error)s.", error=wrong[0]),
                _(
                    "Mend it, or let `dougong migrations create %(name)s --fresh` write it anew.",
                    name=name,
                ),
                place(path, wrong[1]),
            )
        for found in _ID.finditer(path.read_text("utf-8")):
            kind, said = found.groups()
            line = path.read_text("utf-8")[: found.start()].count("\n") + 1
            if not said.startswith(f"{name}_"):
                raise fault(
                    name,
                    _(
                        "the revision “%(revision)s” must begin with “%(name)s_”.",
                        revision=said,
                        name=name,
                    ),
                    _("Let `dougong migrations create %(name)s` write it.", name=name),
                    place(path, line),
                )
            if kind == "down_revision" and said not in known:
                raise fault(
                    name,
                    _("a revision stands on “%(revision)s”, which is not there.", revision=said),
                    _("Name the one before it, or None for the first."),
                    place(path, line),
                )
    if len(ends) > 1:
        raise fault(
            name,
            _("its history has several ends: %(ends)s.", ends=", ".join(ends)),
            _("Let one stand on the other: down_revision = '%(end)s'.", end=ends[0]),
            folder.name,
        )

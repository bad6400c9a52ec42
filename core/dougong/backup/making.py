"""Make a backup: one snapshot of the database and the list of plugins, while people go on working."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import make_url

from dougong import clock
from dougong.backup.contents import CHUNK, DATABASES, FORMAT, MANIFEST, Manifest, Member
from dougong.backup.postgres import run_tool
from dougong.db import make_engine
from dougong.errors import Refused
from dougong.i18n import _
from dougong.plugins.states import read_snapshot


class AlreadyThere(Refused):
    """A backup never takes the place of another file."""

    def __init__(self, path: Path) -> None:
        super().__init__(_("%(path)s is there already; choose another name.", path=path))


def make_backup(url: str, path: Path, secrets: Mapping[str, Path] | None = None) -> Manifest:
    """Write the house into one file that only its owner may read.

    ``secrets`` are files of the instance (its keys) by name; they go along only where asked for.
    """
    engine = make_engine(url)
    dialect = engine.dialect.name
    try:
        snapshot = read_snapshot(engine)
    finally:
        engine.dispose()
    if path.exists():
        raise AlreadyThere(path)
    with tempfile.TemporaryDirectory(dir=path.resolve().parent, prefix=".backup-") as place:
        dump = Path(place) / DATABASES[dialect]
        _dump(url, dump)
        members = {dump.name: dump} | {f"secrets/{n}": p for n, p in (secrets or {}).items()}
        manifest = Manifest(
            format=FORMAT,
            made_at=clock.now().isoformat(timespec="seconds"),
            core=_core_version(),
            dialect=dialect,
            plugins=dict(snapshot.rows),
            revisions=dict(snapshot.revisions),
            has_secrets=bool(secrets),
            members={name: _member(file) for name, file in members.items()},
        )
        whole = Path(place) / "whole"
        _pack(whole, manifest, members)
        os.link(whole, path)  # appears whole or not at all, and never over another file
    return manifest


def _dump(url: str, target: Path) -> None:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        with (
            closing(sqlite3.connect(f"file:{parsed.database}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy, pages=4096)
            copy.execute("PRAGMA journal_mode=DELETE")
        return
    run_tool("pg_dump", parsed, "--format=custom", "--no-owner", "--no-acl", f"--file={target}")


def _member(path: Path) -> Member:
    summed = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            summed.update(chunk)
    return Member(sha256=summed.hexdigest(), size=path.stat().st_size)


def _pack(path: Path, manifest: Manifest, members: Mapping[str, Path]) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as raw:
        with ZipFile(raw, "w", ZIP_DEFLATED) as file:
            file.writestr(MANIFEST, manifest.model_dump_json(indent=1))
            for name, source in members.items():
                with source.open("rb") as data, file.open(name, "w", force_zip64=True) as target:
                    shutil.copyfileobj(data, target, CHUNK)
        raw.flush()
        os.fsync(raw.fileno())


def _core_version() -> str:
    from importlib.metadata import version

    return version("dougong-core")

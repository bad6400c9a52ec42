"""Put a backup back: into an empty place, with packages that understand it, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from zipfile import ZipFile

from sqlalchemy import inspect, make_url
from sqlalchemy.engine import URL

from dougong.backup.contents import DATABASES, BadBackup, Manifest, copy_out, open_backup
from dougong.backup.postgres import run_tool
from dougong.backup.verifying import require_whole
from dougong.db import make_engine
from dougong.errors import Refused
from dougong.i18n import Text, _
from dougong.migrations.heads import known_revisions
from dougong.plugins.discovery import Discovery, discover


class NotEmpty(Refused):
    """A backup is put only where nothing is."""

    def __init__(self, place: object) -> None:
        super().__init__(
            _("%(place)s is not empty; name an empty database to put the backup into.", place=place)
        )


def restore_backup(path: Path, url: str, found: Discovery | None = None) -> Manifest:
    """Put the database of a backup into an empty one.

    Refused when the target holds anything, is of the other kind of database, or when the packages
    on this machine do not know a migration that the backup stands on.
    """
    manifest = require_whole(path)
    target = make_url(url)
    if target.get_backend_name() != manifest.dialect:
        raise BadBackup(
            _("The backup is for %(kind)s; name such a database.", kind=manifest.dialect)
        )
    if wrong := _unknown(manifest, found or discover()):
        raise BadBackup(" ".join(str(sentence) for sentence in wrong))
    _require_empty(target, url)
    with open_backup(path) as file:
        if manifest.dialect == "sqlite":
            _put_file(file, manifest, Path(target.database or ""))
        else:
            _put_dump(file, manifest, target)
    return manifest


def restore_secrets(path: Path, folder: Path) -> list[str]:
    """Write the instance's own files that the backup carries; never over one that is there."""
    written = []
    manifest = require_whole(path)
    with open_backup(path) as file:
        for name, member in manifest.members.items():
            if not name.startswith("secrets/"):
                continue
            target = folder / Path(name).name
            handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as out:
                copy_out(file, name, member, out)
            written.append(target.name)
    return written


def _unknown(manifest: Manifest, found: Discovery) -> list[Text | str]:
    """What the packages here do not understand: their history lacks the revision it stands on."""
    from dougong.migrations.sources import HERE

    wrong: list[Text | str] = []
    for name, revision in sorted(manifest.revisions.items()):
        package = found.manifests.get(name)
        if name == "core":
            folder: Path | None = HERE / "versions"
        elif package is None:
            # Data of a plugin without a package stays; the house says it is missing.
            continue
        else:
            folder = package.migrations
        if revision and (folder is None or revision not in known_revisions(folder)):
            version = manifest.core if name == "core" else manifest.plugins.get(name, ("?", ""))[0]
            wrong.append(
                _(
                    "The backup was made with %(name)s %(version)s, which this package does not know.",
                    name=name,
                    version=version,
                )
            )
    return wrong


def _require_empty(target: URL, url: str) -> None:
    if target.get_backend_name() == "sqlite":
        if Path(target.database or "").exists():
            raise NotEmpty(target.database)
        return
    engine = make_engine(url)
    try:
        if inspect(engine).get_table_names():
            raise NotEmpty(target.database)
    finally:
        engine.dispose()


def _put_file(file: ZipFile, manifest: Manifest, target: Path) -> None:
    name = DATABASES["sqlite"]
    with tempfile.TemporaryDirectory(dir=target.resolve().parent, prefix=".restore-") as place:
        whole = Path(place) / name
        handle = os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            _whole(copy_out(file, name, manifest.members[name], out))
            out.flush()
            os.fsync(out.fileno())
        os.link(whole, target)


def _put_dump(file: ZipFile, manifest: Manifest, target: URL) -> None:
    name = DATABASES["postgresql"]
    with tempfile.TemporaryDirectory(prefix="restore-") as place:
        dump = Path(place) / name
        with dump.open("wb") as out:
            _whole(copy_out(file, name, manifest.members[name], out))
        run_tool(
            "pg_restore",
            target,
            "--no-owner",
            "--no-acl",
            "--exit-on-error",
            "--single-transaction",
            f"--dbname={target.database}",
            str(dump),
        )


def _whole(problem: Text | str) -> None:
    if problem:
        raise BadBackup(problem)

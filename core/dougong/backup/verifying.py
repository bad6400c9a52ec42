"""Check a backup without putting it back: every member whole, the database readable."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

from sqlalchemy import make_url

from dougong.backup.contents import (
    DATABASES,
    MANIFEST,
    BadBackup,
    Manifest,
    copy_out,
    open_backup,
    read_manifest,
)
from dougong.backup.postgres import run_tool
from dougong.i18n import Text, _


def verify_backup(path: Path) -> tuple[Manifest, list[Text | str]]:
    """What the backup says, and a sentence for each thing that is wrong with it."""
    with open_backup(path) as file, tempfile.TemporaryDirectory() as place:
        manifest = read_manifest(file)
        wrong = strangers(file, manifest)
        for name, member in manifest.members.items():
            target = Path(place) / Path(name).name
            with target.open("wb") as out:
                problem = copy_out(file, name, member, out)
            if problem:
                wrong.append(problem)
            elif name == DATABASES.get(manifest.dialect):
                wrong += _database_problems(manifest.dialect, target)
    return manifest, wrong


def strangers(file: ZipFile, manifest: Manifest) -> list[Text | str]:
    """Members the manifest does not know or that are missing; a database must be among them."""
    inside, told = set(file.namelist()) - {MANIFEST}, set(manifest.members)
    wrong: list[Text | str] = [_("%(name)s is missing.", name=n) for n in sorted(told - inside)]
    wrong += [_("%(name)s is not in the manifest.", name=n) for n in sorted(inside - told)]
    if DATABASES.get(manifest.dialect) not in told:
        wrong.append(_("There is no database in it."))
    return wrong


def require_whole(path: Path) -> Manifest:
    """What the backup says; raises `BadBackup` with everything that is wrong."""
    manifest, wrong = verify_backup(path)
    if wrong:
        raise BadBackup(" ".join(str(sentence) for sentence in wrong))
    return manifest


def _database_problems(dialect: str, dump: Path) -> list[Text | str]:
    if dialect == "postgresql":
        run_tool("pg_restore", make_url("postgresql://"), "--list", str(dump))
        return []
    try:
        with closing(sqlite3.connect(f"file:{dump}?mode=ro&immutable=1", uri=True)) as database:
            told = [row[0] for row in database.execute("PRAGMA integrity_check(5)")]
    except sqlite3.DatabaseError as error:
        told = [str(error)]
    return [] if told == ["ok"] else [_("The database is damaged: %(what)s", what="; ".join(told))]

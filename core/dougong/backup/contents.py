"""What a backup says about itself: which house, when, with which plugins, and a sum for each member."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dougong.errors import Refused
from dougong.i18n import Text, _

#: Raised when a newer file could not be read by an older house.
FORMAT = 1
MANIFEST = "manifest.json"
DATABASES = {"sqlite": "database.sqlite", "postgresql": "database.dump"}
CHUNK = 1024 * 1024


class BadBackup(Refused):
    """The file is no backup, is damaged, or does not fit here."""


class Member(BaseModel):
    """One file inside, as it was written."""

    model_config = ConfigDict(extra="forbid")

    sha256: str
    size: int = Field(ge=0)


class Manifest(BaseModel):
    """The first thing to be read."""

    model_config = ConfigDict(extra="forbid")

    format: int
    made_at: str
    core: str
    dialect: str
    #: Version and state of every plugin in the house.
    plugins: dict[str, tuple[str, str]]
    #: The last migration of the core and of every plugin.
    revisions: dict[str, str]
    has_secrets: bool
    members: dict[str, Member]


def read_manifest(file: ZipFile) -> Manifest:
    """What the backup says; raises `BadBackup` when it is from a newer house or says nothing."""
    try:
        manifest = Manifest.model_validate_json(file.read(MANIFEST))
    except (KeyError, ValidationError, BadZipFile) as error:
        raise BadBackup(_("This file is no backup of a house.")) from error
    if manifest.format > FORMAT:
        raise BadBackup(
            _(
                "The backup was made by a newer version (%(core)s); install that first.",
                core=manifest.core,
            )
        )
    return manifest


def open_backup(path: Any) -> ZipFile:
    """The file, opened for reading."""
    try:
        return ZipFile(path)
    except FileNotFoundError:
        raise BadBackup(_("There is no file %(path)s.", path=path)) from None
    except (BadZipFile, OSError) as error:
        raise BadBackup(_("This file is no backup of a house.")) from error


def copy_out(file: ZipFile, name: str, member: Member, target: IO[bytes] | None) -> Text | str:
    """Unpack a member, counting and summing; says what is wrong with it, if anything."""
    total, summed = 0, hashlib.sha256()
    try:
        with file.open(name) as source:
            for chunk in _chunks(source):
                total += len(chunk)
                if total > member.size:
                    return _("%(name)s is longer than the manifest says.", name=name)
                summed.update(chunk)
                if target is not None:
                    target.write(chunk)
    except (KeyError, BadZipFile, EOFError, OSError, ValueError) as error:
        return _("%(name)s cannot be read: %(error)s.", name=name, error=error)
    if total != member.size or summed.hexdigest() != member.sha256:
        return _("%(name)s is damaged: its check sum is another one.", name=name)
    return ""


def _chunks(source: IO[bytes]) -> Iterable[bytes]:
    while chunk := source.read(CHUNK):
        yield chunk

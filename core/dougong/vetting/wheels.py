"""Open a wheel: unpacked beside the house, checked against its own list of files, nothing run."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, EntryPoint, PathDistribution
from pathlib import Path, PurePosixPath

from packaging.version import InvalidVersion, Version

from dougong.errors import Refused
from dougong.i18n import _
from dougong.plugins.discovery import GROUP

#: A wheel that unpacks to more is no plugin.
MOST_BYTES = 500_000_000
MOST_FILES = 20_000
_LINK = 0o120000


@dataclass(frozen=True)
class Wheel:
    """An unpacked wheel: the folder that stands in for site-packages, and its metadata."""

    path: Path
    folder: Path
    distribution: Distribution
    entry: EntryPoint

    @property
    def name(self) -> str:
        """The plugin's name, as its entry point says it."""
        return self.entry.name

    @property
    def package(self) -> Path:
        """The folder of the package that the entry point names."""
        return self.folder / self.entry.module.split(".", 1)[0]


def open_wheel(path: Path, folder: Path) -> Wheel:
    """Unpack a wheel of one plugin into an empty folder; raises `Refused` with what is wrong with it."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = _names(archive, path)
            if wrong := next(_forged(archive, names), ""):
                raise Refused(
                    _(
                        "%(path)s: %(file)s is not what its RECORD says; build or fetch the wheel again.",
                        path=path.name,
                        file=wrong,
                    )
                )
            archive.extractall(folder)
    except FileNotFoundError:
        raise Refused(_("There is no file %(path)s.", path=path)) from None
    except (zipfile.BadZipFile, IsADirectoryError):
        raise Refused(_("%(path)s is not a wheel.", path=path.name)) from None
    found = [d for d in folder.iterdir() if d.name.endswith(".dist-info")]
    distribution = PathDistribution(found[0]) if len(found) == 1 else None
    if distribution is None or not _named(distribution):
        raise Refused(_("%(path)s is not a wheel.", path=path.name))
    entries = [e for e in distribution.entry_points if e.group == GROUP]
    if len(entries) != 1:
        raise Refused(
            _(
                "%(path)s names %(count)s plugins in the entry points “%(group)s”; it must be one.",
                path=path.name,
                count=len(entries),
                group=GROUP,
            )
        )
    # As discovery finds it: the entry point knows its distribution.
    return Wheel(path, folder, distribution, entries[0])


def _named(distribution: Distribution) -> bool:
    """Whether its metadata has a name and a version that can be compared."""
    try:
        return bool(distribution.metadata["Name"] and Version(distribution.version))
    except (InvalidVersion, KeyError, TypeError):
        return False


def _names(archive: zipfile.ZipFile, path: Path) -> list[str]:
    """Every file in it; raises `Refused` when one would land elsewhere or it is too large."""
    members = archive.infolist()
    if len(members) > MOST_FILES or sum(m.file_size for m in members) > MOST_BYTES:
        raise Refused(_("%(path)s is too large for a plugin.", path=path.name))
    for member in members:
        place = PurePosixPath(member.filename)
        linked = (member.external_attr >> 16) & 0o170000 == _LINK
        if place.is_absolute() or ".." in place.parts or "\\" in member.filename or linked:
            raise Refused(
                _(
                    "%(path)s would write outside its folder: %(file)s.",
                    path=path.name,
                    file=member.filename,
                )
            )
    return [m.filename for m in members if not m.is_dir()]


def _forged(archive: zipfile.ZipFile, names: list[str]) -> Iterator[str]:
    """Files that are not in RECORD, or differ from what it says."""
    records = [n for n in names if n.endswith(".dist-info/RECORD")]
    if len(records) != 1:
        return
    rows = csv.reader(io.StringIO(archive.read(records[0]).decode("utf-8")))
    said = {row[0]: row[1] for row in rows if len(row) >= 2}
    for name in names:
        if name == records[0] or name.endswith((".jws", ".p7s")):
            continue
        kind, _equals, digest = said.get(name, "").partition("=")
        if kind != "sha256":
            yield name
            continue
        found = hashlib.sha256(archive.read(name)).digest()
        if base64.urlsafe_b64encode(found).rstrip(b"=").decode() != digest:
            yield name

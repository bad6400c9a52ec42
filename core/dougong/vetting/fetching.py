"""Find the package that somebody means: a wheel, a plugin of this machine, or a version of one."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

from dougong.errors import Refused
from dougong.i18n import _
from dougong.plugins.discovery import Discovery
from dougong.vetting.child import ask_child
from dougong.vetting.wheels import open_wheel

_PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==(\S+)$")


def profile_meant(said: str, found: Discovery, folder: Path) -> dict[str, Any]:
    """What the package brings that ``said`` means; ``folder`` is empty and for our use.

    ``crm-1.0.whl`` is a file; ``crm`` is the package on this machine; ``crm==1.1`` is fetched by
    pip from wherever pip is told to look. Raises `Refused` when there is none, or it does not load.
    """
    if said.endswith(".whl"):
        return _of_wheel(Path(said), folder)
    if pinned := _PINNED.match(said):
        return _of_wheel(_fetch(pinned[1], pinned[2], found, folder / "fetched"), folder)
    if said not in found.manifests:
        raise Refused(found.missing(said))
    return _loaded(ask_child(said, None))


def _of_wheel(path: Path, folder: Path) -> dict[str, Any]:
    place = folder / "unpacked"
    place.mkdir()
    wheel = open_wheel(path, place)
    return _loaded(ask_child(wheel.name, wheel.folder))


def _loaded(told: dict[str, Any]) -> dict[str, Any]:
    if told.get("failed"):
        raise Refused(told["failed"])
    profile: dict[str, Any] = told["profile"]
    return profile


def _fetch(name: str, version: str, found: Discovery, folder: Path) -> Path:
    """The wheel of a version, without what it requires; nothing is built or installed."""
    manifest = found.manifests.get(name)
    package = manifest.distribution if manifest else name
    try:
        Version(version)
    except InvalidVersion:
        raise Refused(_("“%(version)s” is no version.", version=version)) from None
    if find_spec("pip") is None:
        raise Refused(_("Fetching a version needs pip; give the wheel instead."))
    wanted = f"{package}=={version}"
    done = subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
         "--no-deps", "--only-binary", ":all:", "--dest", str(folder), "--", wanted],
        capture_output=True, text=True,
    )  # fmt: skip
    wheels = sorted(folder.glob("*.whl")) if done.returncode == 0 else []
    if not wheels:
        last = (done.stderr.strip().splitlines() or [""])[-1].removeprefix("ERROR: ")
        raise Refused(
            _("pip does not find a wheel of %(wanted)s: %(error)s", wanted=wanted, error=last)
        )
    return wheels[0]

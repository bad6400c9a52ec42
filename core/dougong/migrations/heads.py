"""The last revision of a history, read from its files without running them: each start asks for it."""

from __future__ import annotations

import re
from pathlib import Path

from dougong.plugins.manifest import Manifest

_REVISION = re.compile(r"^revision(?:\s*:\s*str)?\s*=\s*[\"']([^\"']+)[\"']", re.MULTILINE)
_BEFORE = re.compile(r"^down_revision(?:\s*:[^=]+)?\s*=\s*[\"']([^\"']+)[\"']", re.MULTILINE)


def known_revisions(folder: Path) -> dict[str, str]:
    """Every revision in a folder, with the one before it."""
    found = {}
    for path in folder.glob("*.py"):
        text = path.read_text("utf-8")
        if said := _REVISION.search(text):
            before = _BEFORE.search(text)
            found[said[1]] = before[1] if before else ""
    return found


def head_in(folder: Path) -> str:
    """The revision that no other stands on; empty when there is none."""
    known = known_revisions(folder)
    ends = sorted(set(known) - set(known.values()))
    return ends[-1] if ends else ""


def head_of(manifest: Manifest | None) -> str:
    """The last revision a plugin's package knows; without a manifest, the core's."""
    if manifest is None:
        return head_in(Path(__file__).parent / "versions")
    return head_in(manifest.migrations) if manifest.migrations else ""

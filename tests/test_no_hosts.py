"""What is handed over builds anywhere: no file names a package registry or a place on a machine."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parent.parent
#: Put together here, so that this file does not name what it forbids.
HOSTS = (
    "files.python" + "hosted.org",
    "py" + "pi.org",
    "registry." + "npmjs",
    "registry." + "yarn",
)
PLACES = ("/" + "work/", "/" + "opt/py" + "pi", "/" + "home/", "file:" + "///")
FORBIDDEN = re.compile("|".join(map(re.escape, (*HOSTS, *PLACES))))


def test_no_file_names_a_registry_or_a_place_on_a_machine():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("only in a checkout")
    found = []
    for name in listed.stdout.splitlines():
        try:
            words = (ROOT / name).read_text("utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue
        found += [f"{name}: {hit[0]}" for hit in FORBIDDEN.finditer(words)]
    assert not found


def test_lock_files_pin_every_package_by_checksum():
    for lock in sorted((ROOT / "requirements").glob("*.lock")):
        text = lock.read_text("utf-8")
        assert "--hash=sha256:" in text, lock.name
        assert "--index-url" not in text, lock.name

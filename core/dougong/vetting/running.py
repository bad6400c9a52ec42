"""Run the contract and the own tests of a plugin that is on this machine."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from dougong.errors import Refused
from dougong.i18n import _
from dougong.plugins.manifest import Manifest
from dougong.vetting.levels import Ran

#: By these the contract's tests are known among the plugin's own.
CONTRACT_FILE, MARK = "test_promises_of_a_plugin.py", "EveryPromiseOfAPlugin"
CONTRACT = '''"""What every plugin promises."""

from dougong.testing import PluginContract


class TestEveryPromiseOfAPlugin(PluginContract):
    plugin = {name!r}
    languages = ()
'''


def tests_beside(manifest: Manifest) -> Path | None:
    """The folder of its own tests: in the package, or beside it in a checkout."""
    for folder in (manifest.root / "tests", manifest.root.parent / "tests"):
        # site-packages may have a `tests` that belongs to nobody.
        if folder.is_dir() and (folder.parent / "pyproject.toml").exists():
            return folder
    return None


def run_contract(manifest: Manifest, *, tests: Path | None = None) -> Ran:
    """Prove the contract of one plugin and run its own tests, in a process of pytest's own.

    The houses of the tests are files that are thrown away; DOUGONG_TEST_URL names a PostgreSQL
    server to take instead. Raises `Refused` where pytest is not installed.
    """
    if find_spec("pytest") is None:
        raise Refused(_("Contracts are run by pytest: install it first (pip install pytest)."))
    folder = tests or tests_beside(manifest)
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / CONTRACT_FILE
        file.write_text(CONTRACT.format(name=manifest.name), "utf-8")
        # In one process: what both need is imported, migrated and seeded once.
        found = _pytest([file, *([folder] if folder else [])], folder or Path(place))
        if folder and not found.promises:
            # Own tests that cannot even be collected take the contract with them.
            found.promises = _pytest([file], Path(place)).promises
    promises = found.promises or [str(_("Its contract could not be run."))]
    broken = [said for said in promises if said]
    if folder is None:
        return Ran(broken, kept=promises.count(""))
    own = [said for said in found.own if said]
    return Ran(broken, found.own.count(""), own, promises.count(""))


@dataclass
class _Found:
    """What came of each promise and of each own test: nothing, or what is wrong."""

    promises: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)


def _pytest(what: list[Path], where: Path) -> _Found:
    """Run these in one process; the plugin's own file of the contract would prove it twice."""
    kept = {
        k: v
        for k, v in os.environ.items()
        if k == "DOUGONG_TEST_URL" or not k.startswith("DOUGONG_")
    }
    with tempfile.TemporaryDirectory() as place:
        report = Path(place) / "report.xml"
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
             "--continue-on-collection-errors", f"--rootdir={where.parent}", f"--junitxml={report}",
             f"--ignore={where / 'test_contract.py'}", *map(str, what)],
            cwd=where.parent, env=kept, capture_output=True, text=True,
        )  # fmt: skip
        if report.exists():
            return _read(report)
        last = (done.stdout.strip().splitlines() or [""])[-1]
        return _Found(own=[f"pytest: {last}"])


def _read(report: Path) -> _Found:
    found = _Found()
    # Written by pytest a moment ago.
    for case in ET.parse(report).iter("testcase"):  # noqa: S314
        kept = found.promises if MARK in case.get("classname", "") else found.own
        wrong = case.find("failure") if case.find("failure") is not None else case.find("error")
        if wrong is not None:
            said = (wrong.text or wrong.get("message") or "").strip()
            named = case.get("name", "").removeprefix("test_").replace("_", " ")
            kept.append(f"{named}: {said[:400]}")
        elif case.find("skipped") is None:
            kept.append("")
    return found

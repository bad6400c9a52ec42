"""Run the contract and the own tests of a plugin that is on this machine."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from importlib.util import find_spec
from pathlib import Path

from dougong.errors import Refused
from dougong.i18n import _
from dougong.plugins.manifest import Manifest
from dougong.vetting.levels import Ran

CONTRACT = '''"""What every plugin promises."""

from dougong.testing import PluginContract


class TestContract(PluginContract):
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
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "test_contract.py"
        file.write_text(CONTRACT.format(name=manifest.name), "utf-8")
        passed, contract = _pytest(file, Path(place))
        if not passed and not contract:
            contract = [str(_("Its contract could not be run."))]
        folder = tests or tests_beside(manifest)
        if folder is None:
            return Ran(contract, kept=passed)
        own, failed = _pytest(folder, folder.parent, "--deselect", "tests/test_contract.py")
    return Ran(contract, own, failed, passed)


def _pytest(what: Path, where: Path, *more: str) -> tuple[int, list[str]]:
    """How many passed, and what the others said."""
    kept = {
        k: v
        for k, v in os.environ.items()
        if k == "DOUGONG_TEST_URL" or not k.startswith("DOUGONG_")
    }
    with tempfile.TemporaryDirectory() as place:
        report = Path(place) / "report.xml"
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(what),
             f"--junitxml={report}", *more],
            cwd=where, env=kept, capture_output=True, text=True,
        )  # fmt: skip
        if not report.exists():
            last = (done.stdout.strip().splitlines() or [""])[-1]
            return 0, [f"pytest: {last}"]
        return _read(report)


def _read(report: Path) -> tuple[int, list[str]]:
    passed, failed = 0, []
    # Written by pytest a moment ago.
    for case in ET.parse(report).iter("testcase"):  # noqa: S314
        wrong = case.find("failure") if case.find("failure") is not None else case.find("error")
        if wrong is not None:
            said = (wrong.text or wrong.get("message") or "").strip()
            named = case.get("name", "").removeprefix("test_").replace("_", " ")
            failed.append(f"{named}: {said[:400]}")
        elif case.find("skipped") is None:
            passed += 1
    return passed, failed

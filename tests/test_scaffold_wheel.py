"""`dougong plugin new`, built and installed far from this checkout: its own tests pass at once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("scaffold_wheel")]

ROOT = Path(__file__).resolve().parent.parent
HATCH = [sys.executable, "-m", "hatchling", "build", "-t", "wheel"]


def run(*words, **more):
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True, **more)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """An environment with the core's wheel and what it depends on, and no plugin."""
    place = tmp_path_factory.mktemp("empty")
    run(*HATCH, "-d", place, cwd=ROOT / "core")
    venv.create(place / "venv", with_pip=False, symlinks=True)
    install(place, next(place.glob("*.whl")))
    others = place / "dependencies"
    others.mkdir()
    for folder in {Path(p) for p in sys.path if p.endswith("site-packages")}:
        for package in folder.iterdir() if folder.is_dir() else ():
            if not package.name.startswith(("dougong", "__editable__")):
                (others / package.name).symlink_to(package)
    (library(place) / "dependencies.pth").write_text(str(others), "utf-8")
    return place


def library(place):
    return Path(sysconfig.get_path("purelib", vars={"base": str(place / "venv")}))


def install(place, wheel):
    zipfile.ZipFile(wheel).extractall(library(place))


@pytest.mark.parametrize(
    ("without", "more"),
    [
        ([], []),
        ([], [["service_call", "--zh", "上门服务"]]),
        (["workflow"], [["depot", "--without-workflow"]]),
        (["report", "demo"], []),
        (["translation"], []),
        (["noun"], [["box"], ["service_call"]]),
    ],
    ids=["whole", "second", "workflow", "report-demo", "translation", "first-and-second"],
)
def test_a_new_plugin_is_built_installed_and_passes_its_own_tests(place, tmp_path, without, more):
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("DOUGONG_H", "PYTHON"))}
    python = place / "venv" / "bin" / "python"
    main = "from dougong.cli import main; main()"
    new = [main, "plugin", "new", "fleet", "--noun", "vehicle"]
    for old in library(place).glob("dougong_fleet*"):
        shutil.rmtree(old)
    left_out = [word for part in without for word in ("--without", part)]
    run(python, "-c", *new, *left_out, cwd=tmp_path, env=clean)
    for words in more:
        run(python, "-c", main, "plugin", "noun", *words, cwd=tmp_path / "dougong-fleet", env=clean)
    run(*HATCH, "-d", tmp_path, cwd=tmp_path / "dougong-fleet")
    install(place, next(tmp_path.glob("*.whl")))
    shutil.copytree(tmp_path / "dougong-fleet" / "tests", tmp_path / "tests")

    said = run(python, "-m", "pytest", "-q", "tests", cwd=tmp_path, env=clean)

    assert " passed" in said
    assert "failed" not in said

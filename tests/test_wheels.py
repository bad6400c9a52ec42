"""What people install: every distribution builds, holds what it needs, and runs without this checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("wheels")]

ROOT = Path(__file__).resolve().parent.parent
DEPARTMENTS = (
    "base", "crm", "inventory", "finance", "purchasing", "production", "logistics", "hr",
)  # fmt: skip
FOLDERS = {
    "dougong": ROOT,
    "dougong_core": ROOT / "core",
    **{f"dougong_{name}": ROOT / "plugins" / name for name in DEPARTMENTS},
}

ONE_REQUEST = """
from dougong.plugins.registry import Runtime
from dougong.site import find_site
from dougong.web.app import create_app
import dougong, dougong_crm

site = find_site()
runtime = Runtime(site.url, {"SECRET_KEY": "for tests only " * 3})
assert not runtime.failed, runtime.failed
page = create_app(runtime, runtime.config).test_client().get("/login")
print(page.status_code, dougong.__file__, dougong_crm.__file__)
runtime.close()
"""


def _run(*words: str | Path, **more: object) -> str:
    done = subprocess.run(
        [str(w) for w in words], capture_output=True, text=True, check=False, **more
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    """All wheels, each made from its sdist alone, far from the checkout."""
    out = tmp_path_factory.mktemp("dist")
    hatch = [sys.executable, "-m", "hatchling", "build"]
    for name, folder in FOLDERS.items():
        _run(*hatch, "-t", "sdist", "-d", out, cwd=folder)
        (packed,) = out.glob(f"{name}-[0-9]*.tar.gz")
        with tarfile.open(packed) as archive:
            archive.extractall(out / name, filter="data")
        (source,) = (out / name).iterdir()
        _run(*hatch, "-t", "wheel", "-d", out, cwd=source)
    return out


@pytest.fixture(scope="module")
def names(built) -> dict[str, list[str]]:
    """What each wheel holds."""
    found = {}
    for name in FOLDERS:
        (wheel,) = built.glob(f"{name}-[0-9]*.whl")
        found[name] = zipfile.ZipFile(wheel).namelist()
    return found


def test_the_umbrella_holds_nothing_but_its_requirements(names):
    assert all(".dist-info/" in name for name in names["dougong"])


def test_the_core_holds_pages_styles_words_and_its_tables(names):
    held = names["dougong_core"]
    for wanted in (
        "dougong/py.typed",
        "dougong/static/vendor/MANIFEST.json",
        "dougong/static/app.css",
        "dougong/translations/zh_Hans_CN/LC_MESSAGES/messages.mo",
        "dougong/migrations/versions/core_0001_first.py",
    ):
        assert wanted in held
    assert any(n.startswith("dougong/templates/") and n.endswith(".html") for n in held)


@pytest.mark.parametrize("plugin", DEPARTMENTS)
def test_a_plugin_holds_its_manifest_words_and_tables(names, plugin):
    package = f"dougong_{plugin}"
    held = names[package]
    for wanted in (
        "dougong.toml",
        "py.typed",
        "translations/zh_Hans_CN/LC_MESSAGES/messages.mo",
    ):
        assert f"{package}/{wanted}" in held
    assert any(name.startswith(f"{package}/migrations/{plugin}_0001_") for name in held)


@pytest.mark.parametrize("name", FOLDERS)
def test_a_wheel_forgets_no_file_of_its_package(names, name):
    package = FOLDERS[name] / ("dougong" if name == "dougong_core" else name)
    if name == "dougong":
        return
    listed = subprocess.run(["git", "ls-files"], cwd=package, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("only in a checkout")
    tracked = {f"{package.name}/{file}" for file in listed.stdout.splitlines()}
    assert tracked <= set(names[name])


def test_a_site_made_from_wheels_alone_is_sound(built, tmp_path):
    place = tmp_path / "venv"
    venv.create(place, with_pip=False, symlinks=True)
    library = Path(sysconfig.get_path("purelib", vars={"base": str(place)}))
    for wheel in built.glob("*.whl"):
        zipfile.ZipFile(wheel).extractall(library)
    dependencies = [p for p in sys.path if p.endswith("site-packages") and Path(p).is_dir()]
    # Added as plain paths: editable installs there are not followed, so plugins are the wheels'.
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("DOUGONG_", "PYTHON"))}
    clean |= {"DOUGONG_HOME": str(tmp_path / "site")}
    (library / "dependencies.pth").write_text("\n".join(dependencies), "utf-8")
    python = place / "bin" / "python"

    def dougong(*words: str) -> str:
        return _run(
            python, "-c", "from dougong.cli import main; main()", *words, cwd=tmp_path, env=clean
        )

    dougong("init", "--all", "--company", "Blue Crane Trading")
    dougong("plugin", "doctor")
    dougong("check")
    dougong("migrations", "check")
    answer = _run(python, "-c", ONE_REQUEST, cwd=tmp_path, env=clean)
    status, core, crm = answer.splitlines()[-1].split()
    assert status == "200"
    assert Path(core).is_relative_to(place)
    assert Path(crm).is_relative_to(place)
